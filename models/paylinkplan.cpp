// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/paylinkplan.h"

#include "models/csvrows.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct PlanWords
{
    Q_DECLARE_TR_FUNCTIONS(models::LinkPlan)
};

//! What a column of the file means.
struct PlanColumn
{
    std::optional<SessionField> field = {};
    int item = -1; //!< index of the order line
    enum class Part { Description, Amount, GoodType } part = Part::Description;
};

constexpr int mostItems = 20;

char separatorOf(QByteArrayView firstLine)
{
    const auto count = [firstLine](char c) { return std::ranges::count(firstLine, c); };
    if (count('\t') > count(','))
        return '\t';
    return count(';') > count(',') ? ';' : ',';
}

PlanColumn columnOfHeading(const QString &heading)
{
    if (const auto field = sessionFieldOfName(heading))
        return {.field = *field};
    static const QRegularExpression itemName(
        u"^(?:orderDetails\\.)?items?\\.?(\\d{1,2})\\.(description|amount|goodType)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto match = itemName.match(heading.trimmed());
    const int number = match.captured(1).toInt();
    if (!match.hasMatch() || number < 1 || number > mostItems)
        return {};
    const QString part = match.captured(2).toLower();
    return {.item = number - 1,
        .part = part == "amount"_L1 ? PlanColumn::Part::Amount
            : part == "goodtype"_L1 ? PlanColumn::Part::GoodType
                                    : PlanColumn::Part::Description};
}

void setItem(SessionDraft &draft, const PlanColumn &column, const QString &text)
{
    while (draft.items.size() <= column.item)
        draft.items.append(DraftItem{});
    DraftItem &item = draft.items[column.item];
    switch (column.part) {
    case PlanColumn::Part::Description:
        item.description = text;
        return;
    case PlanColumn::Part::Amount:
        item.amount = text;
        return;
    case PlanColumn::Part::GoodType:
        item.goodType = text.trimmed().toUpper();
        return;
    }
    Q_UNREACHABLE();
}

QString utf8Cell(QByteArrayView cell)
{
    return QString::fromUtf8(cell.data(), cell.size());
}

//! What a spreadsheet would calculate. A plus before digits is a phone number.
bool looksLikeFormula(const QString &text)
{
    const QString plain = text.trimmed();
    if (plain.startsWith(u'=') || plain.startsWith(u'@'))
        return true;
    const bool sign = plain.startsWith(u'+') || plain.startsWith(u'-');
    return sign && std::ranges::any_of(plain, [](QChar c) { return c.isLetter() || c == u'|' || c == u'!'; });
}

DraftFinding lineFinding(const QString &sentence)
{
    return {.rule = "line", .field = SessionField::Email, .sentence = sentence};
}

PlannedLink plannedOfRow(const CsvRows &rows, const QList<PlanColumn> &columns, const SessionDraft &fallback)
{
    PlannedLink link{.line = rows.line(), .draft = fallback};
    if (rows.hasOpenQuote()) {
        link.findings.append(lineFinding(PlanWords::tr("A quotation mark is opened and never closed.")));
        return link;
    }
    const auto &cells = rows.cells();
    for (std::size_t i = 0; i < cells.size() && i < static_cast<std::size_t>(columns.size()); ++i) {
        const PlanColumn &column = columns.at(static_cast<qsizetype>(i));
        const QString text = utf8Cell(cells[i]);
        if (text.trimmed().isEmpty())
            continue;
        if (column.field)
            link.draft.set(*column.field, text);
        else if (column.item >= 0)
            setItem(link.draft, column, text);
    }
    link.findings = checkDraft(link.draft);
    for (const QByteArrayView cell : cells) {
        if (const QString text = utf8Cell(cell); looksLikeFormula(text))
            link.findings.prepend(lineFinding(
                PlanWords::tr("“%1” looks like a formula of a spreadsheet. It is not sent.").arg(text.left(40))));
    }
    if (cells.size() > static_cast<std::size_t>(columns.size()))
        link.findings.prepend(lineFinding(PlanWords::tr("The line has more values than the first line has names.")));
    return link;
}

} // namespace

bool PlannedLink::canBeSent() const
{
    return models::canBeSent(findings);
}

qint64 LinkPlan::good() const
{
    return std::ranges::count_if(links, &PlannedLink::canBeSent);
}

std::expected<LinkPlan, QString> planLinks(const QByteArray &text, const QString &name, const SessionDraft &fallback)
{
    QByteArrayView content(text);
    if (content.startsWith("\xEF\xBB\xBF"))
        content = content.sliced(3);
    if (!QByteArrayView(content).isEmpty() && !content.isValidUtf8())
        return std::unexpected(PlanWords::tr("The file is not UTF-8 text. Save it as “CSV UTF-8” and try again."));
    const qsizetype end = content.indexOf('\n');
    CsvRows rows(content, separatorOf(end < 0 ? content : content.first(end)));
    if (!rows.next())
        return std::unexpected(PlanWords::tr("The file is empty."));
    LinkPlan plan{.name = name};
    QList<PlanColumn> columns;
    for (const QByteArrayView cell : rows.cells()) {
        const QString heading = utf8Cell(cell);
        columns.append(columnOfHeading(heading));
        if (!columns.last().field && columns.last().item < 0)
            plan.unknownColumns.append(heading.trimmed());
    }
    if (plan.unknownColumns.size() == columns.size())
        return std::unexpected(PlanWords::tr(
            "The first line must name the fields, such as firstName, lastName, email and paymentDetails.amount."));
    while (rows.next()) {
        if (plan.links.size() == mostPlannedLinks)
            return std::unexpected(PlanWords::tr("The file has more than %1 lines. Split it.").arg(mostPlannedLinks));
        plan.links.append(plannedOfRow(rows, columns, fallback));
    }
    if (plan.links.isEmpty())
        return std::unexpected(PlanWords::tr("The file has no line below the names of the fields."));
    return plan;
}

} // namespace models

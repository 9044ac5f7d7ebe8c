// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/importplan.h"

#include "models/csvrows.h"
#include "models/importids.h"
#include "models/importlayout.h"
#include "models/importtext.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr qsizetype keptBadLines = 1000;
constexpr qsizetype keptLineText = 200;
constexpr qsizetype previewLines = 20;
constexpr qsizetype fewestForUsualLength = 3;

QString planSentence(const char *sentence)
{
    return QCoreApplication::translate("ImportPlan", sentence);
}

//! Tells repeats. Holds places in the list only, so that the ids are not kept twice.
class SeenRecords
{
public:
    explicit SeenRecords(const QList<RecordRef> &records)
        : m_places(0, Hash{&records}, Equal{&records})
    {
    }

    //! Of the last record in the list: true when it is new.
    bool addLast(qsizetype place) { return m_places.insert(place).second; }

private:
    struct Hash
    {
        const QList<RecordRef> *records;
        size_t operator()(qsizetype place) const
        {
            const RecordRef &ref = records->at(place);
            return qHash(ref.id, static_cast<size_t>(ref.kind));
        }
    };
    struct Equal
    {
        const QList<RecordRef> *records;
        bool operator()(qsizetype left, qsizetype right) const { return records->at(left) == records->at(right); }
    };
    std::unordered_set<qsizetype, Hash, Equal> m_places;
};

//! Turns lines into the records of a plan.
class ImportPlanner
{
public:
    ImportPlanner(ImportPlan &plan, qsizetype width)
        : m_plan(plan)
        , m_width(width)
        , m_seen(plan.records)
        , m_kindColumn(plan.columns.indexOf(ImportColumn::Kind))
    {
    }

    void addRow(qint64 line, QByteArrayView source, const std::vector<QByteArrayView> &cells, bool unfinished);
    void addOpenQuote(qint64 line, QByteArrayView source, bool toTheEnd);

private:
    void addPreview(const std::vector<QByteArrayView> &cells);
    void countFormulas(const std::vector<QByteArrayView> &cells);
    QString widthProblem(const std::vector<QByteArrayView> &cells) const;
    QString takeIds(const std::vector<QByteArrayView> &cells, bool unfinished);
    QString takeId(RecordKind kind, const QString &id, bool unfinished);
    std::expected<RecordKind, QString> kindOf(
        ImportColumn column, const QString &id, const std::vector<QByteArrayView> &cells);
    bool looksCut(RecordKind kind, const QString &id) const;
    void noteLength(RecordKind kind, qsizetype length);
    void addBad(qint64 line, QByteArrayView source, const QString &why);

    struct UsualLength
    {
        qsizetype length = 0;
        qsizetype count = 0;
        bool always = true;
    };

    ImportPlan &m_plan;
    qsizetype m_width;
    SeenRecords m_seen;
    std::array<UsualLength, 4> m_lengths = {};
    qsizetype m_kindColumn;
    //! The same word comes again and again.
    QByteArray m_lastKindWord = {};
    std::expected<RecordKind, QString> m_lastKind = RecordKind::Transaction;
};

std::expected<RecordKind, QString> kindOfText(const QString &word)
{
    if (const auto kind = kindOfWord(word))
        return *kind;
    if (word.isEmpty())
        return std::unexpected(planSentence("The kind is missing: transaction, customer or payout."));
    return std::unexpected(planSentence("“%1” is not a kind of record. Use transaction, customer or payout.")
            .arg(word.left(keptLineText)));
}

QString cellTextAt(const std::vector<QByteArrayView> &cells, qsizetype column)
{
    return column < static_cast<qsizetype>(cells.size())
        ? QString::fromUtf8(cells[static_cast<size_t>(column)]).trimmed()
        : QString();
}

void ImportPlanner::addRow(
    qint64 line, QByteArrayView source, const std::vector<QByteArrayView> &cells, bool unfinished)
{
    ++m_plan.lines;
    addPreview(cells);
    countFormulas(cells);
    QString why = widthProblem(cells);
    if (why.isEmpty())
        why = takeIds(cells, unfinished);
    if (!why.isEmpty())
        addBad(line, source, why);
}

void ImportPlanner::addOpenQuote(qint64 line, QByteArrayView source, bool toTheEnd)
{
    ++m_plan.lines;
    m_plan.cutShort |= toTheEnd;
    addBad(line, source,
        toTheEnd ? planSentence("A quoted value begins here and the file ends inside it.")
                 : planSentence("A quotation mark is opened here and never closed."));
}

void ImportPlanner::addPreview(const std::vector<QByteArrayView> &cells)
{
    if (m_plan.preview.size() >= previewLines)
        return;
    QStringList shown;
    for (qsizetype column = 0; column < m_width; ++column)
        shown.append(cellTextAt(cells, column).left(keptLineText));
    m_plan.preview.append(shown);
}

void ImportPlanner::countFormulas(const std::vector<QByteArrayView> &cells)
{
    for (const QByteArrayView cell : cells) {
        const bool suspect = !cell.isEmpty() && (cell[0] == '=' || cell[0] == '@' || cell[0] == '+' || cell[0] == '-');
        if (suspect && isFormula(QString::fromUtf8(cell)))
            ++m_plan.formulaCells;
    }
}

QString ImportPlanner::widthProblem(const std::vector<QByteArrayView> &cells) const
{
    const auto count = static_cast<qsizetype>(cells.size());
    if (count < m_width)
        return planSentence("It has too few cells: %1 instead of %2.").arg(count).arg(m_width);
    for (qsizetype column = m_width; column < count; ++column) {
        if (!cells[static_cast<size_t>(column)].isEmpty())
            return planSentence("It has too many cells: %1 instead of %2.").arg(count).arg(m_width);
    }
    return {};
}

//! Empty, or why not every id of the line could be taken.
QString ImportPlanner::takeIds(const std::vector<QByteArrayView> &cells, bool unfinished)
{
    QString why;
    qsizetype tried = 0;
    qsizetype idColumns = 0;
    for (qsizetype column = 0; column < m_plan.columns.size(); ++column) {
        const ImportColumn meaning = m_plan.columns[column];
        if (meaning == ImportColumn::Ignored || meaning == ImportColumn::Kind)
            continue;
        ++idColumns;
        const QString id = cellTextAt(cells, column);
        if (id.isEmpty())
            continue;
        ++tried;
        const auto kind = kindOf(meaning, id, cells);
        const QString problem = kind ? takeId(*kind, id, unfinished) : kind.error();
        if (why.isEmpty())
            why = problem;
    }
    return tried == 0 && idColumns > 0 ? planSentence("The id is missing.") : why;
}

std::expected<RecordKind, QString> ImportPlanner::kindOf(
    ImportColumn column, const QString &id, const std::vector<QByteArrayView> &cells)
{
    switch (column) {
    case ImportColumn::TransactionId:
        return RecordKind::Transaction;
    case ImportColumn::CustomerId:
        return RecordKind::Customer;
    case ImportColumn::PayoutId:
        return RecordKind::Payout;
    case ImportColumn::Id:
    case ImportColumn::Ignored:
    case ImportColumn::Kind:
        break;
    }
    if (m_kindColumn < 0)
        return guessedKind(id);
    const QByteArrayView word = cells[static_cast<size_t>(m_kindColumn)];
    if (word != m_lastKindWord || word.isEmpty())
        m_lastKind = kindOfText(QString::fromUtf8(word).trimmed());
    m_lastKindWord = word.toByteArray();
    return m_lastKind;
}

QString ImportPlanner::takeId(RecordKind kind, const QString &id, bool unfinished)
{
    if (QString problem = idProblem(id); !problem.isEmpty())
        return problem;
    if (unfinished && looksCut(kind, id))
        return planSentence("The file ends inside this line: the id is shorter than all others.");
    noteLength(kind, id.size());
    m_plan.records.append({.kind = kind, .id = id});
    if (!m_seen.addLast(m_plan.records.size() - 1)) {
        m_plan.records.removeLast();
        ++m_plan.repeats;
    }
    return {};
}

bool ImportPlanner::looksCut(RecordKind kind, const QString &id) const
{
    const UsualLength &usual = m_lengths.at(static_cast<size_t>(kind));
    return usual.always && usual.count >= fewestForUsualLength && id.size() < usual.length;
}

void ImportPlanner::noteLength(RecordKind kind, qsizetype length)
{
    UsualLength &usual = m_lengths.at(static_cast<size_t>(kind));
    usual.always &= usual.count == 0 || usual.length == length;
    usual.length = length;
    ++usual.count;
}

void ImportPlanner::addBad(qint64 line, QByteArrayView source, const QString &why)
{
    ++m_plan.badLineCount;
    if (m_plan.badLines.size() >= keptBadLines)
        return;
    const QString text = QString::fromUtf8(source.first(std::min(source.size(), keptLineText * 4))).left(keptLineText);
    m_plan.badLines.append({.line = line, .text = text, .why = why});
}

void readRows(ImportPlan &plan, QByteArrayView utf8, const ImportLayout &layout)
{
    ImportPlanner planner(plan, layout.width);
    CsvRows rows(utf8, layout.separator);
    bool isHeader = layout.hasHeader;
    while (rows.next()) {
        if (std::exchange(isHeader, false))
            continue;
        if (rows.hasOpenQuote())
            planner.addOpenQuote(rows.line(), rows.source(), rows.reachedEndInQuote());
        else
            planner.addRow(rows.line(), rows.source(), rows.cells(), rows.isUnfinished());
    }
}

//! One word of a pasted list, with the line it came from.
struct PastedWord
{
    qint64 line = 0;
    QByteArray text = {};
};

QList<PastedWord> wordsOfPaste(const QString &text)
{
    static const QRegularExpression breaks(u"[\\s,;]+"_s);
    QList<PastedWord> words;
    qint64 line = 0;
    for (const QStringView each : QStringView(text).split(u'\n')) {
        ++line;
        for (const QString &word : each.toString().split(breaks, Qt::SkipEmptyParts)) {
            QString plain = word;
            while (plain.startsWith(u'"') || plain.startsWith(u'\''))
                plain.remove(0, 1);
            while (plain.endsWith(u'"') || plain.endsWith(u'\''))
                plain.chop(1);
            words.append({.line = line, .text = plain.toUtf8()});
        }
    }
    return words;
}

//! Cells copied from a spreadsheet or a whole CSV rather than a plain list.
bool isPastedTable(const QString &text)
{
    if (text.contains(u'\t'))
        return true;
    const QString first = text.trimmed().section(u'\n', 0, 0);
    static const QRegularExpression separators(u"[,;]"_s);
    const QStringList cells = first.split(separators);
    return std::ranges::any_of(cells, [](const QString &cell) {
        return kindOfWord(cell).has_value() || importColumnOfHeader(cell) != ImportColumn::Ignored;
    });
}

ImportColumn pastedColumn(const QList<PastedWord> &words)
{
    qsizetype customers = 0;
    qsizetype payouts = 0;
    for (const PastedWord &word : words) {
        const RecordKind kind = guessedKind(QString::fromUtf8(word.text));
        customers += kind == RecordKind::Customer ? 1 : 0;
        payouts += kind == RecordKind::Payout ? 1 : 0;
    }
    if (customers * 2 > words.size())
        return ImportColumn::CustomerId;
    return payouts * 2 > words.size() ? ImportColumn::PayoutId : ImportColumn::TransactionId;
}

} // namespace

std::expected<ImportPlan, QString> planImport(
    const QByteArray &bytes, const QString &name, const QList<ImportColumn> &columns)
{
    const auto text = readImportText(bytes);
    if (!text)
        return std::unexpected(text.error());
    const ImportLayout layout = importLayout(text->utf8, columns);
    ImportPlan plan;
    plan.name = name;
    plan.encoding = text->encoding;
    plan.separator = QLatin1Char(layout.separator);
    plan.hasHeader = layout.hasHeader;
    plan.headers = layout.headers;
    plan.columns = layout.columns;
    readRows(plan, text->utf8, layout);
    if (plan.lines == 0)
        return std::unexpected(
            planSentence("There are no lines below the names of the columns. Choose a file with at least one id."));
    return plan;
}

std::expected<ImportPlan, QString> planPastedImport(const QString &text, const QList<ImportColumn> &columns)
{
    const QString name = planSentence("pasted list");
    if (isPastedTable(text))
        return planImport(text.toUtf8(), name, columns);
    const QList<PastedWord> words = wordsOfPaste(text);
    if (words.isEmpty())
        return std::unexpected(planSentence("There is nothing in the list. Paste at least one id."));
    ImportPlan plan;
    plan.name = name;
    plan.encoding = u"UTF-8"_s;
    plan.separator = u' ';
    plan.headers = {planSentence("column 1")};
    plan.columns = columns.isEmpty() ? QList{pastedColumn(words)} : columns.first(1);
    ImportPlanner planner(plan, 1);
    for (const PastedWord &word : words)
        planner.addRow(word.line, word.text, {word.text}, false);
    return plan;
}

} // namespace models

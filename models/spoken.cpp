// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/spoken.h"

#include "models/columns.h"

#include <QAbstractItemModel>
#include <QCoreApplication>
#include <QDateTime>

#include <string_view>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct Spoken
{
    Q_DECLARE_TR_FUNCTIONS(models::Spoken)
};

//! The cells of one row by the names of their columns.
struct SpokenCells
{
    RecordKind kind;
    std::span<const Cell> cells;
    const QLocale &locale;

    const Cell &at(std::string_view name) const
    {
        static const Cell none;
        const std::span<const Column> columns = columnsOf(kind);
        for (size_t column = 0; column < columns.size() && column < cells.size(); ++column) {
            if (columns[column].name == name)
                return cells[column];
        }
        return none;
    }
    QString text(std::string_view name) const { return cellText(at(name), locale); }
    QString day(std::string_view name) const
    {
        const qint64 time = at(name).value.toLongLong();
        //: the day of a record in a spoken sentence, in Qt's letters
        return time == 0 ? QString()
                         : locale.toString(QDateTime::fromMSecsSinceEpoch(time).date(), Spoken::tr("d MMMM yyyy"));
    }
    //! Without the sign and the word for its direction: the sentence says who pays whom.
    QString amount() const
    {
        Cell plain = at("amount");
        plain.sign = 0;
        return cellText(plain, locale);
    }
    QString status() const
    {
        const QString word = at("status").value.toString();
        return word.isEmpty() ? QString() : spokenCell(kind, -1, at("status"), locale);
    }
};

QString joinedClauses(QStringList clauses)
{
    clauses.removeAll(QString());
    return clauses.join(u", "_s);
}

//! "First Bank ··0042" holds the digits that a customer on the telephone knows.
QString spokenBank(const QString &text)
{
    const qsizetype dots = text.lastIndexOf(u" ··"_s);
    return dots < 0 ? text : Spoken::tr("%1, account ending in %2").arg(text.left(dots), text.mid(dots + 3));
}

//! The sentence without the server's code before it; a code alone stays.
QString spokenFailure(const QString &text)
{
    const qsizetype space = text.indexOf(u' ');
    const QString first = text.left(space);
    const bool isCode = space > 0 && first == first.toUpper();
    return isCode ? text.mid(space + 1) : text;
}

QString namedOr(const QString &name, const QString &other)
{
    return name.trimmed().isEmpty() ? other : name;
}

//! Who pays whom is in the preposition, as it is in the sign and the column's colour for the eye.
QString movedMoney(const SpokenCells &row, const QString &who)
{
    const QString word = row.at("type").value.toString();
    const QString type = orderWordText(word);
    if (word == "CANCEL"_L1)
        return who.isEmpty() ? type : Spoken::tr("%1 for %2").arg(type, who);
    const QString money = type.isEmpty() ? row.amount() : Spoken::tr("%1 of %2").arg(type, row.amount());
    if (who.isEmpty())
        return money;
    const bool toCustomer = word == "CREDIT"_L1 || word == "REFUND"_L1;
    return (toCustomer ? Spoken::tr("%1 to %2") : Spoken::tr("%1 from %2")).arg(money, who);
}

QString spokenTransaction(const SpokenCells &row)
{
    const QString who = namedOr(row.text("customer"), row.text("email"));
    const QString refunded = row.at("refunded").value.toLongLong() == 0
        ? QString()
        : Spoken::tr("%1 of it refunded").arg(row.text("refunded"));
    return joinedClauses(
        {movedMoney(row, who), row.status(), spokenFailure(row.text("failure")), refunded, row.day("created")});
}

QString spokenCustomer(const SpokenCells &row)
{
    const QString name = namedOr(row.text("customer"), namedOr(row.text("email"), row.text("id")));
    const QString email = row.text("email") == name ? QString() : row.text("email");
    return joinedClauses({Spoken::tr("Customer %1").arg(name), email, spokenBank(row.text("bank")), row.status()});
}

QString spokenPayout(const SpokenCells &row)
{
    return joinedClauses({Spoken::tr("Payout of %1").arg(row.amount()), row.status(), row.day("created")});
}

QString spokenOrder(const SpokenCells &row)
{
    return joinedClauses({movedMoney(row, row.text("customer")), row.status(), row.text("reason"), row.day("created")});
}

QString spokenEvent(const SpokenCells &row)
{
    const QString about = row.text("resource");
    const QString verdict = row.at("verdict").value.toString().isEmpty()
        ? QString()
        : Spoken::tr("signature: %1").arg(spokenCell(row.kind, -1, row.at("verdict"), row.locale));
    return joinedClauses({row.text("type"), about.isEmpty() ? QString() : Spoken::tr("about %1").arg(about), verdict,
        row.status(), row.text("changed"), row.text("problem"), row.text("received")});
}

QString spokenPayLink(const SpokenCells &row)
{
    const QString who = namedOr(row.text("customer"), row.text("email"));
    const QString link = who.isEmpty() ? Spoken::tr("Pay link") : Spoken::tr("Pay link for %1").arg(who);
    const bool hasAmount = row.at("amount").value.toLongLong() != 0;
    return joinedClauses(
        {hasAmount ? Spoken::tr("%1 over %2").arg(link, row.amount()) : link, row.status(), row.day("created")});
}

} // namespace

QString orderWordText(const QString &word)
{
    if (word == "DEBIT"_L1)
        return Spoken::tr("Debit");
    if (word == "CREDIT"_L1)
        return Spoken::tr("Credit");
    if (word == "REFUND"_L1)
        return Spoken::tr("Refund");
    if (word == "PAYMENT"_L1)
        return Spoken::tr("Payment");
    return word == "CANCEL"_L1 ? Spoken::tr("Cancellation") : word;
}

QString spokenCell(RecordKind kind, int column, const Cell &cell, const QLocale &locale)
{
    if (cell.type == CellType::Status) {
        QString status = cell.value.toString();
        const bool inferred = status.endsWith(u'?');
        if (inferred)
            status.chop(1);
        const QString word = status.isEmpty() ? QString() : statusLook(kind, status).word;
        return inferred ? Spoken::tr("%1, not confirmed").arg(word) : word;
    }
    const QString text = cellText(cell, locale);
    const std::span<const Column> columns = columnsOf(kind);
    if (cell.type != CellType::Text || column < 0 || static_cast<size_t>(column) >= columns.size())
        return text;
    const std::string_view name = columns[static_cast<size_t>(column)].name;
    if (name == "bank")
        return spokenBank(text);
    return name == "type" ? orderWordText(text) : text;
}

QString spokenRow(RecordKind kind, std::span<const Cell> cells, const QLocale &locale)
{
    const SpokenCells row{kind, cells, locale};
    switch (kind) {
    case RecordKind::Transaction:
        return spokenTransaction(row);
    case RecordKind::Customer:
        return spokenCustomer(row);
    case RecordKind::Payout:
        return spokenPayout(row);
    case RecordKind::OutboxEntry:
        return spokenOrder(row);
    case RecordKind::Event:
        return spokenEvent(row);
    case RecordKind::PayLink:
        return spokenPayLink(row);
    }
    Q_UNREACHABLE();
}

QString spokenRow(const QAbstractItemModel &model, int row)
{
    QStringList clauses;
    for (int column = 0; column < model.columnCount(); ++column) {
        const QModelIndex index = model.index(row, column);
        const QString spoken = index.data(Qt::AccessibleTextRole).toString();
        const QString text = spoken.isEmpty() ? index.data().toString() : spoken;
        if (!text.isEmpty())
            clauses << Spoken::tr("%1: %2").arg(model.headerData(column, Qt::Horizontal).toString(), text);
    }
    return clauses.join(u". "_s);
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/textindex.h"

#include "api/money.h"
#include "models/recordtables.h"

namespace models {

namespace {

// The columns of the row and of its full-text table side by side. An amount is found as people type it, so it comes
// last and apart.
struct WordColumns
{
    QByteArray fromRow;
    QByteArray intoWords;
    QByteArray marks;
    int amountColumn = -1;
};

const WordColumns &wordColumnsOf(RecordKind kind)
{
    static const WordColumns transaction{
        "id, customer_name, customer_email, client_reference_id, institution, last_four, descriptor, amount_cents",
        "w_id, w_name, w_email, w_reference, w_bank, w_last4, w_descriptor, w_amount", "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9",
        7};
    static const WordColumns customer{
        "id, name, email, institution, last_four", "w_id, w_name, w_email, w_bank, w_last4", "?2, ?3, ?4, ?5, ?6", -1};
    static const WordColumns payout{"id, client_reference_id, descriptor, amount_cents",
        "w_id, w_reference, w_descriptor, w_amount", "?2, ?3, ?4, ?5", 3};
    static const WordColumns none{};
    switch (kind) {
    case RecordKind::Transaction:
        return transaction;
    case RecordKind::Customer:
        return customer;
    case RecordKind::Payout:
        return payout;
    case RecordKind::OutboxEntry:
    case RecordKind::Event:
        return none;
    }
    Q_UNREACHABLE();
}

DatabaseResult<void> runWords(Database &database, const QByteArray &sql, qint64 key, const QStringList &words)
{
    const auto statement = database.prepare(sql);
    if (!statement)
        return std::unexpected(statement.error());
    (*statement)->bind(0, key);
    for (int column = 0; column < words.size(); ++column)
        (*statement)->bind(column + 1, words[column].isNull() ? QStringView(u"") : QStringView(words[column]));
    return (*statement)->run();
}

} // namespace

DatabaseResult<QStringList> storedWords(Database &database, RecordKind kind, qint64 key)
{
    const WordColumns &columns = wordColumnsOf(kind);
    const auto statement = database.prepare("SELECT " + columns.fromRow + " FROM " + tableOf(kind) + " WHERE key = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, key).step();
    if (!row)
        return std::unexpected(row.error());
    QStringList words;
    for (int column = 0; *row && column < (*statement)->columnCount(); ++column) {
        words.append(column == columns.amountColumn ? api::plainAmount((*statement)->integer(column))
                                                    : (*statement)->text(column));
    }
    (*statement)->reset();
    return words;
}

DatabaseResult<void> addWords(Database &database, RecordKind kind, qint64 key, const QStringList &words)
{
    const WordColumns &columns = wordColumnsOf(kind);
    const QByteArray table = textTableOf(kind);
    return runWords(database,
        "INSERT INTO " + table + "(rowid, " + columns.intoWords + ") VALUES(?1, " + columns.marks + ')', key, words);
}

DatabaseResult<void> removeWords(Database &database, RecordKind kind, qint64 key, const QStringList &words)
{
    const WordColumns &columns = wordColumnsOf(kind);
    const QByteArray table = textTableOf(kind);
    return runWords(database,
        "INSERT INTO " + table + '(' + table + ", rowid, " + columns.intoWords + ") VALUES('delete', ?1, "
            + columns.marks + ')',
        key, words);
}

} // namespace models

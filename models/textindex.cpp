// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/textindex.h"

#include "models/recordtables.h"

namespace models {

namespace {

// What is added must be deleted by the same texts, so these say in SQL what textIndexSchema said when it filled the
// tables; the first is idWord(), the second api::plainAmount().
constexpr auto *idSql = "replace(replace(id, '-', ''), '_', '')";
constexpr auto *amountSql = "printf('%s%d.%02d', iif(amount_cents < 0, '-', ''), abs(amount_cents) / 100, "
                            "abs(amount_cents) % 100)";

// The columns of the full-text table and what a row says for them, side by side, with the statements made of them.
class WordColumns
{
public:
    WordColumns() = default;
    WordColumns(RecordKind kind, const QByteArray &intoWords, const QByteArray &fromRow)
    {
        const QByteArray rows = tableOf(kind);
        const QByteArray words = textTableOf(kind);
        QByteArray marks;
        for (qsizetype column = 0; column <= intoWords.count(','); ++column)
            marks += ", ?" + QByteArray::number(column + 2);
        ofRow = "SELECT " + fromRow + " FROM " + rows + " WHERE key = ?1";
        add = "INSERT INTO " + words + "(rowid, " + intoWords + ") VALUES(?1" + marks + ')';
        remove = "INSERT INTO " + words + '(' + words + ", rowid, " + intoWords + ") VALUES('delete', ?1" + marks + ')';
        addAll = "INSERT INTO " + words + "(rowid, " + intoWords + ") SELECT key, " + fromRow + " FROM " + rows
            + " ORDER BY key";
    }

    QByteArray ofRow;
    QByteArray add;
    QByteArray remove;
    QByteArray addAll;
};

const WordColumns &wordColumnsOf(RecordKind kind)
{
    static const WordColumns transaction(RecordKind::Transaction,
        "w_id, w_name, w_email, w_reference, w_bank, w_last4, w_descriptor, w_amount",
        QByteArray(idSql) + ", customer_name, customer_email, client_reference_id, institution, last_four, descriptor, "
            + amountSql);
    static const WordColumns customer(RecordKind::Customer, "w_id, w_name, w_email, w_bank, w_last4",
        QByteArray(idSql) + ", name, email, institution, last_four");
    static const WordColumns payout(RecordKind::Payout, "w_id, w_reference, w_descriptor, w_amount",
        QByteArray(idSql) + ", client_reference_id, descriptor, " + amountSql);
    static const WordColumns none;
    switch (kind) {
    case RecordKind::Transaction:
        return transaction;
    case RecordKind::Customer:
        return customer;
    case RecordKind::Payout:
        return payout;
    case RecordKind::OutboxEntry:
    case RecordKind::Event:
    case RecordKind::PayLink:
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

QString idWord(const QString &id)
{
    QString word = id;
    return word.removeIf([](QChar character) { return character == u'-' || character == u'_'; });
}

DatabaseResult<QStringList> storedWords(Database &database, RecordKind kind, qint64 key)
{
    const auto statement = database.prepare(wordColumnsOf(kind).ofRow);
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, key).step();
    if (!row)
        return std::unexpected(row.error());
    QStringList words;
    for (int column = 0; *row && column < (*statement)->columnCount(); ++column)
        words.append((*statement)->text(column));
    (*statement)->reset();
    return words;
}

DatabaseResult<void> addWords(Database &database, RecordKind kind, qint64 key, const QStringList &words)
{
    return runWords(database, wordColumnsOf(kind).add, key, words);
}

DatabaseResult<void> removeWords(Database &database, RecordKind kind, qint64 key, const QStringList &words)
{
    return runWords(database, wordColumnsOf(kind).remove, key, words);
}

DatabaseResult<void> addAllWords(Database &database, RecordKind kind)
{
    return database.execute(wordColumnsOf(kind).addAll.constData());
}

} // namespace models

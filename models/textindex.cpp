// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/textindex.h"

#include "api/money.h"
#include "models/recordtables.h"

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

QString transactionWordsOf(const Statement &row)
{
    return transactionWords(row.text(0), row.text(1), row.text(2), row.integer(3), row.text(4), row.text(5), row.text(6), row.text(7));
}

QString customerWordsOf(const Statement &row)
{
    return customerWords(row.text(0), row.text(1), row.text(2), row.text(3), row.text(4));
}

QString payoutWordsOf(const Statement &row)
{
    return payoutWords(row.text(0), row.text(1), row.integer(2), row.text(3));
}

struct WordSource
{
    const char *sql;
    QString (*wordsOf)(const Statement &row);
};

WordSource wordSourceOf(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Transaction:
        return {"SELECT id, customer_name, customer_email, amount_cents, client_reference_id, institution, last_four, descriptor "
                "FROM transactions WHERE key = ?1",
                transactionWordsOf};
    case RecordKind::Customer:
        return {"SELECT id, name, email, institution, last_four FROM customers WHERE key = ?1", customerWordsOf};
    case RecordKind::Payout:
        return {"SELECT id, client_reference_id, amount_cents, descriptor FROM payouts WHERE key = ?1", payoutWordsOf};
    case RecordKind::OutboxEntry:
        break;
    }
    return {nullptr, nullptr};
}

DatabaseResult<void> runWords(Database &database, const QByteArray &sql, qint64 key, const QString &words)
{
    const auto statement = database.prepare(sql);
    if (!statement)
        return std::unexpected(statement.error());
    return (*statement)->bind(0, key).bind(1, QStringView(words)).run();
}

} // namespace

QString transactionWords(const QString &id, const QString &name, const QString &email, qint64 amountCents, const QString &reference,
                         const QString &institution, const QString &lastFour, const QString &descriptor)
{
    return QStringList{id, name, email, api::plainAmount(amountCents), reference, institution, lastFour, descriptor}.join(u'\n');
}

QString customerWords(const QString &id, const QString &name, const QString &email, const QString &institution, const QString &lastFour)
{
    return QStringList{id, name, email, institution, lastFour}.join(u'\n');
}

QString payoutWords(const QString &id, const QString &reference, qint64 amountCents, const QString &descriptor)
{
    return QStringList{id, reference, api::plainAmount(amountCents), descriptor}.join(u'\n');
}

DatabaseResult<QString> storedWords(Database &database, RecordKind kind, qint64 key)
{
    const WordSource source = wordSourceOf(kind);
    const auto statement = database.prepare(source.sql);
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, key).step();
    if (!row)
        return std::unexpected(row.error());
    const QString words = *row ? source.wordsOf(**statement) : QString();
    (*statement)->reset();
    return words;
}

DatabaseResult<void> addWords(Database &database, RecordKind kind, qint64 key, const QString &words)
{
    return runWords(database, QByteArray("INSERT INTO ") + textTableOf(kind) + "(rowid, words) VALUES(?1, ?2)", key, words);
}

DatabaseResult<void> removeWords(Database &database, RecordKind kind, qint64 key, const QString &words)
{
    const QByteArray table = textTableOf(kind);
    return runWords(database, "INSERT INTO " + table + '(' + table + ", rowid, words) VALUES('delete', ?1, ?2)", key, words);
}

} // namespace models

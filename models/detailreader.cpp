// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detailreader.h"

#include "api/json.h"
#include "models/packedanswer.h"
#include "models/recordtables.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

QVariant columnValue(const Statement &statement, int column, bool isNumber)
{
    return isNumber ? QVariant(statement.integer(column)) : QVariant(statement.text(column));
}

//: what one entry of the outbox is called beside a payment
QString outboxTitle(const QString &kind)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("Details", text); };
    if (kind == "REFUND"_L1)
        return say(QT_TRANSLATE_NOOP("Details", "Refund"));
    if (kind == "CREDIT"_L1)
        return say(QT_TRANSLATE_NOOP("Details", "Credit"));
    if (kind == "CANCEL"_L1)
        return say(QT_TRANSLATE_NOOP("Details", "Cancelation"));
    return say(QT_TRANSLATE_NOOP("Details", "Payment"));
}

RelatedRecord relatedOutbox(const Statement &row)
{
    const QString kind = row.text(1);
    const bool partial = kind == "REFUND"_L1 && row.integer(2) < row.integer(6);
    return {.ref = {RecordKind::OutboxEntry, QString::number(row.integer(0))},
        .title = partial ? QCoreApplication::translate("Details", "Refund, partial") : outboxTitle(kind),
        .amount = {.type = CellType::Money, .value = row.integer(2), .currency = row.text(3)},
        .status = row.text(4),
        .at = row.integer(5)};
}

RelatedRecord relatedTransaction(const Statement &row)
{
    const bool credit = row.text(1) == "CREDIT"_L1;
    return {.ref = {RecordKind::Transaction, row.text(0)},
        .title = credit ? QCoreApplication::translate("Details", "Credit")
                        : QCoreApplication::translate("Details", "Payment"),
        .amount = {.type = CellType::Money, .value = row.integer(2), .currency = row.text(3), .sign = credit ? 1 : 0},
        .status = row.text(4),
        .at = row.integer(5)};
}

using ReadRelated = RelatedRecord (*)(const Statement &row);

DatabaseResult<void> appendRelated(
    Database &database, const QByteArray &sql, const QString &id, ReadRelated read, QList<RelatedRecord> &all)
{
    const auto statement = database.prepare(sql);
    if (!statement)
        return std::unexpected(statement.error());
    auto row = (*statement)->bind(0, QStringView(id)).step();
    for (; row && *row; row = (*statement)->step())
        all.append(read(**statement));
    return row ? DatabaseResult<void>() : std::unexpected(row.error());
}

constexpr auto *outboxColumnsSql = "SELECT o.key, o.kind, o.amount_cents, o.currency, o.state, o.created_at, "
                                   "coalesce((SELECT amount_cents FROM transactions WHERE id = o.original_id), 0) FROM "
                                   "outbox o ";
constexpr auto *transactionColumnsSql = "SELECT t.id, t.type, t.amount_cents, t.currency, t.status, t.created_at FROM "
                                        "transactions t ";

// A customer's newest ones are enough beside the record; the list itself shows all.
constexpr auto *newestFew = " ORDER BY t.key DESC LIMIT 20";

struct RelatedSource
{
    const char *columns;
    const char *rest;
    ReadRelated read;
};

QList<RelatedSource> relatedSources(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Transaction:
        return {{outboxColumnsSql, "WHERE o.original_id = ?1 OR o.result_id = ?1 ORDER BY o.key DESC", relatedOutbox},
            {transactionColumnsSql,
                "WHERE t.original_id = ?1 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.result_id = t.id) ORDER BY "
                "t.key DESC",
                relatedTransaction},
            {transactionColumnsSql, "WHERE t.id = (SELECT original_id FROM transactions WHERE id = ?1)",
                relatedTransaction}};
    case RecordKind::Customer:
        return {{transactionColumnsSql, "WHERE t.customer_id = ?1", relatedTransaction}};
    case RecordKind::PayLink:
        return {{transactionColumnsSql,
            "WHERE t.id = (SELECT payment_id FROM pay_links WHERE key = CAST(?1 AS INTEGER))", relatedTransaction}};
    case RecordKind::OutboxEntry:
        return {{transactionColumnsSql,
            "WHERE t.id IN (SELECT original_id FROM outbox WHERE key = CAST(?1 AS INTEGER) "
            "UNION SELECT result_id FROM outbox WHERE key = CAST(?1 AS INTEGER))",
            relatedTransaction}};
    case RecordKind::Event:
        return {{transactionColumnsSql, "WHERE t.id = (SELECT resource_id FROM events WHERE key = CAST(?1 AS INTEGER))",
            relatedTransaction}};
    case RecordKind::Payout:
        return {};
    }
    Q_UNREACHABLE();
}

} // namespace

DatabaseResult<std::optional<DetailRow>> DetailRow::read(Database &database, const RecordRef &ref)
{
    const bool byKey = isNamedByKey(ref.kind);
    auto statement = database.prepareOnce(QByteArray("SELECT * FROM ") + tableOf(ref.kind)
        + (byKey ? " WHERE key = CAST(?1 AS INTEGER)" : " WHERE id = ?1"));
    if (!statement)
        return std::unexpected(statement.error());
    const auto found = statement->bind(0, QStringView(ref.id)).step();
    if (!found)
        return std::unexpected(found.error());
    if (!*found)
        return std::nullopt;
    DetailRow row;
    for (int column = 0; column < statement->columnCount(); ++column)
        row.m_values.insert(
            statement->columnName(column), columnValue(*statement, column, statement->isInteger(column)));
    return row;
}

QString DetailRow::text(const char *column) const
{
    return m_values.value(column).toString();
}

qint64 DetailRow::number(const char *column) const
{
    return m_values.value(column).toLongLong();
}

DatabaseResult<QList<RelatedRecord>> readRelated(Database &database, const RecordRef &ref)
{
    QList<RelatedRecord> all;
    for (const RelatedSource &source : relatedSources(ref.kind)) {
        const QByteArray sql = QByteArray(source.columns) + source.rest
            + (ref.kind == RecordKind::Customer ? newestFew : "");
        if (const auto done = appendRelated(database, sql, ref.id, source.read, all); !done)
            return std::unexpected(done.error());
    }
    return all;
}

DatabaseResult<QString> readRawAnswer(Database &database, const RecordRef &ref)
{
    const auto statement = database.prepare(
        "SELECT raw FROM observations WHERE record_id = ?1 AND kind = ?2 AND raw IS NOT NULL "
        "ORDER BY key DESC LIMIT 1");
    if (!statement)
        return std::unexpected(statement.error());
    const QString kind = observationKind(ref.kind);
    const auto row = (*statement)->bind(0, QStringView(ref.id)).bind(1, QStringView(kind)).step();
    if (!row)
        return std::unexpected(row.error());
    const QByteArray text = *row ? unpackedAnswer((*statement)->blob(0)) : QByteArray();
    (*statement)->reset();
    const auto json = api::Json::parse(text);
    return json ? json->toPrettyText() : QString::fromUtf8(text);
}

QString bankText(const QString &institution, const QString &lastFour)
{
    return lastFour.isEmpty() ? institution : QString(institution + u" ··"_s + lastFour).trimmed();
}

} // namespace models

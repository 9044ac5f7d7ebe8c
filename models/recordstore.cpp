// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recordstore.h"

#include "api/redaction.h"
#include "models/clock.h"
#include "models/outbox.h"
#include "models/textindex.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QHash>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int digestBytes = 16;

// One statement for new and known rows, so that the rules of the schema see a new row whole. first_seen_at stays as it
// was.
constexpr auto *transactionUpsert
    = "INSERT INTO transactions(key, id, type, status, customer_id, amount_cents, currency, client_reference_id, "
      "institution, last_four, "
      "account_type, preferred, descriptor, settlement_at, created_at, failure_code, failure_text, last_read_at, "
      "last_source, original_id, "
      "customer_name, customer_email, first_seen_at) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, "
      "coalesce((SELECT name FROM customers WHERE id = ?5), ''), coalesce((SELECT email FROM customers WHERE id = ?5), "
      "''), ?18) "
      "ON CONFLICT(id) DO UPDATE SET key = excluded.key, type = excluded.type, status = excluded.status, "
      "customer_id = excluded.customer_id, amount_cents = excluded.amount_cents, currency = excluded.currency, "
      "client_reference_id = excluded.client_reference_id, institution = excluded.institution, last_four = "
      "excluded.last_four, "
      "account_type = excluded.account_type, preferred = excluded.preferred, descriptor = excluded.descriptor, "
      "settlement_at = excluded.settlement_at, created_at = excluded.created_at, failure_code = excluded.failure_code, "
      "failure_text = excluded.failure_text, last_read_at = excluded.last_read_at, last_source = excluded.last_source, "
      "original_id = excluded.original_id, customer_name = excluded.customer_name, customer_email = "
      "excluded.customer_email";

constexpr auto *customerUpsert
    = "INSERT INTO customers(key, id, first_name, last_name, name, email, status, institution, last_four, "
      "account_type, account_status, "
      "preferred, account_created_at, created_at, last_read_at, last_source, first_seen_at) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?15) "
      "ON CONFLICT(id) DO UPDATE SET key = excluded.key, first_name = excluded.first_name, last_name = "
      "excluded.last_name, "
      "name = excluded.name, email = excluded.email, status = excluded.status, institution = excluded.institution, "
      "last_four = excluded.last_four, account_type = excluded.account_type, account_status = excluded.account_status, "
      "preferred = excluded.preferred, account_created_at = excluded.account_created_at, created_at = "
      "excluded.created_at, "
      "last_read_at = excluded.last_read_at, last_source = excluded.last_source";

constexpr auto *payoutUpsert
    = "INSERT INTO payouts(key, id, client_reference_id, amount_cents, currency, status, descriptor, created_at, "
      "last_read_at, "
      "last_source, first_seen_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?9) "
      "ON CONFLICT(id) DO UPDATE SET key = excluded.key, client_reference_id = excluded.client_reference_id, "
      "amount_cents = excluded.amount_cents, currency = excluded.currency, status = excluded.status, descriptor = "
      "excluded.descriptor, "
      "created_at = excluded.created_at, last_read_at = excluded.last_read_at, last_source = excluded.last_source";

// Binds from the first position on; an empty text is stored as empty, never as NULL.
class Row
{
public:
    explicit Row(Statement &statement)
        : m_statement(statement)
    {
    }
    Row &operator<<(qint64 value)
    {
        m_statement.bind(m_next++, value);
        return *this;
    }
    Row &operator<<(const QString &value)
    {
        m_statement.bind(m_next++, value.isNull() ? QStringView(u"") : QStringView(value));
        return *this;
    }
    Row &operator<<(const QByteArray &value)
    {
        m_statement.bind(m_next++, value);
        return *this;
    }
    Row &operator<<(std::nullptr_t)
    {
        m_statement.bindNull(m_next++);
        return *this;
    }

private:
    Statement &m_statement;
    int m_next = 0;
};

// A list of accounts replaces the one before it, so when each was first seen has to be carried over.
DatabaseResult<QHash<QString, qint64>> accountsSeen(Database &database, const QString &customer)
{
    const auto find = database.prepare("SELECT account_id, first_seen_at FROM accounts WHERE customer_id = ?1");
    if (!find)
        return std::unexpected(find.error());
    QHash<QString, qint64> seen;
    auto row = (*find)->bind(0, QStringView(customer)).step();
    for (; row && *row; row = (*find)->step())
        seen.insert((*find)->text(0), (*find)->integer(1));
    (*find)->reset();
    if (!row)
        return std::unexpected(row.error());
    return seen;
}

} // namespace

QString fullName(const QString &firstName, const QString &lastName)
{
    return QString(firstName + u' ' + lastName).trimmed();
}

RecordStore::RecordStore(Database &database, ChangeSet &changes)
    : m_database(database)
    , m_changes(changes)
{
}

DatabaseResult<void> RecordStore::store(const Observation &observation)
{
    if (const auto *transaction = std::get_if<api::Transaction>(&observation.record))
        return storeTransaction(*transaction, observation);
    if (const auto *customer = std::get_if<api::Customer>(&observation.record))
        return storeCustomer(*customer, observation);
    if (const auto *accounts = std::get_if<api::LinkedAccounts>(&observation.record))
        return storeAccounts(*accounts, observation);
    if (const auto *user = std::get_if<LinkedUser>(&observation.record))
        return storeUser(*user, observation);
    return storePayout(std::get<api::Payout>(observation.record), observation);
}

DatabaseResult<void> RecordStore::keep(
    QStringView kind, const QString &id, const QString &status, const Observation &observation)
{
    const QByteArray raw = api::redacted(observation.raw).toText();
    const QByteArray digest = QCryptographicHash::hash(raw, QCryptographicHash::Blake2b_256).first(digestBytes);
    const auto last = m_database.prepare(
        "SELECT digest FROM observations WHERE record_id = ?1 AND kind = ?2 ORDER BY key DESC LIMIT 1");
    if (!last)
        return std::unexpected(last.error());
    const auto found = (*last)->bind(0, QStringView(id)).bind(1, kind).step();
    if (!found)
        return std::unexpected(found.error());
    const bool repeats = *found && (*last)->blob(0) == digest;
    (*last)->reset();
    const auto insert = m_database.prepare(
        "INSERT INTO observations(kind, record_id, observed_at, source, status, digest, raw) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    if (!insert)
        return std::unexpected(insert.error());
    Row row(**insert);
    row << kind.toString() << id << observation.observedAt << sourceWord(observation.source) << status << digest;
    if (repeats)
        row << nullptr;
    else
        row << m_packer.pack(raw);
    return (*insert)->run();
}

DatabaseResult<RecordStore::Known> RecordStore::find(RecordKind kind, const QString &id)
{
    const auto statement = m_database.prepare(
        QByteArray("SELECT key, last_read_at, created_at FROM ") + tableOf(kind) + " WHERE id = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, QStringView(id)).step();
    if (!row)
        return std::unexpected(row.error());
    if (!*row)
        return Known();
    Known known{
        .key = (*statement)->integer(0), .lastReadAt = (*statement)->integer(1), .createdAt = (*statement)->integer(2)};
    (*statement)->reset();
    const auto words = storedWords(m_database, kind, known.key);
    if (!words)
        return std::unexpected(words.error());
    known.words = *words;
    return known;
}

DatabaseResult<qint64> RecordStore::freeKey(RecordKind kind, qint64 at)
{
    const qint64 first = firstKeyOf(at);
    const auto statement = m_database.prepare(
        QByteArray("SELECT coalesce(max(key) + 1, ?1) FROM ") + tableOf(kind) + " WHERE key >= ?1 AND key < ?2");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, first).bind(1, firstKeyOf(at + 1)).step();
    if (!row)
        return std::unexpected(row.error());
    const qint64 key = (*statement)->integer(0);
    (*statement)->reset();
    return key;
}

DatabaseResult<qint64> RecordStore::place(
    RecordKind kind, const Known &known, qint64 createdAt, const Observation &observation)
{
    const bool moves = known.key != 0 && createdAt != 0 && createdAt != known.createdAt;
    if (known.key != 0 && !moves)
        return known.key;
    if (moves)
        m_changes.add(kind, known.key);
    return freeKey(kind, createdAt != 0 ? createdAt : observation.observedAt);
}

// The words wait for finish(): a statement that may be undone on its own makes FTS5 write out what it has gathered, so
// words between the rows of a large batch would each be written, and merged, one by one.
void RecordStore::index(RecordKind kind, const Known &known, qint64 key)
{
    m_changes.add(kind, key);
    if (known.key != 0)
        m_indexedWords.try_emplace({kind, known.key}, known.words);
    m_indexedWords.try_emplace({kind, key}, QStringList());
}

DatabaseResult<void> RecordStore::finish()
{
    for (const auto &[row, indexed] : std::exchange(m_indexedWords, {})) {
        const auto &[kind, key] = row;
        const auto words = storedWords(m_database, kind, key);
        if (!words)
            return std::unexpected(words.error());
        if (*words == indexed)
            continue;
        if (const auto removed = indexed.isEmpty() ? DatabaseResult<void>()
                                                   : removeWords(m_database, kind, key, indexed);
            !removed)
            return removed;
        if (const auto added = words->isEmpty() ? DatabaseResult<void>() : addWords(m_database, kind, key, *words);
            !added)
            return added;
    }
    return {};
}

bool RecordStore::isOutdated(const Known &known, const Observation &observation)
{
    return known.key != 0 && observation.observedAt < known.lastReadAt
        && !liesAhead(known.lastReadAt, QDateTime::currentMSecsSinceEpoch());
}

DatabaseResult<void> RecordStore::storeTransaction(const api::Transaction &transaction, const Observation &observation)
{
    const QString id = transaction.id.text();
    if (const auto kept = keep(observationKind(RecordKind::Transaction), id, transaction.status, observation); !kept)
        return kept;
    const auto known = find(RecordKind::Transaction, id);
    if (!known)
        return std::unexpected(known.error());
    if (isOutdated(*known, observation))
        return {};
    const auto key = place(RecordKind::Transaction, *known, transaction.createdAt, observation);
    if (!key)
        return std::unexpected(key.error());
    const auto original = originalOfReference(transaction.clientReferenceId);
    const auto upsert = m_database.prepare(transactionUpsert);
    if (!upsert)
        return std::unexpected(upsert.error());
    Row row(**upsert);
    row << *key << id << transaction.type << transaction.status << transaction.customerId.text()
        << transaction.amount.cents << transaction.amount.currency << transaction.clientReferenceId
        << transaction.account.institution << transaction.account.lastFour << transaction.account.type
        << qint64(transaction.account.preferred) << transaction.descriptor << transaction.settlementAt
        << (transaction.createdAt != 0 ? transaction.createdAt : known->createdAt) << transaction.failureCode
        << transaction.failureText << observation.observedAt << sourceWord(observation.source);
    if (original)
        row << original->text();
    else
        row << nullptr;
    if (const auto written = (*upsert)->run(); !written)
        return written;
    if (original) {
        if (const auto noted = noteOriginal(original->text()); !noted)
            return noted;
    }
    index(RecordKind::Transaction, *known, *key);
    return {};
}

DatabaseResult<void> RecordStore::noteOriginal(const QString &originalId)
{
    const auto statement = m_database.prepare("SELECT key FROM transactions WHERE id = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, QStringView(originalId)).step();
    if (!row)
        return std::unexpected(row.error());
    if (*row)
        m_changes.add(RecordKind::Transaction, (*statement)->integer(0));
    (*statement)->reset();
    return {};
}

DatabaseResult<void> RecordStore::storeCustomer(const api::Customer &customer, const Observation &observation)
{
    const QString id = customer.id.text();
    if (const auto kept = keep(observationKind(RecordKind::Customer), id, customer.status, observation); !kept)
        return kept;
    const auto known = find(RecordKind::Customer, id);
    if (!known)
        return std::unexpected(known.error());
    if (isOutdated(*known, observation))
        return {};
    const auto key = place(RecordKind::Customer, *known, customer.createdAt, observation);
    if (!key)
        return std::unexpected(key.error());
    const auto upsert = m_database.prepare(customerUpsert);
    if (!upsert)
        return std::unexpected(upsert.error());
    const QString name = fullName(customer.firstName, customer.lastName);
    Row row(**upsert);
    row << *key << id << customer.firstName << customer.lastName << name << customer.email << customer.status
        << customer.account.institution << customer.account.lastFour << customer.account.type << customer.account.status
        << qint64(customer.account.preferred) << customer.account.createdAt
        << (customer.createdAt != 0 ? customer.createdAt : known->createdAt) << observation.observedAt
        << sourceWord(observation.source);
    if (const auto written = (*upsert)->run(); !written)
        return written;
    index(RecordKind::Customer, *known, *key);
    return passOnName(customer, name);
}

DatabaseResult<void> RecordStore::passOnName(const api::Customer &customer, const QString &name)
{
    const auto find = m_database.prepare("SELECT key FROM transactions WHERE customer_id = ?1 "
                                         "AND (customer_name <> ?2 COLLATE BINARY OR customer_email <> ?3)");
    const auto update = m_database.prepare(
        "UPDATE transactions SET customer_name = ?1, customer_email = ?2 WHERE key = ?3");
    if (!find || !update)
        return std::unexpected(find ? update.error() : find.error());
    Row(**find) << customer.id.text() << name << customer.email;
    QList<qint64> keys;
    auto row = (*find)->step();
    for (; row && *row; row = (*find)->step())
        keys.append((*find)->integer(0));
    if (!row)
        return std::unexpected(row.error());
    for (const qint64 key : keys) {
        const auto words = storedWords(m_database, RecordKind::Transaction, key);
        if (!words)
            return std::unexpected(words.error());
        (*update)->reset();
        Row(**update) << name << customer.email << key;
        if (const auto written = (*update)->run(); !written)
            return written;
        index(RecordKind::Transaction, {.key = key, .words = *words}, key);
    }
    return {};
}

DatabaseResult<void> RecordStore::storeAccounts(const api::LinkedAccounts &accounts, const Observation &observation)
{
    const QString id = accounts.customerId.text();
    if (const auto kept = keep(accountsObservation, id, {}, observation); !kept)
        return kept;
    const auto mark = m_database.prepare("UPDATE customers SET accounts_read_at = ?1 WHERE id = ?2 RETURNING key");
    const auto clear = m_database.prepare("DELETE FROM accounts WHERE customer_id = ?1");
    const auto insert = m_database.prepare(
        "INSERT INTO accounts(customer_id, position, account_id, institution_id, institution, last_four, type, status, "
        "preferred, routing_number, created_at, first_seen_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
        "?12)");
    for (const auto *statement : {&mark, &clear, &insert}) {
        if (!*statement)
            return std::unexpected(statement->error());
    }
    Row(**mark) << observation.observedAt << id;
    const auto marked = (*mark)->step();
    if (!marked)
        return std::unexpected(marked.error());
    if (*marked)
        m_changes.add(RecordKind::Customer, (*mark)->integer(0));
    (*mark)->reset();
    const auto seen = accountsSeen(m_database, id);
    if (!seen)
        return std::unexpected(seen.error());
    if (const auto cleared = (*clear)->bind(0, QStringView(id)).run(); !cleared)
        return cleared;
    for (qsizetype position = 0; position < accounts.accounts.size(); ++position) {
        const api::LinkedAccount &account = accounts.accounts[position];
        Row(**insert) << id << position << account.id.text() << account.institutionId << account.institution
                      << account.lastFour << account.type << account.status << qint64(account.preferred)
                      << account.routingNumber << account.createdAt
                      << seen->value(account.id.text(), observation.observedAt);
        if (const auto written = (*insert)->run(); !written)
            return written;
    }
    return {};
}

DatabaseResult<void> RecordStore::storePayout(const api::Payout &payout, const Observation &observation)
{
    const QString id = payout.id.text();
    if (const auto kept = keep(observationKind(RecordKind::Payout), id, payout.status, observation); !kept)
        return kept;
    const auto known = find(RecordKind::Payout, id);
    if (!known)
        return std::unexpected(known.error());
    if (isOutdated(*known, observation))
        return {};
    const auto key = place(RecordKind::Payout, *known, payout.createdAt, observation);
    if (!key)
        return std::unexpected(key.error());
    const auto upsert = m_database.prepare(payoutUpsert);
    if (!upsert)
        return std::unexpected(upsert.error());
    Row(**upsert) << *key << id << payout.clientReferenceId << payout.amount.cents << payout.amount.currency
                  << payout.status << payout.descriptor << (payout.createdAt != 0 ? payout.createdAt : known->createdAt)
                  << observation.observedAt << sourceWord(observation.source);
    if (const auto written = (*upsert)->run(); !written)
        return written;
    index(RecordKind::Payout, *known, *key);
    return {};
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationuser.h"
#include "models/recordstore.h"

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr auto *userUpsert
    = "INSERT INTO customers(key, id, family, tenant_id, login_name, name, status, created_at, last_read_at, "
      "last_source, first_seen_at) VALUES(?1, ?2, 'AGGREGATION', ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?7) "
      "ON CONFLICT(id) DO UPDATE SET key = excluded.key, status = excluded.status, created_at = excluded.created_at, "
      "last_read_at = excluded.last_read_at, last_source = excluded.last_source";

constexpr auto *userAccountInsert
    = "INSERT INTO user_accounts(user_id, position, account_id, provider_account_id, provider_id, provider, "
      "container, name, type, status, last_four, currency, refresh_status, created_at, updated_at, balance_cents) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";

constexpr auto *userLinkInsert = "INSERT INTO user_links(user_id, position, provider_account_id, provider_id, status, "
                                 "refresh_status, request_id, "
                                 "created_at, updated_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

//! Binds in order; an empty text is stored as empty, never as NULL.
template<typename... Values> Statement &bindAll(Statement &statement, const Values &...values)
{
    int position = 0;
    const auto bindOne = [&](const auto &value) {
        if constexpr (std::is_integral_v<std::decay_t<decltype(value)>>)
            statement.bind(position++, qint64(value));
        else
            statement.bind(position++, value.isNull() ? QStringView(u"") : QStringView(value));
    };
    (bindOne(values), ...);
    return statement;
}

DatabaseResult<void> removeRowsOf(Database &database, const QByteArray &table, const QString &user)
{
    const auto statement = database.prepare("DELETE FROM " + table + " WHERE user_id = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    return bindAll(**statement, user).run();
}

DatabaseResult<void> insertAccount(
    Database &database, const QString &user, qsizetype position, const api::AggregatedAccount &account)
{
    const auto statement = database.prepare(userAccountInsert);
    if (!statement)
        return std::unexpected(statement.error());
    const QString currency = account.balance ? account.balance->currency : u"USD"_s;
    Statement &row = bindAll(**statement, user, position, account.id.text(), account.providerAccountId.text(),
        account.providerId, account.provider, account.container, account.name, account.type, account.status,
        lastFourDigits(account.number), currency, account.refreshStatus, account.createdAt, account.updatedAt);
    constexpr int balancePosition = 15;
    if (account.balance)
        row.bind(balancePosition, account.balance->cents);
    else
        row.bindNull(balancePosition);
    return row.run();
}

DatabaseResult<void> insertLink(
    Database &database, const QString &user, qsizetype position, const api::ProviderAccount &link)
{
    const auto statement = database.prepare(userLinkInsert);
    if (!statement)
        return std::unexpected(statement.error());
    return bindAll(**statement, user, position, link.id.text(), link.providerId, link.status, link.refreshStatus,
        link.requestId, link.createdAt, link.updatedAt)
        .run();
}

//! The list's columns show the first account.
DatabaseResult<void> showAccounts(
    Database &database, const QString &user, const QList<api::AggregatedAccount> &accounts, qint64 at)
{
    const auto statement = database.prepare(
        "UPDATE customers SET institution = ?2, last_four = ?3, account_type = ?4, account_status = ?5, "
        "account_created_at = ?6, accounts_read_at = ?7 WHERE id = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const api::AggregatedAccount first = accounts.value(0);
    return bindAll(
        **statement, user, first.provider, lastFourDigits(first.number), first.type, first.status, first.createdAt, at)
        .run();
}

DatabaseResult<void> replaceAccounts(
    Database &database, const QString &user, const QList<api::AggregatedAccount> &accounts, qint64 at)
{
    if (const auto removed = removeRowsOf(database, "user_accounts", user); !removed)
        return removed;
    for (qsizetype position = 0; position < accounts.size(); ++position) {
        if (const auto written = insertAccount(database, user, position, accounts[position]); !written)
            return written;
    }
    return showAccounts(database, user, accounts, at);
}

DatabaseResult<void> replaceLinks(Database &database, const QString &user, const QList<api::ProviderAccount> &links)
{
    if (const auto removed = removeRowsOf(database, "user_links", user); !removed)
        return removed;
    for (qsizetype position = 0; position < links.size(); ++position) {
        if (const auto written = insertLink(database, user, position, links[position]); !written)
            return written;
    }
    return {};
}

DatabaseResult<QString> knownStatus(Database &database, qint64 key)
{
    const auto statement = database.prepare("SELECT status FROM customers WHERE key = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, key).step();
    if (!row)
        return std::unexpected(row.error());
    const QString status = *row ? (*statement)->text(0) : u"STARTED"_s;
    (*statement)->reset();
    return status;
}

} // namespace

DatabaseResult<void> RecordStore::storeUser(const LinkedUser &user, const Observation &observation)
{
    const QString id = recordOf(user.id).id;
    const auto known = find(RecordKind::Customer, id);
    if (!known)
        return std::unexpected(known.error());
    DatabaseResult<QString> status = linkedUserStatus(user);
    if (status->isEmpty())
        status = knownStatus(m_database, known->key);
    if (!status)
        return std::unexpected(status.error());
    if (const auto kept = keep(observationKind(RecordKind::Customer), id, *status, observation); !kept)
        return kept;
    if (isOutdated(*known, observation))
        return {};
    const qint64 createdAt = known->createdAt != 0 ? known->createdAt : user.createdAt;
    const auto key = place(RecordKind::Customer, *known, createdAt, observation);
    if (!key)
        return std::unexpected(key.error());
    const auto upsert = m_database.prepare(userUpsert);
    if (!upsert)
        return std::unexpected(upsert.error());
    bindAll(**upsert, *key, id, user.id.tenant.text(), user.id.loginName.text(), *status, createdAt,
        observation.observedAt, sourceWord(observation.source));
    auto written = (*upsert)->run();
    if (written && user.accounts)
        written = replaceAccounts(m_database, id, *user.accounts, observation.observedAt);
    if (written && user.links)
        written = replaceLinks(m_database, id, *user.links);
    if (written)
        index(RecordKind::Customer, *known, *key);
    return written;
}

} // namespace models

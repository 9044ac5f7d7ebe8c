// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/vaultstore.h"

#include "models/eventintake.h"
#include "models/webhookvault.h"

#include <QDateTime>
#include <QUuid>

#include <algorithm>
#include <chrono>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

//! Longer than any call may take: an older question has lost whoever asked it.
constexpr std::chrono::milliseconds longestWait = std::chrono::minutes(2);

QString auditText(const WebhookSubscription &subscription)
{
    return u"%1 %2 %3 %4 %5"_s.arg(subscriptionStateWord(subscription.state), subscription.remoteKey.text(),
        subscription.url,
        subscription.family == WebhookFamily::Aggregation ? webhookFamilyWord(subscription.family)
                                                          : coveredEvents(subscription.scope).join(u','),
        schemeText(subscription.scheme));
}

DatabaseResult<void> deleteSubscriptionRow(Database &database, const QString &id)
{
    const auto statement = database.prepare("DELETE FROM webhook_subscriptions WHERE id = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    return (*statement)->bind(0, id).run();
}

DatabaseResult<bool> isTaken(Database &database, const WebhookSubscription &subscription)
{
    const auto all = readSubscriptions(database);
    if (!all)
        return std::unexpected(all.error());
    return std::ranges::any_of(*all, [&subscription](const WebhookSubscription &other) {
        const bool sameKey = !subscription.remoteKey.isEmpty() && other.remoteKey == subscription.remoteKey;
        return sameKey || other.pathToken == subscription.pathToken;
    });
}

} // namespace

AuditEntry vaultAudit(
    const QString &action, const QString &subject, const QString &before, const QString &after, const QString &reason)
{
    return {.at = QDateTime::currentMSecsSinceEpoch(),
        .who = currentUser(),
        .action = action,
        .subject = subject,
        .before = before,
        .after = after,
        .reason = reason};
}

WebhookSubscription freshSubscription(const NewSubscription &wanted, SubscriptionState state)
{
    WebhookSubscription subscription;
    subscription.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    subscription.name = wanted.name.trimmed();
    subscription.url = wanted.url.trimmed();
    subscription.scope = wanted.scope;
    subscription.pathToken = wanted.pathToken.isEmpty() ? newPathToken() : wanted.pathToken;
    subscription.scheme = wanted.scheme;
    subscription.hasSecret = !wanted.secret.isEmpty();
    subscription.state = state;
    subscription.madeAt = QDateTime::currentMSecsSinceEpoch();
    subscription.madeBy = currentUser();
    subscription.changedAt = subscription.madeAt;
    return subscription;
}

DatabaseResult<QString> changeSubscription(Database &database, const QString &id, const QString &action,
    const QString &reason, const SubscriptionChange &change)
{
    const auto found = readSubscription(database, id);
    if (!found)
        return std::unexpected(found.error());
    if (!*found)
        return WebhookVault::tr("This subscription is not in the list any more.");
    WebhookSubscription after = **found;
    if (QString problem = change(after); !problem.isEmpty())
        return problem;
    after.changedAt = QDateTime::currentMSecsSinceEpoch();
    if (const auto stored = updateSubscription(database, after); !stored)
        return std::unexpected(stored.error());
    const AuditEntry entry = vaultAudit(action, id, auditText(**found), auditText(after), reason);
    if (const auto noted = appendAudit(database, entry); !noted)
        return std::unexpected(noted.error());
    return QString();
}

DatabaseResult<bool> insertNewSubscription(
    Database &database, const WebhookSubscription &subscription, const QString &action)
{
    const auto taken = isTaken(database, subscription);
    if (!taken)
        return std::unexpected(taken.error());
    if (*taken)
        return false;
    if (const auto stored = insertSubscription(database, subscription); !stored)
        return std::unexpected(stored.error());
    const AuditEntry entry = vaultAudit(action, subscription.id, {}, auditText(subscription));
    if (const auto noted = appendAudit(database, entry); !noted)
        return std::unexpected(noted.error());
    return true;
}

DatabaseResult<void> deleteSubscription(
    Database &database, const QString &id, const QString &action, const QString &reason)
{
    const auto found = readSubscription(database, id);
    if (!found)
        return std::unexpected(found.error());
    if (!*found)
        return {};
    if (auto gone = deleteSubscriptionRow(database, id); !gone)
        return gone;
    return appendAudit(database, vaultAudit(action, id, auditText(**found), {}, reason));
}

DatabaseResult<void> loseOldQuestions(Database &database)
{
    const auto statement = database.prepare(
        "UPDATE webhook_subscriptions SET state = 'LOST', answer = ?2 WHERE state = 'ASKED' AND changed_at < ?1");
    if (!statement)
        return std::unexpected(statement.error());
    return (*statement)
        ->bind(0, QDateTime::currentMSecsSinceEpoch() - longestWait.count())
        .bind(
            1, WebhookVault::tr("The console ended before the answer came. When events arrive through it, it exists."))
        .run();
}

} // namespace models

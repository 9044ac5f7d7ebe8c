// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/paybybank/webhooks.h"
#include "models/database.h"
#include "models/eventtypes.h"
#include "models/webhookverification.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace models {

enum class SubscriptionState {
    Asked,    //!< on disk, the answer is outstanding
    Active,   //!< the server gave its key
    Disabled, //!< kept by the server, but sends nothing (aggregation)
    Lost,     //!< no trustworthy answer came: it may exist, but its key is not known
    Ended,
};

QString subscriptionStateWord(SubscriptionState state); //!< "ASKED", "ACTIVE", ...: as stored
SubscriptionState subscriptionStateOfWord(QStringView word);
QString subscriptionStateText(SubscriptionState state); //!< "Active"

//! What the console remembers of a subscription. The Pay by Bank API has no list of them (reference 1.14.2), so this is
//! the only place that knows the key. The secret is in the keychain under webhookSecretName(id).
struct WebhookSubscription
{
    qint64 key = 0;
    QString id = {}; //!< ours
    WebhookFamily family = WebhookFamily::PayByBank;
    QString name = {};
    api::SubscriptionKey remoteKey = {}; //!< what ends it
    QString url = {};
    api::SubscriptionScope scope = {};
    QString pathToken = {}; //!< the last part of the receiver's path, "/webhooks/<token>"
    WebhookScheme scheme = {};
    bool hasSecret = false;
    SubscriptionState state = SubscriptionState::Asked;
    qint64 madeAt = 0; //!< UTC ms
    QString madeBy = {};
    bool madeElsewhere = false; //!< added by its key
    qint64 changedAt = 0;       //!< UTC ms
    qint64 endedAt = 0;         //!< UTC ms; 0: not ended
    QString endedBy = {};
    QString answer = {}; //!< the server's words or ours about the last change
    QString note = {};

    // From the inbox.
    qint64 lastEventAt = 0; //!< UTC ms; 0: none yet
    qint64 events = 0;      //!< ever, repeats not counted
    qint64 notVerified = 0; //!< of them, with a signature that does not fit

    bool isOurs() const { return state == SubscriptionState::Active || state == SubscriptionState::Disabled; }
};

QString webhookSecretName(const QString &subscriptionId);
QString webhookPath(const QString &pathToken); //!< "/webhooks/<token>"

DatabaseResult<QList<WebhookSubscription>> readSubscriptions(Database &database); //!< the newest first
DatabaseResult<std::optional<WebhookSubscription>> readSubscription(Database &database, const QString &id);
DatabaseResult<void> insertSubscription(Database &database, const WebhookSubscription &subscription);
//! Stores everything but the key, the id and what comes from the inbox.
DatabaseResult<void> updateSubscription(Database &database, const WebhookSubscription &subscription);

//! What arrived last through it, to try signatures on.
DatabaseResult<std::optional<api::WebhookDelivery>> newestDelivery(Database &database, const QString &subscriptionId);

//! The documented Pay by Bank events that a scope covers, in the order of the life cycle, and those it names that are
//! not documented.
QStringList coveredEvents(const api::SubscriptionScope &scope);
//! What is left of `scope` without `ended`; nothing when all of it ended.
std::optional<api::SubscriptionScope> scopeWithout(
    const api::SubscriptionScope &scope, const api::SubscriptionScope &ended);
QString scopeText(const api::SubscriptionScope &scope); //!< "Everything", "Payments and customers", "4 events"

//! Why a scope cannot be subscribed to, as a sentence; empty when it can.
QString scopeProblem(const api::SubscriptionScope &scope);
//! Why a URL or a secret cannot be used, as a sentence; empty when it can. Plain http is accepted for this computer
//! only.
QString webhookUrlProblem(const QString &url);
QString webhookSecretProblem(const QByteArray &secret);

//! What is odd about all of them together.
struct CoverageFindings
{
    QStringList uncovered = {};   //!< documented events that no active subscription covers
    QStringList overlapping = {}; //!< documented events that more than one does
};
CoverageFindings coverageOf(const QList<WebhookSubscription> &subscriptions);

} // namespace models

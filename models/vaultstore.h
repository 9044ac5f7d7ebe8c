// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/audit.h"
#include "models/vaulttext.h"

#include <functional>

namespace models {

//! What a person does to a subscription; a sentence when it cannot be done.
using SubscriptionChange = std::function<QString(WebhookSubscription &)>;

//! One of our own with a new id, made now by the person at this desk. Not stored yet.
WebhookSubscription freshSubscription(const NewSubscription &wanted, SubscriptionState state);

// Each of these writes its step of the audit trail in the caller's transaction; the trail never holds a secret.

//! A sentence when the change cannot be made, empty when it was.
DatabaseResult<QString> changeSubscription(Database &database, const QString &id, const QString &action,
    const QString &reason, const SubscriptionChange &change);
//! False when one with the same key or the same path is there already; nothing is written then.
DatabaseResult<bool> insertNewSubscription(
    Database &database, const WebhookSubscription &subscription, const QString &action);
//! One that is not there is no error.
DatabaseResult<void> deleteSubscription(
    Database &database, const QString &id, const QString &action, const QString &reason);

//! What was asked so long ago that nobody waits for the answer any more becomes Lost. No step in the audit trail:
//! nobody did anything.
DatabaseResult<void> loseOldQuestions(Database &database);

//! A step of the person at this desk, now.
AuditEntry vaultAudit(const QString &action, const QString &subject, const QString &before, const QString &after,
    const QString &reason = {});

} // namespace models

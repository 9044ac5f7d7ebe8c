// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/webhooksubscriptions.h"

#include <expected>

namespace models {

//! What a person wants to subscribe to.
struct NewSubscription
{
    QString name = {};
    QString url = {};
    api::SubscriptionScope scope = {};
    QByteArray secret = {}; //!< see webhookSecretProblem; randomText(32) makes a good one
    QString pathToken = {}; //!< when `url` leads to our receiver; empty: one is made
    WebhookScheme scheme = {};
};

//! One that was made elsewhere: by hand, by another program, or by another console.
struct KnownSubscription
{
    api::SubscriptionKey key = {};
    NewSubscription facts = {}; //!< the secret may be empty when it is not known
};

//! The content of an export of the vault: JSON, readable by other programs once it is unsealed.
QByteArray vaultText(const QList<KnownSubscription> &subscriptions, qint64 exportedAt);

struct VaultContent
{
    QList<KnownSubscription> subscriptions = {};
    QStringList problems = {}; //!< one sentence for each entry that cannot be taken over
};

//! A sentence when it is no such text.
std::expected<VaultContent, QString> readVaultText(const QByteArray &text);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/request.h"

#include <QByteArray>
#include <QStringList>

namespace api {

//! What a subscription covers (reference 1.14.1).
struct SubscriptionScope
{
    enum class Type { Event, Category, All };
    Type type = Type::All;
    QStringList details = {}; //!< event names or ACCOUNT, CUSTOMER, PAYMENT; left out of the request for All

    friend bool operator==(const SubscriptionScope &, const SubscriptionScope &) = default;
};

struct Subscription
{
    SubscriptionKey key = {}; //!< keep it: nothing else ends the subscription
};

struct Unsubscribed
{
    SubscriptionKey key = {}; //!< empty when the answer does not repeat it
};

Result<Subscription> readSubscription(const Json &answer);

//! POST /v1/webhook/subscribe, Link-Core. `secret` is chosen by the merchant.
Request<Subscription> subscribe(const QString &url, const QByteArray &secret, const SubscriptionScope &scope);

//! PUT /v1/webhook/unsubscribe, Link-Core (reference 1.14.2). The answer may be empty.
Request<Unsubscribed> unsubscribe(const SubscriptionKey &key, const SubscriptionScope &scope);

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/webhooks.h"

#include "api/jsonreader.h"
#include "api/paybybank/bodies.h"

namespace api {
namespace {

QString scopeTypeName(SubscriptionScope::Type type)
{
    switch (type) {
    case SubscriptionScope::Type::Event:
        return QStringLiteral("EVENT");
    case SubscriptionScope::Type::Category:
        return QStringLiteral("CATEGORY");
    case SubscriptionScope::Type::All:
        return QStringLiteral("ALL");
    }
    return {};
}

//! Nested, as the vendor's own client sends it (reference 1.14.1).
Json subscriptionDetails(const SubscriptionScope &scope)
{
    Members members;
    members.text(QStringLiteral("type"), scopeTypeName(scope.type));
    if (scope.type != SubscriptionScope::Type::All) {
        std::vector<Json> details;
        for (const QString &detail : scope.details)
            details.push_back(Json::fromText(detail));
        members.json(QStringLiteral("details"), Json::fromItems(std::move(details)));
    }
    return members.take();
}

Result<Unsubscribed> readUnsubscribed(const Json &answer)
{
    return Unsubscribed{.key = SubscriptionKey(answer[u"subscriptionKey"].text())};
}

} // namespace

Result<Subscription> readSubscription(const Json &answer)
{
    JsonReader in(answer);
    return in.finish(Subscription{.key = in.id<SubscriptionKey>(u"subscriptionKey")});
}

Request<Subscription> subscribe(const QString &url, const QByteArray &secret, const SubscriptionScope &scope)
{
    const Json body = Members()
                          .text(QStringLiteral("url"), url)
                          .text(QStringLiteral("secretKey"), QString::fromUtf8(secret))
                          .json(QStringLiteral("subscriptionDetails"), subscriptionDetails(scope))
                          .take();
    return {
        .data = {.verb = Verb::Post, .path = "/v1/webhook/subscribe", .body = body.toText()}, .read = readSubscription};
}

Request<Unsubscribed> unsubscribe(const SubscriptionKey &key, const SubscriptionScope &scope)
{
    const Json body = Members()
                          .text(QStringLiteral("subscriptionId"), key.text())
                          .json(QStringLiteral("subscriptionDetails"), subscriptionDetails(scope))
                          .take();
    return {.data = {.verb = Verb::Put, .path = "/v1/webhook/unsubscribe", .body = body.toText()},
        .read = readUnsubscribed};
}

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
//! Reference 1.14.1 and 1.14.2. Choices: any number of subscriptions may stand side by side; url is http or
//! https; details are not read with ALL; unsubscribing with type ALL ends the subscription, with EVENT or CATEGORY the
//! type must be the subscription's own and the named details end, the subscription with the last of them; the answer
//! repeats subscriptionKey.
#include "app/sandbox/router.h"
#include "app/sandbox/validation.h"
#include "app/sandbox/world.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace sandbox {

namespace {

constexpr std::array<std::string_view, 3> categories{"ACCOUNT", "CUSTOMER", "PAYMENT"};

constexpr std::array<std::string_view, 13> eventTypes{
    "customer.created",
    "customer.activated",
    "customer.deactivated",
    "customer.account.linked",
    "customer.account.deactivated",
    "payment.created",
    "payment.pending",
    "payment.authorized",
    "payment.scheduled",
    "payment.initiated",
    "payment.succeeded",
    "payment.disbursed",
    "payment.failed",
};

bool isKnownDetail(std::string_view type, std::string_view detail)
{
    if (type == "CATEGORY")
        return std::ranges::find(categories, detail) != categories.end();
    return std::ranges::find(eventTypes, detail) != eventTypes.end();
}

void readDetails(Fields &fields, Subscription &subscription)
{
    Fields details = fields.object("subscriptionDetails", Need::Required);
    subscription.type = details.choice("type", Need::Required, {"EVENT", "CATEGORY", "ALL"});
    if (subscription.type == "ALL")
        return;
    subscription.details = details.texts("details", Need::Required);
    for (const std::string &detail : subscription.details) {
        if (!subscription.type.empty() && !isKnownDetail(subscription.type, detail))
            details.refuse("details", "does not know " + detail);
    }
}

void readUrl(Fields &fields, Subscription &subscription)
{
    subscription.url = fields.text("url", Need::Required);
    const QUrl url(QString::fromStdString(subscription.url), QUrl::StrictMode);
    const bool web = url.scheme() == u"https" || url.scheme() == u"http";
    if (fields.has("url") && (!url.isValid() || !web || url.host().isEmpty()))
        fields.refuse("url", "must be an http or https address");
}

Response keyAnswer(const std::string &key)
{
    JsonWriter out;
    out.beginObject().text("subscriptionKey", key).endObject();
    return answer(out);
}

Response subscribe(World &world, const Request &request)
{
    const auto body = readJsonBody(request);
    if (!body)
        return body.error();
    Fields fields(*body);
    Subscription subscription;
    readUrl(fields, subscription);
    subscription.secretKey = fields.text("secretKey", Need::Required);
    readDetails(fields, subscription);
    if (fields.problem())
        return *fields.problem();
    subscription.key = world.merchant.ids().make(IdKind::Subscription, world.store.subscriptionsMade());
    std::string key = subscription.key;
    return world.store.add(std::move(subscription)) ? keyAnswer(key) : diskRefused();
}

// What is left of a subscription, nothing when it ends.
std::optional<Subscription> without(Subscription subscription, const Subscription &ended)
{
    if (ended.type == "ALL")
        return std::nullopt;
    std::erase_if(subscription.details,
        [&](const std::string &detail) { return std::ranges::find(ended.details, detail) != ended.details.end(); });
    return subscription.details.empty() ? std::nullopt : std::optional(std::move(subscription));
}

Response unsubscribe(World &world, const Request &request)
{
    const auto body = readJsonBody(request);
    if (!body)
        return body.error();
    Fields fields(*body);
    Subscription ended;
    ended.key = fields.text("subscriptionId", Need::Required);
    readDetails(fields, ended);
    if (fields.problem())
        return *fields.problem();
    const auto known = world.store.subscriptions().find(ended.key);
    if (known == world.store.subscriptions().end())
        return refusal(Problem::SubscriptionNotFound, "There is no subscription with this id");
    if (ended.type != "ALL" && ended.type != known->second.type)
        return refusal(Problem::InvalidField, "subscriptionDetails.type must be " + known->second.type + " or ALL");
    auto rest = without(known->second, ended);
    const bool kept = rest ? world.store.add(*std::move(rest)) : world.store.removeSubscription(ended.key);
    return kept ? keyAnswer(ended.key) : diskRefused();
}

} // namespace

std::vector<Route> webhookRoutes()
{
    return {{http::verb::post, "/v1/webhook/subscribe", Access::Core, subscribe},
        {http::verb::put, "/v1/webhook/unsubscribe", Access::Core, unsubscribe}};
}

} // namespace sandbox

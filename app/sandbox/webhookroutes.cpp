// SPDX-License-Identifier: GPL-3.0-or-later
//! Reference 1.14.1 and 1.14.2. Choices: any number of subscriptions may stand side by side; url is http or
//! https; details are not read with ALL; unsubscribing takes the named events or categories off whatever the
//! subscription asks for, which then goes on with the categories or, where they do not fit, with the documented events
//! that are left; it ends with the last of them; the answer repeats subscriptionKey.
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

bool contains(const auto &names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

bool isKnownDetail(std::string_view type, std::string_view detail)
{
    return type == "CATEGORY" ? contains(categories, detail) : contains(eventTypes, detail);
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

std::vector<std::string> categoriesLeft(const Subscription &subscription, const Subscription &ended)
{
    std::vector<std::string> left;
    for (const std::string_view category : categories) {
        const bool asked = subscription.type == "ALL" || contains(subscription.details, category);
        if (asked && !contains(ended.details, category))
            left.emplace_back(category);
    }
    return left;
}

std::vector<std::string> eventsLeft(const Subscription &subscription, const Subscription &ended)
{
    std::vector<std::string> left;
    for (const std::string_view event : eventTypes) {
        if (covers(subscription, event) && !covers(ended, event))
            left.emplace_back(event);
    }
    return left;
}

// What is left of a subscription, nothing when it ends.
std::optional<Subscription> without(Subscription subscription, const Subscription &ended)
{
    const bool whole = subscription.type != "EVENT" && ended.type == "CATEGORY";
    subscription.details = whole ? categoriesLeft(subscription, ended) : eventsLeft(subscription, ended);
    subscription.type = whole ? "CATEGORY" : "EVENT";
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

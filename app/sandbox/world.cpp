// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/world.h"

#include <QDateTime>

#include <algorithm>

namespace sandbox {

World::World(Options given, std::unique_ptr<Store> opened, Millis start)
    : options(std::move(given))
    , clock(start, options.speed)
    , merchant(options.plan)
    , kept(std::move(opened))
    , store(*kept)
    , book(merchant, store, clock)
    , tokens(merchant.merchantId(), merchant.plan().seed, options.tokenLifetime)
    , aggregation(merchant.plan().seed, options.tokenLifetime)
    , events(book, store, clock, store.lastSeen(), options.cancelEvent)
    , deliveries(options.deliver, [this](const std::string &key) { return targetOf(key); })
    , webhooks(store, book, merchant, events, deliveries)
    , aggregationWebhooks(store, clock, deliveries)
{
    QObject::connect(&events, &Events::happened, &webhooks, &Webhooks::tell);
    for (const FaultRule &rule : options.faults)
        faults.add(rule);
}

std::optional<Target> World::targetOf(const std::string &key) const
{
    const auto subscription = store.subscriptions().find(key);
    if (subscription != store.subscriptions().end())
        return Target{subscription->second.url, subscription->second.secretKey, deliveries.options().signing};
    const auto webhook = std::ranges::find(store.webhooks(), key, &RegisteredWebhook::id);
    if (webhook == store.webhooks().end() || webhook->disabled)
        return std::nullopt;
    return Target{webhook->uri, aggregation.clientSecret(), deliveries.options().aggregationSigning};
}

bool World::reset()
{
    MerchantPlan plan = options.plan;
    plan.anchor = freshStart(options);
    if (!store.reset(plan) || !deliveries.forgetAll())
        return false;
    webhooks.stopBurst();
    aggregationWebhooks.stopBurst();
    options.plan = plan;
    merchant = Merchant(plan);
    clock.restartAt(plan.anchor);
    book.forgetSums();
    faults.clear();
    pageFaults.clear();
    fastLink.forgetAll();
    events.forgetAll();
    return true;
}

Millis freshStart(const Options &options)
{
    return options.start.value_or(QDateTime::currentMSecsSinceEpoch());
}

} // namespace sandbox

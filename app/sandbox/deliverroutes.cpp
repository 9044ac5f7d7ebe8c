// SPDX-License-Identifier: GPL-3.0-or-later
//! The sandbox's own routes over deliveries, described in --help.
#include "app/sandbox/router.h"
#include "app/sandbox/world.h"

#include <algorithm>
#include <charconv>

namespace sandbox {

namespace {

constexpr std::int64_t mostListed = 1000;

std::string argumentOf(const Request &request, std::string_view name)
{
    for (const auto &[key, value] : formFields(request.query())) {
        if (key == name)
            return value;
    }
    return {};
}

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size() && number >= 0;
    return whole ? std::optional(number) : std::nullopt;
}

void writeDelivery(const World &world, JsonWriter &out, const Delivery &delivery)
{
    const auto target = world.targetOf(delivery.target);
    out.integer("number", static_cast<std::int64_t>(delivery.number)).text("id", delivery.id);
    out.text("eventType", delivery.eventType).text("resourceId", delivery.resource).text("target", delivery.target);
    out.text("url", target ? target->url : std::string()).text("state", nameOf(delivery.state));
    out.integer("attempts", delivery.attempts).integer("lastStatus", delivery.lastStatus);
    out.text("lastError", delivery.lastError).text("queuedAt", isoDateTime(delivery.queuedAt));
    if (delivery.lastAttempt != 0)
        out.text("lastAttempt", isoDateTime(delivery.lastAttempt));
    out.integer("milliseconds", static_cast<std::int64_t>(delivery.lastSeconds * 1000));
}

Response listDeliveries(World &world, const Request &request)
{
    const auto after = wholeNumber(argumentOf(request, "after")).value_or(0);
    const auto limit = std::min(wholeNumber(argumentOf(request, "limit")).value_or(100), mostListed);
    const std::string state = argumentOf(request, "state");
    const std::string target = argumentOf(request, "target");
    const auto wanted = deliveryStateByName(state);
    if (!state.empty() && !wanted)
        return refusal(Problem::InvalidField, "There is no state " + state);
    const auto &all = world.deliveries.all();
    std::int64_t listed = 0;
    JsonWriter out;
    out.beginObject().integer("total", static_cast<std::int64_t>(all.size())).beginArray("deliveries");
    for (auto it = all.upper_bound(static_cast<std::uint64_t>(after)); it != all.end() && listed < limit; ++it) {
        const Delivery &delivery = it->second;
        if ((wanted && delivery.state != *wanted) || (!target.empty() && delivery.target != target))
            continue;
        ++listed;
        out.beginObject();
        writeDelivery(world, out, delivery);
        out.endObject();
    }
    out.endArray().endObject();
    return answer(out);
}

Response noSuchDelivery()
{
    return refusal(Problem::NotFound, "There is no delivery with this number, or it is long over");
}

std::uint64_t numberOf(const Request &request)
{
    return static_cast<std::uint64_t>(wholeNumber(request.arguments.front()).value_or(0));
}

Response getDelivery(World &world, const Request &request)
{
    const auto found = world.deliveries.all().find(numberOf(request));
    if (found == world.deliveries.all().end())
        return noSuchDelivery();
    JsonWriter out;
    out.beginObject();
    writeDelivery(world, out, found->second);
    out.text("body", found->second.body).endObject();
    return answer(out);
}

Response resendDelivery(World &world, const Request &request)
{
    const auto number = world.deliveries.resend(numberOf(request));
    if (!number)
        return noSuchDelivery();
    JsonWriter out;
    out.beginObject().integer("number", static_cast<std::int64_t>(*number)).endObject();
    return answer(out);
}

void writeTarget(const World &world, JsonWriter &out, const std::string &key, const std::string &url)
{
    const Health health = world.deliveries.healthOf(key);
    out.beginObject().text("target", key).text("url", url);
    out.integer("waiting", static_cast<std::int64_t>(world.deliveries.waitingFor(key)));
    if (health.lastAttempt != 0)
        out.text("lastAttempt", isoDateTime(health.lastAttempt)).integer("lastAttemptStatus", health.lastStatus);
    if (health.lastSuccess != 0)
        out.text("lastSuccess", isoDateTime(health.lastSuccess));
    out.integer("failuresInARow", health.failuresInARow).endObject();
}

Response getWebhooks(World &world, const Request &)
{
    const Signing &signing = world.deliveries.options().signing;
    const std::string header = signing.header.empty() ? std::string(defaultHeader(signing.scheme)) : signing.header;
    JsonWriter out;
    out.beginObject().boolean("held", world.deliveries.isHeld()).text("signature", nameOf(signing.scheme));
    out.text("signatureHeader", header).text("signaturePrefix", signing.prefix);
    out.integer("connections", world.deliveries.options().connections);
    out.integer("burstLeft", world.webhooks.burstLeft());
    out.integer("aggregationBurstLeft", world.aggregationWebhooks.burstLeft()).beginArray("targets");
    for (const auto &[key, subscription] : world.store.subscriptions())
        writeTarget(world, out, key, subscription.url);
    for (const RegisteredWebhook &webhook : world.store.webhooks())
        writeTarget(world, out, webhook.id, webhook.uri);
    out.endArray().endObject();
    return answer(out);
}

std::expected<Signing, std::string> readSigning(const Json &body, Signing signing)
{
    const bool named = body.find("signature") != nullptr;
    const auto scheme = named ? schemeByName(body.textOf("signature")) : signing.scheme;
    if (!scheme)
        return std::unexpected<std::string>(
            "signature must be none, hmac-sha512-base64, hmac-sha256-hex or shared-secret");
    if (named)
        signing.header.clear();
    if (body.find("signatureHeader"))
        signing.header = body.textOf("signatureHeader");
    if (!signing.header.empty() && !isHeaderName(signing.header))
        return std::unexpected<std::string>("signatureHeader must be the name of a header");
    if (body.find("signaturePrefix"))
        signing.prefix = body.textOf("signaturePrefix");
    signing.scheme = *scheme;
    return signing;
}

Response changeSettings(World &world, const Request &request)
{
    const auto body = parseJson(request.body());
    if (!body || body->kind != Json::Kind::Object)
        return refusal(Problem::InvalidRequest, "The body must be an object");
    auto signing = readSigning(*body, world.deliveries.options().signing);
    if (!signing)
        return refusal(Problem::InvalidField, signing.error());
    const Json *given = body->find("connections");
    const auto connections = given ? given->integer() : world.deliveries.options().connections;
    if (!connections || *connections < 1 || *connections > mostConnections)
        return refusal(Problem::InvalidField, "connections must be from 1 to " + std::to_string(mostConnections));
    world.deliveries.setSigning(*std::move(signing));
    world.deliveries.setConnections(static_cast<int>(*connections));
    return getWebhooks(world, request);
}

Response holdDeliveries(World &world, const Request &request)
{
    world.deliveries.hold(true);
    return getWebhooks(world, request);
}

Response releaseDeliveries(World &world, const Request &request)
{
    world.deliveries.hold(false);
    return getWebhooks(world, request);
}

struct BurstOrder
{
    std::int64_t count = 0;
    std::int64_t perSecond = 0;
    std::string tenant = {};
};

std::expected<BurstOrder, std::string> readBurst(const Request &request)
{
    constexpr std::int64_t mostInABurst = 100'000'000;
    constexpr std::int64_t fastestBurst = 100'000;
    const auto body = parseJson(request.body());
    BurstOrder order;
    if (body)
        order = {body->integerOf("count"), body->integerOf("perSecond"), body->textOf("tenantId")};
    const bool count = order.count >= 1 && order.count <= mostInABurst;
    if (!count || order.perSecond < 1 || order.perSecond > fastestBurst)
        return std::unexpected<std::string>(
            "count must be from 1 to 100000000 and perSecond from 1 to 100000, whole numbers");
    return order;
}

Response startBurst(World &world, const Request &request)
{
    const auto order = readBurst(request);
    if (!order)
        return refusal(Problem::InvalidField, order.error());
    if (!world.webhooks.startBurst(order->count, order->perSecond))
        return refusal(Problem::InvalidRequest, "A burst needs a subscription and at least one payment");
    return getWebhooks(world, request);
}

Response stopBurst(World &world, const Request &request)
{
    world.webhooks.stopBurst();
    return getWebhooks(world, request);
}

Response startAggregationBurst(World &world, const Request &request)
{
    const auto order = readBurst(request);
    if (!order)
        return refusal(Problem::InvalidField, order.error());
    const std::string tenant = order->tenant.empty() ? world.aggregation.tenants().front().id : order->tenant;
    if (!world.aggregationWebhooks.startBurst(tenant, order->count, order->perSecond))
        return refusal(Problem::InvalidRequest, "A burst needs a webhook of the tenant");
    return getWebhooks(world, request);
}

Response stopAggregationBurst(World &world, const Request &request)
{
    world.aggregationWebhooks.stopBurst();
    return getWebhooks(world, request);
}

Response getTroubles(World &world, const Request &)
{
    JsonWriter out;
    out.beginObject().beginArray("troubles");
    for (const TroubleRule &rule : world.deliveries.troubles().rules()) {
        out.beginObject().text("kind", nameOf(rule.kind)).text("event", rule.event).integer("skip", rule.skip);
        out.integer("count", rule.count).integer("percent", rule.percent).integer("delay", rule.delay);
        out.integer("matches", rule.matches).integer("hits", rule.hits).endObject();
    }
    out.endArray().endObject();
    return answer(out);
}

Response addTroubles(World &world, const Request &request)
{
    const auto body = parseJson(request.body());
    if (!body || (body->kind != Json::Kind::Array && body->kind != Json::Kind::Object))
        return refusal(Problem::InvalidRequest, "The body must be a trouble or a list of troubles");
    std::vector<TroubleRule> rules;
    const std::vector<Json> single(1, *body);
    for (const Json &item : body->kind == Json::Kind::Array ? body->items : single) {
        auto rule = readTroubleRule(item);
        if (!rule)
            return refusal(Problem::InvalidField, rule.error());
        rules.push_back(*std::move(rule));
    }
    for (TroubleRule &rule : rules)
        world.deliveries.troubles().add(std::move(rule));
    return getTroubles(world, request);
}

Response removeTroubles(World &world, const Request &request)
{
    world.deliveries.troubles().clear();
    return getTroubles(world, request);
}

} // namespace

std::vector<Route> deliverRoutes()
{
    return {{http::verb::get, "/sandbox/webhooks", Access::Open, getWebhooks},
        {http::verb::post, "/sandbox/webhooks/settings", Access::Open, changeSettings},
        {http::verb::get, "/sandbox/webhooks/deliveries", Access::Open, listDeliveries},
        {http::verb::get, "/sandbox/webhooks/deliveries/{}", Access::Open, getDelivery},
        {http::verb::post, "/sandbox/webhooks/deliveries/{}/resend", Access::Open, resendDelivery},
        {http::verb::post, "/sandbox/webhooks/hold", Access::Open, holdDeliveries},
        {http::verb::post, "/sandbox/webhooks/release", Access::Open, releaseDeliveries},
        {http::verb::post, "/sandbox/webhooks/burst", Access::Open, startBurst},
        {http::verb::delete_, "/sandbox/webhooks/burst", Access::Open, stopBurst},
        {http::verb::post, "/sandbox/aggregation/burst", Access::Open, startAggregationBurst},
        {http::verb::delete_, "/sandbox/aggregation/burst", Access::Open, stopAggregationBurst},
        {http::verb::get, "/sandbox/webhooks/troubles", Access::Open, getTroubles},
        {http::verb::post, "/sandbox/webhooks/troubles", Access::Open, addTroubles},
        {http::verb::delete_, "/sandbox/webhooks/troubles", Access::Open, removeTroubles}};
}

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
//! Reference 2.4. Choices: uri is required to create, as no Webhook is without one; webhookTypes left out are
//! all there are, as the system fills in what is not given; a bad limit or offset is 400; PATCH takes any http or https
//! address, as no pattern is given for it; a webhook of another tenant is 404; a test is fired whether or not the
//! webhook is disabled, and counts for its health; a webhook is UNHEALTHY when the last three attempts failed, or all
//! there were.
#include "app/sandbox/aggregation.h"
#include "app/sandbox/router.h"
#include "app/sandbox/world.h"

#include <QDateTime>
#include <QHostAddress>
#include <QUrl>
#include <QUuid>

#include <algorithm>
#include <charconv>

namespace sandbox {

namespace {

constexpr std::int64_t usualPage = 10;
constexpr int unhealthyAfter = 3;

//! Of a webhook that is made, or of one that is changed, where nothing is required.
std::vector<ExpectedMember> webhookMembers(bool isNew)
{
    return {{"uri", "string", isNew}, {"webhookTypes", "array"}, {"webhookDisabled", "boolean"}};
}

Response webhookNotFound()
{
    return aggregationRefusal(404, "Not Found", "There is no webhook with this id");
}

const RegisteredWebhook *namedWebhook(const World &world, const Request &request)
{
    const auto &all = world.store.webhooks();
    const auto found = std::ranges::find(all, request.arguments.front(), &RegisteredWebhook::id);
    return found == all.end() || found->tenant != request.tenant ? nullptr : &*found;
}

void timeOrNull(JsonWriter &out, std::string_view name, Millis at)
{
    if (at == 0)
        out.number(name, "null");
    else
        out.text(name, isoDateTime(at));
}

void writeHealth(JsonWriter &out, const Health &health)
{
    const bool failing = health.failuresInARow >= unhealthyAfter
        || (health.failuresInARow > 0 && health.lastSuccess == 0);
    if (health.lastAttempt == 0)
        out.number("status", "null");
    else
        out.text("status", failing ? "UNHEALTHY" : "HEALTHY");
    timeOrNull(out, "lastAttempt", health.lastAttempt);
    out.number("lastAttemptStatus", health.lastStatus == 0 ? "null" : std::to_string(health.lastStatus));
    timeOrNull(out, "lastSuccess", health.lastSuccess);
}

void writeWebhookMembers(const World &world, JsonWriter &out, const RegisteredWebhook &webhook)
{
    out.text("id", webhook.id).text("uri", webhook.uri).beginArray("webhookTypes");
    for (const AggregationTopic topic : webhook.topics)
        out.item(nameOf(topic));
    out.endArray().boolean("webhookDisabled", webhook.disabled);
    writeHealth(out, world.deliveries.healthOf(webhook.id));
}

Response bareWebhook(const World &world, const RegisteredWebhook &webhook)
{
    JsonWriter out;
    out.beginObject();
    writeWebhookMembers(world, out, webhook);
    out.endObject();
    return answer(out);
}

std::optional<std::string> complainAboutUri(const World &world, const std::string &uri, bool onlyHttps)
{
    const QUrl url(QString::fromStdString(uri), QUrl::StrictMode);
    const bool web = url.scheme() == u"https" || url.scheme() == u"http";
    if (!url.isValid() || !web || url.host().isEmpty())
        return "uri must be a URI with a host";
    const bool loopback = QHostAddress(url.host()).isLoopback() || url.host() == u"localhost";
    if (onlyHttps && !uri.starts_with("https://") && !(world.deliveries.options().aggregationHttp && loopback))
        return "uri must match ^https://";
    return std::nullopt;
}

// What the body says, over what was there.
std::expected<RegisteredWebhook, std::vector<std::string>> changedWebhook(
    const World &world, RegisteredWebhook webhook, const Json &body, bool onlyHttps)
{
    std::vector<std::string> details;
    if (const Json *uri = body.find("uri"); uri && uri->kind == Json::Kind::Text) {
        webhook.uri = uri->text;
        if (auto complaint = complainAboutUri(world, webhook.uri, onlyHttps))
            details.push_back(*std::move(complaint));
    }
    if (const Json *types = body.find("webhookTypes"); types && types->kind == Json::Kind::Array) {
        webhook.topics.clear();
        for (const Json &type : types->items) {
            const auto topic = type.kind == Json::Kind::Text ? topicByName(type.text) : std::nullopt;
            if (!topic)
                details.push_back("webhookTypes does not know " + type.text);
            else if (std::ranges::find(webhook.topics, *topic) == webhook.topics.end())
                webhook.topics.push_back(*topic);
        }
    }
    if (const Json *disabled = body.find("webhookDisabled"); disabled && disabled->kind == Json::Kind::Boolean)
        webhook.disabled = disabled->boolean;
    if (!details.empty())
        return std::unexpected(std::move(details));
    return webhook;
}

// A page bound; nothing for what is no whole number from 0.
std::optional<std::int64_t> pageArgument(const Request &request, std::string_view name, std::int64_t usual)
{
    for (const auto &[key, value] : formFields(request.query())) {
        if (key != name)
            continue;
        std::int64_t number = -1;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        const bool whole = error == std::errc() && end == value.data() + value.size() && number >= 0;
        return whole ? std::optional(number) : std::nullopt;
    }
    return usual;
}

Response listWebhooks(World &world, const Request &request)
{
    const auto limit = pageArgument(request, "limit", usualPage);
    const auto offset = pageArgument(request, "offset", 0);
    if (!limit || !offset)
        return aggregationBadRequest(
            request, {"limit and offset must be whole numbers from 0"}, {{"limit", "integer"}, {"offset", "integer"}});
    std::int64_t index = 0;
    JsonWriter out;
    out.beginObject().beginArray("webhooks");
    for (const RegisteredWebhook &webhook : world.store.webhooks()) {
        if (webhook.tenant != request.tenant)
            continue;
        const std::int64_t place = index++;
        if (place < *offset || place - *offset >= *limit)
            continue;
        out.beginObject();
        writeWebhookMembers(world, out, webhook);
        out.endObject();
    }
    out.endArray().endObject();
    return answer(out);
}

Response createWebhook(World &world, const Request &request)
{
    const auto body = readAggregationBody(request, webhookMembers(true));
    if (!body)
        return body.error();
    auto webhook = changedWebhook(
        world, {.id = {}, .tenant = request.tenant, .uri = {}, .topics = allTopics()}, *body, true);
    if (!webhook)
        return aggregationBadRequest(request, webhook.error(), webhookMembers(true));
    webhook->id = world.merchant.ids().make(IdKind::AggregationWebhook, world.store.webhooksMade());
    if (!world.store.put(*webhook))
        return aggregationDiskRefused();
    JsonWriter out;
    out.beginObject().beginObject("webhook");
    writeWebhookMembers(world, out, *webhook);
    out.endObject().endObject();
    return answer(out, 201);
}

Response getWebhook(World &world, const Request &request)
{
    const RegisteredWebhook *webhook = namedWebhook(world, request);
    return webhook ? bareWebhook(world, *webhook) : webhookNotFound();
}

Response patchWebhook(World &world, const Request &request)
{
    const RegisteredWebhook *webhook = namedWebhook(world, request);
    if (!webhook)
        return webhookNotFound();
    const auto body = readAggregationBody(request, webhookMembers(false));
    if (!body)
        return body.error();
    const auto changed = changedWebhook(world, *webhook, *body, false);
    if (!changed)
        return aggregationBadRequest(request, changed.error(), webhookMembers(false));
    return world.store.put(*changed) ? bareWebhook(world, *changed) : aggregationDiskRefused();
}

Response deleteWebhook(World &world, const Request &request)
{
    const RegisteredWebhook *webhook = namedWebhook(world, request);
    if (!webhook)
        return webhookNotFound();
    const RegisteredWebhook deleted = *webhook;
    return world.store.removeWebhook(deleted.id) ? bareWebhook(world, deleted) : aggregationDiskRefused();
}

Response firedAnswer(Millis firedAt, const Outcome &outcome)
{
    const bool answered = outcome.status != 0;
    const auto took = static_cast<Millis>(outcome.seconds * 1000);
    JsonWriter out;
    out.beginObject().boolean("receivedResponse", answered);
    out.number("responseCode", answered ? std::to_string(outcome.status) : "null");
    out.text("firedAt", isoDateTime(firedAt));
    timeOrNull(out, "receivedAt", answered ? firedAt + took : 0);
    out.number("processingDuration", answered ? std::to_string(outcome.seconds) : "null").endObject();
    return answer(out);
}

Response fireTestWebhook(World &world, const Request &request)
{
    const RegisteredWebhook *webhook = namedWebhook(world, request);
    if (!webhook)
        return webhookNotFound();
    const std::string id = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    const Delivery test{.id = id, .target = webhook->id, .body = world.aggregationWebhooks.testBody(id)};
    const Target target{webhook->uri, world.aggregation.clientSecret(), world.deliveries.options().aggregationSigning};
    const Millis now = QDateTime::currentMSecsSinceEpoch();
    const auto posting = postingOf(test, target, now, std::chrono::milliseconds(world.deliveries.options().timeout));
    Response response;
    response.later = [&world, posting, now, key = webhook->id](const Answered &answered) {
        world.deliveries.client().post(posting, [&world, now, key, answered](const Outcome &outcome) {
            world.deliveries.noteAttempt(key, outcome.status);
            answered(firedAnswer(now, outcome));
        });
    };
    return response;
}

Response announceAggregationEvent(World &world, const Request &request)
{
    const auto body = parseJson(request.body());
    const auto topic = body ? topicByName(body->textOf("type")) : std::nullopt;
    if (!topic)
        return refusal(Problem::InvalidField, "type must be one of the webhookTypes");
    const std::string tenant = body->textOf("tenantId");
    const std::string loginName = body->textOf("loginName");
    const int told = world.aggregationWebhooks.announce(
        {.tenant = tenant.empty() ? world.aggregation.tenants().front().id : tenant,
            .topic = *topic,
            .loginName = loginName.empty() ? "member-10001" : loginName,
            .info = body->textOf("info"),
            .providerAccountId = body->integerOf("providerAccountId")});
    JsonWriter out;
    out.beginObject().integer("webhooks", told).endObject();
    return answer(out);
}

} // namespace

std::vector<Route> aggregationWebhookRoutes()
{
    return {{http::verb::get, "/aggregation/api/client/webhooks", Access::Aggregation, listWebhooks},
        {http::verb::post, "/aggregation/api/client/webhooks", Access::Aggregation, createWebhook},
        {http::verb::get, "/aggregation/api/client/webhooks/{}", Access::Aggregation, getWebhook},
        {http::verb::patch, "/aggregation/api/client/webhooks/{}", Access::Aggregation, patchWebhook},
        {http::verb::delete_, "/aggregation/api/client/webhooks/{}", Access::Aggregation, deleteWebhook},
        {http::verb::post, "/aggregation/api/client/webhooks/{}/fire_test_webhook", Access::Aggregation,
            fireTestWebhook},
        {http::verb::post, "/sandbox/aggregation/events", Access::Open, announceAggregationEvent}};
}

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/aggregation/webhooks.h"

#include "api/jsonreader.h"
#include "api/members.h"

#include <QUrl>

#include <cmath>

namespace api {
namespace {

RegisteredWebhook::Health healthOf(const QString &status)
{
    if (status == QStringLiteral("HEALTHY"))
        return RegisteredWebhook::Health::Healthy;
    return status == QStringLiteral("UNHEALTHY") ? RegisteredWebhook::Health::Unhealthy
                                                 : RegisteredWebhook::Health::Unknown;
}

QStringList readTypes(JsonReader &in)
{
    QStringList types;
    const Json list = in.array(u"webhookTypes");
    for (const Json &item : list.items()) {
        if (item.type() != Json::Type::String)
            in.adopt(QStringLiteral("webhookTypes: expected strings, got something else"));
        types.append(item.text());
    }
    return types;
}

RegisteredWebhook readOne(JsonReader &in)
{
    return {.id = in.id<WebhookId>(u"id"),
        .uri = in.optionalString(u"uri"),
        .types = readTypes(in),
        .disabled = in.optionalBool(u"webhookDisabled"),
        .health = healthOf(in.optionalString(u"status")),
        .lastAttemptAt = in.optionalTime(u"lastAttempt"),
        .lastAttemptStatus = in.optionalInteger(u"lastAttemptStatus", 0),
        .lastSuccessAt = in.optionalTime(u"lastSuccess")};
}

//! Seconds with a fraction.
qint64 readDurationMs(JsonReader &in, const Json &seconds)
{
    if (seconds.isNull())
        return -1;
    bool isNumber = false;
    const double value = seconds.text().toDouble(&isNumber);
    constexpr double oneDaySeconds = 86'400;
    if (seconds.type() != Json::Type::Number || !isNumber || value < 0 || value > oneDaySeconds) {
        in.adopt(QStringLiteral("processingDuration: expected seconds, got something else"));
        return -1;
    }
    return std::llround(value * 1000);
}

Json typesJson(const QStringList &types)
{
    std::vector<Json> items;
    for (const QString &type : types)
        items.push_back(Json::fromText(type));
    return Json::fromItems(std::move(items));
}

Result<RegisteredWebhook> readDeleted(const Json &answer)
{
    return answer.isNull() ? Result<RegisteredWebhook>(RegisteredWebhook{}) : readWebhook(answer);
}

QByteArray webhookPath(const WebhookId &id)
{
    return path({u"client", u"webhooks", id.text()});
}

} // namespace

QStringList webhookTypes()
{
    return {QStringLiteral("DATA_UPDATES"), QStringLiteral("REFRESH"), QStringLiteral("AUTO_REFRESH_UPDATES"),
        QStringLiteral("LATEST_BALANCE_UPDATES"), QStringLiteral("CDV_STATUS_UPDATES"), QStringLiteral("OB_CONSENT"),
        QStringLiteral("OB_ACTIVE_CONSENT_REMINDER")};
}

Result<RegisteredWebhook> readWebhook(const Json &answer)
{
    JsonReader in(answer[u"webhook"].isNull() ? answer : answer[u"webhook"]);
    return in.finish(readOne(in));
}

Result<QList<RegisteredWebhook>> readWebhooks(const Json &answer)
{
    JsonReader in(answer);
    QList<RegisteredWebhook> webhooks;
    const Json list = in.array(u"webhooks");
    for (const Json &item : list.items()) {
        JsonReader inItem(item);
        webhooks.append(readOne(inItem));
        in.adopt(inItem.problem());
    }
    return in.finish(std::move(webhooks));
}

Result<WebhookTest> readWebhookTest(const Json &answer)
{
    JsonReader in(answer);
    return in.finish(WebhookTest{.receivedResponse = in.boolean(u"receivedResponse"),
        .responseCode = in.optionalInteger(u"responseCode", 0),
        .firedAt = in.optionalTime(u"firedAt"),
        .receivedAt = in.optionalTime(u"receivedAt"),
        .durationMs = readDurationMs(in, answer[u"processingDuration"])});
}

std::optional<WebhookUriProblem> webhookUriProblem(const QString &uri)
{
    if (uri.isEmpty())
        return WebhookUriProblem::Empty;
    // The registry compares the text, so HTTPS:// would be refused there.
    if (!uri.startsWith(QStringLiteral("https://")))
        return WebhookUriProblem::NotHttps;
    const QUrl url(uri, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return WebhookUriProblem::NoHost;
    if (!url.userInfo().isEmpty())
        return WebhookUriProblem::HasCredentials;
    return std::nullopt;
}

Request<QList<RegisteredWebhook>> listWebhooks(int limit, int offset)
{
    const QByteArray page = query({{u"limit", QString::number(limit)}, {u"offset", QString::number(offset)}});
    return {.data = {.path = path({u"client", u"webhooks"}) + page, .body = {}, .auth = Auth::TenantToken},
        .read = readWebhooks};
}

Request<RegisteredWebhook> createWebhook(const QString &uri, const QStringList &types, bool disabled)
{
    const Json body = Members()
                          .text(QStringLiteral("uri"), uri)
                          .json(QStringLiteral("webhookTypes"), typesJson(types))
                          .json(QStringLiteral("webhookDisabled"), Json::fromBool(disabled))
                          .take();
    return {.data = {.verb = Verb::Post,
                .path = webhookUriProblem(uri) ? QByteArray() : path({u"client", u"webhooks"}),
                .body = body.toText(),
                .auth = Auth::TenantToken},
        .read = readWebhook};
}

Request<RegisteredWebhook> getWebhook(const WebhookId &id)
{
    return {.data = {.path = webhookPath(id), .body = {}, .auth = Auth::TenantToken}, .read = readWebhook};
}

Request<RegisteredWebhook> changeWebhook(const WebhookId &id, const WebhookChange &change)
{
    Members body;
    if (change.uri)
        body.text(QStringLiteral("uri"), *change.uri);
    if (change.types)
        body.json(QStringLiteral("webhookTypes"), typesJson(*change.types));
    if (change.disabled)
        body.json(QStringLiteral("webhookDisabled"), Json::fromBool(*change.disabled));
    const bool refused = change.uri && webhookUriProblem(*change.uri);
    return {.data = {.verb = Verb::Patch,
                .path = refused ? QByteArray() : webhookPath(id),
                .body = body.take().toText(),
                .auth = Auth::TenantToken},
        .read = readWebhook};
}

Request<RegisteredWebhook> deleteWebhook(const WebhookId &id)
{
    return {.data = {.verb = Verb::Delete, .path = webhookPath(id), .body = {}, .auth = Auth::TenantToken},
        .read = readDeleted};
}

Request<WebhookTest> fireTestWebhook(const WebhookId &id)
{
    return {.data = {.verb = Verb::Post,
                .path = path({u"client", u"webhooks", id.text(), u"fire_test_webhook"}),
                .body = {},
                .auth = Auth::TenantToken},
        .read = readWebhookTest};
}

} // namespace api

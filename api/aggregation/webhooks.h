// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/aggregation/ids.h"
#include "api/request.h"

#include <QStringList>

#include <optional>

namespace api {

//! One entry of the tenant's registry (reference 2.4).
struct RegisteredWebhook
{
    //! Absent: nothing was delivered yet, or the server does not say.
    enum class Health { Unknown, Healthy, Unhealthy };

    WebhookId id = {};
    QString uri = {};       //!< empty when the answer leaves it out, as older ones do
    QStringList types = {}; //!< of webhookTypes(), or one we do not know
    bool disabled = false;
    Health health = Health::Unknown;
    qint64 lastAttemptAt = 0;  //!< UTC ms; 0: never
    int lastAttemptStatus = 0; //!< HTTP code; 0: none
    qint64 lastSuccessAt = 0;  //!< UTC ms; 0: never

    friend bool operator==(const RegisteredWebhook &, const RegisteredWebhook &) = default;
};

//! The documented event types, in the order of the reference.
QStringList webhookTypes();

//! What is to be changed; what is absent stays as it is.
struct WebhookChange
{
    std::optional<QString> uri = {};
    std::optional<QStringList> types = {};
    std::optional<bool> disabled = {};
};

struct WebhookTest
{
    bool receivedResponse = false;
    int responseCode = 0;   //!< HTTP code; 0 without response
    qint64 firedAt = 0;     //!< UTC ms
    qint64 receivedAt = 0;  //!< UTC ms; 0 without response
    qint64 durationMs = -1; //!< -1 without response

    friend bool operator==(const WebhookTest &, const WebhookTest &) = default;
};

Result<RegisteredWebhook> readWebhook(const Json &answer); //!< bare or wrapped in `webhook`
Result<QList<RegisteredWebhook>> readWebhooks(const Json &answer);
Result<WebhookTest> readWebhookTest(const Json &answer);

//! Why an address cannot be registered: it must match ^https:// (reference 2.4) and name a host.
enum class WebhookUriProblem { Empty, NotHttps, NoHost, HasCredentials };
std::optional<WebhookUriProblem> webhookUriProblem(const QString &uri);

//! GET /client/webhooks. Without a limit the server gives ten.
Request<QList<RegisteredWebhook>> listWebhooks(int limit, int offset);
//! POST /client/webhooks. An address with a problem gives a request that the client refuses unsent.
Request<RegisteredWebhook> createWebhook(const QString &uri, const QStringList &types, bool disabled);
Request<RegisteredWebhook> getWebhook(const WebhookId &id);
Request<RegisteredWebhook> changeWebhook(const WebhookId &id, const WebhookChange &change); //!< PATCH
Request<RegisteredWebhook> deleteWebhook(const WebhookId &id); //!< answers with what was deleted, or nothing
Request<WebhookTest> fireTestWebhook(const WebhookId &id);     //!< POST .../fire_test_webhook: sends a dummy event

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/webhooksunderuse.h"

#include "tests/sandbox/handhmac.h"

using namespace Qt::Literals::StringLiterals;

namespace tests {

QString subscribe(
    SandboxUnderUse &sandbox, const QString &url, const QString &type, const QJsonArray &details, const QString &secret)
{
    QJsonObject scope{{u"type"_s, type}};
    if (!details.isEmpty())
        scope[u"details"_s] = details;
    const QJsonObject body{{u"url"_s, url}, {u"secretKey"_s, secret}, {u"subscriptionDetails"_s, scope}};
    return sandbox.post(u"/v1/webhook/subscribe"_s, body, Credential::Core).text(u"subscriptionKey"_s);
}

QString pay(SandboxUnderUse &sandbox, const QString &requestKey)
{
    return sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(requestKey)).text(u"paymentId"_s);
}

QJsonArray deliveries(SandboxUnderUse &sandbox, const QString &query)
{
    return sandbox.get(u"/sandbox/webhooks/deliveries"_s + query, Credential::None).json[u"deliveries"_s].toArray();
}

int countOf(SandboxUnderUse &sandbox, const QString &state)
{
    return static_cast<int>(deliveries(sandbox, u"?limit=1000&state="_s + state).size());
}

SandboxAnswer admin(SandboxUnderUse &sandbox, const QString &path, const QJsonObject &body)
{
    return sandbox.post(path, body, Credential::None);
}

QByteArray stampedSignature(const ReceivedWebhook &webhook)
{
    const QByteArray message = webhook.header("x-signature-uniqueid") + '.' + webhook.header("x-signature-timestamp")
        + '.' + webhook.body;
    return handHmacSha512(usualSecret, message).toBase64();
}

} // namespace tests

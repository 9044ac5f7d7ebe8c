// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/handhmac.h"
#include "tests/sandbox/sandboxunderuse.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;
using tests::ReceivedWebhook;
using tests::SandboxAnswer;
using tests::SandboxUnderUse;
using tests::WebhookReceiver;

// The registry of the aggregation family and what is delivered to it (reference 2.4 and 2.8).
class tst_AggregationWebhooks : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aNewWebhookIsAnsweredWrapped();
    void theOthersAreAnsweredBare();
    void badWebhooksAreExplained_data();
    void badWebhooksAreExplained();
    void aPatchChangesWhatItNames_data();
    void aPatchChangesWhatItNames();
    void theListHasPages();
    void badPagesAreRefused();
    void tenantsDoNotSeeEachOther();
    void unknownWebhooksAre404_data();
    void unknownWebhooksAre404();
    void httpNeedsAWordAndLoopback_data();
    void httpNeedsAWordAndLoopback();
    void aTestIsFired();
    void aTestWithoutAnAnswerSaysSo();
    void everyTypeHasItsEnvelope_data();
    void everyTypeHasItsEnvelope();
    void onlyTheAskedTypesArrive();
    void aDisabledWebhookIsSilent();
    void failuresShowInItsHealth();
    void strangersShareTheTenant();
    void theInsightsSignatureIsOnRequest();
    void theRegistryOutlivesAKill();

private:
    SandboxAnswer call(const QByteArray &verb, const QString &path, const QJsonObject &body = {}, int tenant = 0);
    SandboxAnswer create(const QString &uri, const QStringList &types, int tenant = 0);
    int announce(const QString &type, int tenant = 0);
    void restart(const QStringList &arguments);
    QString tenantId(int tenant) const { return m_sandbox->ready()[u"tenantIds"_s].toArray()[tenant].toString(); }

    std::unique_ptr<SandboxUnderUse> m_sandbox;
    QHash<int, QByteArray> m_bearers;
};

void tst_AggregationWebhooks::restart(const QStringList &arguments)
{
    m_bearers.clear();
    m_sandbox = std::make_unique<SandboxUnderUse>(
        QStringList{u"--aggregation-webhooks-http"_s, u"--aggregation-foreign"_s, u"0"_s} + arguments);
    QVERIFY(m_sandbox->start());
}

void tst_AggregationWebhooks::init()
{
    restart({});
}

SandboxAnswer tst_AggregationWebhooks::call(
    const QByteArray &verb, const QString &path, const QJsonObject &body, int tenant)
{
    QByteArray &bearer = m_bearers[tenant];
    if (bearer.isEmpty())
        bearer = "Bearer "
            + m_sandbox->post(u"/aggregation/api/oauth/token"_s, m_sandbox->tenantCredentials(tenant), Credential::None)
                  .text(u"accessToken"_s)
                  .toUtf8();
    const QByteArray bytes = verb == "POST" || verb == "PATCH" ? QJsonDocument(body).toJson() : QByteArray();
    return m_sandbox->send(verb, u"/aggregation/api/client/webhooks"_s + path, bytes, bearer);
}

SandboxAnswer tst_AggregationWebhooks::create(const QString &uri, const QStringList &types, int tenant)
{
    return call("POST", {},
        {{u"uri"_s, uri}, {u"webhookTypes"_s, QJsonArray::fromStringList(types)}, {u"webhookDisabled"_s, false}},
        tenant);
}

int tst_AggregationWebhooks::announce(const QString &type, int tenant)
{
    return m_sandbox
        ->post(u"/sandbox/aggregation/events"_s,
            {{u"type"_s, type}, {u"tenantId"_s, tenantId(tenant)}, {u"loginName"_s, u"ada"_s}}, Credential::None)
        .json[u"webhooks"_s]
        .toInt(-1);
}

void tst_AggregationWebhooks::aNewWebhookIsAnsweredWrapped()
{
    const SandboxAnswer made = create(u"https://shop.example.com/hook"_s, {u"REFRESH"_s, u"OB_CONSENT"_s});
    QCOMPARE(made.status, 201);
    QCOMPARE(made.json.keys(), QStringList(u"webhook"_s));
    const QJsonObject webhook = made.json[u"webhook"_s].toObject();
    QCOMPARE(webhook.keys(),
        QStringList({u"id"_s, u"lastAttempt"_s, u"lastAttemptStatus"_s, u"lastSuccess"_s, u"status"_s, u"uri"_s,
            u"webhookDisabled"_s, u"webhookTypes"_s}));
    QVERIFY(!webhook[u"id"_s].toString().isEmpty());
    QCOMPARE(webhook[u"uri"_s].toString(), u"https://shop.example.com/hook"_s);
    QCOMPARE(webhook[u"webhookTypes"_s].toArray(), QJsonArray({u"REFRESH"_s, u"OB_CONSENT"_s}));
    QCOMPARE(webhook[u"webhookDisabled"_s], QJsonValue(false));
    for (const char *name : {"status", "lastAttempt", "lastAttemptStatus", "lastSuccess"})
        QVERIFY2(webhook[QLatin1String(name)].isNull(), name);
    const auto client = m_sandbox->send("GET", u"/aggregation/api/client"_s, {}, m_bearers[0]);
    QCOMPARE(client.json[u"client"_s][u"webhookIds"_s].toArray(), QJsonArray({webhook[u"id"_s]}));
}

void tst_AggregationWebhooks::theOthersAreAnsweredBare()
{
    const QJsonObject made = create(u"https://a.example.com/"_s, {u"REFRESH"_s}).json[u"webhook"_s].toObject();
    const QString path = u'/' + made[u"id"_s].toString();
    QCOMPARE(call("GET", path).json, made);
    QJsonObject changed = made;
    changed[u"webhookDisabled"_s] = true;
    const SandboxAnswer patched = call("PATCH", path, {{u"webhookDisabled"_s, true}});
    QCOMPARE(patched.status, 200);
    QCOMPARE(patched.json, changed);
    const SandboxAnswer listed = call("GET", {});
    QCOMPARE(listed.status, 200);
    QCOMPARE(listed.json, QJsonObject({{u"webhooks"_s, QJsonArray{changed}}}));
    const SandboxAnswer deleted = call("DELETE", path);
    QCOMPARE(deleted.status, 200);
    QCOMPARE(deleted.json, changed);
    QCOMPARE(call("GET", path).status, 404);
    QCOMPARE(call("GET", {}).json[u"webhooks"_s].toArray(), QJsonArray());
}

void tst_AggregationWebhooks::badWebhooksAreExplained_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("detail");
    QTest::newRow("http") << QByteArray(R"({"uri":"http://example.com/","webhookTypes":["REFRESH"]})")
                          << u"uri must match ^https://"_s;
    QTest::newRow("another scheme") << QByteArray(R"({"uri":"ftp://example.com/","webhookTypes":["REFRESH"]})")
                                    << u"uri must be a URI with a host"_s;
    QTest::newRow("no host") << QByteArray(R"({"uri":"https:///x","webhookTypes":["REFRESH"]})")
                             << u"uri must be a URI with a host"_s;
    QTest::newRow("no uri") << QByteArray(R"({"webhookTypes":["REFRESH"]})") << u"uri is required"_s;
    QTest::newRow("no types") << QByteArray(R"({"uri":"https://a.example.com"})") << u"webhookTypes is required"_s;
    QTest::newRow("unknown type") << QByteArray(R"({"uri":"https://a.example.com","webhookTypes":["NEWS"]})")
                                  << u"webhookTypes does not know NEWS"_s;
    QTest::newRow("a text for a list") << QByteArray(R"({"uri":"https://a.example.com","webhookTypes":"REFRESH"})")
                                       << u"webhookTypes must be of the type array"_s;
    QTest::newRow("a text for a switch") << QByteArray(
        R"({"uri":"https://a.example.com","webhookTypes":[],"webhookDisabled":"no"})")
                                         << u"webhookDisabled must be of the type boolean"_s;
    QTest::newRow("no JSON") << QByteArray("uri=x") << u"The body must be a JSON object"_s;
}

void tst_AggregationWebhooks::badWebhooksAreExplained()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, detail);
    call("GET", {});
    const auto answer = m_sandbox->send("POST", u"/aggregation/api/client/webhooks"_s, body, m_bearers[0]);
    QCOMPARE(answer.status, 400);
    const QJsonObject error = answer.json[u"error"_s].toObject();
    QCOMPARE(error.keys(), QStringList({u"code"_s, u"details"_s, u"documentation"_s, u"expected"_s, u"received"_s}));
    QCOMPARE(error[u"code"_s].toInt(), 400);
    QCOMPARE(error[u"details"_s].toArray(), QJsonArray({detail}));
    QCOMPARE(error[u"received"_s].toObject(), QJsonDocument::fromJson(body).object());
    QCOMPARE(error[u"expected"_s].toObject()[u"webhookTypes"_s].toString(), u"array"_s);
    QVERIFY(call("GET", {}).json[u"webhooks"_s].toArray().isEmpty());
}

void tst_AggregationWebhooks::aPatchChangesWhatItNames_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("types") << QJsonObject{{u"webhookTypes"_s, QJsonArray{u"CDV_STATUS_UPDATES"_s}}} << 200;
    QTest::newRow("uri") << QJsonObject{{u"uri"_s, u"https://b.example.com/x"_s}} << 200;
    QTest::newRow("any web address") << QJsonObject{{u"uri"_s, u"http://b.example.com/x"_s}} << 200;
    QTest::newRow("all") << QJsonObject{{u"uri"_s, u"https://c.example.com"_s}, {u"webhookTypes"_s, QJsonArray()},
        {u"webhookDisabled"_s, true}}
                         << 200;
    QTest::newRow("no URI") << QJsonObject{{u"uri"_s, u"nonsense"_s}} << 400;
    QTest::newRow("unknown type") << QJsonObject{{u"webhookTypes"_s, QJsonArray{u"NEWS"_s}}} << 400;
    QTest::newRow("a number") << QJsonObject{{u"uri"_s, 7}} << 400;
}

void tst_AggregationWebhooks::aPatchChangesWhatItNames()
{
    QFETCH(const QJsonObject, body);
    QFETCH(const int, status);
    QJsonObject expected = create(u"https://a.example.com/"_s, {u"REFRESH"_s}).json[u"webhook"_s].toObject();
    const QString path = u'/' + expected[u"id"_s].toString();
    QCOMPARE(call("PATCH", path, body).status, status);
    for (auto it = body.begin(); status == 200 && it != body.end(); ++it)
        expected[it.key()] = it.value();
    QCOMPARE(call("GET", path).json, expected);
}

void tst_AggregationWebhooks::theListHasPages()
{
    QStringList ids;
    for (int i = 0; i < 13; ++i)
        ids.append(create(u"https://a.example.com/%1"_s.arg(i), {}).json[u"webhook"_s][u"id"_s].toString());
    const auto page = [this](const QString &query) {
        QStringList found;
        for (const QJsonValue webhook : call("GET", query).json[u"webhooks"_s].toArray())
            found.append(webhook[u"id"_s].toString());
        return found;
    };
    QCOMPARE(page({}), ids.mid(0, 10));
    QCOMPARE(page(u"?offset=10"_s), ids.mid(10));
    QCOMPARE(page(u"?limit=3&offset=4"_s), ids.mid(4, 3));
    QCOMPARE(page(u"?limit=100"_s), ids);
    QCOMPARE(page(u"?limit=0"_s), QStringList());
    QCOMPARE(page(u"?offset=13"_s), QStringList());
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), 13);
}

void tst_AggregationWebhooks::badPagesAreRefused()
{
    for (const char *query : {"?limit=-1", "?offset=x", "?limit=1.5", "?limit="})
        QCOMPARE(call("GET", QLatin1String(query)).status, 400);
}

void tst_AggregationWebhooks::tenantsDoNotSeeEachOther()
{
    const QString path = u'/' + create(u"https://a.example.com/"_s, {}).json[u"webhook"_s][u"id"_s].toString();
    QVERIFY(call("GET", {}, {}, 1).json[u"webhooks"_s].toArray().isEmpty());
    QCOMPARE(call("GET", path, {}, 1).status, 404);
    QCOMPARE(call("PATCH", path, {{u"webhookDisabled"_s, true}}, 1).status, 404);
    QCOMPARE(call("DELETE", path, {}, 1).status, 404);
    QCOMPARE(call("POST", path + u"/fire_test_webhook"_s, {}, 1).status, 404);
    QCOMPARE(call("GET", path).json[u"webhookDisabled"_s], QJsonValue(false));
}

void tst_AggregationWebhooks::unknownWebhooksAre404_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("suffix");
    QTest::newRow("get") << QByteArray("GET") << QString();
    QTest::newRow("patch") << QByteArray("PATCH") << QString();
    QTest::newRow("delete") << QByteArray("DELETE") << QString();
    QTest::newRow("fire") << QByteArray("POST") << u"/fire_test_webhook"_s;
}

void tst_AggregationWebhooks::unknownWebhooksAre404()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const QString, suffix);
    const QString path = u"/8a1d3f6e-0000-4000-8000-000000000000"_s + suffix;
    const SandboxAnswer answer = call(verb, path);
    QCOMPARE(answer.status, 404);
    QCOMPARE(answer.json[u"error"_s][u"code"_s].toInt(), 404);
    QCOMPARE(m_sandbox->send(verb, u"/aggregation/api/client/webhooks"_s + path, "{}", {}).status, 401);
}

void tst_AggregationWebhooks::httpNeedsAWordAndLoopback_data()
{
    QTest::addColumn<bool>("allowed");
    QTest::addColumn<QString>("uri");
    QTest::addColumn<int>("status");
    QTest::newRow("loopback, allowed") << true << u"http://127.0.0.1:9/x"_s << 201;
    QTest::newRow("loopback by name, allowed") << true << u"http://localhost:9/x"_s << 201;
    QTest::newRow("loopback of IPv6, allowed") << true << u"http://[::1]:9/x"_s << 201;
    QTest::newRow("loopback") << false << u"http://127.0.0.1:9/x"_s << 400;
    QTest::newRow("elsewhere, allowed") << true << u"http://10.0.0.1/x"_s << 400;
    QTest::newRow("a lookalike, allowed") << true << u"http://localhost.example.com/x"_s << 400;
    QTest::newRow("https") << false << u"https://127.0.0.1/x"_s << 201;
}

void tst_AggregationWebhooks::httpNeedsAWordAndLoopback()
{
    QFETCH(const bool, allowed);
    QFETCH(const QString, uri);
    QFETCH(const int, status);
    if (!allowed) {
        m_bearers.clear();
        m_sandbox = std::make_unique<SandboxUnderUse>();
        QVERIFY(m_sandbox->start());
    }
    QCOMPARE(create(uri, {u"REFRESH"_s}).status, status);
}

void tst_AggregationWebhooks::aTestIsFired()
{
    WebhookReceiver receiver;
    receiver.answerWith({418});
    const QString path = u'/' + create(receiver.url(), {}).json[u"webhook"_s][u"id"_s].toString();
    const SandboxAnswer fired = call("POST", path + u"/fire_test_webhook"_s);
    QCOMPARE(fired.status, 200);
    QCOMPARE(fired.json.keys(),
        QStringList(
            {u"firedAt"_s, u"processingDuration"_s, u"receivedAt"_s, u"receivedResponse"_s, u"responseCode"_s}));
    QCOMPARE(fired.json[u"receivedResponse"_s], QJsonValue(true));
    QCOMPARE(fired.json[u"responseCode"_s].toInt(), 418);
    const auto firedAt = QDateTime::fromString(fired.text(u"firedAt"_s), Qt::ISODateWithMs);
    const auto receivedAt = QDateTime::fromString(fired.text(u"receivedAt"_s), Qt::ISODateWithMs);
    QVERIFY(firedAt.isValid() && receivedAt >= firedAt);
    const double duration = fired.json[u"processingDuration"_s].toDouble(-1);
    QVERIFY(duration > 0 && duration < 20);
    QVERIFY(qAbs(static_cast<double>(firedAt.msecsTo(receivedAt)) - duration * 1000) <= 1);
    QCOMPARE(receiver.received().size(), 1);
    QVERIFY(receiver.received()[0].json()[u"event"_s][u"info"_s].isString());
    const QJsonObject now = call("GET", path).json;
    QCOMPARE(now[u"lastAttemptStatus"_s].toInt(), 418);
    QCOMPARE(now[u"status"_s].toString(), u"UNHEALTHY"_s);
    QVERIFY(now[u"lastAttempt"_s].isString() && now[u"lastSuccess"_s].isNull());
    call("POST", path + u"/fire_test_webhook"_s);
    const QJsonObject later = call("GET", path).json;
    QCOMPARE(later[u"status"_s].toString(), u"HEALTHY"_s);
    QCOMPARE(later[u"lastSuccess"_s], later[u"lastAttempt"_s]);
}

void tst_AggregationWebhooks::aTestWithoutAnAnswerSaysSo()
{
    restart({u"--webhook-timeout"_s, u"0.2"_s});
    WebhookReceiver receiver;
    receiver.answerWith({0});
    const QString path = u'/' + create(receiver.url(), {}).json[u"webhook"_s][u"id"_s].toString();
    const SandboxAnswer fired = call("POST", path + u"/fire_test_webhook"_s);
    QCOMPARE(fired.status, 200);
    QCOMPARE(fired.json[u"receivedResponse"_s], QJsonValue(false));
    QVERIFY(fired.json[u"firedAt"_s].isString());
    for (const char *name : {"responseCode", "receivedAt", "processingDuration"})
        QVERIFY2(fired.json.contains(QLatin1String(name)) && fired.json[QLatin1String(name)].isNull(), name);
    const QJsonObject now = call("GET", path).json;
    QVERIFY(now[u"lastAttempt"_s].isString() && now[u"lastAttemptStatus"_s].isNull());
}

void tst_AggregationWebhooks::everyTypeHasItsEnvelope_data()
{
    QTest::addColumn<QString>("info");
    QTest::addColumn<bool>("named");
    QTest::newRow("DATA_UPDATES") << u"DATA_UPDATES.USER_DATA"_s << false;
    QTest::newRow("REFRESH") << u"REFRESH.PROCESS_COMPLETED"_s << true;
    QTest::newRow("AUTO_REFRESH_UPDATES") << u"AUTO_REFRESH_UPDATES"_s << false;
    QTest::newRow("LATEST_BALANCE_UPDATES") << u"LATEST_BALANCE_UPDATES"_s << true;
    QTest::newRow("CDV_STATUS_UPDATES") << u"CDV_STATUS_UPDATES"_s << true;
    QTest::newRow("OB_CONSENT") << u"OB_CONSENT"_s << true;
    QTest::newRow("OB_ACTIVE_CONSENT_REMINDER") << u"OB_ACTIVE_CONSENT_REMINDER"_s << true;
}

void tst_AggregationWebhooks::everyTypeHasItsEnvelope()
{
    QFETCH(const QString, info);
    QFETCH(const bool, named);
    const QString type = QString::fromLatin1(QTest::currentDataTag());
    WebhookReceiver receiver;
    create(receiver.url(), {type});
    QCOMPARE(announce(type), 1);
    QTRY_COMPARE(receiver.received().size(), 1);
    const ReceivedWebhook webhook = receiver.received()[0];
    QVERIFY(webhook.header("x-signature").isEmpty());
    QCOMPARE(webhook.header("Content-Type"), QByteArray("application/json"));
    QCOMPARE(webhook.json().keys(), QStringList(u"event"_s));
    const QJsonObject event = webhook.json()[u"event"_s].toObject();
    QCOMPARE(event[u"info"_s].toString(), info);
    QVERIFY(!event[u"notificationId"_s].toString().isEmpty());
    QCOMPARE(event[u"loginName"_s].toString(), named ? u"ada"_s : QString());
    QVERIFY2(webhook.body.contains("\"ada\""), "the user is named somewhere");
    const QJsonValue data = event[u"data"_s];
    if (type == u"LATEST_BALANCE_UPDATES"_s) {
        QVERIFY(data[u"providerAccountId"_s].isDouble());
        const QJsonArray balances = data[u"latestBalanceEvent"_s].toArray();
        QCOMPARE(balances.size(), 2);
        QCOMPARE(balances[0][u"status"_s].toString(), u"SUCCESS"_s);
        QCOMPARE(balances[1][u"status"_s].toString(), u"FAILED"_s);
        QVERIFY(balances[0][u"accountId"_s].isDouble());
    } else if (type == u"AUTO_REFRESH_UPDATES"_s) {
        QVERIFY(!data.toArray()[0][u"accountIds"_s].toArray().isEmpty());
        QCOMPARE(data.toArray()[0][u"loginName"_s].toString(), u"ada"_s);
    } else if (type == u"REFRESH"_s) {
        QCOMPARE(data[u"providerAccount"_s].toArray()[0][u"status"_s].toString(), u"SUCCESS"_s);
    } else if (type == u"DATA_UPDATES"_s) {
        QCOMPARE(data[u"userData"_s].toArray()[0][u"user"_s][u"loginName"_s].toString(), u"ada"_s);
    } else {
        QVERIFY(data[u"providerAccountId"_s].isDouble());
    }
}

void tst_AggregationWebhooks::onlyTheAskedTypesArrive()
{
    WebhookReceiver refresh;
    WebhookReceiver consent;
    WebhookReceiver other;
    create(refresh.url(), {u"REFRESH"_s, u"DATA_UPDATES"_s});
    create(consent.url(), {u"OB_CONSENT"_s});
    create(other.url(), {u"REFRESH"_s}, 1);
    QCOMPARE(announce(u"REFRESH"_s), 1);
    QCOMPARE(announce(u"DATA_UPDATES"_s), 1);
    QCOMPARE(announce(u"OB_CONSENT"_s), 1);
    QCOMPARE(announce(u"CDV_STATUS_UPDATES"_s), 0);
    QCOMPARE(announce(u"REFRESH"_s, 1), 1);
    QCOMPARE(announce(u"NEWS"_s), -1);
    QTRY_COMPARE(refresh.received().size(), 2);
    QTRY_COMPARE(consent.received().size(), 1);
    QTRY_COMPARE(other.received().size(), 1);
}

void tst_AggregationWebhooks::aDisabledWebhookIsSilent()
{
    WebhookReceiver receiver;
    const QString path = u'/' + create(receiver.url(), {u"REFRESH"_s}).json[u"webhook"_s][u"id"_s].toString();
    call("PATCH", path, {{u"webhookDisabled"_s, true}});
    QCOMPARE(announce(u"REFRESH"_s), 0);
    call("PATCH", path, {{u"webhookDisabled"_s, false}});
    QCOMPARE(announce(u"REFRESH"_s), 1);
    QTRY_COMPARE(receiver.received().size(), 1);
}

void tst_AggregationWebhooks::failuresShowInItsHealth()
{
    restart({u"--webhook-retries"_s, u"0.01,0.01,0.01"_s});
    WebhookReceiver receiver;
    const QString path = u'/' + create(receiver.url(), {u"REFRESH"_s}).json[u"webhook"_s][u"id"_s].toString();
    announce(u"REFRESH"_s);
    QTRY_COMPARE(call("GET", path).json[u"status"_s].toString(), u"HEALTHY"_s);
    const QString success = call("GET", path).text(u"lastSuccess"_s);
    receiver.answerWith({500, 502, 503, 504});
    announce(u"REFRESH"_s);
    QTRY_COMPARE(receiver.received().size(), 5);
    QTRY_COMPARE(call("GET", path).json[u"lastAttemptStatus"_s].toInt(), 504);
    const QJsonObject failing = call("GET", path).json;
    QCOMPARE(failing[u"status"_s].toString(), u"UNHEALTHY"_s);
    QCOMPARE(failing[u"lastSuccess"_s].toString(), success);
    announce(u"REFRESH"_s);
    QTRY_COMPARE(call("GET", path).json[u"status"_s].toString(), u"HEALTHY"_s);
}

void tst_AggregationWebhooks::strangersShareTheTenant()
{
    restart({u"--aggregation-foreign"_s, u"100"_s});
    WebhookReceiver receiver;
    create(receiver.url(), {u"REFRESH"_s});
    QCOMPARE(announce(u"REFRESH"_s), 1);
    QTRY_COMPARE(receiver.received().size(), 2);
    QCOMPARE(receiver.received()[0].json()[u"event"_s][u"loginName"_s].toString(), u"ada"_s);
    const QString stranger = receiver.received()[1].json()[u"event"_s][u"loginName"_s].toString();
    QVERIFY(!stranger.isEmpty() && stranger != u"ada"_s);
}

void tst_AggregationWebhooks::theInsightsSignatureIsOnRequest()
{
    restart({u"--aggregation-webhook-signature"_s, u"insights"_s});
    WebhookReceiver receiver;
    create(receiver.url(), {u"REFRESH"_s});
    announce(u"REFRESH"_s);
    QTRY_COMPARE(receiver.received().size(), 1);
    const QByteArray secret = m_sandbox->ready()[u"aggregationClientSecret"_s].toString().toUtf8();
    QCOMPARE(receiver.received()[0].header("X-Webhook-Verification"),
        tests::handHmacSha256(secret, receiver.received()[0].body).toHex());
}

void tst_AggregationWebhooks::theRegistryOutlivesAKill()
{
    QTemporaryDir directory;
    restart({u"--state"_s, directory.filePath(u"state"_s)});
    WebhookReceiver receiver;
    const QString gone = create(u"https://gone.example.com"_s, {}).json[u"webhook"_s][u"id"_s].toString();
    const QString kept = create(receiver.url(), {u"REFRESH"_s, u"OB_CONSENT"_s}).json[u"webhook"_s][u"id"_s].toString();
    call("DELETE", u'/' + gone);
    call("PATCH", u'/' + kept, {{u"webhookTypes"_s, QJsonArray{u"REFRESH"_s}}});
    const QJsonObject before = call("GET", u'/' + kept).json;
    m_sandbox->kill();
    m_bearers.clear();
    QVERIFY(m_sandbox->start());
    QCOMPARE(call("GET", {}).json[u"webhooks"_s].toArray(), QJsonArray{before});
    QCOMPARE(announce(u"REFRESH"_s), 1);
    QTRY_COMPARE(receiver.received().size(), 1);
    const QString next = create(u"https://new.example.com"_s, {}).json[u"webhook"_s][u"id"_s].toString();
    QVERIFY(next != gone && next != kept);
}

QTEST_GUILESS_MAIN(tst_AggregationWebhooks)
#include "tst_aggregationwebhooks.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/tenantunderuse.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::SandboxAnswer;
using tests::WebhookReceiver;

// The webhook registry of the aggregation family (reference 2.4).
class tst_WebhookRegistry : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aNewWebhookIsAnsweredWrapped();
    void aNewWebhookNeedsOnlyItsUri();
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

private:
    tests::TenantUnderUse m_tenant;
};

void tst_WebhookRegistry::init()
{
    QVERIFY(m_tenant.start());
}

void tst_WebhookRegistry::aNewWebhookIsAnsweredWrapped()
{
    const SandboxAnswer made = m_tenant.create(u"https://shop.example.com/hook"_s, {u"REFRESH"_s, u"OB_CONSENT"_s});
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
    const auto client = m_tenant.sandbox().send("GET", u"/aggregation/api/client"_s, {}, m_tenant.bearer());
    QCOMPARE(client.json[u"client"_s][u"webhookIds"_s].toArray(), QJsonArray({webhook[u"id"_s]}));
}

void tst_WebhookRegistry::aNewWebhookNeedsOnlyItsUri()
{
    const SandboxAnswer made = m_tenant.call("POST", {}, {{u"uri"_s, u"https://shop.example.com/hook"_s}});
    QCOMPARE(made.status, 201);
    const QJsonObject webhook = made.json[u"webhook"_s].toObject();
    QCOMPARE(webhook[u"webhookTypes"_s].toArray(),
        QJsonArray({u"DATA_UPDATES"_s, u"REFRESH"_s, u"AUTO_REFRESH_UPDATES"_s, u"LATEST_BALANCE_UPDATES"_s,
            u"CDV_STATUS_UPDATES"_s, u"OB_CONSENT"_s, u"OB_ACTIVE_CONSENT_REMINDER"_s}));
    QCOMPARE(webhook[u"webhookDisabled"_s], QJsonValue(false));
}

void tst_WebhookRegistry::theOthersAreAnsweredBare()
{
    const QJsonObject made = m_tenant.create(u"https://a.example.com/"_s, {u"REFRESH"_s}).json[u"webhook"_s].toObject();
    const QString path = u'/' + made[u"id"_s].toString();
    QCOMPARE(m_tenant.call("GET", path).json, made);
    QJsonObject changed = made;
    changed[u"webhookDisabled"_s] = true;
    const SandboxAnswer patched = m_tenant.call("PATCH", path, {{u"webhookDisabled"_s, true}});
    QCOMPARE(patched.status, 200);
    QCOMPARE(patched.json, changed);
    const SandboxAnswer listed = m_tenant.call("GET", {});
    QCOMPARE(listed.status, 200);
    QCOMPARE(listed.json, QJsonObject({{u"webhooks"_s, QJsonArray{changed}}}));
    const SandboxAnswer deleted = m_tenant.call("DELETE", path);
    QCOMPARE(deleted.status, 200);
    QCOMPARE(deleted.json, changed);
    QCOMPARE(m_tenant.call("GET", path).status, 404);
    QCOMPARE(m_tenant.call("GET", {}).json[u"webhooks"_s].toArray(), QJsonArray());
}

void tst_WebhookRegistry::badWebhooksAreExplained_data()
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
    QTest::newRow("unknown type") << QByteArray(R"({"uri":"https://a.example.com","webhookTypes":["NEWS"]})")
                                  << u"webhookTypes does not know NEWS"_s;
    QTest::newRow("a text for a list") << QByteArray(R"({"uri":"https://a.example.com","webhookTypes":"REFRESH"})")
                                       << u"webhookTypes must be of the type array"_s;
    QTest::newRow("a text for a switch") << QByteArray(
        R"({"uri":"https://a.example.com","webhookTypes":[],"webhookDisabled":"no"})")
                                         << u"webhookDisabled must be of the type boolean"_s;
    QTest::newRow("no JSON") << QByteArray("uri=x") << u"The body must be a JSON object"_s;
}

void tst_WebhookRegistry::badWebhooksAreExplained()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, detail);
    const auto answer = m_tenant.sandbox().send("POST", u"/aggregation/api/client/webhooks"_s, body, m_tenant.bearer());
    QCOMPARE(answer.status, 400);
    const QJsonObject error = answer.json[u"error"_s].toObject();
    QCOMPARE(error.keys(), QStringList({u"code"_s, u"details"_s, u"documentation"_s, u"expected"_s, u"received"_s}));
    QCOMPARE(error[u"code"_s].toInt(), 400);
    QCOMPARE(error[u"details"_s].toArray(), QJsonArray({detail}));
    QCOMPARE(error[u"received"_s].toObject(), QJsonDocument::fromJson(body).object());
    QCOMPARE(error[u"expected"_s].toObject()[u"webhookTypes"_s].toString(), u"array"_s);
    QVERIFY(m_tenant.call("GET", {}).json[u"webhooks"_s].toArray().isEmpty());
}

void tst_WebhookRegistry::aPatchChangesWhatItNames_data()
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

void tst_WebhookRegistry::aPatchChangesWhatItNames()
{
    QFETCH(const QJsonObject, body);
    QFETCH(const int, status);
    QJsonObject expected = m_tenant.create(u"https://a.example.com/"_s, {u"REFRESH"_s}).json[u"webhook"_s].toObject();
    const QString path = u'/' + expected[u"id"_s].toString();
    QCOMPARE(m_tenant.call("PATCH", path, body).status, status);
    for (auto it = body.begin(); status == 200 && it != body.end(); ++it)
        expected[it.key()] = it.value();
    QCOMPARE(m_tenant.call("GET", path).json, expected);
}

void tst_WebhookRegistry::theListHasPages()
{
    QStringList ids;
    for (int i = 0; i < 13; ++i)
        ids.append(m_tenant.create(u"https://a.example.com/%1"_s.arg(i), {}).json[u"webhook"_s][u"id"_s].toString());
    const auto page = [this](const QString &query) {
        QStringList found;
        for (const QJsonValue webhook : m_tenant.call("GET", query).json[u"webhooks"_s].toArray())
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

void tst_WebhookRegistry::badPagesAreRefused()
{
    for (const char *query : {"?limit=-1", "?offset=x", "?limit=1.5", "?limit="})
        QCOMPARE(m_tenant.call("GET", QLatin1String(query)).status, 400);
}

void tst_WebhookRegistry::tenantsDoNotSeeEachOther()
{
    const QString path = m_tenant.add(u"https://a.example.com/"_s, {});
    QVERIFY(m_tenant.call("GET", {}, {}, 1).json[u"webhooks"_s].toArray().isEmpty());
    QCOMPARE(m_tenant.call("GET", path, {}, 1).status, 404);
    QCOMPARE(m_tenant.call("PATCH", path, {{u"webhookDisabled"_s, true}}, 1).status, 404);
    QCOMPARE(m_tenant.call("DELETE", path, {}, 1).status, 404);
    QCOMPARE(m_tenant.call("POST", path + u"/fire_test_webhook"_s, {}, 1).status, 404);
    QCOMPARE(m_tenant.call("GET", path).json[u"webhookDisabled"_s], QJsonValue(false));
}

void tst_WebhookRegistry::unknownWebhooksAre404_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("suffix");
    QTest::newRow("get") << QByteArray("GET") << QString();
    QTest::newRow("patch") << QByteArray("PATCH") << QString();
    QTest::newRow("delete") << QByteArray("DELETE") << QString();
    QTest::newRow("fire") << QByteArray("POST") << u"/fire_test_webhook"_s;
}

void tst_WebhookRegistry::unknownWebhooksAre404()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const QString, suffix);
    const QString path = u"/8a1d3f6e-0000-4000-8000-000000000000"_s + suffix;
    const SandboxAnswer answer = m_tenant.call(verb, path);
    QCOMPARE(answer.status, 404);
    QCOMPARE(answer.json[u"error"_s][u"code"_s].toInt(), 404);
    QCOMPARE(m_tenant.sandbox().send(verb, u"/aggregation/api/client/webhooks"_s + path, "{}", {}).status, 401);
}

void tst_WebhookRegistry::httpNeedsAWordAndLoopback_data()
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

void tst_WebhookRegistry::httpNeedsAWordAndLoopback()
{
    QFETCH(const bool, allowed);
    QFETCH(const QString, uri);
    QFETCH(const int, status);
    if (!allowed)
        QVERIFY(m_tenant.startStrict());
    QCOMPARE(m_tenant.create(uri, {u"REFRESH"_s}).status, status);
}

void tst_WebhookRegistry::aTestIsFired()
{
    WebhookReceiver receiver;
    receiver.answerWith({418});
    const QString path = m_tenant.add(receiver.url(), {});
    const SandboxAnswer fired = m_tenant.call("POST", path + u"/fire_test_webhook"_s);
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
    const QJsonObject now = m_tenant.call("GET", path).json;
    QCOMPARE(now[u"lastAttemptStatus"_s].toInt(), 418);
    QCOMPARE(now[u"status"_s].toString(), u"UNHEALTHY"_s);
    QVERIFY(now[u"lastAttempt"_s].isString() && now[u"lastSuccess"_s].isNull());
    m_tenant.call("POST", path + u"/fire_test_webhook"_s);
    const QJsonObject later = m_tenant.call("GET", path).json;
    QCOMPARE(later[u"status"_s].toString(), u"HEALTHY"_s);
    QCOMPARE(later[u"lastSuccess"_s], later[u"lastAttempt"_s]);
}

void tst_WebhookRegistry::aTestWithoutAnAnswerSaysSo()
{
    QVERIFY(m_tenant.start({u"--webhook-timeout"_s, u"0.2"_s}));
    WebhookReceiver receiver;
    receiver.answerWith({0});
    const QString path = m_tenant.add(receiver.url(), {});
    const SandboxAnswer fired = m_tenant.call("POST", path + u"/fire_test_webhook"_s);
    QCOMPARE(fired.status, 200);
    QCOMPARE(fired.json[u"receivedResponse"_s], QJsonValue(false));
    QVERIFY(fired.json[u"firedAt"_s].isString());
    for (const char *name : {"responseCode", "receivedAt", "processingDuration"})
        QVERIFY2(fired.json.contains(QLatin1String(name)) && fired.json[QLatin1String(name)].isNull(), name);
    const QJsonObject now = m_tenant.call("GET", path).json;
    QVERIFY(now[u"lastAttempt"_s].isString() && now[u"lastAttemptStatus"_s].isNull());
}

QTEST_GUILESS_MAIN(tst_WebhookRegistry)
#include "tst_webhookregistry.moc"

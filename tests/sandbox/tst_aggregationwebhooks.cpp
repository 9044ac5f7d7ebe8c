// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/handhmac.h"
#include "tests/sandbox/tenantunderuse.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::ReceivedWebhook;
using tests::WebhookReceiver;

// What is delivered to the webhooks of a tenant (reference 2.8).
class tst_AggregationWebhooks : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void everyTypeHasItsEnvelope_data();
    void everyTypeHasItsEnvelope();
    void onlyTheAskedTypesArrive();
    void aDisabledWebhookIsSilent();
    void failuresShowInItsHealth();
    void strangersShareTheTenant();
    void theInsightsSignatureIsOnRequest();
    void theRegistryOutlivesAKill();
    void aBurstBringsWhatIsAskedFor();
    void aBurstNeedsAWebhookAndANumber();

private:
    tests::TenantUnderUse m_tenant;
};

void tst_AggregationWebhooks::init()
{
    QVERIFY(m_tenant.start());
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
    m_tenant.create(receiver.url(), {type});
    QCOMPARE(m_tenant.announce(type), 1);
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
    m_tenant.create(refresh.url(), {u"REFRESH"_s, u"DATA_UPDATES"_s});
    m_tenant.create(consent.url(), {u"OB_CONSENT"_s});
    m_tenant.create(other.url(), {u"REFRESH"_s}, 1);
    QCOMPARE(m_tenant.announce(u"REFRESH"_s), 1);
    QCOMPARE(m_tenant.announce(u"DATA_UPDATES"_s), 1);
    QCOMPARE(m_tenant.announce(u"OB_CONSENT"_s), 1);
    QCOMPARE(m_tenant.announce(u"CDV_STATUS_UPDATES"_s), 0);
    QCOMPARE(m_tenant.announce(u"REFRESH"_s, 1), 1);
    QCOMPARE(m_tenant.announce(u"NEWS"_s), -1);
    QTRY_COMPARE(refresh.received().size(), 2);
    QTRY_COMPARE(consent.received().size(), 1);
    QTRY_COMPARE(other.received().size(), 1);
}

void tst_AggregationWebhooks::aDisabledWebhookIsSilent()
{
    WebhookReceiver receiver;
    const QString path = m_tenant.add(receiver.url(), {u"REFRESH"_s});
    m_tenant.call("PATCH", path, {{u"webhookDisabled"_s, true}});
    QCOMPARE(m_tenant.announce(u"REFRESH"_s), 0);
    m_tenant.call("PATCH", path, {{u"webhookDisabled"_s, false}});
    QCOMPARE(m_tenant.announce(u"REFRESH"_s), 1);
    QTRY_COMPARE(receiver.received().size(), 1);
}

void tst_AggregationWebhooks::failuresShowInItsHealth()
{
    QVERIFY(m_tenant.start({u"--webhook-retries"_s, u"0.01,0.01,0.01"_s}));
    WebhookReceiver receiver;
    const QString path = m_tenant.add(receiver.url(), {u"REFRESH"_s});
    m_tenant.announce(u"REFRESH"_s);
    QTRY_COMPARE(m_tenant.call("GET", path).json[u"status"_s].toString(), u"HEALTHY"_s);
    const QString success = m_tenant.call("GET", path).text(u"lastSuccess"_s);
    receiver.answerWith({500, 502, 503, 504});
    m_tenant.announce(u"REFRESH"_s);
    QTRY_COMPARE(receiver.received().size(), 5);
    QTRY_COMPARE(m_tenant.call("GET", path).json[u"lastAttemptStatus"_s].toInt(), 504);
    const QJsonObject failing = m_tenant.call("GET", path).json;
    QCOMPARE(failing[u"status"_s].toString(), u"UNHEALTHY"_s);
    QCOMPARE(failing[u"lastSuccess"_s].toString(), success);
    m_tenant.announce(u"REFRESH"_s);
    QTRY_COMPARE(m_tenant.call("GET", path).json[u"status"_s].toString(), u"HEALTHY"_s);
}

void tst_AggregationWebhooks::strangersShareTheTenant()
{
    QVERIFY(m_tenant.start({u"--aggregation-foreign"_s, u"100"_s}));
    WebhookReceiver receiver;
    m_tenant.create(receiver.url(), {u"REFRESH"_s});
    QCOMPARE(m_tenant.announce(u"REFRESH"_s), 1);
    QTRY_COMPARE(receiver.received().size(), 2);
    QCOMPARE(receiver.received()[0].json()[u"event"_s][u"loginName"_s].toString(), u"ada"_s);
    const QString stranger = receiver.received()[1].json()[u"event"_s][u"loginName"_s].toString();
    QVERIFY(!stranger.isEmpty() && stranger != u"ada"_s);
}

void tst_AggregationWebhooks::theInsightsSignatureIsOnRequest()
{
    QVERIFY(m_tenant.start({u"--aggregation-webhook-signature"_s, u"insights"_s}));
    WebhookReceiver receiver;
    m_tenant.create(receiver.url(), {u"REFRESH"_s});
    m_tenant.announce(u"REFRESH"_s);
    QTRY_COMPARE(receiver.received().size(), 1);
    const QByteArray secret = m_tenant.sandbox().ready()[u"aggregationClientSecret"_s].toString().toUtf8();
    QCOMPARE(receiver.received()[0].header("X-Webhook-Verification"),
        tests::handHmacSha256(secret, receiver.received()[0].body).toHex());
}

void tst_AggregationWebhooks::theRegistryOutlivesAKill()
{
    QTemporaryDir directory;
    QVERIFY(m_tenant.start({u"--state"_s, directory.filePath(u"state"_s)}));
    WebhookReceiver receiver;
    const QString gone = m_tenant.create(u"https://gone.example.com"_s, {}).json[u"webhook"_s][u"id"_s].toString();
    const QString kept = m_tenant.create(receiver.url(), {u"REFRESH"_s, u"OB_CONSENT"_s})
                             .json[u"webhook"_s][u"id"_s]
                             .toString();
    m_tenant.call("DELETE", u'/' + gone);
    m_tenant.call("PATCH", u'/' + kept, {{u"webhookTypes"_s, QJsonArray{u"REFRESH"_s}}});
    const QJsonObject before = m_tenant.call("GET", u'/' + kept).json;
    QVERIFY(m_tenant.killAndStart());
    QCOMPARE(m_tenant.call("GET", {}).json[u"webhooks"_s].toArray(), QJsonArray{before});
    QCOMPARE(m_tenant.announce(u"REFRESH"_s), 1);
    QTRY_COMPARE(receiver.received().size(), 1);
    const QString next = m_tenant.create(u"https://new.example.com"_s, {}).json[u"webhook"_s][u"id"_s].toString();
    QVERIFY(next != gone && next != kept);
}

void tst_AggregationWebhooks::aBurstBringsWhatIsAskedFor()
{
    WebhookReceiver receiver;
    WebhookReceiver silent;
    m_tenant.create(receiver.url(), {u"REFRESH"_s, u"CDV_STATUS_UPDATES"_s});
    m_tenant.create(silent.url(), {u"REFRESH"_s}, 1); // another tenant's
    const auto started = m_tenant.sandbox().send(
        "POST", u"/sandbox/aggregation/burst"_s, R"({"count":300,"perSecond":2000})", {});
    QCOMPARE(started.status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(receiver.received().size(), 300, 20'000);
    QSet<QString> ids;
    QSet<QString> infos;
    QSet<QString> users;
    for (const ReceivedWebhook &webhook : receiver.received()) {
        const QJsonObject event = webhook.json()[u"event"_s].toObject();
        ids.insert(event[u"notificationId"_s].toString());
        infos.insert(event[u"info"_s].toString());
        users.insert(event[u"loginName"_s].toString());
    }
    QCOMPARE(ids.size(), 300);
    QCOMPARE(infos, (QSet<QString>{u"REFRESH.PROCESS_COMPLETED"_s, u"CDV_STATUS_UPDATES"_s}));
    QVERIFY(users.size() > 1 && !users.contains(QString()));
    QCOMPARE(silent.received().size(), 0);
    QCOMPARE(m_tenant.sandbox().get(u"/sandbox/webhooks"_s).json[u"aggregationBurstLeft"_s].toInt(), 0);
}

void tst_AggregationWebhooks::aBurstNeedsAWebhookAndANumber()
{
    const auto start = [this](const QByteArray &body) {
        return m_tenant.sandbox().send("POST", u"/sandbox/aggregation/burst"_s, body, {});
    };
    QCOMPARE(start(R"({"count":5,"perSecond":5})").status, 400);
    WebhookReceiver receiver;
    m_tenant.create(receiver.url(), {u"REFRESH"_s});
    for (const QByteArray &body :
        {QByteArray("x"), QByteArray("{}"), QByteArray(R"({"count":1,"perSecond":0})"),
            QByteArray(R"({"count":1.5,"perSecond":1})"), QByteArray(R"({"count":1,"perSecond":1,"tenantId":"none"})")})
        QCOMPARE(start(body).status, 400);
    QCOMPARE(start(R"({"count":1000000,"perSecond":1})").status, 200);
    const auto stopped = m_tenant.sandbox().send("DELETE", u"/sandbox/aggregation/burst"_s, {}, {});
    QCOMPARE(stopped.json[u"aggregationBurstLeft"_s].toInt(), 0);
}

QTEST_GUILESS_MAIN(tst_AggregationWebhooks)
#include "tst_aggregationwebhooks.moc"

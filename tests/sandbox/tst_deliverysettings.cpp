// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/handhmac.h"
#include "tests/sandbox/webhooksunderuse.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::admin;
using tests::countOf;
using tests::pay;
using tests::ReceivedWebhook;
using tests::SandboxUnderUse;
using tests::stampedSignature;
using tests::subscribe;
using tests::WebhookReceiver;

// How deliveries are signed and set up, and bursts of them.
class tst_DeliverySettings : public QObject
{
    Q_OBJECT

private slots:
    void everySchemeCanBeChecked_data();
    void everySchemeCanBeChecked();
    void theSchemeCanBeChanged();
    void aSecretCannotBecomeAHeader();
    void badOptionsAreRefused_data();
    void badOptionsAreRefused();
    void aBurstTellsOfRealPayments();
    void aBurstNeedsSomebody();
    void aBurstWaitsForASlowTarget();
    void badBurstsAreRefused();
};

void tst_DeliverySettings::everySchemeCanBeChecked_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("header");
    QTest::newRow("the strongest lead") << QStringList() << u"x-signature"_s;
    QTest::newRow("hex") << QStringList{u"--webhook-signature"_s, u"hmac-sha256-hex"_s} << u"x-webhook-signature"_s;
    QTest::newRow("bare hex elsewhere") << QStringList{u"--webhook-signature"_s, u"hmac-sha256-hex"_s,
        u"--webhook-signature-header"_s, u"X-Sig"_s, u"--webhook-signature-prefix"_s, u""_s}
                                        << u"x-sig"_s;
    QTest::newRow("shared") << QStringList{u"--webhook-signature"_s, u"shared-secret"_s} << u"x-webhook-secret"_s;
    QTest::newRow("none") << QStringList{u"--webhook-signature"_s, u"none"_s} << QString();
}

void tst_DeliverySettings::everySchemeCanBeChecked()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, header);
    SandboxUnderUse sandbox(arguments);
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.created"_s});
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(receiver.received().size(), 1);
    const ReceivedWebhook first = receiver.received().constFirst();
    const QByteArray hex = tests::handHmacSha256(" s3 cret", first.body).toHex();
    const QHash<QString, QByteArray> expected{{u"x-signature"_s, stampedSignature(first)},
        {u"x-webhook-signature"_s, "sha256=" + hex}, {u"x-sig"_s, hex}, {u"x-webhook-secret"_s, "s3 cret"}};
    QCOMPARE(first.header(header.toLatin1()), expected[header]);
    for (const auto &[name, value] : first.headers) {
        const QString lower = QString::fromLatin1(name).toLower();
        const bool known = lower.startsWith(u"x-signature-"_s) && header == u"x-signature"_s;
        QVERIFY2(!lower.startsWith(u"x-"_s) || lower == header || known, name.constData());
    }
    if (header != u"x-signature"_s)
        return;
    QCOMPARE(QString::fromUtf8(first.header("x-signature-uniqueid")), first.text(u"id"_s));
    const qint64 age = QDateTime::currentSecsSinceEpoch() - first.header("x-signature-timestamp").toLongLong();
    QVERIFY2(age >= 0 && age < 60, "the timestamp is in real seconds");
}

void tst_DeliverySettings::theSchemeCanBeChanged()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.created"_s});
    const auto changed = admin(sandbox, u"/sandbox/webhooks/settings"_s,
        {{u"signature"_s, u"hmac-sha256-hex"_s}, {u"signatureHeader"_s, u"X-Mine"_s}, {u"connections"_s, 3}});
    QCOMPARE(changed.status, 200);
    QCOMPARE(changed.text(u"signatureHeader"_s), u"X-Mine"_s);
    QCOMPARE(changed.json[u"connections"_s].toInt(), 3);
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(receiver.received().size(), 1);
    QVERIFY(receiver.received()[0].header("X-Mine").startsWith("sha256="));
    QVERIFY(receiver.received()[0].header("x-signature").isEmpty());
    for (const QJsonObject &wrong : {QJsonObject{{u"signature"_s, u"md5"_s}},
             QJsonObject{{u"signatureHeader"_s, u"a b"_s}}, QJsonObject{{u"connections"_s, 0}}})
        QCOMPARE(admin(sandbox, u"/sandbox/webhooks/settings"_s, wrong).status, 400);
}

void tst_DeliverySettings::aSecretCannotBecomeAHeader()
{
    SandboxUnderUse sandbox({u"--webhook-signature"_s, u"shared-secret"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.created"_s}, u"a\r\nX-Injected: yes"_s);
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(receiver.received().size(), 1);
    QVERIFY(receiver.received()[0].header("X-Injected").isEmpty());
    QCOMPARE(receiver.received()[0].header("X-Webhook-Secret"), QByteArray("a  X-Injected: yes"));
}

void tst_DeliverySettings::badOptionsAreRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("scheme") << QStringList{u"--webhook-signature"_s, u"md5"_s};
    QTest::newRow("header") << QStringList{u"--webhook-signature-header"_s, u"a: b"_s};
    QTest::newRow("retries") << QStringList{u"--webhook-retries"_s, u"1,,5"_s};
    QTest::newRow("negative wait") << QStringList{u"--webhook-retries"_s, u"-1"_s};
    QTest::newRow("timeout") << QStringList{u"--webhook-timeout"_s, u"0"_s};
    QTest::newRow("connections") << QStringList{u"--webhook-connections"_s, u"0"_s};
    QTest::newRow("backlog") << QStringList{u"--webhook-backlog"_s, u"many"_s};
    QTest::newRow("trouble") << QStringList{u"--webhook-trouble"_s, u"lose,when=1"_s};
    QTest::newRow("aggregation scheme") << QStringList{u"--aggregation-webhook-signature"_s, u"hmac"_s};
    QTest::newRow("foreign") << QStringList{u"--aggregation-foreign"_s, u"101"_s};
}

void tst_DeliverySettings::badOptionsAreRefused()
{
    QFETCH(const QStringList, arguments);
    SandboxUnderUse sandbox(arguments);
    QVERIFY(!sandbox.start());
    const QString said = sandbox.standardError();
    QVERIFY2(!said.trimmed().isEmpty() && said.count(u'\n') == 1, qPrintable(said));
}

void tst_DeliverySettings::aBurstTellsOfRealPayments()
{
    SandboxUnderUse sandbox({u"--cancel-event"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url());
    QCOMPARE(admin(sandbox, u"/sandbox/webhooks/burst"_s, {{u"count"_s, 400}, {u"perSecond"_s, 2000}}).status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(receiver.received().size(), 400, 20'000);
    QCOMPARE(receiver.distinctIds(), 400);
    const QHash<QString, QString> types{{u"CREATED"_s, u"payment.created"_s}, {u"PENDING"_s, u"payment.pending"_s},
        {u"AUTHORIZED"_s, u"payment.authorized"_s}, {u"SCHEDULED"_s, u"payment.scheduled"_s},
        {u"INITIATED"_s, u"payment.initiated"_s}, {u"TERMINAL_FAILED"_s, u"payment.failed"_s},
        {u"CANCELED"_s, u"payment.canceled"_s}};
    for (const ReceivedWebhook &webhook : receiver.received().mid(0, 40)) {
        const QString id = webhook.json()[u"metadata"_s][u"resourceId"_s].toString();
        const auto read = sandbox.get(u"/v1/transactions/"_s + id);
        QCOMPARE(read.status, 200);
        const QString type = webhook.text(u"eventType"_s);
        const QString status = read.text(u"transactionStatus"_s);
        if (status == u"SUCCEEDED"_s)
            QVERIFY2(type == u"payment.succeeded"_s || type == u"payment.disbursed"_s, qPrintable(type));
        else if (status != u"RETRYABLE_FAILED"_s)
            QCOMPARE(type, types.value(status));
    }
}

void tst_DeliverySettings::aBurstNeedsSomebody()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    QCOMPARE(admin(sandbox, u"/sandbox/webhooks/burst"_s, {{u"count"_s, 1}, {u"perSecond"_s, 1}}).status, 400);
}

void tst_DeliverySettings::aBurstWaitsForASlowTarget()
{
    SandboxUnderUse sandbox({u"--webhook-backlog"_s, u"40"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url());
    admin(sandbox, u"/sandbox/webhooks/hold"_s, {});
    admin(sandbox, u"/sandbox/webhooks/burst"_s, {{u"count"_s, 200}, {u"perSecond"_s, 100'000}});
    QTRY_COMPARE(countOf(sandbox, u"waiting"_s), 21);
    admin(sandbox, u"/sandbox/webhooks/release"_s, {});
    QTRY_COMPARE_WITH_TIMEOUT(receiver.received().size(), 200, 20'000);
    QCOMPARE(countOf(sandbox, u"dropped"_s), 0);
    admin(sandbox, u"/sandbox/webhooks/burst"_s, {{u"count"_s, 1'000'000}, {u"perSecond"_s, 1}});
    const auto stopped = sandbox.send("DELETE", u"/sandbox/webhooks/burst"_s, {}, {});
    QCOMPARE(stopped.json[u"burstLeft"_s].toInt(), 0);
}

void tst_DeliverySettings::badBurstsAreRefused()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url());
    for (const QByteArray &body : {QByteArray("{}"), QByteArray("x"), QByteArray(R"({"count":0,"perSecond":1})"),
             QByteArray(R"({"count":1,"perSecond":0})"), QByteArray(R"({"count":1.5,"perSecond":1})")})
        QCOMPARE(sandbox.send("POST", u"/sandbox/webhooks/burst"_s, body, {}).status, 400);
}

QTEST_GUILESS_MAIN(tst_DeliverySettings)
#include "tst_deliverysettings.moc"

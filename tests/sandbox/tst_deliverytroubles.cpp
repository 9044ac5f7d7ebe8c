// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/handhmac.h"
#include "tests/sandbox/sandboxunderuse.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QDateTime>
#include <QJsonArray>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;
using tests::ReceivedWebhook;
using tests::SandboxUnderUse;
using tests::WebhookReceiver;

// What goes wrong with deliveries on request, how they are signed, and bursts of them.
class tst_DeliveryTroubles : public QObject
{
    Q_OBJECT

private slots:
    void everySchemeCanBeChecked_data();
    void everySchemeCanBeChecked();
    void theSchemeCanBeChanged();
    void aSecretCannotBecomeAHeader();
    void aDuplicateIsTheSame();
    void aChangedDuplicateIsNot();
    void aLostOneNeverComes();
    void aLateOneIsOvertaken();
    void aDelayedOneIsWaitedFor();
    void aSignatureIsWrongOnce_data();
    void aSignatureIsWrongOnce();
    void aHalfBodyIsNoJson();
    void rulesCountAndDraw();
    void rulesComeFromTheCommandLine();
    void badRulesAreRefused_data();
    void badRulesAreRefused();
    void badOptionsAreRefused_data();
    void badOptionsAreRefused();
    void aBurstTellsOfRealPayments();
    void aBurstNeedsSomebody();
    void aBurstWaitsForASlowTarget();
    void badBurstsAreRefused();

private:
    void subscribe(SandboxUnderUse &sandbox, const WebhookReceiver &receiver, const QString &type = u"ALL"_s,
        const QJsonArray &details = {}, const QString &secret = u" s3 cret"_s);
    void onlyCreated(SandboxUnderUse &sandbox, const WebhookReceiver &receiver)
    {
        subscribe(sandbox, receiver, u"EVENT"_s, {u"payment.created"_s});
    }
    void pay(SandboxUnderUse &sandbox, const QString &key);
    int count(SandboxUnderUse &sandbox, const QString &state);
    QByteArray stamped(const ReceivedWebhook &webhook);
    tests::SandboxAnswer admin(SandboxUnderUse &sandbox, const QString &path, const QJsonObject &body);
};

void tst_DeliveryTroubles::subscribe(SandboxUnderUse &sandbox, const WebhookReceiver &receiver, const QString &type,
    const QJsonArray &details, const QString &secret)
{
    QJsonObject scope{{u"type"_s, type}};
    if (!details.isEmpty())
        scope[u"details"_s] = details;
    QCOMPARE(sandbox
                 .post(u"/v1/webhook/subscribe"_s,
                     {{u"url"_s, receiver.url()}, {u"secretKey"_s, secret}, {u"subscriptionDetails"_s, scope}},
                     Credential::Core)
                 .status,
        200);
}

void tst_DeliveryTroubles::pay(SandboxUnderUse &sandbox, const QString &key)
{
    QCOMPARE(sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(key)).status, 200);
}

int tst_DeliveryTroubles::count(SandboxUnderUse &sandbox, const QString &state)
{
    const auto answer = sandbox.get(u"/sandbox/webhooks/deliveries?limit=1000&state="_s + state, Credential::None);
    return static_cast<int>(answer.json[u"deliveries"_s].toArray().size());
}

tests::SandboxAnswer tst_DeliveryTroubles::admin(SandboxUnderUse &sandbox, const QString &path, const QJsonObject &body)
{
    return sandbox.post(path, body, Credential::None);
}

QByteArray tst_DeliveryTroubles::stamped(const ReceivedWebhook &webhook)
{
    const QByteArray message = webhook.header("x-signature-uniqueid") + '.' + webhook.header("x-signature-timestamp")
        + '.' + webhook.body;
    return tests::handHmacSha512(" s3 cret", message).toBase64();
}

void tst_DeliveryTroubles::everySchemeCanBeChecked_data()
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

void tst_DeliveryTroubles::everySchemeCanBeChecked()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, header);
    SandboxUnderUse sandbox(arguments);
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    onlyCreated(sandbox, receiver);
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(receiver.received().size(), 1);
    const ReceivedWebhook first = receiver.received().constFirst();
    const QByteArray hex = tests::handHmacSha256(" s3 cret", first.body).toHex();
    const QHash<QString, QByteArray> expected{{u"x-signature"_s, stamped(first)},
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

void tst_DeliveryTroubles::theSchemeCanBeChanged()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    onlyCreated(sandbox, receiver);
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

void tst_DeliveryTroubles::aSecretCannotBecomeAHeader()
{
    SandboxUnderUse sandbox({u"--webhook-signature"_s, u"shared-secret"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver, u"EVENT"_s, {u"payment.created"_s}, u"a\r\nX-Injected: yes"_s);
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(receiver.received().size(), 1);
    QVERIFY(receiver.received()[0].header("X-Injected").isEmpty());
    QCOMPARE(receiver.received()[0].header("X-Webhook-Secret"), QByteArray("a  X-Injected: yes"));
}

void tst_DeliveryTroubles::aDuplicateIsTheSame()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    onlyCreated(sandbox, receiver);
    QCOMPARE(admin(sandbox, u"/sandbox/webhooks/troubles"_s, {{u"kind"_s, u"duplicate"_s}}).status, 200);
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(count(sandbox, u"delivered"_s), 2);
    QCOMPARE(receiver.received().size(), 2);
    QCOMPARE(receiver.received()[0].body, receiver.received()[1].body);
    QCOMPARE(receiver.received()[1].header("x-signature"), stamped(receiver.received()[1]));
}

void tst_DeliveryTroubles::aChangedDuplicateIsNot()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    onlyCreated(sandbox, receiver);
    admin(sandbox, u"/sandbox/webhooks/troubles"_s, {{u"kind"_s, u"changedDuplicate"_s}});
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(receiver.received().size(), 2);
    QCOMPARE(receiver.ids()[0], receiver.ids()[1]);
    QVERIFY(receiver.received()[0].body != receiver.received()[1].body);
    QVERIFY(!receiver.received()[1].json().isEmpty());
    QCOMPARE(receiver.received()[1].header("x-signature"), stamped(receiver.received()[1]));
}

void tst_DeliveryTroubles::aLostOneNeverComes()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver);
    admin(sandbox, u"/sandbox/webhooks/troubles"_s, {{u"kind"_s, u"lose"_s}, {u"event"_s, u"payment.created"_s}});
    pay(sandbox, u"k"_s);
    sandbox.advance(3600);
    QTRY_VERIFY(receiver.eventTypes().contains(u"payment.scheduled"_s));
    QVERIFY(!receiver.eventTypes().contains(u"payment.created"_s));
    QCOMPARE(count(sandbox, u"lost"_s), 1);
}

void tst_DeliveryTroubles::aLateOneIsOvertaken()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver);
    admin(sandbox, u"/sandbox/webhooks/troubles"_s,
        {{u"kind"_s, u"reorder"_s}, {u"event"_s, u"payment.created"_s}, {u"delay"_s, 500}});
    pay(sandbox, u"k"_s);
    sandbox.advance(3600);
    QTRY_VERIFY(receiver.eventTypes().contains(u"payment.created"_s));
    QCOMPARE(receiver.eventTypes().constLast(), u"payment.created"_s);
    QVERIFY(receiver.eventTypes().contains(u"payment.scheduled"_s));
}

void tst_DeliveryTroubles::aDelayedOneIsWaitedFor()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver);
    admin(sandbox, u"/sandbox/webhooks/troubles"_s,
        {{u"kind"_s, u"delay"_s}, {u"event"_s, u"payment.created"_s}, {u"delay"_s, 300}});
    pay(sandbox, u"k"_s);
    sandbox.advance(3600);
    QTRY_VERIFY(count(sandbox, u"waiting"_s) > 1);
    QTRY_VERIFY(receiver.eventTypes().contains(u"payment.scheduled"_s));
    QCOMPARE(receiver.eventTypes().constFirst(), u"payment.created"_s);
}

void tst_DeliveryTroubles::aSignatureIsWrongOnce_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"wrongSignature", "cutSignature", "noSignature", "oldTimestamp"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void tst_DeliveryTroubles::aSignatureIsWrongOnce()
{
    QFETCH(const QString, kind);
    SandboxUnderUse sandbox({u"--webhook-retries"_s, u"0.05"_s, u"--webhook-trouble"_s, kind});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    receiver.answerWith({401});
    onlyCreated(sandbox, receiver);
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(receiver.received().size(), 2);
    const ReceivedWebhook wrong = receiver.received()[0];
    const ReceivedWebhook right = receiver.received()[1];
    QCOMPARE(right.header("x-signature"), stamped(right));
    QCOMPARE(wrong.body, right.body);
    if (kind == u"noSignature"_s) {
        QVERIFY(wrong.header("x-signature").isEmpty() && wrong.header("x-signature-timestamp").isEmpty());
    } else if (kind == u"oldTimestamp"_s) {
        QCOMPARE(wrong.header("x-signature"), stamped(wrong));
        const qint64 age = QDateTime::currentSecsSinceEpoch() - wrong.header("x-signature-timestamp").toLongLong();
        QVERIFY(age >= 3600 && age < 3660);
    } else {
        QVERIFY(wrong.header("x-signature") != stamped(wrong));
        QCOMPARE(wrong.header("x-signature").size() == 88, kind == u"wrongSignature"_s);
    }
}

void tst_DeliveryTroubles::aHalfBodyIsNoJson()
{
    SandboxUnderUse sandbox({u"--webhook-retries"_s, u"0.05"_s, u"--webhook-trouble"_s, u"garbage"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    receiver.answerWith({400});
    onlyCreated(sandbox, receiver);
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(receiver.received().size(), 2);
    QVERIFY(receiver.received()[0].json().isEmpty());
    QVERIFY(!receiver.received()[0].body.isEmpty());
    QCOMPARE(receiver.received()[0].header("x-signature"), stamped(receiver.received()[0]));
    QVERIFY(!receiver.received()[1].json().isEmpty());
}

void tst_DeliveryTroubles::rulesCountAndDraw()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    onlyCreated(sandbox, receiver);
    admin(sandbox, u"/sandbox/webhooks/troubles"_s, {{u"kind"_s, u"lose"_s}, {u"skip"_s, 1}, {u"count"_s, 2}});
    admin(sandbox, u"/sandbox/webhooks/troubles"_s, {{u"kind"_s, u"duplicate"_s}, {u"percent"_s, 0}});
    for (const char *key : {"a", "b", "c", "d"})
        pay(sandbox, QString::fromLatin1(key));
    QTRY_COMPARE(count(sandbox, u"lost"_s), 2);
    QTRY_COMPARE(receiver.received().size(), 2);
    const auto rules = sandbox.get(u"/sandbox/webhooks/troubles"_s, Credential::None).json[u"troubles"_s].toArray();
    QCOMPARE(rules.at(0)[u"matches"_s].toInt(), 4);
    QCOMPARE(rules.at(0)[u"hits"_s].toInt(), 2);
    QCOMPARE(rules.at(1)[u"hits"_s].toInt(), 0);
    sandbox.send("DELETE", u"/sandbox/webhooks/troubles"_s, {}, {});
    pay(sandbox, u"e"_s);
    QTRY_COMPARE(receiver.received().size(), 3);
}

void tst_DeliveryTroubles::rulesComeFromTheCommandLine()
{
    SandboxUnderUse sandbox({u"--webhook-trouble"_s, u"duplicate,event=payment.created,count=1,percent=100,delay=7"_s,
        u"--webhook-trouble"_s, u"reorder"_s});
    QVERIFY(sandbox.start());
    const auto rules = sandbox.get(u"/sandbox/webhooks/troubles"_s, Credential::None).json[u"troubles"_s].toArray();
    QCOMPARE(rules.size(), 2);
    const QJsonObject first{{u"kind"_s, u"duplicate"_s}, {u"event"_s, u"payment.created"_s}, {u"skip"_s, 0},
        {u"count"_s, 1}, {u"percent"_s, 100}, {u"delay"_s, 7}, {u"matches"_s, 0}, {u"hits"_s, 0}};
    QCOMPARE(rules.at(0).toObject(), first);
}

void tst_DeliveryTroubles::badRulesAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no JSON") << QByteArray("lose");
    QTest::newRow("unknown kind") << QByteArray(R"({"kind":"explode"})");
    QTest::newRow("no kind") << QByteArray(R"({"event":"payment"})");
    QTest::newRow("unknown member") << QByteArray(R"({"kind":"lose","when":1})");
    QTest::newRow("too many percent") << QByteArray(R"({"kind":"lose","percent":101})");
    QTest::newRow("negative") << QByteArray(R"({"kind":"lose","skip":-1})");
    QTest::newRow("a text for a number") << QByteArray(R"({"kind":"lose","count":"1"})");
    QTest::newRow("one bad in a list") << QByteArray(R"([{"kind":"lose"},{"kind":""}])");
}

void tst_DeliveryTroubles::badRulesAreRefused()
{
    QFETCH(const QByteArray, body);
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    QCOMPARE(sandbox.send("POST", u"/sandbox/webhooks/troubles"_s, body, {}).status, 400);
    QVERIFY(sandbox.get(u"/sandbox/webhooks/troubles"_s, Credential::None).json[u"troubles"_s].toArray().isEmpty());
}

void tst_DeliveryTroubles::badOptionsAreRefused_data()
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

void tst_DeliveryTroubles::badOptionsAreRefused()
{
    QFETCH(const QStringList, arguments);
    SandboxUnderUse sandbox(arguments);
    QVERIFY(!sandbox.start());
    const QString said = sandbox.standardError();
    QVERIFY2(!said.trimmed().isEmpty() && said.count(u'\n') == 1, qPrintable(said));
}

void tst_DeliveryTroubles::aBurstTellsOfRealPayments()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver);
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

void tst_DeliveryTroubles::aBurstNeedsSomebody()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    QCOMPARE(admin(sandbox, u"/sandbox/webhooks/burst"_s, {{u"count"_s, 1}, {u"perSecond"_s, 1}}).status, 400);
}

void tst_DeliveryTroubles::aBurstWaitsForASlowTarget()
{
    SandboxUnderUse sandbox({u"--webhook-backlog"_s, u"40"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver);
    admin(sandbox, u"/sandbox/webhooks/hold"_s, {});
    admin(sandbox, u"/sandbox/webhooks/burst"_s, {{u"count"_s, 200}, {u"perSecond"_s, 100'000}});
    QTRY_COMPARE(count(sandbox, u"waiting"_s), 21);
    admin(sandbox, u"/sandbox/webhooks/release"_s, {});
    QTRY_COMPARE_WITH_TIMEOUT(receiver.received().size(), 200, 20'000);
    QCOMPARE(count(sandbox, u"dropped"_s), 0);
    admin(sandbox, u"/sandbox/webhooks/burst"_s, {{u"count"_s, 1'000'000}, {u"perSecond"_s, 1}});
    const auto stopped = sandbox.send("DELETE", u"/sandbox/webhooks/burst"_s, {}, {});
    QCOMPARE(stopped.json[u"burstLeft"_s].toInt(), 0);
}

void tst_DeliveryTroubles::badBurstsAreRefused()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver);
    for (const QByteArray &body : {QByteArray("{}"), QByteArray("x"), QByteArray(R"({"count":0,"perSecond":1})"),
             QByteArray(R"({"count":1,"perSecond":0})"), QByteArray(R"({"count":1.5,"perSecond":1})")})
        QCOMPARE(sandbox.send("POST", u"/sandbox/webhooks/burst"_s, body, {}).status, 400);
}

QTEST_GUILESS_MAIN(tst_DeliveryTroubles)
#include "tst_deliverytroubles.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/webhooksunderuse.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::admin;
using tests::countOf;
using tests::Credential;
using tests::pay;
using tests::ReceivedWebhook;
using tests::SandboxUnderUse;
using tests::stampedSignature;
using tests::subscribe;
using tests::WebhookReceiver;

// What goes wrong with deliveries on request.
class tst_DeliveryTroubles : public QObject
{
    Q_OBJECT

private slots:
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
};

void tst_DeliveryTroubles::aDuplicateIsTheSame()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.created"_s});
    QCOMPARE(admin(sandbox, u"/sandbox/webhooks/troubles"_s, {{u"kind"_s, u"duplicate"_s}}).status, 200);
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(countOf(sandbox, u"delivered"_s), 2);
    QCOMPARE(receiver.received().size(), 2);
    QCOMPARE(receiver.received()[0].body, receiver.received()[1].body);
    QCOMPARE(receiver.received()[1].header("x-signature"), stampedSignature(receiver.received()[1]));
}

void tst_DeliveryTroubles::aChangedDuplicateIsNot()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.created"_s});
    admin(sandbox, u"/sandbox/webhooks/troubles"_s, {{u"kind"_s, u"changedDuplicate"_s}});
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(receiver.received().size(), 2);
    QCOMPARE(receiver.ids()[0], receiver.ids()[1]);
    QVERIFY(receiver.received()[0].body != receiver.received()[1].body);
    QVERIFY(!receiver.received()[1].json().isEmpty());
    QCOMPARE(receiver.received()[1].header("x-signature"), stampedSignature(receiver.received()[1]));
}

void tst_DeliveryTroubles::aLostOneNeverComes()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url());
    admin(sandbox, u"/sandbox/webhooks/troubles"_s, {{u"kind"_s, u"lose"_s}, {u"event"_s, u"payment.created"_s}});
    pay(sandbox, u"k"_s);
    sandbox.advance(3600);
    QTRY_VERIFY(receiver.eventTypes().contains(u"payment.scheduled"_s));
    QVERIFY(!receiver.eventTypes().contains(u"payment.created"_s));
    QCOMPARE(countOf(sandbox, u"lost"_s), 1);
}

void tst_DeliveryTroubles::aLateOneIsOvertaken()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url());
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
    subscribe(sandbox, receiver.url());
    admin(sandbox, u"/sandbox/webhooks/troubles"_s,
        {{u"kind"_s, u"delay"_s}, {u"event"_s, u"payment.created"_s}, {u"delay"_s, 300}});
    pay(sandbox, u"k"_s);
    sandbox.advance(3600);
    QTRY_VERIFY(countOf(sandbox, u"waiting"_s) > 1);
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
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.created"_s});
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(receiver.received().size(), 2);
    const ReceivedWebhook wrong = receiver.received()[0];
    const ReceivedWebhook right = receiver.received()[1];
    QCOMPARE(right.header("x-signature"), stampedSignature(right));
    QCOMPARE(wrong.body, right.body);
    if (kind == u"noSignature"_s) {
        QVERIFY(wrong.header("x-signature").isEmpty() && wrong.header("x-signature-timestamp").isEmpty());
    } else if (kind == u"oldTimestamp"_s) {
        QCOMPARE(wrong.header("x-signature"), stampedSignature(wrong));
        const qint64 age = QDateTime::currentSecsSinceEpoch() - wrong.header("x-signature-timestamp").toLongLong();
        QVERIFY(age >= 3600 && age < 3660);
    } else {
        QVERIFY(wrong.header("x-signature") != stampedSignature(wrong));
        QCOMPARE(wrong.header("x-signature").size() == 88, kind == u"wrongSignature"_s);
    }
}

void tst_DeliveryTroubles::aHalfBodyIsNoJson()
{
    SandboxUnderUse sandbox({u"--webhook-retries"_s, u"0.05"_s, u"--webhook-trouble"_s, u"garbage"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    receiver.answerWith({400});
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.created"_s});
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(receiver.received().size(), 2);
    QVERIFY(receiver.received()[0].json().isEmpty());
    QVERIFY(!receiver.received()[0].body.isEmpty());
    QCOMPARE(receiver.received()[0].header("x-signature"), stampedSignature(receiver.received()[0]));
    QVERIFY(!receiver.received()[1].json().isEmpty());
}

void tst_DeliveryTroubles::rulesCountAndDraw()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.created"_s});
    admin(sandbox, u"/sandbox/webhooks/troubles"_s, {{u"kind"_s, u"lose"_s}, {u"skip"_s, 1}, {u"count"_s, 2}});
    admin(sandbox, u"/sandbox/webhooks/troubles"_s, {{u"kind"_s, u"duplicate"_s}, {u"percent"_s, 0}});
    for (const char *key : {"a", "b", "c", "d"})
        pay(sandbox, QString::fromLatin1(key));
    QTRY_COMPARE(countOf(sandbox, u"lost"_s), 2);
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

QTEST_GUILESS_MAIN(tst_DeliveryTroubles)
#include "tst_deliverytroubles.moc"

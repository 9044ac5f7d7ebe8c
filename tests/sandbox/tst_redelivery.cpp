// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/webhooksunderuse.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;
using tests::deliveries;
using tests::pay;
using tests::SandboxUnderUse;
using tests::subscribe;
using tests::WebhookReceiver;

// What happens to deliveries that do not get through at once, and what outlives the program.
class tst_Redelivery : public QObject
{
    Q_OBJECT

private slots:
    void anEndedSubscriptionGetsNothing();
    void aFailureIsTriedAgain_data();
    void aFailureIsTriedAgain();
    void theLastAttemptIsTheLast();
    void anOlderEventIsNotOvertaken();
    void aDeadTargetHoldsUpNobodyElse();
    void redirectsAreNotFollowed();
    void aClosedConnectionIsNoFailure();
    void selfSignedCertificatesNeedAWord();
    void aTargetThatIsDownFillsNoMemory();
    void heldDeliveriesWait();
    void aDeliveryCanBeSentAgain();
    void whatIsNotDeliveredOutlivesAKill();
    void aResetForgetsThem();
    void anotherStateFileKnowsNothingOfThem();
};

void tst_Redelivery::anEndedSubscriptionGetsNothing()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    const QString key = subscribe(sandbox, receiver.url());
    QCOMPARE(sandbox.post(u"/sandbox/webhooks/hold"_s, {}, Credential::None).status, 200);
    pay(sandbox, u"k"_s);
    QTRY_VERIFY(deliveries(sandbox, u"?state=waiting"_s).size() > 1);
    const QJsonObject all{{u"type"_s, u"ALL"_s}};
    const auto ended = sandbox.send("PUT", u"/v1/webhook/unsubscribe"_s,
        QJsonDocument(QJsonObject{{u"subscriptionId"_s, key}, {u"subscriptionDetails"_s, all}}).toJson(),
        sandbox.authorization(Credential::Core));
    QCOMPARE(ended.status, 200);
    sandbox.post(u"/sandbox/webhooks/release"_s, {}, Credential::None);
    QTRY_VERIFY(deliveries(sandbox, u"?state=waiting"_s).isEmpty());
    QVERIFY(!deliveries(sandbox, u"?state=dropped"_s).isEmpty());
    QVERIFY(receiver.received().isEmpty());
}

void tst_Redelivery::aFailureIsTriedAgain_data()
{
    QTest::addColumn<QList<int>>("answers");
    QTest::newRow("errors") << QList<int>{500, 503};
    QTest::newRow("refusals") << QList<int>{400, 401};
    QTest::newRow("no answer") << QList<int>{0, 500};
    QTest::newRow("redirects") << QList<int>{302, 307};
    QTest::newRow("a mere number") << QList<int>{304, 204};
}

void tst_Redelivery::aFailureIsTriedAgain()
{
    QFETCH(const QList<int>, answers);
    SandboxUnderUse sandbox({u"--webhook-retries"_s, u"0.05,0.1,0.2"_s, u"--webhook-timeout"_s, u"0.3"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    receiver.answerWith(answers);
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.created"_s});
    pay(sandbox, u"k"_s);
    const int attempts = answers.constLast() == 204 ? 2 : 3;
    QTRY_COMPARE(deliveries(sandbox, u"?state=delivered"_s).size(), 1);
    QCOMPARE(receiver.received().size(), attempts);
    const QJsonObject delivery = deliveries(sandbox).at(0).toObject();
    QCOMPARE(delivery[u"attempts"_s].toInt(), attempts);
    QCOMPARE(delivery[u"lastStatus"_s].toInt(), attempts == 2 ? 204 : 200);
    for (const auto &webhook : receiver.received()) {
        QCOMPARE(webhook.body, receiver.received()[0].body);
        QCOMPARE(webhook.header("x-signature-uniqueid"), receiver.received()[0].header("x-signature-uniqueid"));
    }
}

void tst_Redelivery::theLastAttemptIsTheLast()
{
    SandboxUnderUse sandbox({u"--webhook-retries"_s, u"0.01,0.01"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    receiver.answerWith({500, 500, 500});
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.created"_s});
    pay(sandbox, u"first"_s);
    QTRY_COMPARE(deliveries(sandbox, u"?state=givenUp"_s).size(), 1);
    pay(sandbox, u"second"_s);
    QTRY_COMPARE(deliveries(sandbox, u"?state=delivered"_s).size(), 1);
    QCOMPARE(receiver.received().size(), 4);
    const QJsonObject target = sandbox.get(u"/sandbox/webhooks"_s, Credential::None)
                                   .json[u"targets"_s]
                                   .toArray()
                                   .at(0)
                                   .toObject();
    QCOMPARE(target[u"failuresInARow"_s].toInt(), 0);
    QCOMPARE(target[u"lastAttemptStatus"_s].toInt(), 200);
}

void tst_Redelivery::anOlderEventIsNotOvertaken()
{
    SandboxUnderUse sandbox({u"--webhook-retries"_s, u"0.1,0.1"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    receiver.answerWith({500, 500});
    subscribe(sandbox, receiver.url());
    pay(sandbox, u"k"_s);
    sandbox.advance(3600);
    QTRY_VERIFY(receiver.eventTypes().contains(u"payment.scheduled"_s));
    QCOMPARE(receiver.eventTypes().mid(0, 3), QStringList(3, u"payment.created"_s));
    QCOMPARE(receiver.eventTypes().count(u"payment.created"_s), 3);
}

void tst_Redelivery::aDeadTargetHoldsUpNobodyElse()
{
    SandboxUnderUse sandbox({u"--webhook-retries"_s, u"3600"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver dead;
    WebhookReceiver alive;
    dead.answerWith(QList<int>(100, 500));
    subscribe(sandbox, dead.url());
    subscribe(sandbox, alive.url());
    pay(sandbox, u"k"_s);
    sandbox.advance(3600);
    QTRY_VERIFY(alive.eventTypes().contains(u"payment.scheduled"_s));
    QCOMPARE(dead.received().size(), 1);
}

void tst_Redelivery::redirectsAreNotFollowed()
{
    SandboxUnderUse sandbox({u"--webhook-retries"_s, u"none"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver elsewhere;
    WebhookReceiver receiver;
    receiver.answerWith({307});
    receiver.setExtraHeaders("Location: " + elsewhere.url().toUtf8() + "\r\n");
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.created"_s});
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(deliveries(sandbox, u"?state=givenUp"_s).size(), 1);
    QCOMPARE(deliveries(sandbox).at(0)[u"lastStatus"_s].toInt(), 307);
    QVERIFY(elsewhere.received().isEmpty());
}

void tst_Redelivery::aClosedConnectionIsNoFailure()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    receiver.closeAfterAnswers();
    subscribe(sandbox, receiver.url());
    pay(sandbox, u"k"_s);
    sandbox.advance(10 * 86'400);
    QTRY_VERIFY(receiver.eventTypes().contains(u"payment.disbursed"_s));
    QCOMPARE(receiver.distinctIds(), receiver.received().size());
    for (const QJsonValue delivery : deliveries(sandbox))
        QCOMPARE(delivery[u"attempts"_s].toInt(), 1);
    QCOMPARE(receiver.connections(), receiver.received().size());
}

void tst_Redelivery::selfSignedCertificatesNeedAWord()
{
    WebhookReceiver receiver(WebhookReceiver::Transport::SelfSignedHttps);
    SandboxUnderUse strict({u"--webhook-retries"_s, u"none"_s});
    QVERIFY(strict.start());
    subscribe(strict, receiver.url(), u"EVENT"_s, {u"payment.created"_s});
    pay(strict, u"k"_s);
    QTRY_COMPARE(deliveries(strict, u"?state=givenUp"_s).size(), 1);
    const QJsonObject refused = deliveries(strict).at(0).toObject();
    QCOMPARE(refused[u"lastStatus"_s].toInt(), 0);
    QVERIFY2(
        refused[u"lastError"_s].toString().contains(u"self-signed"_s), qPrintable(refused[u"lastError"_s].toString()));
    QVERIFY(receiver.received().isEmpty());
    SandboxUnderUse trusting({u"--webhook-insecure"_s});
    QVERIFY(trusting.start());
    subscribe(trusting, receiver.url(), u"EVENT"_s, {u"payment.created"_s});
    pay(trusting, u"k"_s);
    QTRY_COMPARE(receiver.eventTypes(), QStringList(u"payment.created"_s));
}

void tst_Redelivery::aTargetThatIsDownFillsNoMemory()
{
    SandboxUnderUse sandbox({u"--webhook-backlog"_s, u"5"_s, u"--webhook-retries"_s, u"0.2,0.2,0.2"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url());
    sandbox.post(u"/sandbox/webhooks/hold"_s, {}, Credential::None);
    for (const char *key : {"a", "b", "c", "d"})
        pay(sandbox, QString::fromLatin1(key));
    sandbox.advance(10 * 86'400);
    QTRY_COMPARE(deliveries(sandbox, u"?state=waiting"_s).size(), 5);
    QVERIFY(deliveries(sandbox, u"?state=dropped"_s).size() > 5);
    sandbox.post(u"/sandbox/webhooks/release"_s, {}, Credential::None);
    QTRY_COMPARE(receiver.received().size(), 5);
    QCOMPARE(receiver.eventTypes().constLast(), u"payment.disbursed"_s);
}

void tst_Redelivery::heldDeliveriesWait()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url());
    QCOMPARE(sandbox.post(u"/sandbox/webhooks/hold"_s, {}, Credential::None).json[u"held"_s].toBool(), true);
    pay(sandbox, u"k"_s);
    QTRY_VERIFY(deliveries(sandbox, u"?state=waiting"_s).size() > 1);
    QVERIFY(receiver.received().isEmpty());
    const auto waiting = deliveries(sandbox).size();
    QCOMPARE(sandbox.post(u"/sandbox/webhooks/release"_s, {}, Credential::None).json[u"held"_s].toBool(), false);
    QTRY_COMPARE(receiver.received().size(), waiting);
}

void tst_Redelivery::aDeliveryCanBeSentAgain()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.created"_s});
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(deliveries(sandbox, u"?state=delivered"_s).size(), 1);
    const int number = deliveries(sandbox).at(0)[u"number"_s].toInt();
    const QString path = u"/sandbox/webhooks/deliveries/%1"_s.arg(number);
    QCOMPARE(sandbox.get(path, Credential::None).text(u"body"_s).toUtf8(), receiver.received()[0].body);
    const auto resent = sandbox.post(path + u"/resend"_s, {}, Credential::None);
    QVERIFY(resent.json[u"number"_s].toInt() > number);
    QTRY_COMPARE(receiver.received().size(), 2);
    QCOMPARE(receiver.received()[1].body, receiver.received()[0].body);
    for (const char *unknown : {"0", "77", "x"}) {
        const QString missing = u"/sandbox/webhooks/deliveries/"_s + QLatin1String(unknown);
        QCOMPARE(sandbox.get(missing, Credential::None).status, 404);
        QCOMPARE(sandbox.post(missing + u"/resend"_s, {}, Credential::None).status, 404);
    }
}

void tst_Redelivery::whatIsNotDeliveredOutlivesAKill()
{
    QTemporaryDir directory;
    SandboxUnderUse sandbox({u"--state"_s, directory.filePath(u"state"_s)});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url());
    pay(sandbox, u"a"_s);
    QTRY_VERIFY(receiver.received().size() >= 2);
    QTRY_VERIFY(
        deliveries(sandbox, u"?state=waiting"_s).isEmpty() && deliveries(sandbox, u"?state=sending"_s).isEmpty());
    const auto before = receiver.received().size();
    sandbox.post(u"/sandbox/webhooks/hold"_s, {}, Credential::None);
    sandbox.advance(7 * 86'400);
    QTRY_VERIFY(deliveries(sandbox, u"?state=waiting"_s).size() >= 2);
    QStringList waiting;
    for (const QJsonValue delivery : deliveries(sandbox, u"?state=waiting"_s))
        waiting.append(delivery[u"id"_s].toString());
    QCOMPARE(receiver.received().size(), before);
    sandbox.kill();
    QVERIFY(sandbox.start());
    QTRY_COMPARE(receiver.received().size(), before + waiting.size());
    QCOMPARE(receiver.ids().mid(before), waiting);
    sandbox.advance(1);
    sandbox.kill();
    QVERIFY(sandbox.start());
    pay(sandbox, u"b"_s);
    QTRY_VERIFY(receiver.received().size() > before + waiting.size());
    QCOMPARE(receiver.distinctIds(), receiver.received().size());
}

void tst_Redelivery::aResetForgetsThem()
{
    QTemporaryDir directory;
    SandboxUnderUse sandbox({u"--state"_s, directory.filePath(u"state"_s)});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url());
    sandbox.post(u"/sandbox/webhooks/hold"_s, {}, Credential::None);
    pay(sandbox, u"k"_s);
    QTRY_VERIFY(!deliveries(sandbox).isEmpty());
    const QString id = deliveries(sandbox).at(0)[u"id"_s].toString();
    QCOMPARE(sandbox.post(u"/sandbox/reset"_s, {}, Credential::None).status, 200);
    QVERIFY(deliveries(sandbox).isEmpty());
    sandbox.kill();
    QVERIFY(sandbox.start());
    QVERIFY(deliveries(sandbox).isEmpty());
    subscribe(sandbox, receiver.url());
    pay(sandbox, u"k"_s);
    QTRY_VERIFY(!receiver.received().isEmpty());
    QVERIFY(!receiver.ids().contains(id));
}

void tst_Redelivery::anotherStateFileKnowsNothingOfThem()
{
    QTemporaryDir directory;
    const QString state = directory.filePath(u"state"_s);
    SandboxUnderUse sandbox({u"--state"_s, state});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url());
    sandbox.post(u"/sandbox/webhooks/hold"_s, {}, Credential::None);
    pay(sandbox, u"k"_s);
    QTRY_VERIFY(!deliveries(sandbox).isEmpty());
    sandbox.kill();
    QVERIFY(QFile::remove(state));
    QVERIFY(sandbox.start());
    QVERIFY(deliveries(sandbox).isEmpty());
    QVERIFY(receiver.received().isEmpty());
}

QTEST_GUILESS_MAIN(tst_Redelivery)
#include "tst_redelivery.moc"

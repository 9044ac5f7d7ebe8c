// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;
using tests::SandboxUnderUse;
using tests::WebhookReceiver;

// What is posted to whom, and what happens when it does not get through (reference 1.14).
class tst_Deliveries : public QObject
{
    Q_OBJECT

private slots:
    void aPaymentEventHasEveryDocumentedMember();
    void aCreditIsToldApart();
    void aReturnedPaymentCarriesItsCode();
    void onlyBankReturnsHaveACode();
    void theNewerTableIsFlat();
    void theWholeLifeOfAPaymentArrives();
    void aCancelArrives();
    void aRevokedConsentArrives();
    void aSubscriptionGetsWhatItAskedFor_data();
    void aSubscriptionGetsWhatItAskedFor();
    void twoSubscriptionsGetTheSameEvent();
    void anEndedSubscriptionGetsNothing();
    void aFailureIsTriedAgain_data();
    void aFailureIsTriedAgain();
    void theLastAttemptIsTheLast();
    void anOlderEventIsNotOvertaken();
    void aDeadTargetHoldsUpNobodyElse();
    void redirectsAreNotFollowed();
    void selfSignedCertificatesNeedAWord();
    void aTargetThatIsDownFillsNoMemory();
    void heldDeliveriesWait();
    void aDeliveryCanBeSentAgain();
    void whatIsNotDeliveredOutlivesAKill();
    void aResetForgetsThem();
    void anotherStateFileKnowsNothingOfThem();

private:
    QString subscribe(SandboxUnderUse &sandbox, const QString &url, const QString &type = u"ALL"_s,
        const QJsonArray &details = {}, const QString &secret = u"s3 cret"_s);
    QString pay(SandboxUnderUse &sandbox, const QString &key);
    QJsonArray deliveries(SandboxUnderUse &sandbox, const QString &query = {});
};

QString tst_Deliveries::subscribe(
    SandboxUnderUse &sandbox, const QString &url, const QString &type, const QJsonArray &details, const QString &secret)
{
    QJsonObject scope{{u"type"_s, type}};
    if (!details.isEmpty())
        scope[u"details"_s] = details;
    return sandbox
        .post(u"/v1/webhook/subscribe"_s,
            {{u"url"_s, url}, {u"secretKey"_s, secret}, {u"subscriptionDetails"_s, scope}}, Credential::Core)
        .text(u"subscriptionKey"_s);
}

QString tst_Deliveries::pay(SandboxUnderUse &sandbox, const QString &key)
{
    return sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(key)).text(u"paymentId"_s);
}

QJsonArray tst_Deliveries::deliveries(SandboxUnderUse &sandbox, const QString &query)
{
    return sandbox.get(u"/sandbox/webhooks/deliveries"_s + query, Credential::None).json[u"deliveries"_s].toArray();
}

void tst_Deliveries::aPaymentEventHasEveryDocumentedMember()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    QVERIFY(!subscribe(sandbox, receiver.url(u"/hooks/link?shop=7"_s)).isEmpty());
    const QString payment = pay(sandbox, u"k"_s);
    QTRY_VERIFY(!receiver.received().isEmpty());
    const auto first = receiver.received().constFirst();
    QCOMPARE(first.path, QByteArray("/hooks/link?shop=7"));
    QCOMPARE(first.header("Content-Type"), QByteArray("application/json"));
    QCOMPARE(first.header("Host"), "127.0.0.1:" + QByteArray::number(receiver.port()));
    const QJsonObject body = first.json();
    QCOMPARE(body.keys(), QStringList({u"creationTime"_s, u"eventType"_s, u"id"_s, u"metadata"_s}));
    QCOMPARE(body[u"eventType"_s].toString(), u"payment.created"_s);
    static const QRegularExpression uuid(
        u"^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"_s);
    QVERIFY2(uuid.match(body[u"id"_s].toString()).hasMatch(), first.body.constData());
    QCOMPARE(body[u"creationTime"_s].toString(), u"2026-03-02T17:00:00.000+0200"_s);
    const QJsonObject expected{{u"clientReferenceId"_s, u"ORD-1"_s}, {u"resourceId"_s, payment},
        {u"resourceType"_s, u"payment"_s}, {u"paymentType"_s, u"Debit"_s}};
    QCOMPARE(body[u"metadata"_s].toObject(), expected);
}

void tst_Deliveries::aCreditIsToldApart()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url());
    QJsonObject body = sandbox.creditBody(u"k"_s);
    body.remove(u"clientReferenceId"_s);
    QCOMPARE(sandbox.post(u"/v1/payments"_s, body).status, 200);
    QTRY_VERIFY(!receiver.received().isEmpty());
    const QJsonObject metadata = receiver.received().constFirst().json()[u"metadata"_s].toObject();
    QCOMPARE(metadata[u"paymentType"_s].toString(), u"Credit"_s);
    QVERIFY(!metadata.contains(u"clientReferenceId"_s));
}

void tst_Deliveries::aReturnedPaymentCarriesItsCode()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.failed"_s});
    QJsonObject body = sandbox.paymentBody(u"k"_s);
    body[u"source"_s] = QJsonObject{{u"id"_s, sandbox.testUser(u"profile_08"_s)}, {u"type"_s, u"CUSTOMER"_s}};
    const QString payment = sandbox.post(u"/v1/payments"_s, body).text(u"paymentId"_s);
    QTRY_COMPARE(receiver.eventTypes(), QStringList(u"payment.failed"_s));
    const QJsonObject metadata = receiver.received().constFirst().json()[u"metadata"_s].toObject();
    QCOMPARE(metadata[u"resourceId"_s].toString(), payment);
    QCOMPARE(metadata[u"achReturnCode"_s].toString(), u"R01"_s);
}

void tst_Deliveries::onlyBankReturnsHaveACode()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url(), u"EVENT"_s, {u"payment.failed"_s});
    QJsonObject body = sandbox.paymentBody(u"k"_s);
    body[u"amount"_s] = tests::usd(9000.01);
    QCOMPARE(sandbox.post(u"/v1/payments"_s, body).text(u"paymentStatus"_s), u"TERMINAL_FAILED"_s);
    QTRY_COMPARE(receiver.received().size(), 1);
    QVERIFY(!receiver.received().constFirst().json()[u"metadata"_s].toObject().contains(u"achReturnCode"_s));
}

void tst_Deliveries::theNewerTableIsFlat()
{
    SandboxUnderUse sandbox({u"--webhook-flat"_s});
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url());
    const QString payment = pay(sandbox, u"k"_s);
    QTRY_VERIFY(!receiver.received().isEmpty());
    const auto first = receiver.received().constFirst();
    QVERIFY(!first.json().contains(u"metadata"_s));
    QCOMPARE(first.text(u"resourceId"_s), payment);
    QCOMPARE(first.text(u"paymentType"_s), u"Debit"_s);
}

void tst_Deliveries::theWholeLifeOfAPaymentArrives()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url());
    pay(sandbox, u"k"_s);
    sandbox.advance(10 * 86'400);
    QTRY_VERIFY(receiver.eventTypes().contains(u"payment.disbursed"_s));
    QStringList told;
    for (const QJsonValue event : sandbox.get(u"/sandbox/events"_s, Credential::None).json[u"events"_s].toArray())
        told.append(event[u"eventType"_s].toString());
    QCOMPARE(receiver.eventTypes(), told);
    QCOMPARE(told.constFirst(), u"payment.created"_s);
    QCOMPARE(told.mid(told.size() - 4),
        QStringList({u"payment.scheduled"_s, u"payment.initiated"_s, u"payment.succeeded"_s, u"payment.disbursed"_s}));
    QCOMPARE(receiver.distinctIds(), told.size());
}

void tst_Deliveries::aCancelArrives()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    subscribe(sandbox, receiver.url(), u"CATEGORY"_s, {u"PAYMENT"_s});
    const QString payment = pay(sandbox, u"k"_s);
    sandbox.send("POST", u"/v1/payments/%1/cancel"_s.arg(payment), {}, sandbox.authorization(Credential::Payment));
    QTRY_VERIFY(!receiver.received().isEmpty() && receiver.eventTypes().constLast() == u"payment.canceled"_s);
}

void tst_Deliveries::aRevokedConsentArrives()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver accounts;
    WebhookReceiver customers;
    WebhookReceiver payments;
    subscribe(sandbox, accounts.url(), u"CATEGORY"_s, {u"ACCOUNT"_s});
    subscribe(sandbox, customers.url(), u"CATEGORY"_s, {u"CUSTOMER"_s});
    subscribe(sandbox, payments.url(), u"CATEGORY"_s, {u"PAYMENT"_s});
    const QString customer = sandbox.testUser(u"profile_522"_s);
    const QString path = u"/sandbox/customers/%1/revoke"_s.arg(customer);
    QCOMPARE(sandbox.post(path, {}, Credential::None).status, 200);
    QTRY_COMPARE(accounts.eventTypes(), QStringList(u"customer.account.deactivated"_s));
    QTRY_COMPARE(customers.eventTypes(), QStringList(u"customer.deactivated"_s));
    QVERIFY(payments.received().isEmpty());
    for (const auto &webhook : accounts.received() + customers.received()) {
        const QJsonObject expected{{u"resourceId"_s, customer}, {u"resourceType"_s, u"customer"_s}};
        QCOMPARE(webhook.json()[u"metadata"_s].toObject(), expected);
    }
    const auto read = sandbox.get(u"/v1/customers/"_s + customer);
    QCOMPARE(read.text(u"customerStatus"_s), u"INACTIVE"_s);
    QCOMPARE(read.json[u"accountDetails"_s][u"accountStatus"_s].toString(), u"INACTIVE"_s);
    for (const QJsonValue account :
        sandbox.get(u"/v1/customers/%1/accounts"_s.arg(customer)).json[u"accountDetails"_s].toArray())
        QCOMPARE(account[u"accountStatus"_s].toString(), u"INACTIVE"_s);
    QCOMPARE(sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"k"_s)).errorCode(), u"CUSTOMER_NOT_ACTIVE"_s);
    QCOMPARE(sandbox.post(path, {}, Credential::None).status, 400);
    QCOMPARE(sandbox.post(u"/sandbox/customers/nobody/revoke"_s, {}, Credential::None).status, 404);
}

void tst_Deliveries::aSubscriptionGetsWhatItAskedFor_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QStringList>("details");
    QTest::addColumn<bool>("created");
    QTest::addColumn<bool>("scheduled");
    const QString event = u"EVENT"_s;
    QTest::newRow("all") << u"ALL"_s << QStringList() << true << true;
    QTest::newRow("payments") << u"CATEGORY"_s << QStringList{u"PAYMENT"_s} << true << true;
    QTest::newRow("customers") << u"CATEGORY"_s << QStringList{u"CUSTOMER"_s, u"ACCOUNT"_s} << false << false;
    QTest::newRow("one event") << event << QStringList{u"payment.scheduled"_s} << false << true;
    QTest::newRow("two events") << event << QStringList{u"payment.created"_s, u"customer.created"_s} << true << false;
}

void tst_Deliveries::aSubscriptionGetsWhatItAskedFor()
{
    QFETCH(const QString, type);
    QFETCH(const QStringList, details);
    QFETCH(const bool, created);
    QFETCH(const bool, scheduled);
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver asking;
    WebhookReceiver everything;
    subscribe(sandbox, asking.url(), type, QJsonArray::fromStringList(details));
    subscribe(sandbox, everything.url());
    pay(sandbox, u"k"_s);
    sandbox.advance(3600);
    QTRY_VERIFY(everything.eventTypes().contains(u"payment.scheduled"_s));
    QTRY_VERIFY(
        deliveries(sandbox, u"?state=waiting"_s).isEmpty() && deliveries(sandbox, u"?state=sending"_s).isEmpty());
    QCOMPARE(asking.eventTypes().contains(u"payment.created"_s), created);
    QCOMPARE(asking.eventTypes().contains(u"payment.scheduled"_s), scheduled);
}

void tst_Deliveries::twoSubscriptionsGetTheSameEvent()
{
    SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    WebhookReceiver one;
    WebhookReceiver two;
    subscribe(sandbox, one.url(), u"EVENT"_s, {u"payment.created"_s}, u"first"_s);
    subscribe(sandbox, two.url(), u"EVENT"_s, {u"payment.created"_s}, u"second"_s);
    pay(sandbox, u"k"_s);
    QTRY_COMPARE(one.received().size(), 1);
    QTRY_COMPARE(two.received().size(), 1);
    QCOMPARE(one.ids(), two.ids());
    QVERIFY(one.received()[0].header("x-signature") != two.received()[0].header("x-signature"));
}

void tst_Deliveries::anEndedSubscriptionGetsNothing()
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

void tst_Deliveries::aFailureIsTriedAgain_data()
{
    QTest::addColumn<QList<int>>("answers");
    QTest::newRow("errors") << QList<int>{500, 503};
    QTest::newRow("refusals") << QList<int>{400, 401};
    QTest::newRow("no answer") << QList<int>{0, 500};
    QTest::newRow("redirects") << QList<int>{302, 307};
    QTest::newRow("a mere number") << QList<int>{304, 204};
}

void tst_Deliveries::aFailureIsTriedAgain()
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

void tst_Deliveries::theLastAttemptIsTheLast()
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

void tst_Deliveries::anOlderEventIsNotOvertaken()
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

void tst_Deliveries::aDeadTargetHoldsUpNobodyElse()
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

void tst_Deliveries::redirectsAreNotFollowed()
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

void tst_Deliveries::selfSignedCertificatesNeedAWord()
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

void tst_Deliveries::aTargetThatIsDownFillsNoMemory()
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

void tst_Deliveries::heldDeliveriesWait()
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

void tst_Deliveries::aDeliveryCanBeSentAgain()
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

void tst_Deliveries::whatIsNotDeliveredOutlivesAKill()
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
    sandbox.advance(3600);
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

void tst_Deliveries::aResetForgetsThem()
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

void tst_Deliveries::anotherStateFileKnowsNothingOfThem()
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

QTEST_GUILESS_MAIN(tst_Deliveries)
#include "tst_deliveries.moc"

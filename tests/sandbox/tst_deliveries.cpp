// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/webhooksunderuse.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;
using tests::deliveries;
using tests::pay;
using tests::SandboxUnderUse;
using tests::subscribe;
using tests::WebhookReceiver;

// What is posted to whom when something happens (reference 1.14.3 and 1.14.4).
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
    void aCancelArrivesOnRequest_data();
    void aCancelArrivesOnRequest();
    void aRevokedConsentArrives();
    void aSubscriptionGetsWhatItAskedFor_data();
    void aSubscriptionGetsWhatItAskedFor();
    void twoSubscriptionsGetTheSameEvent();
};

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

void tst_Deliveries::aCancelArrivesOnRequest_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QStringList>("told");
    QTest::newRow("by itself") << QStringList() << QStringList();
    QTest::newRow("on request") << QStringList(u"--cancel-event"_s)
                                << QStringList({u"payment.canceled"_s, u"payment.canceled"_s});
}

void tst_Deliveries::aCancelArrivesOnRequest()
{
    QFETCH(const QStringList, options);
    QFETCH(const QStringList, told);
    SandboxUnderUse sandbox(options);
    QVERIFY(sandbox.start());
    WebhookReceiver receiver;
    const QString payment = pay(sandbox, u"k"_s);
    const QString old = sandbox.transactionWith(u"SCHEDULED"_s).text(u"transactionId"_s);
    const auto events = [&sandbox] {
        return sandbox.get(u"/sandbox/events"_s, Credential::None).json[u"events"_s].toArray();
    };
    QTRY_VERIFY(!events().isEmpty());
    subscribe(sandbox, receiver.url(), u"CATEGORY"_s, {u"PAYMENT"_s});
    for (const QString &id : {payment, old}) {
        const QString path = u"/v1/payments/%1/cancel"_s.arg(id);
        QCOMPARE(sandbox.send("POST", path, {}, sandbox.authorization(Credential::Payment)).status, 200);
    }
    QTRY_COMPARE(receiver.eventTypes(), told);
    const QString next = pay(sandbox, u"l"_s);
    QTRY_VERIFY(receiver.received().size() > told.size());
    QCOMPARE(receiver.eventTypes()[told.size()], u"payment.created"_s);
    QCOMPARE(receiver.received()[told.size()].json()[u"metadata"_s][u"resourceId"_s].toString(), next);
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

QTEST_GUILESS_MAIN(tst_Deliveries)
#include "tst_deliveries.moc"

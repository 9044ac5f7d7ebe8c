// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;

// How money moves: keys that are never used twice, test users, refunds that cannot exceed, cancels.
class tst_Payments : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_sandbox.start()); }
    void aPaymentCanBeReadBack();
    void aRequestKeyIsGoodForOneRequest_data();
    void aRequestKeyIsGoodForOneRequest();
    void aRefusedRequestKeepsItsKeyFree();
    void testUsersBehaveAsDocumented_data();
    void testUsersBehaveAsDocumented();
    void otherCustomersHaveNoLimit();
    void unknownCustomersAreRefused();
    void refundsStayWithinThePayment();
    void onlySettledDebitsAreRefunded_data();
    void onlySettledDebitsAreRefunded();
    void aReversedPaymentIsTiedToNothing();
    void aPaymentIsCanceledUntilItIsInitiated();
    void aReferenceThatWasNotSentIsNotAnsweredWith();
    void aCanceledRefundGivesItsAmountBack();
    void paymentIdsCanBeNumbers_data();
    void paymentIdsCanBeNumbers();

private:
    QJsonObject refundBody(const QString &payment, double amount);

    tests::SandboxUnderUse m_sandbox;
    int m_serial = 0;
};

QJsonObject tst_Payments::refundBody(const QString &payment, double amount)
{
    return {{u"paymentId"_s, payment}, {u"amount"_s, tests::usd(amount)},
        {u"requestKey"_s, u"refund-%1"_s.arg(++m_serial)}};
}

void tst_Payments::aPaymentCanBeReadBack()
{
    const auto made = m_sandbox.post(u"/v1/payments"_s, m_sandbox.paymentBody(u"read-back"_s));
    QCOMPARE(made.status, 200);
    QVERIFY(QStringList({u"PENDING"_s, u"AUTHORIZED"_s}).contains(made.text(u"paymentStatus"_s)));
    QCOMPARE(made.text(u"clientReferenceId"_s), u"ORD-1"_s);
    const auto read = m_sandbox.get(u"/v1/transactions/"_s + made.text(u"paymentId"_s));
    QCOMPARE(read.text(u"transactionStatus"_s), made.text(u"paymentStatus"_s));
    QCOMPARE(read.text(u"transactionType"_s), u"DEBIT"_s);
    QCOMPARE(read.text(u"customerId"_s), m_sandbox.testUser(u"profile_522"_s));
    QCOMPARE(read.text(u"descriptor"_s), u"Shop 1"_s);
    QCOMPARE(read.text(u"creationDate"_s), u"2026-03-02T15:00:00.000Z"_s);
    QCOMPARE(read.json[u"accountDetails"_s][u"financialInstitutionName"_s].toString(), u"FinBank Profiles - A"_s);
}

void tst_Payments::aRequestKeyIsGoodForOneRequest_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    const QStringList kinds{u"payment"_s, u"credit"_s, u"refund"_s, u"session"_s};
    for (const QString &first : kinds) {
        for (const QString &second : kinds)
            QTest::newRow(qPrintable(first + u" then "_s + second)) << first << second;
    }
}

void tst_Payments::aRequestKeyIsGoodForOneRequest()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    const QString key = u"once-%1"_s.arg(++m_serial);
    const auto call = [&](const QString &kind) {
        if (kind == u"payment")
            return m_sandbox.post(u"/v1/payments"_s, m_sandbox.paymentBody(key));
        if (kind == u"credit")
            return m_sandbox.post(u"/v1/payments"_s, m_sandbox.creditBody(key));
        if (kind == u"refund") {
            QJsonObject body = refundBody(m_sandbox.transactionWith(u"SUCCEEDED"_s).text(u"transactionId"_s), 0.01);
            body[u"requestKey"_s] = key;
            return m_sandbox.post(u"/v1/refunds"_s, body);
        }
        const QJsonObject details{{u"amount"_s, tests::usd(1)}, {u"requestKey"_s, key}};
        return m_sandbox.post(u"/v2/sessions"_s,
            {{u"firstName"_s, u"A"_s}, {u"lastName"_s, u"B"_s}, {u"email"_s, u"a@example.com"_s},
                {u"redirectUrl"_s, u"https://example.com/"_s}, {u"experienceId"_s, u"LINK_MANAGED_PAYMENT"_s},
                {u"paymentDetails"_s, details}},
            Credential::Basic);
    };
    QVERIFY(call(first).status < 300);
    const QJsonObject before = m_sandbox.get(u"/sandbox/payments"_s, Credential::None).json;
    for (int repeat = 1; repeat <= 2; ++repeat) {
        const auto answer = call(second);
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.errorCode(), u"DUPLICATE_REQUEST_KEY"_s);
        QVERIFY(answer.errorMessage().contains(key));
        const QJsonObject use = m_sandbox.status()[u"requestKeys"_s][key].toObject();
        QCOMPARE(use[u"accepted"_s].toInt(), 1);
        QCOMPARE(use[u"rejected"_s].toInt(), repeat);
    }
    QCOMPARE(m_sandbox.get(u"/sandbox/payments"_s, Credential::None).json, before);
}

void tst_Payments::aRefusedRequestKeepsItsKeyFree()
{
    QJsonObject body = m_sandbox.paymentBody(u"second-try"_s);
    body[u"amount"_s] = tests::usd(-1);
    QCOMPARE(m_sandbox.post(u"/v1/payments"_s, body).status, 400);
    QCOMPARE(m_sandbox.post(u"/v1/payments"_s, m_sandbox.paymentBody(u"second-try"_s)).status, 200);
}

void tst_Payments::testUsersBehaveAsDocumented_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<double>("amount");
    QTest::addColumn<QString>("failure");
    QTest::newRow("up to the limit") << u"profile_522"_s << 9000.0 << QString();
    QTest::newRow("above the limit") << u"profile_522"_s << 9000.01 << u"LIMIT_EXCEEDED"_s;
    QTest::newRow("without funds") << u"profile_08"_s << 0.01 << u"R01"_s;
}

void tst_Payments::testUsersBehaveAsDocumented()
{
    QFETCH(QString, user);
    QFETCH(double, amount);
    QFETCH(QString, failure);
    QJsonObject body = m_sandbox.paymentBody(u"user-%1"_s.arg(++m_serial));
    body[u"source"_s] = QJsonObject{{u"id"_s, m_sandbox.testUser(user)}, {u"type"_s, u"CUSTOMER"_s}};
    body[u"amount"_s] = tests::usd(amount);
    const auto answer = m_sandbox.post(u"/v1/payments"_s, body);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.text(u"paymentStatus"_s) == u"TERMINAL_FAILED", !failure.isEmpty());
    QCOMPARE(answer.json.contains(u"errorDetails"_s), !failure.isEmpty());
    const auto read = m_sandbox.get(u"/v1/transactions/"_s + answer.text(u"paymentId"_s));
    QCOMPARE(read.json[u"transactionFailureReason"_s][u"code"_s].toString(), failure);
}

void tst_Payments::otherCustomersHaveNoLimit()
{
    int paid = 0;
    for (const QString &id : m_sandbox.ids(u"customer"_s).mid(2, 20)) {
        const auto customer = m_sandbox.get(u"/v1/customers/"_s + id);
        const QString bank = customer.json[u"accountDetails"_s][u"financialInstitutionName"_s].toString();
        if (customer.text(u"customerStatus"_s) != u"ACTIVE" || bank.startsWith(u"FinBank"_s))
            continue;
        QJsonObject body = m_sandbox.paymentBody(u"other-%1"_s.arg(++m_serial));
        body[u"source"_s] = QJsonObject{{u"id"_s, id}, {u"type"_s, u"CUSTOMER"_s}};
        body[u"amount"_s] = tests::usd(999'999'999.99);
        const auto answer = m_sandbox.post(u"/v1/payments"_s, body);
        QVERIFY2(QStringList({u"PENDING"_s, u"AUTHORIZED"_s}).contains(answer.text(u"paymentStatus"_s)), answer.body);
        ++paid;
    }
    QVERIFY(paid > 10);
}

void tst_Payments::unknownCustomersAreRefused()
{
    QJsonObject body = m_sandbox.paymentBody(u"nobody"_s);
    const QString nobody = u"00000000-0000-4000-8000-000000000000"_s;
    body[u"source"_s] = QJsonObject{{u"id"_s, nobody}, {u"type"_s, u"CUSTOMER"_s}};
    QCOMPARE(m_sandbox.post(u"/v1/payments"_s, body).errorCode(), u"CUSTOMER_NOT_FOUND"_s);
}

void tst_Payments::refundsStayWithinThePayment()
{
    const auto made = m_sandbox.post(u"/v1/payments"_s, m_sandbox.paymentBody(u"to-refund"_s));
    const QString payment = made.text(u"paymentId"_s);
    QCOMPARE(m_sandbox.post(u"/v1/refunds"_s, refundBody(payment, 1)).errorCode(), u"PAYMENT_NOT_REFUNDABLE"_s);
    m_sandbox.advance(7 * 86'400);
    QCOMPARE(m_sandbox.get(u"/v1/transactions/"_s + payment).text(u"transactionStatus"_s), u"SUCCEEDED"_s);
    QCOMPARE(m_sandbox.post(u"/v1/refunds"_s, refundBody(payment, 12.35)).errorCode(), u"REFUND_EXCEEDS_PAYMENT"_s);
    const auto first = m_sandbox.post(u"/v1/refunds"_s, refundBody(payment, 10));
    QCOMPARE(first.status, 201);
    QVERIFY(first.text(u"paymentId"_s) != payment);
    QCOMPARE(
        m_sandbox.get(u"/v1/transactions/"_s + first.text(u"paymentId"_s)).text(u"transactionType"_s), u"CREDIT"_s);
    QCOMPARE(m_sandbox.post(u"/v1/refunds"_s, refundBody(payment, 2.35)).errorCode(), u"REFUND_EXCEEDS_PAYMENT"_s);
    QCOMPARE(m_sandbox.post(u"/v1/refunds"_s, refundBody(payment, 2.34)).status, 201);
    QCOMPARE(m_sandbox.post(u"/v1/refunds"_s, refundBody(payment, 0.01)).errorCode(), u"REFUND_EXCEEDS_PAYMENT"_s);
    QCOMPARE(m_sandbox.post(u"/v1/refunds"_s, refundBody(first.text(u"paymentId"_s), 1)).errorCode(),
        u"PAYMENT_NOT_REFUNDABLE"_s);
    QCOMPARE(m_sandbox.post(u"/v1/refunds"_s, refundBody(u"nothing"_s, 1)).errorCode(), u"PAYMENT_NOT_FOUND"_s);
}

void tst_Payments::onlySettledDebitsAreRefunded_data()
{
    QTest::addColumn<QString>("status");
    for (const char *status : {"SCHEDULED", "INITIATED", "TERMINAL_FAILED", "CANCELED"})
        QTest::newRow(status) << QString::fromLatin1(status);
}

void tst_Payments::onlySettledDebitsAreRefunded()
{
    QFETCH(QString, status);
    tests::SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    const QString payment = sandbox.transactionWith(status).text(u"transactionId"_s);
    QVERIFY(!payment.isEmpty());
    QCOMPARE(sandbox.post(u"/v1/refunds"_s, refundBody(payment, 0.01)).errorCode(), u"PAYMENT_NOT_REFUNDABLE"_s);
}

void tst_Payments::aReversedPaymentIsTiedToNothing()
{
    QJsonObject body = m_sandbox.creditBody(u"reversed"_s);
    body[u"amount"_s] = tests::usd(500'000);
    const auto answer = m_sandbox.post(u"/v1/payments"_s, body);
    QCOMPARE(answer.status, 200);
    const auto read = m_sandbox.get(u"/v1/transactions/"_s + answer.text(u"paymentId"_s));
    QCOMPARE(read.text(u"transactionType"_s), u"CREDIT"_s);
}

void tst_Payments::aPaymentIsCanceledUntilItIsInitiated()
{
    const auto cancel = [this](const QString &id) {
        return m_sandbox.send(
            "POST", u"/v1/payments/%1/cancel"_s.arg(id), {}, m_sandbox.authorization(Credential::Payment));
    };
    const QString made = m_sandbox.post(u"/v1/payments"_s, m_sandbox.paymentBody(u"cancel-me"_s)).text(u"paymentId"_s);
    QCOMPARE(cancel(made).text(u"paymentStatus"_s), u"CANCELED"_s);
    QCOMPARE(cancel(made).errorCode(), u"PAYMENT_NOT_CANCELABLE"_s);
    QCOMPARE(cancel(u"nothing"_s).status, 404);
    const QString late = m_sandbox.post(u"/v1/payments"_s, m_sandbox.paymentBody(u"too-late"_s)).text(u"paymentId"_s);
    m_sandbox.advance(4 * 86'400);
    QCOMPARE(cancel(late).errorCode(), u"PAYMENT_NOT_CANCELABLE"_s);
    QCOMPARE(m_sandbox.get(u"/v1/transactions/"_s + made).text(u"transactionStatus"_s), u"CANCELED"_s);
}

void tst_Payments::aReferenceThatWasNotSentIsNotAnsweredWith()
{
    QJsonObject body = m_sandbox.paymentBody(u"no-reference"_s);
    body.remove(u"clientReferenceId"_s);
    const auto made = m_sandbox.post(u"/v1/payments"_s, body);
    const QStringList members{u"paymentId"_s, u"paymentStatus"_s};
    QCOMPARE(made.json.keys(), members);
    const QString path = u"/v1/payments/%1/cancel"_s.arg(made.text(u"paymentId"_s));
    QCOMPARE(m_sandbox.send("POST", path, {}, m_sandbox.authorization(Credential::Payment)).json.keys(), members);
}

void tst_Payments::aCanceledRefundGivesItsAmountBack()
{
    const QString payment = m_sandbox.post(u"/v1/payments"_s, m_sandbox.paymentBody(u"give-back"_s))
                                .text(u"paymentId"_s);
    m_sandbox.advance(7 * 86'400);
    const auto refund = m_sandbox.post(u"/v1/refunds"_s, refundBody(payment, 12.34));
    QCOMPARE(m_sandbox.post(u"/v1/refunds"_s, refundBody(payment, 12.34)).status, 400);
    const QString path = u"/v1/payments/%1/cancel"_s.arg(refund.text(u"paymentId"_s));
    QCOMPARE(m_sandbox.send("POST", path, {}, m_sandbox.authorization(Credential::Payment)).status, 200);
    QCOMPARE(m_sandbox.post(u"/v1/refunds"_s, refundBody(payment, 12.34)).status, 201);
}

void tst_Payments::paymentIdsCanBeNumbers_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<qlonglong>("above");
    QTest::newRow("numbers") << u"--numeric-payment-ids"_s << 1'000'000'000LL;
    QTest::newRow("beyond a double") << u"--huge-payment-ids"_s << (1LL << 53);
}

void tst_Payments::paymentIdsCanBeNumbers()
{
    QFETCH(QString, option);
    QFETCH(qlonglong, above);
    tests::SandboxUnderUse sandbox({option});
    QVERIFY(sandbox.start());
    const auto made = sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"k"_s));
    const QByteArray digits = made.body.mid(made.body.indexOf(':') + 1).split(',').constFirst();
    QVERIFY2(digits.toLongLong() > above, made.body);
    QCOMPARE(sandbox.get(u"/v1/transactions/"_s + QString::fromLatin1(digits)).text(u"transactionId"_s),
        QString::fromLatin1(digits));
    const QString known = sandbox.ids(u"transaction"_s).constFirst();
    QCOMPARE(sandbox.get(u"/v1/transactions/"_s + known).text(u"transactionId"_s), known);
    const QString settled = sandbox.transactionWith(u"SUCCEEDED"_s).text(u"transactionId"_s);
    const QByteArray body = "{\"paymentId\":" + settled.toUtf8()
        + R"(,"amount":{"value":0.01,"currency":"USD"},"requestKey":"r"})";
    QCOMPARE(sandbox.send("POST", u"/v1/refunds"_s, body, sandbox.authorization(Credential::Payment)).status, 201);
}

QTEST_GUILESS_MAIN(tst_Payments)
#include "tst_payments.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/payments.h"

#include "tests/api/exchanges.h"

namespace {

api::PaymentOrder sampleOrder()
{
    return {.customer = api::CustomerId(QStringLiteral("d0a49ea1-40ab-4bd9-a2b4-2a0d2a1ed0a1")),
        .merchant = api::MerchantId(QStringLiteral("5c7f0a3e-9d0b-4e4f-8c52-62d1a7f6a001")),
        .amount = {.cents = 1234},
        .clientReferenceId = QStringLiteral("order-77"),
        .softDescriptor = QStringLiteral("Book Shop"),
        .requestKey = api::RequestKey(QStringLiteral("key-1"))};
}

api::TransactionId samplePayment()
{
    return api::TransactionId(QStringLiteral("763743"));
}

} // namespace

class TestPayments : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void aPaymentIsReadAsItCame_data();
    void aPaymentIsReadAsItCame();
    void optionsAreLeftOut();
    void aCreditTurnsThePartiesRound();
    void aRefundNamesItsPayment();
    void aCancelHasNoBody();
    void aCancelTakesAnEmptyAnswer();
    void aCancelOfNothingIsNotSent();
    void bytesAreStableAndExact();
    void failures_data() { addFailureRows(); }
    void failures() { checkFailure(QStringLiteral("payment"), api::makePayment(sampleOrder())); }
    void refundFailures_data() { addFailureRows(); }
    void refundFailures()
    {
        checkFailure(QStringLiteral("refund"), api::refundPayment(samplePayment(), sampleOrder()));
    }
    void brokenAnswers_data();
    void brokenAnswers();
    void descriptors_data();
    void descriptors();
};

void TestPayments::aPaymentIsReadAsItCame_data()
{
    QTest::addColumn<QString>("recording");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("errorText");
    const auto row = [](const char *recording, const char *id, const char *status, const char *text = "") {
        QTest::newRow(recording) << QString::fromLatin1(recording) << QString::fromLatin1(id)
                                 << QString::fromLatin1(status) << QString::fromLatin1(text);
    };
    row("payment", "763743", "AUTHORIZED");
    row("payment-declined", "763744", "TERMINAL_FAILED", "declined by the bank");
    row("payment-id-beyond-doubles", "9007199254740993", "AUTHORIZED");
    row("payment-id-beyond-64-bits", "123456789012345678901234567890", "AUTHORIZED");
    row("payment-unknown-status", "763745", "UNDER_THE_SOFA", "nobody knows");
}

void TestPayments::aPaymentIsReadAsItCame()
{
    QFETCH(const QString, recording);
    const auto outcome = play(recording, api::makePayment(sampleOrder()));
    QVERIFY(outcome && *outcome);
    QTEST((*outcome)->id.text(), "id");
    QTEST((*outcome)->status, "status");
    QTEST((*outcome)->errorText, "errorText");
}

void TestPayments::optionsAreLeftOut()
{
    api::PaymentOrder order = sampleOrder();
    order.amount.cents = 5;
    order.clientReferenceId.clear();
    order.softDescriptor.clear();
    order.requestKey = api::RequestKey(QStringLiteral("key-2"));
    const auto outcome = play(QStringLiteral("payment-without-options"), api::makePayment(order));
    QVERIFY(outcome && *outcome);
    QCOMPARE((*outcome)->id, samplePayment());
    QCOMPARE((*outcome)->clientReferenceId, QString());
}

void TestPayments::aCreditTurnsThePartiesRound()
{
    const auto outcome = play(QStringLiteral("credit"), api::issueCredit(sampleOrder()));
    QVERIFY(outcome && *outcome);
    QCOMPARE((*outcome)->clientReferenceId, QStringLiteral("order-77"));
}

void TestPayments::aRefundNamesItsPayment()
{
    const auto outcome = play(QStringLiteral("refund"), api::refundPayment(samplePayment(), sampleOrder()));
    QVERIFY(outcome && *outcome);
    QCOMPARE((*outcome)->id.text(), QStringLiteral("763747"));
    QCOMPARE((*outcome)->status, QStringLiteral("PENDING"));
}

void TestPayments::aCancelHasNoBody()
{
    QVERIFY(api::cancelPayment(samplePayment()).data.body.isEmpty());
    const auto outcome = play(QStringLiteral("cancel"), api::cancelPayment(samplePayment()));
    QVERIFY(outcome && *outcome);
    QCOMPARE((*outcome)->status, QStringLiteral("CANCELED"));
}

void TestPayments::aCancelTakesAnEmptyAnswer()
{
    const auto outcome = play(QStringLiteral("cancel-empty-answer"), api::cancelPayment(samplePayment()));
    QVERIFY(outcome && *outcome);
    QCOMPARE((*outcome)->status, QString());
}

void TestPayments::aCancelOfNothingIsNotSent()
{
    Exchange exchange;
    const auto outcome = answerOf(*exchange.client, api::cancelPayment(api::TransactionId(QStringLiteral(".."))));
    QVERIFY(outcome && !*outcome);
    QCOMPARE(outcome->error().kind, api::ErrorKind::Rejected);
    QCOMPARE(outcome->error().delivery, api::Delivery::CertainlyNotSent);
    QVERIFY(exchange.network.requests().isEmpty());
}

void TestPayments::bytesAreStableAndExact()
{
    api::PaymentOrder order = sampleOrder();
    order.amount.cents = 1'000'000'000'010;
    order.softDescriptor.clear();
    order.clientReferenceId = QStringLiteral("a\"b\\c\n\u00e9\U0001F600");
    const QByteArray expected = R"({"source":{"id":"d0a49ea1-40ab-4bd9-a2b4-2a0d2a1ed0a1","type":"CUSTOMER"},)"
                                R"("destination":{"id":"5c7f0a3e-9d0b-4e4f-8c52-62d1a7f6a001","type":"MERCHANT"},)"
                                R"("amount":{"value":10000000000.10,"currency":"USD"},)"
                                "\"clientReferenceId\":\"a\\\"b\\\\c\\n\u00e9\U0001F600\",\"requestKey\":\"key-1\"}";
    QCOMPARE(api::makePayment(order).data.body, expected);
    QCOMPARE(api::makePayment(order).data, api::makePayment(order).data);
}

void TestPayments::brokenAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const QByteArray &body, const char *field) {
        QTest::newRow(name) << body << QString::fromLatin1(field);
    };
    row("id missing", R"({"paymentStatus":"PENDING"})", "paymentId");
    row("id null", R"({"paymentId":null,"paymentStatus":"PENDING"})", "paymentId");
    row("id empty", R"({"paymentId":"","paymentStatus":"PENDING"})", "paymentId");
    row("id a fraction", R"({"paymentId":7.5,"paymentStatus":"PENDING"})", "paymentId");
    row("id with exponent", R"({"paymentId":7e5,"paymentStatus":"PENDING"})", "paymentId");
    row("id a boolean", R"({"paymentId":true,"paymentStatus":"PENDING"})", "paymentId");
    row("status missing", R"({"paymentId":"7"})", "paymentStatus");
    row("status a number", R"({"paymentId":"7","paymentStatus":1})", "paymentStatus");
    row("reference an object", R"({"paymentId":"7","paymentStatus":"PENDING","clientReferenceId":{}})",
        "clientReferenceId");
    row("the first problem is told", R"({})", "paymentId");
    row("null", "null", "expected an object");
}

void TestPayments::brokenAnswers()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, field);
    checkComplaint(api::readPaymentOutcome, body, field);
}

void TestPayments::descriptors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("problem"); // -1: none
    QTest::addColumn<int>("position");
    const int none = -1;
    const int character = static_cast<int>(api::DescriptorProblem::ForbiddenCharacter);
    const int length = static_cast<int>(api::DescriptorProblem::TooLong);
    QTest::newRow("empty") << QString() << none << 0;
    QTest::newRow("words") << QStringLiteral("Book Shop 24") << none << 0;
    QTest::newRow("80") << QString(80, u'a') << none << 0;
    QTest::newRow("81") << QString(81, u'a') << length << 80;
    QTest::newRow("dash") << QStringLiteral("Book-Shop") << character << 4;
    QTest::newRow("accent") << QStringLiteral("Caf\u00e9") << character << 3;
    QTest::newRow("two spaces") << QStringLiteral("a  b") << character << 2;
    QTest::newRow("space in front") << QStringLiteral(" a") << character << 0;
    QTest::newRow("space behind") << QStringLiteral("a ") << character << 1;
    QTest::newRow("line feed") << QStringLiteral("a\nb") << character << 1;
    QTest::newRow("other digits") << QStringLiteral("\u0663") << character << 0;
}

void TestPayments::descriptors()
{
    QFETCH(const QString, text);
    const auto finding = api::softDescriptorProblem(text);
    QTEST(finding ? static_cast<int>(finding->problem) : -1, "problem");
    QTEST(finding ? static_cast<int>(finding->position) : 0, "position");
}

QTEST_GUILESS_MAIN(TestPayments)
#include "tst_payments.moc"

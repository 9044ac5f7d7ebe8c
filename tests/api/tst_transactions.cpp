// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/transactions.h"

#include "tests/api/exchanges.h"

namespace {

api::Request<api::Transaction> sampleTransactionRequest()
{
    return api::getTransaction(api::TransactionId(QStringLiteral("763743")));
}

} // namespace

class TestTransactions : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void everyFieldIsRead();
    void onlyTheEssentialIsNeeded();
    void anIdIsEncoded();
    void failures_data() { addFailureRows(); }
    void failures() { checkFailure(QStringLiteral("transaction"), sampleTransactionRequest()); }
    void brokenAnswers_data();
    void brokenAnswers();
    void anUnknownStatusCanStillChange();
};

void TestTransactions::everyFieldIsRead()
{
    const auto transaction = play(QStringLiteral("transaction"), sampleTransactionRequest());
    QVERIFY(transaction && *transaction);
    const api::Transaction expected{.id = api::TransactionId(QStringLiteral("763743")),
        .type = QStringLiteral("DEBIT"),
        .status = QStringLiteral("TERMINAL_FAILED"),
        .customerId = api::CustomerId(QStringLiteral("d0a49ea1-40ab-4bd9-a2b4-2a0d2a1ed0a1")),
        .amount = {.cents = 123450},
        .clientReferenceId = QStringLiteral("order-77"),
        .account = {.institution = QStringLiteral("Chase"),
            .lastFour = QStringLiteral("0412"),
            .type = QStringLiteral("checking"),
            .preferred = true},
        .descriptor = QStringLiteral("Book Shop"),
        .settlementAt = 1'663'341'279'688,
        .createdAt = 1'663'168'479'000,
        .failureCode = QStringLiteral("R01"),
        .failureText = QStringLiteral("Insufficient funds")};
    QCOMPARE(**transaction, expected);
}

void TestTransactions::onlyTheEssentialIsNeeded()
{
    const auto transaction = play(QStringLiteral("transaction-least"), sampleTransactionRequest());
    QVERIFY(transaction && *transaction);
    QCOMPARE((*transaction)->status, QStringLiteral("SOMETHING_NEW"));
    QCOMPARE((*transaction)->amount.cents, 300);
    QCOMPARE((*transaction)->createdAt, 0);
}

void TestTransactions::anIdIsEncoded()
{
    const QString id = QStringLiteral("a/../b?c \u00e4");
    const auto transaction = play(
        QStringLiteral("transaction-id-needs-encoding"), api::getTransaction(api::TransactionId(id)));
    QVERIFY(transaction && *transaction);
    QCOMPARE((*transaction)->id.text(), id);
}

void TestTransactions::brokenAnswers_data()
{
    QTest::addColumn<QByteArray>("replaced");
    QTest::addColumn<QByteArray>("by");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const char *replaced, const char *by, const char *field) {
        QTest::newRow(name) << QByteArray(replaced) << QByteArray(by) << QString::fromLatin1(field);
    };
    row("id missing", R"("transactionId")", R"("x")", "transactionId");
    row("status missing", R"("transactionStatus")", R"("x")", "transactionStatus");
    row("amount missing", R"("amount")", R"("x")", "amount");
    row("amount a number", R"({"value": 1234.5, "currency": "USD"})", "12", "amount");
    row("value a string", "1234.5", R"("1234.5")", "amount");
    row("value with three decimals", "1234.5", "1234.505", "amount");
    row("value finer than a cent", "1234.5", "12345e-3", "amount");
    row("value too large", "1234.5", "99999999999999", "amount");
    row("currency missing", R"("currency")", R"("x")", "amount");
    row("account a list",
        R"({"financialInstitutionName": "Chase", "accountLastFourDigits": "0412", "accountType": "checking", "preferred": true})",
        "[]", "accountDetails");
    row("preferred a string", "true", R"("yes")", "preferred");
    row("date no date", "2022-09-14T15:14:39Z", "yesterday", "creationDate");
    row("date impossible", "2022-09-14T15:14:39Z", "2022-02-30T15:14:39Z", "creationDate");
    row("reason a string", R"({"code": "R01", "description": "Insufficient funds"})", R"("R01")",
        "transactionFailureReason");
}

void TestTransactions::brokenAnswers()
{
    QFETCH(const QByteArray, replaced);
    QFETCH(const QByteArray, by);
    QFETCH(const QString, field);
    QByteArray body = readAnswerFile(QStringLiteral("paybybank/transaction")).body;
    QVERIFY(body.contains(replaced));
    checkComplaint(api::readTransaction, body.replace(replaced, by), field);
}

void TestTransactions::anUnknownStatusCanStillChange()
{
    for (const char16_t *status :
        {u"CREATED", u"PENDING", u"AUTHORIZED", u"SCHEDULED", u"INITIATED", u"RETRYABLE_FAILED", u"NEW"})
        QVERIFY(api::canStillChange(QString::fromUtf16(status)));
    for (const char16_t *status : {u"SUCCEEDED", u"TERMINAL_FAILED", u"CANCELED"})
        QVERIFY(!api::canStillChange(QString::fromUtf16(status)));
}

QTEST_GUILESS_MAIN(TestTransactions)
#include "tst_transactions.moc"

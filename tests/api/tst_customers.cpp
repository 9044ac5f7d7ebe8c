// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/customers.h"

#include "tests/api/exchanges.h"

namespace {

const api::CustomerId sampleCustomer(QStringLiteral("d0a49ea1-40ab-4bd9-a2b4-2a0d2a1ed0a1"));

} // namespace

class TestCustomers : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void aCustomerIsRead();
    void aCustomerNeedsLittle();
    void accountsAreRead();
    void accountsMayCarryTheNewerName();
    void aSingleAccountMayComeBare();
    void verifiedAccountsAreRead();
    void failures_data() { addFailureRows(); }
    void failures() { checkFailure(QStringLiteral("customer"), api::getCustomer(sampleCustomer)); }
    void brokenCustomers_data();
    void brokenCustomers();
    void brokenAccounts_data();
    void brokenAccounts();
    void brokenVerifications_data();
    void brokenVerifications();
};

void TestCustomers::aCustomerIsRead()
{
    const auto customer = play(QStringLiteral("customer"), api::getCustomer(sampleCustomer));
    QVERIFY(customer && *customer);
    const api::Customer expected{.id = sampleCustomer,
        .firstName = QStringLiteral("Ada"),
        .lastName = QStringLiteral("Lovelace"),
        .email = QStringLiteral("ada@example.com"),
        .status = QStringLiteral("ACTIVE"),
        .account = {.institution = QStringLiteral("Chase"),
            .lastFour = QStringLiteral("0412"),
            .type = QStringLiteral("savings"),
            .status = QStringLiteral("ACTIVE"),
            .preferred = true,
            .createdAt = 1'663'168'479'500},
        .createdAt = 1'663'168'479'000};
    QCOMPARE(**customer, expected);
}

void TestCustomers::aCustomerNeedsLittle()
{
    const auto customer = play(QStringLiteral("customer-least"), api::getCustomer(sampleCustomer));
    QVERIFY(customer && *customer);
    QCOMPARE((*customer)->status, QStringLiteral("ON_HOLIDAY"));
}

void TestCustomers::accountsAreRead()
{
    const auto accounts = play(QStringLiteral("accounts"), api::getLinkedAccounts(sampleCustomer));
    QVERIFY(accounts && *accounts);
    QCOMPARE((*accounts)->customerId, sampleCustomer);
    QCOMPARE((*accounts)->accounts.size(), 2);
    const api::LinkedAccount expected{.id = api::AccountId(QStringLiteral("0")),
        .institutionId = QStringLiteral("1234"),
        .institution = QStringLiteral("Chase"),
        .lastFour = QStringLiteral("0412"),
        .type = QStringLiteral("checking"),
        .status = QStringLiteral("ACTIVE"),
        .preferred = true,
        .routingNumber = QStringLiteral("021000021"),
        .createdAt = 1'663'168'479'000};
    QCOMPARE((*accounts)->accounts.at(0), expected);
    QCOMPARE((*accounts)->accounts.at(1).id.text(), QStringLiteral("b7"));
}

void TestCustomers::accountsMayCarryTheNewerName()
{
    const auto accounts = play(QStringLiteral("accounts-newer-name"), api::getLinkedAccounts(sampleCustomer));
    QVERIFY(accounts && *accounts);
    QCOMPARE((*accounts)->customerId, sampleCustomer);
    QVERIFY((*accounts)->accounts.isEmpty());
}

void TestCustomers::aSingleAccountMayComeBare()
{
    const auto answer = api::Json::parse(R"({"id":"c-1","accountDetails":{"accountId":7,"preferred":true}})");
    QVERIFY(answer);
    const auto accounts = api::readLinkedAccounts(*answer);
    QVERIFY(accounts);
    QCOMPARE(accounts->accounts,
        QList<api::LinkedAccount>({{.id = api::AccountId(QStringLiteral("7")), .preferred = true}}));
}

void TestCustomers::verifiedAccountsAreRead()
{
    const auto accounts = play(QStringLiteral("verified-accounts"), api::getVerifiedAccounts(sampleCustomer));
    QVERIFY(accounts && *accounts);
    const QList<api::VerifiedAccount> expected{{.id = api::AccountId(QStringLiteral("a-1")),
        .display = QStringLiteral("6789"),
        .networks = {{.routingNumber = QStringLiteral("021000021"),
            .accountNumber = QStringLiteral("123456789"),
            .type = QStringLiteral("US_ACH")}}}};
    QCOMPARE(**accounts, expected);
}

void TestCustomers::brokenCustomers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    QTest::newRow("id missing") << QByteArray(R"({"customerStatus":"ACTIVE"})") << QStringLiteral("id");
    QTest::newRow("status missing") << QByteArray(R"({"id":"1"})") << QStringLiteral("customerStatus");
    QTest::newRow("e-mail a list") << QByteArray(R"({"id":"1","email":["a"],"customerStatus":"ACTIVE"})")
                                   << QStringLiteral("email");
}

void TestCustomers::brokenCustomers()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, field);
    checkComplaint(api::readCustomer, body, field);
}

void TestCustomers::brokenAccounts_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    QTest::newRow("customer missing") << QByteArray(R"({"accountDetails":[]})") << QStringLiteral("customerId");
    QTest::newRow("accounts missing") << QByteArray(R"({"id":"1"})") << QStringLiteral("accountDetails");
    QTest::newRow("accounts a string") << QByteArray(R"({"id":"1","accountDetails":"none"})")
                                       << QStringLiteral("accountDetails");
    QTest::newRow("account a number") << QByteArray(R"({"id":"1","accountDetails":[7]})")
                                      << QStringLiteral("expected an object");
    QTest::newRow("account id missing") << QByteArray(R"({"id":"1","accountDetails":[{}]})")
                                        << QStringLiteral("accountId");
}

void TestCustomers::brokenAccounts()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, field);
    checkComplaint(api::readLinkedAccounts, body, field);
}

void TestCustomers::brokenVerifications_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    QTest::newRow("accounts missing") << QByteArray("{}") << QStringLiteral("accounts");
    QTest::newRow("networks missing") << QByteArray(R"({"accounts":[{"depositAccount":{"accountId":"a"}}]})")
                                      << QStringLiteral("paymentNetworks");
    QTest::newRow("deposit account missing")
        << QByteArray(R"({"accounts":[{"paymentNetworks":[]}]})") << QStringLiteral("expected an object");
    QTest::newRow("number missing") << QByteArray(
        R"({"accounts":[{"depositAccount":{"accountId":"a"},"paymentNetworks":[{"bankId":"1"}]}]})")
                                    << QStringLiteral("identifier");
}

void TestCustomers::brokenVerifications()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, field);
    checkComplaint(api::readVerifiedAccounts, body, field);
}

QTEST_GUILESS_MAIN(TestCustomers)
#include "tst_customers.moc"

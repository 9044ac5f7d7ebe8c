// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/aggregation/accounts.h"

#include "tests/api/exchanges.h"

namespace {

const api::LoginName proxiedUser(QStringLiteral("shopper-1"));

api::AggregatedAccount sampleAggregatedAccount()
{
    return {.id = api::AggregatedAccountId(QStringLiteral("10150001")),
        .providerAccountId = api::ProviderAccountId(QStringLiteral("10502782")),
        .providerId = QStringLiteral("16441"),
        .provider = QStringLiteral("Dag Site"),
        .container = QStringLiteral("bank"),
        .name = QStringLiteral("CHECKING"),
        .type = QStringLiteral("CHECKING"),
        .status = QStringLiteral("ACTIVE"),
        .number = QStringLiteral("xxxx6789"),
        .balance = api::Money{.cents = 904'478},
        .refreshStatus = QStringLiteral("USER_INPUT_REQUIRED"),
        .createdAt = 1'793'520'000'000,
        .updatedAt = 1'795'168'800'000};
}

} // namespace

class TestAggregationAccounts : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void accountsAreListed();
    void filtersAndPrefixAreSent();
    void oneAccountIsRead();
    void verifiedAccountsHaveTheirNumbers();
    void linksAreListed();
    void oneLinkIsRead();
    void complaints_data();
    void complaints();
    void whatIsNoPathIsRefusedUnsent_data();
    void whatIsNoPathIsRefusedUnsent();
    void failures_data() { addFailureRows(QStringLiteral("aggregation")); }
    void failures() { checkFailure(QStringLiteral("accounts"), api::listAggregatedAccounts({}, proxiedUser)); }
};

void TestAggregationAccounts::accountsAreListed()
{
    const auto accounts = play(QStringLiteral("accounts"), api::listAggregatedAccounts({}, proxiedUser));
    QVERIFY(accounts && *accounts);
    const QList<api::AggregatedAccount> expected{
        sampleAggregatedAccount(), {.id = api::AggregatedAccountId(QStringLiteral("10150002"))}};
    QCOMPARE(**accounts, expected);
}

void TestAggregationAccounts::filtersAndPrefixAreSent()
{
    const auto accounts = play(QStringLiteral("accounts-filtered"),
        api::listAggregatedAccounts({.prefix = QStringLiteral("/yodlee/v1/"), .apiVersion = QStringLiteral("1.1")},
            proxiedUser,
            {.providerAccountId = QStringLiteral("10502782"),
                .requestId = QStringLiteral("a/b"),
                .selectedForAggregation = true}));
    QVERIFY(accounts && *accounts);
    QVERIFY((*accounts)->isEmpty());
}

void TestAggregationAccounts::oneAccountIsRead()
{
    const auto account = play(QStringLiteral("account"),
        api::getAggregatedAccount({}, proxiedUser, api::AggregatedAccountId(QStringLiteral("10150001"))));
    QVERIFY(account && *account);
    QCOMPARE(**account, sampleAggregatedAccount());
    const auto bare = api::readAggregatedAccount(*api::Json::parse(R"({"id":7})"));
    QVERIFY(bare);
    QCOMPARE(bare->id.text(), QStringLiteral("7"));
}

void TestAggregationAccounts::verifiedAccountsHaveTheirNumbers()
{
    const auto accounts = play(
        QStringLiteral("verified-accounts"), api::listVerifiedAggregatedAccounts({}, proxiedUser, {.selected = true}));
    QVERIFY(accounts && *accounts);
    const QList<api::VerifiedAggregatedAccount> expected{{.id = api::AggregatedAccountId(QStringLiteral("10150001")),
        .providerAccountId = api::ProviderAccountId(QStringLiteral("10502782")),
        .provider = QStringLiteral("Dag Site"),
        .name = QStringLiteral("CHECKING"),
        .type = QStringLiteral("CHECKING"),
        .holder = QStringLiteral("Ada Lovelace"),
        .status = QStringLiteral("SUCCESS"),
        .maskedNumber = QStringLiteral("xxxx6789"),
        .accountNumber = QStringLiteral("5123456789"),
        .routingNumber = QStringLiteral("021000021")}};
    QCOMPARE(**accounts, expected);
}

void TestAggregationAccounts::linksAreListed()
{
    const auto links = play(QStringLiteral("provider-accounts"), api::listProviderAccounts({}, proxiedUser));
    QVERIFY(links && *links);
    const QList<api::ProviderAccount> expected{{.id = api::ProviderAccountId(QStringLiteral("10502782")),
        .providerId = QStringLiteral("16441"),
        .status = QStringLiteral("USER_INPUT_REQUIRED"),
        .refreshStatus = QStringLiteral("INCORRECT_CREDENTIALS"),
        .requestId = QStringLiteral("abc="),
        .createdAt = 1'793'491'200'000,
        .updatedAt = 1'795'082'400'000}};
    QCOMPARE(**links, expected);
}

void TestAggregationAccounts::oneLinkIsRead()
{
    const auto link = play(QStringLiteral("provider-account"),
        api::getProviderAccount({}, proxiedUser, api::ProviderAccountId(QStringLiteral("10502782"))));
    QVERIFY(link && *link);
    QCOMPARE((*link)->status, QStringLiteral("SUCCESS"));
}

void TestAggregationAccounts::complaints_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const char *body, const char *field) {
        QTest::newRow(name) << QByteArray(body) << QString::fromLatin1(field);
    };
    row("no list", R"({"account":{}})", "account");
    row("no id", R"({"account":[{"accountName":"x"}]})", "id");
    row("name of another type", R"({"account":[{"id":1,"accountName":7}]})", "accountName");
    row("time that is none", R"({"account":[{"id":1,"lastUpdated":"now"}]})", "lastUpdated");
    row("dataset time that is none", R"({"account":[{"id":1,"dataset":[{"lastUpdated":"now"}]}]})", "lastUpdated");
}

void TestAggregationAccounts::complaints()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, field);
    checkComplaint(api::readAggregatedAccounts, body, field);
    checkComplaint(api::readAggregatedAccount, R"({"account":[]})", QStringLiteral("account"));
    checkComplaint(
        api::readProviderAccount, R"({"providerAccount":[{"id":1},{"id":2}]})", QStringLiteral("providerAccount"));
    checkComplaint(api::readVerifiedAggregatedAccounts, R"({"verifiedAccount":[{}]})", QStringLiteral("accountId"));
}

void TestAggregationAccounts::whatIsNoPathIsRefusedUnsent_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("path");
    const auto row = [](const char *name, const char *prefix, const char *user, const char *id, const char *path) {
        QTest::newRow(name) << QString::fromLatin1(prefix) << QString::fromLatin1(user) << QString::fromLatin1(id)
                            << QByteArray(path);
    };
    row("plain", "/yodlee", "u", "1", "/yodlee/accounts/1");
    row("encoded", "yodlee/v1", "u", "a/b", "/yodlee/v1/accounts/a%2Fb");
    row("no prefix", "", "u", "1", "/accounts/1");
    row("no user", "/yodlee", "", "1", "");
    row("no id", "/yodlee", "u", "", "");
    row("climbing id", "/yodlee", "u", "..", "");
    row("climbing prefix", "/yodlee/../admin", "u", "1", "");
}

void TestAggregationAccounts::whatIsNoPathIsRefusedUnsent()
{
    QFETCH(const QString, prefix);
    QFETCH(const QString, user);
    QFETCH(const QString, id);
    QTEST(api::getAggregatedAccount({.prefix = prefix}, api::LoginName(user), api::AggregatedAccountId(id)).data.path,
        "path");
}

QTEST_GUILESS_MAIN(TestAggregationAccounts)
#include "tst_aggregationaccounts.moc"

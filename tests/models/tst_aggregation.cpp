// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lookups.h"
#include "tests/models/aggregationdesk.h"

#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using models::Aggregation;
using models::FastLinkLaunch;
using models::FastLinkOrder;
using models::LinkedUserId;

namespace {

const LinkedUserId shopper{.tenant = api::TenantId(u"TNT-1"_s), .loginName = api::LoginName(u"shopper 1"_s)};
constexpr auto *shopperAccounts
    = R"({"account":[{"id":1,"providerAccountId":7,"providerName":"Dag Site",)"
      R"("accountType":"CHECKING","accountStatus":"ACTIVE","accountNumber":"xxxx6789",)"
      R"("balance":{"amount":12.5,"currency":"USD"},"createdDate":"2026-11-01T08:00:00Z"}]})";
constexpr auto *shopperLinks = R"({"providerAccount":[{"id":7,"status":"USER_INPUT_REQUIRED"}]})";

std::optional<api::Result<FastLinkLaunch>> launchOf(AggregationDesk &desk, const FastLinkOrder &order)
{
    std::optional<api::Result<FastLinkLaunch>> launch;
    QObject context;
    const api::Call call = desk.aggregation.openFastLink(
        order, &context, [&launch](api::Result<FastLinkLaunch> result) { launch = std::move(result); });
    if (!QTest::qWaitFor([&launch] { return launch.has_value(); }))
        return std::nullopt;
    return launch;
}

} // namespace

class TestAggregation : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void theConfigurationNamesFurtherTenants();
    void aRefusedConfigurationIsTold();
    void switchingTenantsUsesAnotherToken();
    void unknownTenantsAreNotChosen();
    void theSameSettingsEndNothing();
    void newSettingsEndWhatIsUnderWay();
    void aUserIsReadIntoTheLedger();
    void linksMayComeLast();
    void linksThatCannotBeReadLeaveTheOldOnes();
    void accountsThatCannotBeReadAreTheError();
    void theUserMayBeInTheToken();
    void lookUpsFindLinkedUsers();
    void lookUpsSayWhenTheFamilyIsNotUsed();
    void fastLinkOpensAndNotesTheUser();
    void fastLinkUsesTheProfilesAddress();
    void fastLinkWithoutAnAddressIsRefused();
    void ordersAreChecked_data();
    void ordersAreChecked();
    void ordersBecomeParameters_data();
    void ordersBecomeParameters();
    void verifiedNumbersStayOffTheDisk();
};

void TestAggregation::theConfigurationNamesFurtherTenants()
{
    AggregationDesk desk;
    desk.network.expectTenantToken(u"TNT-1"_s);
    desk.expectGet(u"/client"_s, R"({"client":{"clientId":"CLI-1","tenants":["TNT-2","TNT-3"]}})");
    QSignalSpy changed(&desk.aggregation, &Aggregation::configurationChanged);
    desk.aggregation.readConfiguration();
    QVERIFY(desk.aggregation.isReadingConfiguration());
    QTRY_VERIFY(desk.aggregation.configuration());
    QVERIFY(!desk.aggregation.isReadingConfiguration());
    QCOMPARE(desk.aggregation.tenants(), QStringList({u"TNT-1"_s, u"TNT-2"_s, u"TNT-3"_s}));
    QVERIFY(desk.aggregation.setTenant(u"TNT-3"_s));
    QCOMPARE(changed.size(), 2);
    QCOMPARE(desk.network.problems(), QString());
}

void TestAggregation::aRefusedConfigurationIsTold()
{
    AggregationDesk desk;
    desk.network.expectTenantToken(u"TNT-1"_s);
    desk.expectGet(u"/client"_s, {}, 500);
    desk.aggregation.readConfiguration();
    QTRY_VERIFY(desk.aggregation.configurationError());
    QCOMPARE(desk.aggregation.configurationError()->kind, api::ErrorKind::Fault);
    QVERIFY(!desk.aggregation.configuration());
}

void TestAggregation::switchingTenantsUsesAnotherToken()
{
    AggregationDesk desk;
    QSignalSpy changed(&desk.aggregation, &Aggregation::tenantChanged);
    for (const QString &tenant : {u"TNT-1"_s, u"TNT-2"_s}) {
        desk.network.expectTenantToken(tenant, tenant.toLatin1());
        desk.network.expect(
            {.verb = "GET", .path = u"/api/client"_s, .headers = {{"Authorization", "Bearer " + tenant.toLatin1()}}},
            {.body = R"({"clientId":"CLI-1"})"});
        QVERIFY(desk.aggregation.setTenant(tenant));
        QVERIFY(answerOf(desk.aggregation.client(), api::getAggregationClient()));
    }
    QCOMPARE(changed.size(), 1);
    QCOMPARE(desk.network.problems(), QString());
}

void TestAggregation::unknownTenantsAreNotChosen()
{
    AggregationDesk desk;
    QVERIFY(!desk.aggregation.setTenant(u"TNT-9"_s));
    QCOMPARE(desk.aggregation.tenant(), u"TNT-1"_s);
    desk.aggregation.configure(AggregationDesk::settings(), "another-secret", u"TNT-2"_s);
    QCOMPARE(desk.aggregation.tenant(), u"TNT-2"_s);
    desk.aggregation.configure(AggregationDesk::settings(), "a-third-secret", u"TNT-9"_s);
    QCOMPARE(desk.aggregation.tenant(), u"TNT-1"_s);
}

void TestAggregation::theSameSettingsEndNothing()
{
    AggregationDesk desk;
    const api::Client *client = &desk.aggregation.client();
    QSignalSpy changed(&desk.aggregation, &Aggregation::settingsChanged);
    desk.aggregation.configure(AggregationDesk::settings(), "test-secret");
    QCOMPARE(changed.size(), 0);
    QCOMPARE(&desk.aggregation.client(), client);
}

void TestAggregation::newSettingsEndWhatIsUnderWay()
{
    AggregationDesk desk;
    desk.network.expectTenantToken(u"TNT-1"_s);
    std::optional<api::ErrorKind> kind;
    QObject context;
    const api::Call call = desk.aggregation.readUser(
        shopper, models::Source::LookUp, &context, [&kind](const api::Result<models::RecordRef> &result) {
            if (!result)
                kind = result.error().kind;
        });
    desk.aggregation.configure({}, {});
    QTRY_VERIFY(kind);
    QCOMPARE(*kind, api::ErrorKind::Cancelled);
    QVERIFY(!desk.aggregation.isUsed());
}

void TestAggregation::aUserIsReadIntoTheLedger()
{
    AggregationDesk desk;
    desk.network.expectTenantToken(u"TNT-1"_s);
    for (const auto &[path, body] :
        {std::pair(u"/yodlee/providerAccounts"_s, shopperLinks), std::pair(u"/yodlee/accounts"_s, shopperAccounts)})
        desk.network.expect(
            {.verb = "GET", .path = u"/api"_s + path, .headers = {{"loginName", "shopper 1"}}}, {.body = body});
    QCOMPARE(desk.readUser(shopper), QString());
    QCOMPARE(desk.ask("SELECT family || ' ' || name || ' ' || status || ' ' || institution || ' ' || last_four "
                      "FROM customers"),
        u"AGGREGATION shopper 1 NEEDS_USER Dag Site 6789"_s);
    QCOMPARE(desk.ask("SELECT last_four || balance_cents FROM user_accounts"), u"67891250"_s);
    QCOMPARE(desk.ask("SELECT provider_account_id FROM user_links"), u"7"_s);
    QCOMPARE(desk.ask("SELECT created_at FROM customers"), u"1793520000000"_s);
    QCOMPARE(desk.ask("SELECT kind || ' ' || status FROM observations"), u"customer NEEDS_USER"_s);
    QCOMPARE(desk.network.problems(), QString());
}

void TestAggregation::linksMayComeLast()
{
    AggregationDesk desk;
    desk.network.expectTenantToken(u"TNT-1"_s, "old");
    desk.expectGet(u"/yodlee/providerAccounts"_s, {}, 401);
    desk.expectGet(u"/yodlee/accounts"_s, shopperAccounts);
    desk.network.expectTenantToken(u"TNT-1"_s, "new");
    desk.expectGet(u"/yodlee/providerAccounts"_s, shopperLinks);
    QCOMPARE(desk.readUser(shopper), QString());
    QCOMPARE(desk.ask("SELECT status FROM customers"), u"NEEDS_USER"_s);
    QCOMPARE(desk.network.problems(), QString());
}

void TestAggregation::linksThatCannotBeReadLeaveTheOldOnes()
{
    AggregationDesk desk;
    desk.network.expectTenantToken(u"TNT-1"_s);
    desk.expectGet(u"/yodlee/providerAccounts"_s, shopperLinks);
    desk.expectGet(u"/yodlee/accounts"_s, shopperAccounts);
    QCOMPARE(desk.readUser(shopper), QString());
    desk.expectGet(u"/yodlee/providerAccounts"_s, {}, 404);
    desk.expectGet(u"/yodlee/accounts"_s, "{}");
    QCOMPARE(desk.readUser(shopper), QString());
    QCOMPARE(desk.ask("SELECT count(*) FROM user_accounts"), u"0"_s);
    QCOMPARE(desk.ask("SELECT count(*) FROM user_links"), u"1"_s);
}

void TestAggregation::accountsThatCannotBeReadAreTheError()
{
    AggregationDesk desk;
    desk.network.expectTenantToken(u"TNT-1"_s);
    desk.expectGet(u"/yodlee/providerAccounts"_s, shopperLinks);
    desk.expectGet(u"/yodlee/accounts"_s, R"({"errorCode":"Y901","errorMessage":"down"})", 503);
    QSignalSpy failed(&desk.aggregation, &Aggregation::failed);
    QCOMPARE(desk.readUser(shopper), u"Fault"_s);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(desk.ask("SELECT count(*) FROM customers"), u"0"_s);
}

void TestAggregation::theUserMayBeInTheToken()
{
    AggregationDesk desk;
    models::AggregationSettings settings = AggregationDesk::settings();
    settings.userTokens = true;
    settings.proxyPrefix = u"/yodlee/v1"_s;
    settings.apiVersion = u"1.1"_s;
    desk.aggregation.configure(settings, "test-secret");
    desk.network.expect(
        {.verb = "POST",
            .path = u"/api/oauth/token"_s,
            .body
            = R"({"clientId":"test-client","clientSecret":"test-secret","tenantId":"TNT-1","userId":"shopper 1"})"},
        {.body = R"({"token":"t"})"});
    for (const QString &path : {u"/providerAccounts"_s, u"/accounts"_s})
        desk.network.expect(
            {.verb = "GET", .path = u"/api/yodlee/v1"_s + path, .headers = {{"Api-Version", "1.1"}}}, {.body = "{}"});
    QCOMPARE(desk.readUser(shopper), QString());
    QCOMPARE(desk.ask("SELECT status FROM customers"), u"STARTED"_s);
    QCOMPARE(desk.network.problems(), QString());
}

void TestAggregation::lookUpsFindLinkedUsers()
{
    AggregationDesk desk;
    api::Client payByBank({.baseUrl = {}, .makeManager = desk.network.factory()}, {});
    models::LookUps lookUps(payByBank, *desk.ledger, nullptr, &desk.aggregation);
    desk.network.expectTenantToken(u"TNT-1"_s);
    desk.expectGet(u"/yodlee/providerAccounts"_s, "{}");
    desk.expectGet(u"/yodlee/accounts"_s, shopperAccounts);
    lookUps.readBack(models::recordOf(shopper), models::Source::LookUp);
    QTRY_COMPARE(desk.ask("SELECT status || count(*) FROM customers"), u"LINKED1"_s);
    QCOMPARE(desk.network.problems(), QString());
}

void TestAggregation::lookUpsSayWhenTheFamilyIsNotUsed()
{
    AggregationDesk desk;
    api::Client payByBank({.baseUrl = {}, .makeManager = desk.network.factory()}, {});
    models::LookUps lookUps(payByBank, *desk.ledger);
    std::optional<api::Error> error;
    QObject context;
    const api::Call call = lookUps.lookUp(models::recordOf(shopper), models::Source::LookUp, &context,
        [&error](const api::Result<models::RecordRef> &result) {
            if (!result)
                error = result.error();
        });
    QTRY_VERIFY(error);
    QCOMPARE(error->delivery, api::Delivery::CertainlyNotSent);
    QVERIFY(desk.network.requests().isEmpty());
}

void TestAggregation::fastLinkOpensAndNotesTheUser()
{
    AggregationDesk desk;
    desk.network.expectTenantToken(u"TNT-1"_s);
    desk.network.expect({.verb = "POST", .path = u"/api/yodlee/fastlink/get"_s, .body = R"({"loginName":"shopper 1"})"},
        {.body = R"({"fastlinkConfiguration":{"accessToken":"fl-secret","fastLinkURL":"https://fl.example.com/x"}})"});
    const auto launch = launchOf(desk, {.loginName = shopper.loginName});
    QVERIFY(launch && *launch);
    QCOMPARE((*launch)->page.kind, models::PaneRequest::Kind::FastLinkForm);
    QCOMPARE((*launch)->page.address.toString(), u"https://fl.example.com/x"_s);
    QCOMPARE((*launch)->page.accessToken, u"fl-secret"_s);
    QCOMPARE(models::requestProblem((*launch)->page), QString());
    QCOMPARE((*launch)->user, shopper);
    QTRY_COMPARE(desk.ask("SELECT id || ' ' || status FROM customers"), u"aggregation:TNT-1/shopper%201 STARTED"_s);
    QCOMPARE(desk.ask("SELECT source FROM observations"), u"own"_s);
    QCOMPARE(desk.network.problems(), QString());
}

void TestAggregation::fastLinkUsesTheProfilesAddress()
{
    AggregationDesk desk;
    models::AggregationSettings settings = AggregationDesk::settings();
    settings.fastLinkVariant = api::FastLinkVariant::Quickstart;
    settings.fastLinkUrl = QUrl(u"https://own.example.com/fl"_s);
    desk.aggregation.configure(settings, "test-secret");
    desk.network.expectTenantToken(u"TNT-1"_s);
    desk.network.expect({.verb = "POST", .path = u"/api/fastlink/token"_s, .body = R"({"loginName":"shopper 1"})"},
        {.body = R"({"fastlink_token":"fl"})"});
    const auto launch = launchOf(desk, {.loginName = shopper.loginName, .opening = FastLinkOrder::Opening::Loader});
    QVERIFY(launch && *launch);
    QCOMPARE((*launch)->page.address, settings.fastLinkUrl);
    QCOMPARE((*launch)->page.kind, models::PaneRequest::Kind::FastLinkLoader);
    QCOMPARE((*launch)->page.loader, settings.loader);
    QCOMPARE(models::requestProblem((*launch)->page), QString());
}

void TestAggregation::fastLinkWithoutAnAddressIsRefused()
{
    AggregationDesk desk;
    desk.network.expectTenantToken(u"TNT-1"_s);
    desk.network.expect({.verb = "POST", .path = u"/api/yodlee/fastlink/get"_s, .body = R"({"loginName":"shopper 1"})"},
        {.body = R"({"fastlink_token":"fl"})"});
    const auto launch = launchOf(desk, {.loginName = shopper.loginName});
    QVERIFY(launch && !*launch);
    QCOMPARE(launch->error().kind, api::ErrorKind::Garbled);
    QVERIFY(launch->error().detail.startsWith(u"fastLinkURL"_s));
}

void TestAggregation::ordersAreChecked_data()
{
    QTest::addColumn<QString>("login");
    QTest::addColumn<QString>("config");
    QTest::addColumn<bool>("edit");
    QTest::addColumn<QString>("link");
    QTest::addColumn<bool>("good");
    QTest::newRow("add") << u"a"_s << u"aggregation"_s << false << QString() << true;
    QTest::newRow("edit") << u"a"_s << u"verification"_s << true << u"7"_s << true;
    QTest::newRow("nobody") << u" "_s << u"aggregation"_s << false << QString() << false;
    QTest::newRow("no configuration") << u"a"_s << QString() << false << QString() << false;
    QTest::newRow("edit of nothing") << u"a"_s << u"aggregation"_s << true << QString() << false;
}

void TestAggregation::ordersAreChecked()
{
    QFETCH(QString, login);
    QFETCH(QString, config);
    QFETCH(bool, edit);
    QFETCH(QString, link);
    const FastLinkOrder order{.loginName = api::LoginName(login),
        .configName = config,
        .flow = edit ? FastLinkOrder::Flow::Edit : FastLinkOrder::Flow::Add,
        .providerAccountId = api::ProviderAccountId(link)};
    QTEST(models::orderProblem(order).isEmpty(), "good");
}

void TestAggregation::ordersBecomeParameters_data()
{
    using Parameters = QList<std::pair<QString, QString>>;
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("link");
    QTest::addColumn<Parameters>("expected");
    const std::pair<QString, QString> name{u"configName"_s, u"verification"_s};
    QTest::newRow("plain") << QString() << QString() << Parameters{name};
    QTest::newRow("bank") << u"16441"_s << QString()
                          << Parameters{name, {u"flow"_s, u"add"_s}, {u"providerId"_s, u"16441"_s}};
    QTest::newRow("repair") << u"16441"_s << u"7"_s
                            << Parameters{name, {u"flow"_s, u"edit"_s}, {u"providerAccountId"_s, u"7"_s}};
}

void TestAggregation::ordersBecomeParameters()
{
    QFETCH(QString, provider);
    QFETCH(QString, link);
    AggregationDesk desk;
    desk.network.expectTenantToken(u"TNT-1"_s);
    desk.network.expect({.verb = "POST", .path = u"/api/yodlee/fastlink/get"_s, .body = R"({"loginName":"shopper 1"})"},
        {.body = R"({"accessToken":"t","fastLinkURL":"https://fl.example.com/x"})"});
    const auto launch = launchOf(desk,
        {.loginName = shopper.loginName,
            .configName = u"verification"_s,
            .flow = link.isEmpty() ? FastLinkOrder::Flow::Add : FastLinkOrder::Flow::Edit,
            .providerId = provider,
            .providerAccountId = api::ProviderAccountId(link)});
    QVERIFY(launch && *launch);
    QTEST((*launch)->page.parameters, "expected");
}

void TestAggregation::verifiedNumbersStayOffTheDisk()
{
    AggregationDesk desk;
    desk.network.expectTenantToken(u"TNT-1"_s);
    desk.expectGet(u"/yodlee/verification/verifiedAccounts"_s,
        R"({"verifiedAccount":[{"accountId":1,"fullAccountNumberList":{"paymentAccountNumber":"5123456789"}}]})");
    std::optional<QString> number;
    QObject context;
    const api::Call call = desk.aggregation.verifiedAccounts(
        shopper, &context, [&number](const api::Result<QList<api::VerifiedAggregatedAccount>> &accounts) {
            number = accounts ? accounts->value(0).accountNumber : QString();
        });
    QTRY_VERIFY(number);
    QCOMPARE(*number, u"5123456789"_s);
    QCOMPARE(desk.ask("SELECT count(*) FROM observations"), u"0"_s);
}

QTEST_GUILESS_MAIN(TestAggregation)
#include "tst_aggregation.moc"

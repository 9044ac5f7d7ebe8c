// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/aggregation/client.h"
#include "api/aggregation/tokens.h"

#include "tests/api/exchanges.h"

using api::Auth;
using api::ErrorKind;

class TestAggregationTokens : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void theBodyIsThatOfTheReference_data();
    void theBodyIsThatOfTheReference();
    void anAnswerIsRead_data();
    void anAnswerIsRead();
    void oneFetchServesAllRequests();
    void aRefusedTokenIsReplacedOnce();
    void aFailedFetchTellsTheReason_data();
    void aFailedFetchTellsTheReason();
    void anotherTenantGetsAnotherToken();
    void withoutASecretNothingIsSent();

    void theClientIsRead();
    void theClientMayComeBare();
    void theClientNeedsItsId();
    void clientFailures_data() { addFailureRows(QStringLiteral("aggregation")); }
    void clientFailures() { checkFailure(QStringLiteral("client"), api::getAggregationClient()); }
};

void TestAggregationTokens::theBodyIsThatOfTheReference_data()
{
    QTest::addColumn<QString>("tenant");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("tenant") << QStringLiteral("TNT-1") << QString()
                            << QByteArray(R"({"clientId":"c","clientSecret":"s\"é","tenantId":"TNT-1"})");
    QTest::newRow("tenant and user")
        << QStringLiteral("TNT-1") << QStringLiteral("u")
        << QByteArray(R"({"clientId":"c","clientSecret":"s\"é","tenantId":"TNT-1","userId":"u"})");
    QTest::newRow("neither") << QString() << QString() << QByteArray(R"({"clientId":"c","clientSecret":"s\"é"})");
}

void TestAggregationTokens::theBodyIsThatOfTheReference()
{
    QFETCH(const QString, tenant);
    QFETCH(const QString, user);
    const auto request = api::requestTenantToken(
        {.clientId = QStringLiteral("c"), .clientSecret = "s\"\xc3\xa9", .tenantId = tenant, .userId = user});
    QCOMPARE(request.data.verb, api::Verb::Post);
    QCOMPARE(request.data.path, QByteArray("/oauth/token"));
    QCOMPARE(request.data.contentType, QByteArray("application/json"));
    QCOMPARE(request.data.auth, Auth::None);
    QTEST(request.data.body, "body");
}

void TestAggregationTokens::anAnswerIsRead_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("bearer"); // empty: refused
    QTest::addColumn<qint64>("lifetime");
    const auto row = [](const char *name, const char *body, const char *bearer, qint64 lifetime) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(bearer) << lifetime;
    };
    row("accessToken", R"({"accessToken":"a.b.c","tokenType":"Bearer","expiresIn":60})", "a.b.c", 60);
    row("token", R"({"token":"a.b.c","expiresIn":60})", "a.b.c", 60);
    row("both", R"({"token":"old","accessToken":"new","expiresIn":60})", "new", 60);
    row("no lifetime", R"({"accessToken":"a"})", "a", 3600);
    row("null lifetime", R"({"token":"a","expiresIn":null})", "a", 3600);
    row("lifetime as text", R"({"token":"a","expiresIn":"60"})", "a", 60);
    row("lifetime a word", R"({"token":"a","expiresIn":"1h"})", "", 0);
    row("no token", R"({"expiresIn":3600})", "", 0);
    row("empty token", R"({"accessToken":"","token":"a"})", "", 0);
    row("token that would end a header", R"({"accessToken":"a\r\nX: y"})", "", 0);
    row("snake case is the other family's", R"({"access_token":"a","expires_in":60})", "", 0);
}

void TestAggregationTokens::anAnswerIsRead()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, bearer);
    QFETCH(const qint64, lifetime);
    const auto token = api::readTenantToken(*api::Json::parse(body));
    QCOMPARE(token.has_value(), !bearer.isEmpty());
    if (!token) {
        QCOMPARE(token.error().kind, ErrorKind::Garbled);
        return;
    }
    QCOMPARE(token->bearer, bearer);
    QCOMPARE(token->lifetimeSeconds, lifetime);
}

void TestAggregationTokens::oneFetchServesAllRequests()
{
    Exchange exchange(Auth::TenantToken);
    exchange.expectTokenFor(Auth::TenantToken);
    for (int count = 0; count < 3; ++count)
        exchange.network.expectRecorded(QStringLiteral("aggregation/client"));
    for (int count = 0; count < 3; ++count) {
        const auto answer = answerOf(*exchange.client, api::getAggregationClient());
        QVERIFY(answer && *answer);
    }
    QCOMPARE(exchange.network.problems(), QString());
}

void TestAggregationTokens::aRefusedTokenIsReplacedOnce()
{
    Exchange exchange(Auth::TenantToken);
    exchange.network.expectTenantToken(QStringLiteral("TNT-1"), "old");
    exchange.network.expect(
        {.verb = "GET", .path = QStringLiteral("/api/client"), .headers = {{"Authorization", "Bearer old"}}},
        readAnswerFile(QStringLiteral("aggregation/failure-401")));
    exchange.network.expectTenantToken(QStringLiteral("TNT-1"), "new");
    exchange.network.expect(
        {.verb = "GET", .path = QStringLiteral("/api/client"), .headers = {{"Authorization", "Bearer new"}}},
        readAnswerFile(QStringLiteral("aggregation/client")));
    const auto answer = answerOf(*exchange.client, api::getAggregationClient());
    QVERIFY(answer && *answer);
    QCOMPARE(exchange.network.problems(), QString());
}

void TestAggregationTokens::aFailedFetchTellsTheReason_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, int status, const char *body, ErrorKind kind, const char *message) {
        QTest::newRow(name) << status << QByteArray(body) << kind << QString::fromLatin1(message);
    };
    row("bad tenant", 401, R"({"error":{"code":401,"message":"Unauthorized","details":"bad tenant id"}})",
        ErrorKind::Unauthorized, "Unauthorized: bad tenant id");
    row("bad body", 400, R"({"error":{"code":400,"details":["tenantId is required"],"expected":{}}})",
        ErrorKind::Unauthorized, "tenantId is required");
    row("wrong address", 404, "", ErrorKind::Rejected, "");
    row("fault", 503, "", ErrorKind::Fault, "");
}

void TestAggregationTokens::aFailedFetchTellsTheReason()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    Exchange exchange(Auth::TenantToken);
    exchange.network.expect(
        {.verb = "POST",
            .path = QStringLiteral("/api/oauth/token"),
            .body = R"({"clientId":"test-client","clientSecret":"test-secret","tenantId":"TNT-1"})"},
        {.status = status, .body = body});
    const auto answer = answerOf(*exchange.client, api::getAggregationClient());
    QVERIFY(answer && !*answer);
    QTEST(answer->error().kind, "kind");
    QTEST(answer->error().message, "message");
    QCOMPARE(answer->error().delivery, api::Delivery::CertainlyNotSent);
    QCOMPARE(exchange.network.problems(), QString());
}

void TestAggregationTokens::anotherTenantGetsAnotherToken()
{
    Exchange exchange(Auth::TenantToken);
    exchange.expectTokenFor(Auth::TenantToken);
    exchange.network.expectRecorded(QStringLiteral("aggregation/client"));
    QVERIFY(answerOf(*exchange.client, api::getAggregationClient()));
    exchange.client->setCredentials({.clientId = QStringLiteral("test-client"),
        .clientSecret = "test-secret",
        .tenantId = QStringLiteral("TNT-2")});
    exchange.network.expectTenantToken(QStringLiteral("TNT-2"), "second");
    exchange.network.expect(
        {.verb = "GET", .path = QStringLiteral("/api/client"), .headers = {{"Authorization", "Bearer second"}}},
        readAnswerFile(QStringLiteral("aggregation/client")));
    QVERIFY(answerOf(*exchange.client, api::getAggregationClient()));
    QCOMPARE(exchange.network.problems(), QString());
}

void TestAggregationTokens::withoutASecretNothingIsSent()
{
    Exchange exchange(Auth::TenantToken);
    exchange.client->setCredentials({.clientId = QStringLiteral("c"), .tenantId = QStringLiteral("TNT-1")});
    const auto answer = answerOf(*exchange.client, api::getAggregationClient());
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().kind, ErrorKind::NoSecret);
    QVERIFY(exchange.network.requests().isEmpty());
}

void TestAggregationTokens::theClientIsRead()
{
    const auto client = play(QStringLiteral("client"), api::getAggregationClient());
    QVERIFY(client && *client);
    const api::AggregationClient expected{.id = QStringLiteral("CLI-7a0c"),
        .name = QStringLiteral("Corner Books"),
        .description = QStringLiteral("Books and maps"),
        .registeredAt = 1'740'821'400'000,
        .webhooks = {api::WebhookId(QStringLiteral("WBK-1")),
            api::WebhookId(QStringLiteral("2b6f2c1e-1111-4222-8333-444455556666"))},
        .tenants = {api::TenantId(QStringLiteral("TNT-1")), api::TenantId(QStringLiteral("TNT-2"))}};
    QCOMPARE(**client, expected);
}

void TestAggregationTokens::theClientMayComeBare()
{
    const auto client = play(QStringLiteral("client-bare"), api::getAggregationClient());
    QVERIFY(client && *client);
    QCOMPARE((*client)->id, QStringLiteral("CLI-7a0c"));
    QVERIFY((*client)->tenants.isEmpty());
}

void TestAggregationTokens::theClientNeedsItsId()
{
    checkComplaint(api::readAggregationClient, R"({"client":{}})", QStringLiteral("clientId"));
    checkComplaint(api::readAggregationClient, R"({"clientId":"c","tenants":[{}]})", QStringLiteral("tenants"));
    checkComplaint(api::readAggregationClient, R"({"clientId":"c","webhookIds":"w"})", QStringLiteral("webhookIds"));
}

QTEST_GUILESS_MAIN(TestAggregationTokens)
#include "tst_aggregationtokens.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/tokens.h"

#include "tests/api/exchanges.h"
#include "tests/support/scriptedserver.h"

#include <QTcpSocket>

using api::Answer;
using api::Auth;
using api::Delivery;
using api::ErrorKind;
using api::Result;

namespace {

using TokenServerRequest = ScriptedServer::Received;

api::RequestData tokenRead(Auth auth = Auth::CoreToken)
{
    return {.path = "/v1/thing", .auth = auth};
}

api::RequestData tokenWrite()
{
    return {.verb = api::Verb::Post, .path = "/v1/thing", .body = "{}", .auth = Auth::PaymentToken};
}

//! Many calls at once, and what they heard.
struct Listener
{
    QObject context;
    std::vector<api::Call> calls = {};
    int answers = 0;
    QList<api::Error> errors = {};

    void send(api::Client &client, const api::RequestData &request)
    {
        calls.push_back(client.sendRaw(request, &context, [this](const Result<Answer> &answer) {
            if (answer)
                ++answers;
            else
                errors += answer.error();
        }));
    }
};

} // namespace

class TestTokens : public QObject
{
    Q_OBJECT
private slots:
    void init() { failOnAnyWarning(); }

    void theFormIsThatOfTheReference();
    void anAnswerIsRead_data();
    void anAnswerIsRead();
    void oneFetchServesAll();
    void scopesHaveTokensOfTheirOwn();
    void aTokenIsRenewedAheadOfItsEnd();
    void aFailedRenewalDoesNoHarm();
    void aRefusedTokenIsReplacedOnce();
    void aSecondRefusalIsTold();
    void aFailedFetchNeverSendsTheRequest_data();
    void aFailedFetchNeverSendsTheRequest();
    void withoutASecretNothingIsSent();
    void newCredentialsDropTheTokens();
    void newCredentialsDuringAFetchCount();
};

void TestTokens::theFormIsThatOfTheReference()
{
    const auto request = api::requestToken(
        {.clientId = QStringLiteral("a b&c"), .clientSecret = "x=y+z%\xc3\xa9"}, QStringLiteral("Link-Core"));
    QCOMPARE(request.data.verb, api::Verb::Post);
    QCOMPARE(request.data.path, QByteArray("/v1/tokens"));
    QCOMPARE(request.data.contentType, QByteArray("application/x-www-form-urlencoded"));
    QCOMPARE(request.data.auth, Auth::None);
    QCOMPARE(request.data.body,
        QByteArray("client_id=a%20b%26c&client_secret=x%3Dy%2Bz%25%C3%A9&scope=Link-Core"
                   "&grant_type=client_credentials"));
}

void TestTokens::anAnswerIsRead_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qint64>("lifetime"); // 0: refused
    QTest::newRow("documented") << QByteArray(R"({"access_token":"a.b.c","expires_in":3600})") << qint64(3600);
    QTest::newRow("lifetime as text") << QByteArray(R"({"access_token":"a","expires_in":"60"})") << qint64(60);
    QTest::newRow("no lifetime") << QByteArray(R"({"access_token":"a"})") << qint64(300);
    QTest::newRow("lifetime zero") << QByteArray(R"({"access_token":"a","expires_in":0})") << qint64(1);
    QTest::newRow("lifetime huge") << QByteArray(R"({"access_token":"a","expires_in":9999999999999})")
                                   << qint64(2'592'000);
    QTest::newRow("lifetime a word") << QByteArray(R"({"access_token":"a","expires_in":"soon"})") << qint64(0);
    QTest::newRow("no token") << QByteArray(R"({"expires_in":3600})") << qint64(0);
    QTest::newRow("empty token") << QByteArray(R"({"access_token":"","expires_in":3600})") << qint64(0);
    QTest::newRow("token that would end a header")
        << QByteArray(R"({"access_token":"a\r\nX: y","expires_in":3600})") << qint64(0);
}

void TestTokens::anAnswerIsRead()
{
    QFETCH(const QByteArray, body);
    QFETCH(const qint64, lifetime);
    const auto token = api::readAccessToken(*api::Json::parse(body));
    QCOMPARE(token.has_value(), lifetime > 0);
    if (token)
        QCOMPARE(token->lifetimeSeconds, lifetime);
    else
        QCOMPARE(token.error().kind, ErrorKind::Garbled);
}

void TestTokens::oneFetchServesAll()
{
    Exchange exchange;
    exchange.network.expectToken(QStringLiteral("Link-Core"), "tok");
    for (int count = 0; count < 10; ++count)
        exchange.network.expect(
            {.verb = "GET", .path = QStringLiteral("/v1/thing"), .headers = {{"Authorization", "Bearer tok"}}},
            {.body = "{}"});
    Listener listener;
    for (int count = 0; count < 10; ++count)
        listener.send(*exchange.client, tokenRead());
    QTRY_COMPARE(listener.answers, 10);
    QCOMPARE(exchange.network.problems(), QString());
}

void TestTokens::scopesHaveTokensOfTheirOwn()
{
    Exchange exchange;
    exchange.network.expectToken(QStringLiteral("Link-Core"), "core");
    exchange.network.expect(
        {.verb = "GET", .path = QStringLiteral("/v1/thing"), .headers = {{"Authorization", "Bearer core"}}},
        {.body = "{}"});
    exchange.network.expectToken(QStringLiteral("Link-Payment"), "pay");
    exchange.network.expect(
        {.verb = "GET", .path = QStringLiteral("/v1/thing"), .headers = {{"Authorization", "Bearer pay"}}},
        {.body = "{}"});
    exchange.network.expect(
        {.verb = "GET", .path = QStringLiteral("/v1/thing"), .headers = {{"Authorization", "Bearer core"}}},
        {.body = "{}"});
    Listener listener;
    int done = 0;
    for (const Auth auth : {Auth::CoreToken, Auth::PaymentToken, Auth::CoreToken}) {
        listener.send(*exchange.client, tokenRead(auth));
        ++done;
        QTRY_COMPARE(listener.answers, done);
    }
    QCOMPARE(exchange.network.problems(), QString());
}

void TestTokens::aTokenIsRenewedAheadOfItsEnd()
{
    int tokens = 0;
    bool renewedInTime = true;
    ScriptedServer server([&](QTcpSocket *socket, const TokenServerRequest &request) {
        if (ScriptedServer::isTokenCall(request)) {
            ++tokens;
            socket->write(ScriptedServer::tokenAnswer("t" + QByteArray::number(tokens), 2));
        } else {
            renewedInTime = renewedInTime && request.head.contains("Bearer t");
            socket->write(ScriptedServer::http(200, "{}"));
        }
    });
    api::Client client({.baseUrl = server.url()}, {.clientId = QStringLiteral("id"), .clientSecret = "s"});
    // Asking all the time over more than one lifetime: no request is refused, and the token changes.
    const auto ask = [&] {
        Listener listener;
        listener.send(client, tokenRead());
        return QTest::qWaitFor([&listener] { return listener.answers == 1; }) && tokens >= 3;
    };
    QTRY_VERIFY_WITH_TIMEOUT(ask(), 10'000);
    QVERIFY(renewedInTime);
}

void TestTokens::aFailedRenewalDoesNoHarm()
{
    int tokens = 0;
    ScriptedServer server([&](QTcpSocket *socket, const TokenServerRequest &request) {
        if (!ScriptedServer::isTokenCall(request))
            socket->write(ScriptedServer::http(200, "{}"));
        else if (++tokens == 1)
            socket->write(ScriptedServer::tokenAnswer("t", 5));
        else
            socket->write(ScriptedServer::http(500, {}));
    });
    api::Client client({.baseUrl = server.url()}, {.clientId = QStringLiteral("id"), .clientSecret = "s"});
    Listener listener;
    int asked = 0;
    const auto renewalFailed = [&] {
        listener.send(client, tokenRead());
        return QTest::qWaitFor([&] { return listener.answers == asked + 1; }) && ++asked > 0 && tokens > 1;
    };
    // Due after nine tenths of the lifetime.
    QVERIFY(QTest::qWaitFor(renewalFailed, 4'900));
    for (int count = 0; count < 5; ++count)
        QVERIFY(renewalFailed());
    QCOMPARE(tokens, 2);
    QVERIFY(listener.errors.isEmpty());
}

void TestTokens::aRefusedTokenIsReplacedOnce()
{
    Exchange exchange;
    const FakeRequest write{.verb = "POST",
        .path = QStringLiteral("/v1/thing"),
        .headers = {{"Authorization", "Bearer old"}},
        .body = "{}"};
    FakeRequest again = write;
    again.headers = {{"Authorization", "Bearer new"}};
    exchange.network.expectToken(QStringLiteral("Link-Payment"), "old");
    exchange.network.expect(write, {.status = 401});
    exchange.network.expectToken(QStringLiteral("Link-Payment"), "new");
    exchange.network.expect(again, {.body = "{}"});
    Listener listener;
    listener.send(*exchange.client, tokenWrite());
    QTRY_COMPARE(listener.answers, 1);
    QCOMPARE(exchange.network.problems(), QString());
}

void TestTokens::aSecondRefusalIsTold()
{
    Exchange exchange;
    const FakeRequest write{.verb = "POST", .path = QStringLiteral("/v1/thing"), .body = "{}"};
    for (int count = 0; count < 2; ++count) {
        exchange.network.expectToken(QStringLiteral("Link-Payment"));
        exchange.network.expect(write, {.status = 401, .body = R"({"errorMessage":"no"})"});
    }
    Listener listener;
    listener.send(*exchange.client, tokenWrite());
    QTRY_COMPARE(listener.errors.size(), 1);
    QCOMPARE(listener.errors.constFirst().kind, ErrorKind::Unauthorized);
    QCOMPARE(listener.errors.constFirst().delivery, Delivery::Answered);
    QCOMPARE(exchange.network.problems(), QString());
}

void TestTokens::aFailedFetchNeverSendsTheRequest_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QNetworkReply::NetworkError>("network");
    QTest::addColumn<ErrorKind>("kind");
    const auto none = QNetworkReply::NoError;
    const QByteArray words = R"({"errorSummary":"wrong secret"})";
    QTest::newRow("400") << 400 << words << none << ErrorKind::Unauthorized;
    QTest::newRow("401") << 401 << words << none << ErrorKind::Unauthorized;
    QTest::newRow("403") << 403 << words << none << ErrorKind::Forbidden;
    QTest::newRow("404") << 404 << words << none << ErrorKind::Rejected;
    QTest::newRow("429") << 429 << words << none << ErrorKind::RateLimited;
    QTest::newRow("500") << 500 << words << none << ErrorKind::Fault;
    QTest::newRow("garbage") << 200 << QByteArray("hello") << none << ErrorKind::Garbled;
    QTest::newRow("no token inside") << 200 << QByteArray("{}") << none << ErrorKind::Garbled;
    QTest::newRow("cut") << 0 << QByteArray() << QNetworkReply::RemoteHostClosedError << ErrorKind::Offline;
    QTest::newRow("too slow") << 0 << QByteArray() << QNetworkReply::OperationCanceledError << ErrorKind::TimedOut;
    QTest::newRow("TLS") << 0 << QByteArray() << QNetworkReply::SslHandshakeFailedError << ErrorKind::Untrusted;
}

void TestTokens::aFailedFetchNeverSendsTheRequest()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QNetworkReply::NetworkError, network);
    QFETCH(const ErrorKind, kind);
    Exchange exchange;
    exchange.network.expect({.verb = "POST",
                                .path = QStringLiteral("/v1/tokens"),
                                .body = "client_id=test-client&client_secret=test-secret&scope=Link-Payment&"
                                        "grant_type=client_credentials"},
        {.status = status, .body = body, .error = network});
    Listener listener;
    listener.send(*exchange.client, tokenWrite());
    listener.send(*exchange.client, tokenWrite());
    QTRY_COMPARE(listener.errors.size(), 2);
    for (const api::Error &error : listener.errors) {
        QCOMPARE(error.kind, kind);
        QCOMPARE(error.delivery, Delivery::CertainlyNotSent);
        QCOMPARE(error.httpStatus, status);
    }
    if (status >= 400)
        QCOMPARE(listener.errors.constFirst().message, QStringLiteral("wrong secret"));
    QCOMPARE(exchange.network.problems(), QString());
}

void TestTokens::withoutASecretNothingIsSent()
{
    Exchange exchange;
    exchange.client->setCredentials({.clientId = QStringLiteral("id")});
    for (const Auth auth : {Auth::Basic, Auth::CoreToken, Auth::PaymentToken}) {
        Listener listener;
        listener.send(*exchange.client, tokenRead(auth));
        QTRY_COMPARE(listener.errors.size(), 1);
        QCOMPARE(listener.errors.constFirst().kind, ErrorKind::NoSecret);
        QCOMPARE(listener.errors.constFirst().delivery, Delivery::CertainlyNotSent);
    }
    QVERIFY(exchange.network.requests().isEmpty());
}

void TestTokens::newCredentialsDropTheTokens()
{
    Exchange exchange;
    for (const QByteArray &token : {QByteArray("one"), QByteArray("two")}) {
        exchange.network.expectToken(QStringLiteral("Link-Core"), token);
        exchange.network.expect(
            {.verb = "GET", .path = QStringLiteral("/v1/thing"), .headers = {{"Authorization", "Bearer " + token}}},
            {.body = "{}"});
    }
    Listener listener;
    listener.send(*exchange.client, tokenRead());
    QTRY_COMPARE(listener.answers, 1);
    exchange.client->setCredentials({.clientId = QStringLiteral("test-client"), .clientSecret = "test-secret"});
    listener.send(*exchange.client, tokenRead());
    QTRY_COMPARE(listener.answers, 2);
    QCOMPARE(exchange.network.problems(), QString());
}

void TestTokens::newCredentialsDuringAFetchCount()
{
    Exchange exchange;
    exchange.client->setCredentials({.clientId = QStringLiteral("wrong"), .clientSecret = "wrong"});
    exchange.network.expect(
        {.verb = "POST",
            .path = QStringLiteral("/v1/tokens"),
            .body = "client_id=wrong&client_secret=wrong&scope=Link-Core&grant_type=client_credentials"},
        {.status = 401});
    exchange.network.expectToken(QStringLiteral("Link-Core"), "right");
    exchange.network.expect(
        {.verb = "GET", .path = QStringLiteral("/v1/thing"), .headers = {{"Authorization", "Bearer right"}}},
        {.body = "{}"});
    Listener listener;
    listener.send(*exchange.client, tokenRead());
    exchange.client->setCredentials({.clientId = QStringLiteral("test-client"), .clientSecret = "test-secret"});
    QTRY_COMPARE(listener.answers, 1);
    QCOMPARE(exchange.network.problems(), QString());
}

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"

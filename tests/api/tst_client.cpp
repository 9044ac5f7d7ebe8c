// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/api/clientcalls.h"
#include "tests/support/waiting.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

using api::Answer;
using api::Delivery;
using api::ErrorKind;
using api::Result;
using Received = ScriptedServer::Received;

class TestClient : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnAnyWarning(); }

    void anAnswerComesThroughTheEventLoop();
    void aWriteIsNeverSentTwice_data();
    void aWriteIsNeverSentTwice();
    void aWriteNeverUsesAnOldConnection();
    void readsKeepTheirConnection();
    void failuresAreClassified_data();
    void failuresAreClassified();
    void aRefusedConnectionIsCertainlyNotSent();
    void anUntrustworthyAddressIsNotAsked_data();
    void anUntrustworthyAddressIsNotAsked();
    void beforeAnAddressIsKnownNothingIsSent();
    void aBadPathIsNotSent();
    void aServerWithoutTlsIsUntrusted();
    void aSlowBodyTimesOut();
    void anOversizedAnswerIsCut();
    void aRedirectIsNotFollowed();
    void theJournalHoldsNoSecret();
    void headersAreThoseOfTheReference();
};

void TestClient::anAnswerComesThroughTheEventLoop()
{
    ScriptedServer server(replyOk);
    api::Client client({.baseUrl = server.url()}, {});
    bool returned = false;
    bool heard = false;
    const api::Call call = client.sendRaw(openRead(), this, [&](const Result<Answer> &answer) {
        heard = true;
        QVERIFY(returned);
        QVERIFY(answer);
        QCOMPARE(answer->httpStatus, 200);
        QCOMPARE(answer->json[u"ok"].boolean(), true);
        QCOMPARE(answer->host, QStringLiteral("127.0.0.1"));
    });
    returned = true;
    QVERIFY(call.isActive());
    QTRY_VERIFY(heard);
    QVERIFY(!call.isActive());
}

void TestClient::aWriteIsNeverSentTwice_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("afterAnAnsweredRead");
    QTest::newRow("with a body, first connection") << QByteArray(R"({"a":1})") << false;
    QTest::newRow("with a body, warm connection") << QByteArray(R"({"a":1})") << true;
    QTest::newRow("without a body, first connection") << QByteArray() << false;
    QTest::newRow("without a body, warm connection") << QByteArray() << true;
    QTest::newRow("with a large body") << QByteArray(300'000, 'x') << true;
}

void TestClient::aWriteIsNeverSentTwice()
{
    QFETCH(const QByteArray, body);
    QFETCH(const bool, afterAnAnsweredRead);
    ScriptedServer server([](QTcpSocket *socket, const Received &request) {
        if (request.isWrite())
            socket->abort();
        else
            replyOk(socket, request);
    });
    api::Client client({.baseUrl = server.url(), .parallelManagers = 1}, {});
    if (afterAnAnsweredRead)
        QVERIFY(rawAnswer(client, openRead()));
    const api::Error error = errorOf(rawAnswer(client, openWrite(body)));
    QCOMPARE(error.kind, ErrorKind::Offline);
    QCOMPARE(error.delivery, Delivery::Unknown);
    // A read over the same client passes after any re-send of the write would have arrived.
    QVERIFY(rawAnswer(client, openRead()));
    QCOMPARE(server.writes(), 1);
}

void TestClient::aWriteNeverUsesAnOldConnection()
{
    ScriptedServer server(replyOk);
    api::Client client({.baseUrl = server.url()}, {});
    for (int write = 0; write < 3; ++write)
        QVERIFY(rawAnswer(client, openWrite())->has_value());
    QCOMPARE(server.writes(), 3);
    QCOMPARE(server.connections(), 3);
}

void TestClient::readsKeepTheirConnection()
{
    ScriptedServer server(replyOk);
    api::Client client({.baseUrl = server.url()}, {});
    for (int read = 0; read < 5; ++read)
        QVERIFY(rawAnswer(client, openRead())->has_value());
    QCOMPARE(server.connections(), 1);
}

void TestClient::failuresAreClassified_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<Delivery>("delivery");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const QByteArray &wire, ErrorKind kind, Delivery delivery, int status,
                         const QString &message = {}) {
        QTest::newRow(name) << wire << kind << delivery << status << message;
    };
    const auto answered = Delivery::Answered;
    const auto unknown = Delivery::Unknown;
    const QByteArray documented
        = R"({"errorId":10003,"errorCode":"BAD","errorMessage":"Say more","errorSeverity":"ERROR"})";
    row("400", ScriptedServer::http(400, documented), ErrorKind::Rejected, answered, 400, QStringLiteral("Say more"));
    row("401", ScriptedServer::http(401, {}), ErrorKind::Unauthorized, answered, 401);
    row("401 with a challenge", ScriptedServer::http(401, {}, "WWW-Authenticate: Basic realm=x\r\n"),
        ErrorKind::Unauthorized, answered, 401);
    row("403", ScriptedServer::http(403, R"({"message":"no scope"})"), ErrorKind::Forbidden, answered, 403,
        QStringLiteral("no scope"));
    row("404", ScriptedServer::http(404, R"({"error":"gone"})"), ErrorKind::NotFound, answered, 404,
        QStringLiteral("gone"));
    row("409", ScriptedServer::http(409, R"("plain words")"), ErrorKind::Rejected, answered, 409,
        QStringLiteral("plain words"));
    row("422 nested", ScriptedServer::http(422, R"({"errorDetails":{"errorMessage":"deep"}})"), ErrorKind::Rejected,
        answered, 422, QStringLiteral("deep"));
    row("429", ScriptedServer::http(429, {}), ErrorKind::RateLimited, answered, 429);
    row("400 in plain text", ScriptedServer::http(400, "be  nice\n"), ErrorKind::Rejected, answered, 400,
        QStringLiteral("be nice"));
    row("400 in HTML", ScriptedServer::http(400, "<html>x</html>"), ErrorKind::Rejected, answered, 400);
    row("400 cut", "HTTP/1.1 400 Bad\r\nContent-Length: 100\r\n\r\n{", ErrorKind::Rejected, answered, 400,
        QStringLiteral("{"));
    row("500", ScriptedServer::http(500, documented), ErrorKind::Fault, unknown, 500, QStringLiteral("Say more"));
    row("503 empty", ScriptedServer::http(503, {}), ErrorKind::Fault, unknown, 503);
    row("200 not JSON", ScriptedServer::http(200, "hello"), ErrorKind::Garbled, unknown, 200);
    row("200 cut by length", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":1}", ErrorKind::Garbled, unknown,
        200);
    row("200 cut without length", "HTTP/1.1 200 OK\r\n\r\n{\"a\":", ErrorKind::Garbled, unknown, 200);
    row("200 with more behind", ScriptedServer::http(200, "{} {}"), ErrorKind::Garbled, unknown, 200);
    row("200 with bad UTF-8", ScriptedServer::http(200, "\"\xff\""), ErrorKind::Garbled, unknown, 200);
    row("301", ScriptedServer::http(301, {}, "Location: /elsewhere\r\n"), ErrorKind::Garbled, unknown, 301);
    row("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n", ErrorKind::Offline, unknown, 0);
    row("nothing", "", ErrorKind::Offline, unknown, 0);
}

void TestClient::failuresAreClassified()
{
    QFETCH(const QByteArray, wire);
    QFETCH(const ErrorKind, kind);
    QFETCH(const Delivery, delivery);
    ScriptedServer server([&](QTcpSocket *socket, const Received &) {
        socket->write(wire);
        socket->disconnectFromHost();
    });
    api::Client client({.baseUrl = server.url()}, {});
    const api::Error error = errorOf(rawAnswer(client, openWrite()));
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.delivery, delivery);
    QTEST(error.httpStatus, "status");
    QCOMPARE(error.host, QStringLiteral("127.0.0.1"));
    QFETCH(const QString, message);
    if (!message.isEmpty())
        QCOMPARE(error.message, message);
    QCOMPARE(server.writes(), 1);
}

void TestClient::aRefusedConnectionIsCertainlyNotSent()
{
    QUrl nobody;
    {
        const ScriptedServer gone(replyOk);
        nobody = gone.url();
    }
    api::Client client({.baseUrl = nobody}, {});
    const api::Error error = errorOf(rawAnswer(client, openWrite()));
    QCOMPARE(error.kind, ErrorKind::Offline);
    QCOMPARE(error.delivery, Delivery::CertainlyNotSent);
}

void TestClient::anUntrustworthyAddressIsNotAsked_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("plain http") << QStringLiteral("http://api.example.com");
    QTest::newRow("http to a name like localhost") << QStringLiteral("http://localhost.example.com");
    QTest::newRow("another scheme") << QStringLiteral("ftp://127.0.0.1");
    QTest::newRow("no host") << QStringLiteral("https:///v1");
}

void TestClient::anUntrustworthyAddressIsNotAsked()
{
    QFETCH(const QString, address);
    api::Client client({.baseUrl = QUrl(address)}, knownCredentials());
    const api::Error error = errorOf(rawAnswer(client, openWrite()));
    QCOMPARE(error.kind, ErrorKind::Untrusted);
    QCOMPARE(error.delivery, Delivery::CertainlyNotSent);
}

void TestClient::beforeAnAddressIsKnownNothingIsSent()
{
    ScriptedServer server(replyOk);
    api::Client client({}, {});
    const api::Error error = errorOf(rawAnswer(client, openWrite()));
    QCOMPARE(error.kind, ErrorKind::Offline);
    QCOMPARE(error.delivery, Delivery::CertainlyNotSent);
    client.setEndpoint(server.url(), {});
    QVERIFY(rawAnswer(client, openWrite())->has_value());
    QCOMPARE(server.writes(), 1);
}

void TestClient::aBadPathIsNotSent()
{
    ScriptedServer server(replyOk);
    api::Client client({.baseUrl = server.url()}, {});
    for (const QByteArray &path : {QByteArray(), QByteArray("v1/thing")}) {
        const api::Error error = errorOf(rawAnswer(client, openRead(path)));
        QCOMPARE(error.kind, ErrorKind::Rejected);
        QCOMPARE(error.delivery, Delivery::CertainlyNotSent);
    }
    QCOMPARE(server.connections(), 0);
}

void TestClient::aServerWithoutTlsIsUntrusted()
{
    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    connect(&plain, &QTcpServer::newConnection, &plain, [&plain] {
        QTcpSocket *socket = plain.nextPendingConnection();
        connect(
            socket, &QTcpSocket::readyRead, socket, [socket] { socket->write("this is not TLS at all, sorry\r\n"); });
    });
    api::Client client({.baseUrl = QUrl(QStringLiteral("https://127.0.0.1:%1").arg(plain.serverPort()))}, {});
    const api::Error error = errorOf(rawAnswer(client, openWrite()));
    QCOMPARE(error.kind, ErrorKind::Untrusted);
    QCOMPARE(error.delivery, Delivery::CertainlyNotSent);
}

void TestClient::aSlowBodyTimesOut()
{
    // Bytes keep coming, so only a limit on the whole can end this.
    ScriptedServer server([](QTcpSocket *socket, const Received &) {
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        auto *drip = new QTimer(socket);
        connect(drip, &QTimer::timeout, socket, [socket] { socket->write(" "); });
        drip->start(10);
    });
    api::Client client({.baseUrl = server.url(), .timeoutMs = 150}, {});
    QElapsedTimer clock;
    clock.start();
    const api::Error error = errorOf(rawAnswer(client, openWrite()));
    QCOMPARE(error.kind, ErrorKind::TimedOut);
    QCOMPARE(error.delivery, Delivery::Unknown);
    QVERIFY(clock.elapsed() >= 140);
    QVERIFY(clock.elapsed() < 10'000);
}

void TestClient::anOversizedAnswerIsCut()
{
    ScriptedServer server([](QTcpSocket *socket, const Received &) {
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n" + QByteArray(200'000, ' '));
    });
    api::Client client({.baseUrl = server.url(), .maximumAnswerBytes = 100'000}, {});
    const api::Error error = errorOf(rawAnswer(client, openWrite()));
    QCOMPARE(error.kind, ErrorKind::Garbled);
    QCOMPARE(error.delivery, Delivery::Unknown);
}

void TestClient::aRedirectIsNotFollowed()
{
    ScriptedServer elsewhere(replyOk);
    ScriptedServer server([&](QTcpSocket *socket, const Received &) {
        socket->write(ScriptedServer::http(307, {}, "Location: " + elsewhere.url().toEncoded() + "/v1/thing\r\n"));
    });
    api::Client client({.baseUrl = server.url()}, knownCredentials());
    api::RequestData request = openRead();
    request.auth = api::Auth::Basic;
    const api::Error error = errorOf(rawAnswer(client, request));
    QCOMPARE(error.kind, ErrorKind::Garbled);
    QCOMPARE(error.httpStatus, 307);
    QCOMPARE(elsewhere.connections(), 0);
}

void TestClient::theJournalHoldsNoSecret()
{
    ScriptedServer server([](QTcpSocket *socket, const Received &request) {
        if (ScriptedServer::isTokenCall(request))
            socket->write(ScriptedServer::tokenAnswer("very-hidden-token"));
        else
            socket->write(ScriptedServer::http(404, R"({"errorMessage":"nobody","identifier":"123456789012"})"));
    });
    api::Client client(
        {.baseUrl = server.url()}, {.clientId = QStringLiteral("id"), .clientSecret = "very-hidden-secret"});
    QList<api::JournalEntry> entries;
    client.setJournal([&](const api::JournalEntry &entry) { entries += entry; });
    api::RequestData request = openRead();
    request.auth = api::Auth::CoreToken;
    QCOMPARE(errorOf(rawAnswer(client, request)).kind, ErrorKind::NotFound);
    QCOMPARE(entries.size(), 2);
    for (const api::JournalEntry &entry : entries) {
        QVERIFY(!entry.requestBody.contains("very-hidden"));
        QVERIFY(!entry.answerBody.contains("very-hidden"));
        QVERIFY(entry.startedAt > 0);
    }
    QVERIFY(entries.at(0).requestBody.contains("client_id=id"));
    QCOMPARE(entries.at(0).errorKind, QString());
    QCOMPARE(entries.at(1).url, server.url().toString() + QStringLiteral("/v1/thing"));
    QCOMPARE(entries.at(1).errorKind, QStringLiteral("NotFound"));
    QCOMPARE(entries.at(1).httpStatus, 404);
    QVERIFY(entries.at(1).answerBody.contains("****9012"));
}

void TestClient::headersAreThoseOfTheReference()
{
    ScriptedServer server(replyOk);
    QUrl base = server.url();
    base.setPath(QStringLiteral("/prefix/"));
    api::Client client({.baseUrl = base}, knownCredentials());
    api::RequestData request = openWrite();
    request.auth = api::Auth::Basic;
    QVERIFY(rawAnswer(client, request)->has_value());
    const QByteArray head = server.received().constFirst().head;
    QVERIFY(head.startsWith("POST /prefix/v1/thing HTTP/1.1\r\n"));
    QVERIFY(head.contains("\r\nAccept: application/json"));
    QVERIFY(head.contains("\r\nContent-Type: application/json"));
    QVERIFY(head.contains("\r\nContent-Length: 7"));
    QVERIFY(head.contains("\r\nAuthorization: Basic " + QByteArray("id:secret").toBase64()));
    QVERIFY(head.contains("\r\nUser-Agent: merchant-console/"));
    QVERIFY(!head.contains("\r\nCookie"));
    QCOMPARE(server.received().constFirst().body, R"({"a":1})");
}

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"

#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;

// The wire itself: keep-alive, pipelining, limits, half requests, clients that go away, many at once.
class tst_Connections : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_sandbox.start()); }
    void pipelinedRequestsAreAnsweredInOrder();
    void aRequestMayComeByteByByte();
    void chunkedBodiesAreRead();
    void headHasNoBody();
    void oldClientsAreClosedOn_data();
    void oldClientsAreClosedOn();
    void badRequestsAreAnsweredAndClosed_data();
    void badRequestsAreAnsweredAndClosed();
    void aBodyIsAskedFor();
    void workIsDoneForClientsThatLeave();
    void hundredsOfClientsWaitTogether();

private:
    std::unique_ptr<QTcpSocket> connected(const tests::SandboxUnderUse &sandbox);
    QByteArray received(QTcpSocket &socket, const std::function<bool(const QByteArray &)> &enough);
    QByteArray requestOf(const QByteArray &verb, const QByteArray &path, const QByteArray &more = {});

    tests::SandboxUnderUse m_sandbox;
};

std::unique_ptr<QTcpSocket> tst_Connections::connected(const tests::SandboxUnderUse &sandbox)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(u"127.0.0.1"_s, static_cast<quint16>(sandbox.url().port()));
    socket->waitForConnected(5000);
    return socket;
}

QByteArray tst_Connections::received(QTcpSocket &socket, const std::function<bool(const QByteArray &)> &enough)
{
    QByteArray all;
    const bool came = QTest::qWaitFor(
        [&] {
            all += socket.readAll();
            return enough(all);
        },
        10'000);
    return came ? all : "not enough: " + all;
}

QByteArray tst_Connections::requestOf(const QByteArray &verb, const QByteArray &path, const QByteArray &more)
{
    return verb + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
        + m_sandbox.authorization(Credential::Core) + "\r\n" + more + "\r\n";
}

void tst_Connections::pipelinedRequestsAreAnsweredInOrder()
{
    const QStringList ids = m_sandbox.ids(u"transaction"_s).mid(0, 200);
    m_sandbox.addFault(
        {{u"kind"_s, u"delay"_s}, {u"path"_s, u"/v1/transactions/"_s}, {u"count"_s, 1}, {u"delay"_s, 100}});
    QByteArray all;
    for (const QString &id : ids)
        all += requestOf("GET", "/v1/transactions/" + id.toUtf8());
    const auto socket = connected(m_sandbox);
    socket->write(all);
    const QByteArray answers = received(
        *socket, [&](const QByteArray &got) { return got.count("creationDate") == ids.size(); });
    qsizetype at = 0;
    for (const QString &id : ids) {
        const qsizetype found = answers.indexOf("{\"transactionId\":\"" + id.toUtf8(), at);
        QVERIFY(found > at);
        at = found;
    }
}

void tst_Connections::aRequestMayComeByteByByte()
{
    const auto socket = connected(m_sandbox);
    for (const char byte : requestOf("GET", "/sandbox/status")) {
        socket->write(&byte, 1);
        socket->flush();
    }
    QVERIFY(
        received(*socket, [](const QByteArray &got) { return got.endsWith("}"); }).startsWith("HTTP/1.1 200 OK\r\n"));
}

void tst_Connections::chunkedBodiesAreRead()
{
    const auto socket = connected(m_sandbox);
    socket->write(requestOf("POST", "/sandbox/clock", "Transfer-Encoding: chunked\r\n"));
    socket->write("12\r\n{\"advanceSeconds\":\r\n2\r\n0}\r\n0\r\n\r\n");
    QVERIFY(
        received(*socket, [](const QByteArray &got) { return got.endsWith("}"); }).startsWith("HTTP/1.1 200 OK\r\n"));
}

void tst_Connections::headHasNoBody()
{
    const auto socket = connected(m_sandbox);
    socket->write(requestOf("HEAD", "/sandbox/status") + requestOf("GET", "/v1/nothing"));
    const QByteArray answers = received(*socket, [](const QByteArray &got) { return got.endsWith("}"); });
    QVERIFY(answers.startsWith("HTTP/1.1 200 OK\r\n"));
    QCOMPARE(answers.mid(answers.indexOf("\r\n\r\n") + 4).left(12), "HTTP/1.1 404");
}

void tst_Connections::oldClientsAreClosedOn_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("HTTP/1.0") << QByteArray("GET /sandbox/status HTTP/1.0\r\n\r\n");
    QTest::newRow("Connection: close") << QByteArray("GET /sandbox/status HTTP/1.1\r\nConnection: close\r\n\r\n");
}

void tst_Connections::oldClientsAreClosedOn()
{
    QFETCH(QByteArray, request);
    const auto socket = connected(m_sandbox);
    socket->write(request);
    QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
    const QByteArray answer = socket->readAll();
    QVERIFY(answer.contains("Connection: close") && answer.endsWith("}"));
}

void tst_Connections::badRequestsAreAnsweredAndClosed_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    const QByteArray post("POST /v1/payments HTTP/1.1\r\nContent-Type: application/json\r\n");
    QTest::newRow("no HTTP") << QByteArray("hello there\r\n\r\n") << QByteArray("400");
    QTest::newRow("header too large") << "GET / HTTP/1.1\r\nX: " + QByteArray(40'000, 'x') + "\r\n\r\n"
                                      << QByteArray("431");
    QTest::newRow("header without end") << "GET / HTTP/1.1\r\nX: " + QByteArray(900'000, 'x') << QByteArray("431");
    QTest::newRow("body too large") << post + "Content-Length: 1048577\r\n\r\n" + QByteArray(1'048'577, ' ')
                                    << QByteArray("413");
    QTest::newRow("body far too large") << post + "Content-Length: 99999999999\r\n\r\n" << QByteArray("413");
    QTest::newRow("chunks too large") << post + "Transfer-Encoding: chunked\r\n\r\n200000\r\n"
            + QByteArray(0x200000, ' ')
            + "\r\n0\r\n\r\n" << QByteArray("413");
    QTest::newRow("length is no number") << post + "Content-Length: ten\r\n\r\n" << QByteArray("400");
}

void tst_Connections::badRequestsAreAnsweredAndClosed()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    const auto socket = connected(m_sandbox);
    socket->write(request);
    QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
    const QByteArray answer = socket->readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 " + status), answer);
    QVERIFY2(answer.contains("\"errorCode\""), answer);
}

void tst_Connections::aBodyIsAskedFor()
{
    const auto socket = connected(m_sandbox);
    socket->write(requestOf("POST", "/sandbox/clock", "Content-Length: 21\r\nExpect: 100-continue\r\n"));
    QVERIFY(
        received(*socket, [](const QByteArray &got) { return got.endsWith("\r\n\r\n"); }).startsWith("HTTP/1.1 100 "));
    socket->write("{\"advanceSeconds\": 0}");
    QVERIFY(received(*socket, [](const QByteArray &got) { return got.endsWith("}"); }).startsWith("HTTP/1.1 200 "));
}

void tst_Connections::workIsDoneForClientsThatLeave()
{
    const int before = m_sandbox.status()[u"subscriptions"_s].toInt();
    m_sandbox.addFault({{u"kind"_s, u"delay"_s}, {u"path"_s, u"/v1/webhook"_s}, {u"count"_s, 1}, {u"delay"_s, 100}});
    const QByteArray body = R"({"url":"http://localhost/","secretKey":"s","subscriptionDetails":{"type":"ALL"}})";
    const auto socket = connected(m_sandbox);
    socket->write(requestOf("POST", "/v1/webhook/subscribe",
                      "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n")
        + body);
    QVERIFY(socket->waitForBytesWritten());
    const auto hits = [&] {
        const auto rules = m_sandbox.get(u"/sandbox/faults"_s, Credential::None).body;
        return rules.contains("/v1/webhook") && rules.contains("\"hits\":1");
    };
    QTRY_VERIFY(hits());
    socket->abort();
    QTRY_COMPARE(m_sandbox.status()[u"subscriptions"_s].toInt(), before + 1);
}

void tst_Connections::hundredsOfClientsWaitTogether()
{
    tests::SandboxUnderUse slow({u"--delay"_s, u"50"_s});
    QVERIFY(slow.start());
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < 400; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(u"127.0.0.1"_s, static_cast<quint16>(slow.url().port()));
        sockets.back()->write("GET /v1/payouts/x HTTP/1.1\r\n\r\n");
    }
    const auto allAnswered = [&] {
        return std::ranges::all_of(sockets, [](const auto &socket) { return socket->bytesAvailable() > 0; });
    };
    QTRY_VERIFY(allAnswered());
}

QTEST_GUILESS_MAIN(tst_Connections)
#include "tst_connections.moc"

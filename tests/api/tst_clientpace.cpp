// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/api/clientcalls.h"
#include "tests/support/waiting.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTimer>

using api::Answer;
using api::Delivery;
using api::ErrorKind;
using api::Result;
using Received = ScriptedServer::Received;

class TestClientPace : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnAnyWarning(); }

    void inFlightIsBounded();
    void interactiveOvertakesBackground();
    void thePaceIsKept();
    void aReadWaitsWhenToldTo();
    void aReadGivesUpAfterThreeWaits();
    void aWriteIsNotRepeatedWhenToldToWait();
};

void TestClientPace::inFlightIsBounded()
{
    QList<QTcpSocket *> held;
    qsizetype most = 0;
    ScriptedServer server([&](QTcpSocket *socket, const Received &) {
        held += socket;
        most = std::max(most, held.size());
        QTimer::singleShot(20, socket, [&held, socket] {
            held.removeOne(socket);
            socket->write(ScriptedServer::http(200, "{}"));
        });
    });
    api::Client client({.baseUrl = server.url(), .maximumInFlight = 3}, {});
    int answers = 0;
    std::vector<api::Call> calls;
    for (int count = 0; count < 20; ++count)
        calls.push_back(
            client.sendRaw(openRead(), this, [&](const Result<Answer> &answer) { answers += answer ? 1 : 0; }));
    QTRY_COMPARE(answers, 20);
    QCOMPARE(most, 3);
}

void TestClientPace::interactiveOvertakesBackground()
{
    ScriptedServer server(replyOk);
    api::Client client({.baseUrl = server.url(), .maximumInFlight = 1}, {});
    QByteArrayList order;
    std::vector<api::Call> calls;
    const auto send = [&](const QByteArray &name, api::Priority priority) {
        calls.push_back(client.sendRaw(
            openRead("/v1/" + name), this, [&order, name](const Result<Answer> &) { order += name; }, priority));
    };
    send("first", api::Priority::Background);
    send("second", api::Priority::Background);
    send("third", api::Priority::Background);
    send("person", api::Priority::Interactive);
    QTRY_COMPARE(order.size(), 4);
    QCOMPARE(order, (QByteArrayList{"first", "person", "second", "third"}));
}

void TestClientPace::thePaceIsKept()
{
    ScriptedServer server(replyOk);
    api::Client client({.baseUrl = server.url(), .maximumPerSecond = 5}, {});
    int answers = 0;
    std::vector<api::Call> calls;
    QElapsedTimer clock;
    clock.start();
    for (int count = 0; count < 11; ++count)
        calls.push_back(client.sendRaw(openRead(), this, [&](const Result<Answer> &) { ++answers; }));
    QTRY_COMPARE(answers, 11);
    QVERIFY2(clock.elapsed() >= 1990, qPrintable(QString::number(clock.elapsed())));
}

void TestClientPace::aReadWaitsWhenToldTo()
{
    ScriptedServer server([count = 0](QTcpSocket *socket, const Received &request) mutable {
        if (++count == 1)
            socket->write(ScriptedServer::http(429, {}, "Retry-After: 1\r\n"));
        else
            replyOk(socket, request);
    });
    api::Client client({.baseUrl = server.url()}, {});
    QElapsedTimer clock;
    clock.start();
    QVERIFY(rawAnswer(client, openRead())->has_value());
    QVERIFY(clock.elapsed() >= 990);
    QCOMPARE(server.received().size(), 2);
}

void TestClientPace::aReadGivesUpAfterThreeWaits()
{
    ScriptedServer server([](QTcpSocket *socket, const Received &) {
        socket->write(ScriptedServer::http(429, {}, "Retry-After: 1\r\n"));
    });
    api::Client client({.baseUrl = server.url()}, {});
    const api::Error error = errorOf(rawAnswer(client, openRead()));
    QCOMPARE(error.kind, ErrorKind::RateLimited);
    QCOMPARE(error.retryAfterSeconds, 1);
    QCOMPARE(server.received().size(), 4);
}

void TestClientPace::aWriteIsNotRepeatedWhenToldToWait()
{
    ScriptedServer server([](QTcpSocket *socket, const Received &) {
        socket->write(ScriptedServer::http(429, {}, "Retry-After: 7\r\n"));
    });
    api::Client client({.baseUrl = server.url()}, {});
    const api::Error error = errorOf(rawAnswer(client, openWrite()));
    QCOMPARE(error.kind, ErrorKind::RateLimited);
    QCOMPARE(error.delivery, Delivery::Answered);
    QCOMPARE(error.retryAfterSeconds, 7);
    QCOMPARE(server.writes(), 1);
}

QTEST_GUILESS_MAIN(TestClientPace)
#include "tst_clientpace.moc"

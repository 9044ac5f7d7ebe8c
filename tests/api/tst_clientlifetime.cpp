// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/api/clientcalls.h"
#include "tests/support/waiting.h"

#include <QTcpSocket>
#include <QThread>

using api::Answer;
using api::Delivery;
using api::ErrorKind;
using api::Result;
using Received = ScriptedServer::Received;

class TestClientLifetime : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnAnyWarning(); }

    void aDroppedCallNeverHears();
    void aDroppedCallLeavesTheServer();
    void aReplacedCallNeverHears();
    void aDeadContextNeverHears();
    void aHandlerMayDropItsOwnCall();
    void destroyingTheClientEndsItsCalls();
    void answersReachTheThreadOfTheContext();
    void theTransportMayLiveInAnotherThread();
};

void TestClientLifetime::aDroppedCallNeverHears()
{
    ScriptedServer server(replyOk);
    api::Client client({.baseUrl = server.url()}, {});
    bool heard = false;
    {
        const api::Call call = client.sendRaw(
            openRead("/v1/dropped"), this, [&](const Result<Answer> &) { heard = true; });
    }
    QVERIFY(rawAnswer(client, openRead()));
    QVERIFY(!heard);
}

void TestClientLifetime::aDroppedCallLeavesTheServer()
{
    bool closed = false;
    ScriptedServer server([&](QTcpSocket *socket, const Received &) {
        connect(socket, &QTcpSocket::disconnected, socket, [&closed] { closed = true; });
    });
    api::Client client({.baseUrl = server.url()}, {});
    api::Call call = client.sendRaw(openRead(), this, [](const Result<Answer> &) { QFAIL("was dropped"); });
    QTRY_COMPARE(server.received().size(), 1);
    call.abort();
    QVERIFY(!call.isActive());
    QTRY_VERIFY(closed);
}

void TestClientLifetime::aReplacedCallNeverHears()
{
    ScriptedServer server(replyOk);
    api::Client client({.baseUrl = server.url()}, {});
    QByteArrayList heard;
    api::Call call = client.sendRaw(openRead("/v1/old"), this, [&](const Result<Answer> &) { heard += "old"; });
    call = client.sendRaw(openRead("/v1/new"), this, [&](const Result<Answer> &) { heard += "new"; });
    QTRY_VERIFY(!call.isActive());
    QCOMPARE(heard, QByteArrayList{"new"});
}

void TestClientLifetime::aDeadContextNeverHears()
{
    ScriptedServer server(replyOk);
    api::Client client({.baseUrl = server.url()}, {});
    bool heard = false;
    auto context = std::make_unique<QObject>();
    const api::Call call = client.sendRaw(openRead(), context.get(), [&](const Result<Answer> &) { heard = true; });
    context.reset();
    QTRY_VERIFY(!call.isActive());
    QVERIFY(!heard);
}

void TestClientLifetime::aHandlerMayDropItsOwnCall()
{
    ScriptedServer server(replyOk);
    api::Client client({.baseUrl = server.url()}, {});
    int answers = 0;
    api::Call call;
    std::function<void()> again = [&] {
        call = client.sendRaw(openRead(), this, [&](const Result<Answer> &) {
            if (++answers < 3)
                again();
        });
    };
    again();
    QTRY_COMPARE(answers, 3);
}

void TestClientLifetime::destroyingTheClientEndsItsCalls()
{
    ScriptedServer server([](QTcpSocket *, const Received &) { });
    auto client = std::make_unique<api::Client>(
        api::ClientOptions{.baseUrl = server.url(), .maximumInFlight = 1}, api::Credentials{});
    QList<api::Error> errors;
    const auto note = [&](const Result<Answer> &answer) { errors += answer.error(); };
    const api::Call first = client->sendRaw(openWrite(), this, note);
    const api::Call second = client->sendRaw(openWrite(), this, note);
    QTRY_COMPARE(server.received().size(), 1);
    client.reset();
    QTRY_COMPARE(errors.size(), 2);
    QCOMPARE(errors.at(0).kind, ErrorKind::Cancelled);
    QCOMPARE(errors.at(0).delivery, Delivery::Unknown);
    QCOMPARE(errors.at(1).kind, ErrorKind::Cancelled);
    QCOMPARE(errors.at(1).delivery, Delivery::CertainlyNotSent);
}

void TestClientLifetime::answersReachTheThreadOfTheContext()
{
    ScriptedServer server(replyOk);
    api::Client client({.baseUrl = server.url()}, {});
    QThread elsewhere;
    elsewhere.start();
    QObject context;
    context.moveToThread(&elsewhere);
    std::atomic<QThread *> heardIn = nullptr;
    const api::Call call = client.sendRaw(
        openRead(), &context, [&](const Result<Answer> &) { heardIn = QThread::currentThread(); });
    QTRY_COMPARE(heardIn.load(), &elsewhere);
    elsewhere.quit();
    elsewhere.wait();
}

void TestClientLifetime::theTransportMayLiveInAnotherThread()
{
    ScriptedServer server(replyOk);
    QThread home;
    home.start();
    {
        api::Client client({.baseUrl = server.url(), .thread = &home}, {});
        for (int count = 0; count < 50; ++count) {
            QThread *heardIn = nullptr;
            const api::Call call = client.sendRaw(openRead(), this, [&](const Result<Answer> &answer) {
                QVERIFY(answer);
                heardIn = QThread::currentThread();
            });
            api::Call dropped = client.sendRaw(openRead(), this, [](const Result<Answer> &) { QFAIL("was dropped"); });
            dropped.abort();
            QTRY_COMPARE(heardIn, thread());
        }
    }
    home.quit();
    QVERIFY(home.wait(5000));
}

QTEST_GUILESS_MAIN(TestClientLifetime)
#include "tst_clientlifetime.moc"

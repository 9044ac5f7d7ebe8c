// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/webhooklistener.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <mutex>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using api::ListenerSettings;
using api::WebhookDelivery;
using api::WebhookListener;

namespace {

//! A listener whose handler keeps what came and answers 200, or keeps it waiting.
class Desk
{
public:
    explicit Desk(ListenerSettings settings = {})
        : listener({.knows = [](const QByteArray &path) { return path == "/webhooks/known"; },
              .deliver =
                  [this](WebhookDelivery delivery, api::ListenerReply reply) {
                      const std::lock_guard lock(m_mutex);
                      m_deliveries.append(std::move(delivery));
                      if (m_hold)
                          m_held.append(std::move(reply));
                      else
                          reply(200, "Stored.\n");
                  }})
    {
        settings.checkInterval = 0ms;
        QSignalSpy started(&listener, &WebhookListener::started);
        listener.start(settings);
        m_running = QTest::qWaitFor([&] { return !started.isEmpty(); }, 5000);
    }

    bool isRunning() const { return m_running; }
    QList<WebhookDelivery> deliveries()
    {
        const std::lock_guard lock(m_mutex);
        return m_deliveries;
    }
    void hold()
    {
        const std::lock_guard lock(m_mutex);
        m_hold = true;
    }
    void release(int status = 200)
    {
        const std::lock_guard lock(m_mutex);
        m_hold = false;
        for (const api::ListenerReply &reply : std::as_const(m_held))
            reply(status, "Later.\n");
        m_held.clear();
    }

private:
    std::mutex m_mutex;
    QList<WebhookDelivery> m_deliveries;
    QList<api::ListenerReply> m_held;
    bool m_hold = false;
    bool m_running = false;

public:
    WebhookListener listener; //!< last: its thread uses the others
};

class Sender
{
public:
    explicit Sender(Desk &desk) { m_socket.connectToHost(QHostAddress::LocalHost, desk.listener.port()); }

    void write(const QByteArray &bytes) { m_socket.write(bytes); }
    //! Everything that was answered so far.
    const QByteArray &heard()
    {
        m_heard += m_socket.readAll();
        return m_heard;
    }
    bool waitFor(const QByteArray &text, int timeout = 5000)
    {
        return QTest::qWaitFor([&] { return heard().contains(text); }, timeout);
    }
    bool waitForEnd(int timeout = 5000)
    {
        return QTest::qWaitFor([&] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, timeout);
    }
    int status() { return heard().mid(9, 3).toInt(); }
    QTcpSocket &socket() { return m_socket; }

private:
    QTcpSocket m_socket;
    QByteArray m_heard;
};

QByteArray post(const QByteArray &body, const QByteArray &headers = {}, const QByteArray &path = "/webhooks/known")
{
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n"
        + headers + "\r\n" + body;
}

//! True once a new sender is served. Asks no more after that: each sender takes a place until it is forgotten.
bool becomesServed(Desk &desk)
{
    const auto isServed = [&desk] {
        Sender next(desk);
        next.write(post("y"));
        return next.waitFor("Stored.\n", 1000);
    };
    return QTest::qWaitFor(isServed, 20'000);
}

} // namespace

class tst_WebhookListener : public QObject
{
    Q_OBJECT

private slots:
    void aDeliveryArrivesAsItWasSent();
    void chunksAreJoined();
    void connectionsAreKeptAndUsedAgain();
    void pipelinedRequestsAreAnsweredInOrder();
    void expectContinueIsAnswered();
    void whatItCannotTakeIsAnswered_data();
    void whatItCannotTakeIsAnswered();
    void oneMebibyteIsTaken();
    void aBodyOfUnknownLengthIsBoundedToo();
    void slowSendersAreTurnedAway_data();
    void slowSendersAreTurnedAway();
    void aSlowSenderDoesNotHoldUpOthers();
    void tooManySendersAreTurnedAway();
    void tooManyBytesAreTurnedAway();
    void theAnswerComesOnlyAfterTheHandlers();
    void aSenderThatLeavesIsForgotten();
    void aPortInUseIsToldAndTriedAgain();
    void anAddressThatIsNotHereIsTold();
    void badCertificatesAreTold_data();
    void badCertificatesAreTold();
    void itAnswersItsOwnCall();
    void aListenerThatOnlyLooksAliveIsFoundOut();
    void itSpeaksTls();
    void itStops();
};

void tst_WebhookListener::aDeliveryArrivesAsItWasSent()
{
    Desk desk;
    QVERIFY(desk.isRunning());
    Sender sender(desk);
    const QByteArray body("{\"a\":\"\xff\x00\"}", 10);
    sender.write(post(body, "X-Signature: abc  \r\nx-twice: 1\r\nX-Twice: 2\r\n", "/webhooks/known?x=1"));
    QVERIFY(sender.waitFor("Stored.\n"));
    QCOMPARE(sender.status(), 200);
    const WebhookDelivery delivery = desk.deliveries().constFirst();
    QCOMPARE(delivery.body, body);
    QCOMPARE(delivery.path, QByteArray("/webhooks/known"));
    QCOMPARE(delivery.header("x-signature"), QByteArray("abc"));
    QCOMPARE(delivery.headers.last(), (api::HeaderLine{"X-Twice", "2"}));
    QCOMPARE(delivery.peer, u"127.0.0.1"_s);
    QVERIFY(delivery.receivedAt > 0);
}

void tst_WebhookListener::chunksAreJoined()
{
    Desk desk;
    Sender sender(desk);
    sender.write("POST /webhooks/known HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    sender.write("2\r\nde\r\n0\r\n\r\n");
    QVERIFY(sender.waitFor("Stored.\n"));
    QCOMPARE(desk.deliveries().constFirst().body, QByteArray("abcde"));
}

void tst_WebhookListener::connectionsAreKeptAndUsedAgain()
{
    Desk desk;
    Sender sender(desk);
    for (int i = 1; i <= 20; ++i) {
        sender.write(post(QByteArray::number(i)));
        QTRY_COMPARE(sender.heard().count("Stored.\n"), i);
    }
    QCOMPARE(desk.deliveries().size(), 20);
    sender.write("POST /webhooks/known HTTP/1.0\r\nContent-Length: 1\r\n\r\nx");
    QVERIFY(sender.waitForEnd());
    QCOMPARE(desk.deliveries().size(), 21);
}

void tst_WebhookListener::pipelinedRequestsAreAnsweredInOrder()
{
    Desk desk;
    Sender sender(desk);
    QByteArray all;
    for (int i = 0; i < 200; ++i)
        all += post(QByteArray::number(i));
    sender.write(all);
    QTRY_COMPARE(sender.heard().count("HTTP/1.1 200"), 200);
    const auto deliveries = desk.deliveries();
    for (int i = 0; i < 200; ++i)
        QCOMPARE(deliveries[i].body, QByteArray::number(i));
}

void tst_WebhookListener::expectContinueIsAnswered()
{
    Desk desk;
    Sender sender(desk);
    sender.write("POST /webhooks/known HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    QVERIFY(sender.waitFor("100 Continue\r\n\r\n"));
    sender.write("ab");
    QVERIFY(sender.waitFor("Stored.\n"));
}

void tst_WebhookListener::whatItCannotTakeIsAnswered_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &request, int status) {
        QTest::newRow(name) << request << status;
    };
    const QByteArray head = "POST /webhooks/known HTTP/1.1\r\nHost: x\r\n";
    row("get", "GET /webhooks/known HTTP/1.1\r\nHost: x\r\n\r\n", 405);
    row("put", "PUT /webhooks/known HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx", 405);
    row("delete", "DELETE /webhooks/known HTTP/1.1\r\nHost: x\r\n\r\n", 405);
    row("an invented method", "BREW /webhooks/known HTTP/1.1\r\nHost: x\r\n\r\n", 405);
    row("another path", post("x", {}, "/webhooks/other"), 404);
    row("a path below", post("x", {}, "/webhooks/known/more"), 404);
    row("a path with dots", post("x", {}, "/webhooks/../webhooks/known"), 404);
    row("its own call with a wrong word", "GET /alive/guess HTTP/1.1\r\nHost: x\r\n\r\n", 404);
    row("no length", head + "\r\n", 411);
    row("a negative length", head + "Content-Length: -1\r\n\r\n", 400);
    row("a length in words", head + "Content-Length: many\r\n\r\n", 400);
    row("two lengths", head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy", 400);
    row("a length and chunks", head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    row("another coding", head + "Transfer-Encoding: gzip\r\n\r\n", 501);
    row("more than a mebibyte", head + "Content-Length: 1048577\r\n\r\n", 413);
    row("an absurd length", head + "Content-Length: 99999999999999999999\r\n\r\n", 400);
    row("long headers", head + "X-Long: " + QByteArray(20000, 'x') + "\r\n\r\n", 431);
    row("many headers", head + QByteArray("X-A: 1\r\n").repeated(3000) + "\r\n", 431);
    row("a bare carriage return in a header", head + "X-A: 1\rX-Evil: 2\r\nContent-Length: 1\r\n\r\nx", 400);
    row("a zero byte in a header", head + QByteArray("X-A: 1\0b\r\n", 10) + "Content-Length: 1\r\n\r\nx", 400);
    row("a space before the colon", head + "Content-Length : 1\r\n\r\nx", 400);
    row("no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello hello\r\n\r\n", 400);
    row("an old version", "POST /webhooks/known HTTP/0.9\r\n\r\n", 505);
    row("a version to come", "POST /webhooks/known HTTP/3.0\r\n\r\n", 505);
    row("a broken chunk", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400);
}

void tst_WebhookListener::whatItCannotTakeIsAnswered()
{
    QFETCH(QByteArray, request);
    Desk desk;
    Sender sender(desk);
    sender.write(request);
    QVERIFY2(sender.waitForEnd(), "the connection stays open");
    QTEST(sender.status(), "status");
    QCOMPARE(sender.heard().count("\r\nDate: "), 1);
    QVERIFY(desk.deliveries().isEmpty());
    Sender next(desk);
    next.write(post("x"));
    QVERIFY(next.waitFor("Stored.\n"));
}

void tst_WebhookListener::oneMebibyteIsTaken()
{
    Desk desk;
    Sender sender(desk);
    const QByteArray body(api::largestWebhookBody, 'x');
    sender.write(post(body));
    QVERIFY(sender.waitFor("Stored.\n"));
    QCOMPARE(desk.deliveries().constFirst().body.size(), body.size());
}

void tst_WebhookListener::aBodyOfUnknownLengthIsBoundedToo()
{
    Desk desk;
    Sender sender(desk);
    sender.write("POST /webhooks/known HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 20; ++i)
        sender.write("10000\r\n" + QByteArray(0x10000, 'x') + "\r\n");
    QVERIFY(sender.waitFor("413 Payload Too Large"));
    QVERIFY(desk.deliveries().isEmpty());
}

void tst_WebhookListener::slowSendersAreTurnedAway_data()
{
    QTest::addColumn<QByteArray>("beginning");
    QTest::newRow("within the head") << QByteArray("POST /webhooks/known HTTP/1.1\r\nHost: x\r\nX-A");
    QTest::newRow("within the body") << post("whole body").chopped(4);
    QTest::newRow("within the first line") << QByteArray("POST");
}

void tst_WebhookListener::slowSendersAreTurnedAway()
{
    QFETCH(QByteArray, beginning);
    Desk desk({.headTimeout = 150ms, .bodyTimeout = 150ms});
    Sender sender(desk);
    sender.write(beginning);
    QVERIFY(sender.waitFor("408 Request Timeout"));
    QVERIFY(desk.deliveries().isEmpty());
}

void tst_WebhookListener::aSlowSenderDoesNotHoldUpOthers()
{
    Desk desk;
    Sender slow(desk);
    slow.write("POST /webhooks/known HTTP/1.1\r\n");
    Sender quick(desk);
    quick.write(post("x"));
    QVERIFY(quick.waitFor("Stored.\n"));
    QVERIFY(slow.heard().isEmpty());
}

void tst_WebhookListener::tooManySendersAreTurnedAway()
{
    Desk desk({.maximumConnections = 3});
    std::vector<std::unique_ptr<Sender>> senders;
    for (int i = 0; i < 3; ++i) {
        senders.push_back(std::make_unique<Sender>(desk));
        senders.back()->write(post("x"));
        QVERIFY(senders.back()->waitFor("Stored.\n"));
    }
    for (int i = 0; i < 50; ++i) {
        Sender late(desk);
        QVERIFY(late.waitFor("503 Service Unavailable"));
        QVERIFY(late.heard().contains("Retry-After"));
    }
    senders.clear();
    QVERIFY(becomesServed(desk));
}

void tst_WebhookListener::tooManyBytesAreTurnedAway()
{
    Desk desk({.maximumBuffered = 3000});
    Sender first(desk);
    first.write(post(QByteArray(2000, 'x')).chopped(1));
    QTRY_VERIFY(first.socket().bytesToWrite() == 0);
    Sender second(desk);
    second.write(post(QByteArray(2000, 'y')));
    QVERIFY(second.waitFor("503 Service Unavailable"));
    first.write("x");
    QVERIFY(first.waitFor("Stored.\n"));
    Sender third(desk);
    third.write(post(QByteArray(2000, 'z')));
    QVERIFY(third.waitFor("Stored.\n"));
    QCOMPARE(desk.deliveries().size(), 2);
}

void tst_WebhookListener::theAnswerComesOnlyAfterTheHandlers()
{
    Desk desk;
    desk.hold();
    Sender sender(desk);
    sender.write(post("x"));
    QTRY_COMPARE(desk.deliveries().size(), 1);
    QVERIFY(sender.heard().isEmpty());
    desk.release(503);
    QVERIFY(sender.waitFor("Later.\n"));
    QCOMPARE(sender.status(), 503);
}

void tst_WebhookListener::aSenderThatLeavesIsForgotten()
{
    Desk desk({.maximumConnections = 1});
    desk.hold();
    {
        Sender sender(desk);
        sender.write(post("x"));
        QTRY_COMPARE(desk.deliveries().size(), 1);
        sender.socket().abort();
    }
    desk.release();
    QVERIFY(becomesServed(desk));
}

void tst_WebhookListener::aPortInUseIsToldAndTriedAgain()
{
    auto other = std::make_unique<QTcpServer>();
    QVERIFY(other->listen(QHostAddress::LocalHost));
    WebhookListener listener({.knows = [](const QByteArray &) { return true; }, .deliver = [](auto &&...) {}});
    QSignalSpy failed(&listener, &WebhookListener::failed);
    QSignalSpy started(&listener, &WebhookListener::started);
    listener.start({.port = other->serverPort()});
    QTRY_COMPARE(failed.size(), 1);
    const auto error = failed.first().first().value<api::ListenerError>();
    QCOMPARE(error.problem, api::ListenerProblem::AddressInUse);
    QVERIFY(api::listenerErrorText(error).contains(u"port"_s));
    QVERIFY(!listener.isListening());
    other.reset();
    QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, 10'000);
    QCOMPARE(failed.size(), 1);
}

void tst_WebhookListener::anAddressThatIsNotHereIsTold()
{
    WebhookListener listener({.knows = [](const QByteArray &) { return true; }, .deliver = [](auto &&...) {}});
    QSignalSpy failed(&listener, &WebhookListener::failed);
    listener.start({.address = QHostAddress(u"192.0.2.1"_s)});
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<api::ListenerError>().problem, api::ListenerProblem::AddressNotHere);
}

void tst_WebhookListener::badCertificatesAreTold_data()
{
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("key");
    QFile certificate(QStringLiteral(TEST_DATA "/webhooks/localhost.pem"));
    QVERIFY(certificate.open(QIODevice::ReadOnly));
    const QByteArray good = certificate.readAll();
    QTest::newRow("no certificate") << QByteArray("hello") << QByteArray("hello");
    QTest::newRow("no key") << good << QByteArray();
    QTest::newRow("a certificate as the key") << good << good;
}

void tst_WebhookListener::badCertificatesAreTold()
{
    QFETCH(QByteArray, certificate);
    QFETCH(QByteArray, key);
    WebhookListener listener({.knows = [](const QByteArray &) { return true; }, .deliver = [](auto &&...) {}});
    QSignalSpy failed(&listener, &WebhookListener::failed);
    listener.start({.certificates = certificate, .privateKey = key});
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<api::ListenerError>().problem, api::ListenerProblem::BadCertificate);
}

void tst_WebhookListener::itAnswersItsOwnCall()
{
    Desk desk;
    QSignalSpy checked(&desk.listener, &WebhookListener::checked);
    desk.listener.check();
    QTRY_COMPARE(checked.size(), 1);
    QCOMPARE(checked.first().first().toBool(), true);
    QVERIFY(desk.deliveries().isEmpty());
}

// The thread that should answer is stuck: the port is open and the kernel takes connections, but nobody is served.
void tst_WebhookListener::aListenerThatOnlyLooksAliveIsFoundOut()
{
    std::mutex gate;
    std::unique_lock closed(gate);
    WebhookListener listener({.knows = [](const QByteArray &) { return true; },
        .deliver =
            [&gate](const WebhookDelivery &, const api::ListenerReply &reply) {
                const std::lock_guard stuck(gate);
                reply(200, "Stored.\n");
            }});
    QSignalSpy started(&listener, &WebhookListener::started);
    listener.start({.checkInterval = 0ms});
    QTRY_COMPARE(started.size(), 1);
    QTcpSocket sender;
    sender.connectToHost(QHostAddress::LocalHost, listener.port());
    sender.write(post("x"));
    QTRY_COMPARE(sender.bytesToWrite(), 0);
    QSignalSpy failed(&listener, &WebhookListener::failed);
    QTRY_VERIFY_WITH_TIMEOUT((listener.check(), !failed.isEmpty()), 20'000);
    QCOMPARE(failed.first().first().value<api::ListenerError>().problem, api::ListenerProblem::Unresponsive);
    QVERIFY(!listener.isListening());
    const quint16 port = started.first().first().value<quint16>();
    closed.unlock();
    QTRY_COMPARE_WITH_TIMEOUT(started.size(), 2, 10'000);
    QCOMPARE(started.last().first().value<quint16>(), port);
    QTcpSocket again;
    again.connectToHost(QHostAddress::LocalHost, listener.port());
    again.write(post("y"));
    QTRY_VERIFY(again.bytesAvailable() > 0);
}

void tst_WebhookListener::itSpeaksTls()
{
    const auto contents = [](const QString &name) {
        QFile file(QStringLiteral(TEST_DATA "/webhooks/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray certificate = contents(u"localhost.pem"_s);
    Desk desk({.certificates = certificate, .privateKey = contents(u"localhost.key"_s)});
    QVERIFY(desk.isRunning());
    QSslSocket sender;
    QSslConfiguration trust = sender.sslConfiguration();
    trust.setCaCertificates(QSslCertificate::fromData(certificate));
    sender.setSslConfiguration(trust);
    sender.connectToHostEncrypted(
        u"127.0.0.1"_s, desk.listener.port(), u"localhost"_s, QIODevice::ReadWrite, QAbstractSocket::IPv4Protocol);
    QTRY_VERIFY2(sender.isEncrypted(), qPrintable(sender.errorString()));
    sender.write(post("x"));
    QByteArray heard;
    QTRY_VERIFY((heard += sender.readAll()).contains("Stored.\n"));
    QSignalSpy checked(&desk.listener, &WebhookListener::checked);
    desk.listener.check();
    QTRY_COMPARE(checked.size(), 1);
    QCOMPARE(checked.first().first().toBool(), true);
    QTcpSocket plain;
    plain.connectToHost(QHostAddress::LocalHost, desk.listener.port());
    plain.write(post("y"));
    QTRY_COMPARE(plain.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(desk.deliveries().size(), 1);
}

void tst_WebhookListener::itStops()
{
    Desk desk;
    const quint16 port = desk.listener.port();
    QSignalSpy stopped(&desk.listener, &WebhookListener::stopped);
    desk.listener.stop();
    QCOMPARE(stopped.size(), 1);
    QCOMPARE(desk.listener.port(), 0);
    QTRY_VERIFY([port] {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, port);
        return QTest::qWaitFor([&] { return socket.error() == QAbstractSocket::ConnectionRefusedError; }, 500);
    }());
}

QTEST_GUILESS_MAIN(tst_WebhookListener)
#include "tst_webhooklistener.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectiontest.h"

#include "tests/support/scriptedserver.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QUrlQuery>

using namespace Qt::Literals::StringLiterals;
using models::ConnectionTest;
using Outcome = ConnectionTest::Outcome;

namespace {

struct Reply
{
    int status = 200;
    QByteArray body = {};
};

const Reply goodToken{200, R"({"access_token":"t","expires_in":3600})"};
const Reply badCredentials{401, R"({"errorCode":"UNAUTHORIZED","errorMessage":"no such client"})"};
const Reply badScope{400, R"({"errorCode":"INVALID_SCOPE","errorMessage":"not for you"})"};
const Reply notFound{404, R"({"errorCode":"NOT_FOUND"})"};

const api::Credentials someCredentials{.clientId = u"test-client"_s, .clientSecret = "test-secret"};

//! "Passed Skipped Failed Skipped Skipped"
QString outcomesOf(const ConnectionTest &test)
{
    static const QStringList words{u"Waiting"_s, u"Running"_s, u"Passed"_s, u"Failed"_s, u"Skipped"_s};
    QStringList outcomes;
    for (const ConnectionTest::Step &step : test.steps())
        outcomes.append(words.at(static_cast<int>(step.outcome)));
    return outcomes.join(u' ');
}

QString failedSentence(const ConnectionTest &test)
{
    for (const ConnectionTest::Step &step : test.steps()) {
        if (step.outcome == Outcome::Failed)
            return step.sentence;
    }
    return {};
}

} // namespace

class TestConnectionTest : public QObject
{
    Q_OBJECT
private slots:
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void refusesAddresses_data();
    void refusesAddresses();
    void namesAHostThatIsNotThere();
    void namesACertificateProblem();
    void asksForWhatIsMissing_data();
    void asksForWhatIsMissing();
    void isCancelled();
    void startsAgain();
};

void TestConnectionTest::saysWhatIsWrong_data()
{
    QTest::addColumn<Reply>("core");
    QTest::addColumn<Reply>("payment");
    QTest::addColumn<Reply>("record");
    QTest::addColumn<QString>("outcomes");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("all is well") << goodToken << goodToken << notFound << u"Passed Skipped Passed Passed Passed"_s
                                 << QString();
    QTest::newRow("the made-up record exists")
        << goodToken << goodToken << Reply{200, "{}"} << u"Passed Skipped Passed Passed Passed"_s << QString();
    QTest::newRow("wrong secret") << badCredentials << badCredentials << notFound
                                  << u"Passed Skipped Failed Skipped Skipped"_s << u"the server does not say which"_s;
    QTest::newRow("wrong secret, said with 400")
        << Reply{400, R"({"error":"invalid_client"})"} << Reply{400, R"({"error":"invalid_client"})"} << notFound
        << u"Passed Skipped Failed Skipped Skipped"_s << u"invalid_client"_s;
    QTest::newRow("no Link-Core") << badScope << goodToken << notFound << u"Passed Skipped Passed Failed Passed"_s
                                  << u"scope Link-Core"_s;
    QTest::newRow("no Link-Core, said with 401")
        << badCredentials << goodToken << notFound << u"Passed Skipped Passed Failed Passed"_s << u"scope Link-Core"_s;
    QTest::newRow("no Link-Payment") << goodToken << badScope << notFound << u"Passed Skipped Passed Passed Failed"_s
                                     << u"scope Link-Payment"_s;
    QTest::newRow("neither scope") << badScope << badScope << notFound << u"Passed Skipped Passed Failed Failed"_s
                                   << u"scope Link-Core"_s;
    QTest::newRow("token without use, 403") << goodToken << goodToken << Reply{403, "{}"}
                                            << u"Passed Skipped Passed Failed Passed"_s << u"scope Link-Core"_s;
    QTest::newRow("token without use, 401") << goodToken << goodToken << Reply{401, "{}"}
                                            << u"Passed Skipped Passed Failed Passed"_s << u"scope Link-Core"_s;
    QTest::newRow("look-up fails") << goodToken << goodToken << Reply{500, R"({"errorId":"e-1"})"}
                                   << u"Passed Skipped Passed Failed Passed"_s << u"problem of its own"_s;
    QTest::newRow("another service") << Reply{404, "{}"} << Reply{404, "{}"} << notFound
                                     << u"Passed Skipped Failed Skipped Skipped"_s
                                     << u"not as Link Money's service does"_s;
    QTest::newRow("a web page") << Reply{200, "<html>"} << Reply{200, "<html>"} << notFound
                                << u"Passed Skipped Failed Skipped Skipped"_s << u"Check the address"_s;
    QTest::newRow("no token inside") << Reply{200, "{}"} << goodToken << notFound
                                     << u"Passed Skipped Failed Skipped Skipped"_s << u"Check the address"_s;
    QTest::newRow("out of order") << Reply{503, "{}"} << Reply{503, "{}"} << notFound
                                  << u"Passed Skipped Failed Skipped Skipped"_s << u"problem of its own"_s;
}

void TestConnectionTest::saysWhatIsWrong()
{
    QFETCH(Reply, core);
    QFETCH(Reply, payment);
    QFETCH(Reply, record);
    QFETCH(QString, outcomes);
    QFETCH(QString, sentence);
    ScriptedServer server([&](QTcpSocket *socket, const ScriptedServer::Received &request) {
        const bool wantsCore = QUrlQuery(QString::fromUtf8(request.body)).queryItemValue(u"scope"_s) == "Link-Core"_L1;
        const Reply &reply = !ScriptedServer::isTokenCall(request) ? record : wantsCore ? core : payment;
        socket->write(ScriptedServer::http(reply.status, reply.body));
    });
    ConnectionTest test;
    const QSignalSpy finished(&test, &ConnectionTest::finished);
    test.start(server.url(), someCredentials);
    QVERIFY(test.isRunning());
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!test.isRunning());
    QCOMPARE(outcomesOf(test), outcomes);
    QCOMPARE(finished.first().first().toBool(), !outcomes.contains(u"Failed"_s));
    QVERIFY2(failedSentence(test).contains(sentence), qPrintable(failedSentence(test)));
    QVERIFY(failedSentence(test).isEmpty() == sentence.isEmpty());
    QVERIFY(!failedSentence(test).contains(u"test-secret"_s));
    QCOMPARE(server.writes(), 0);
}

void TestConnectionTest::refusesAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("outcomes");
    QTest::addColumn<QString>("sentence");
    const QString failsAtOnce = u"Failed Skipped Skipped Skipped Skipped"_s;
    QTest::newRow("empty") << u""_s << failsAtOnce << u"no whole address"_s;
    QTest::newRow("no scheme") << u"api.link.money"_s << failsAtOnce << u"no whole address"_s;
    QTest::newRow("another scheme") << u"ftp://api.link.money"_s << failsAtOnce << u"no whole address"_s;
    QTest::newRow("user name") << u"https://me:word@127.0.0.1"_s << failsAtOnce << u"user name or a password"_s;
    QTest::newRow("plain http elsewhere")
        << u"http://192.0.2.1"_s << u"Skipped Failed Skipped Skipped Skipped"_s << u"https://"_s;
}

void TestConnectionTest::refusesAddresses()
{
    QFETCH(QString, address);
    QFETCH(QString, outcomes);
    QFETCH(QString, sentence);
    ConnectionTest test;
    const QSignalSpy finished(&test, &ConnectionTest::finished);
    test.start(QUrl(address), someCredentials);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().toBool(), false);
    QCOMPARE(outcomesOf(test), outcomes);
    QVERIFY2(failedSentence(test).contains(sentence), qPrintable(failedSentence(test)));
}

void TestConnectionTest::namesAHostThatIsNotThere()
{
    QUrl nobody;
    {
        const ScriptedServer server([](QTcpSocket *, const ScriptedServer::Received &) { });
        nobody = server.url();
    }
    ConnectionTest test;
    const QSignalSpy finished(&test, &ConnectionTest::finished);
    test.start(nobody, someCredentials);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(outcomesOf(test), u"Failed Skipped Skipped Skipped Skipped"_s);
    QVERIFY(failedSentence(test).contains(u"127.0.0.1 could not be reached"_s));
    QVERIFY(failedSentence(test).contains(u"firewall"_s));
}

void TestConnectionTest::namesACertificateProblem()
{
    // A server that does not speak TLS breaks the handshake.
    ScriptedServer plain([](QTcpSocket *, const ScriptedServer::Received &) { });
    connect(&plain, &QTcpServer::newConnection, &plain, [&plain] {
        for (QTcpSocket *socket : plain.findChildren<QTcpSocket *>())
            socket->write("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    QUrl address = plain.url();
    address.setScheme(u"https"_s);
    ConnectionTest test;
    const QSignalSpy finished(&test, &ConnectionTest::finished);
    test.start(address, someCredentials);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(outcomesOf(test), u"Passed Failed Skipped Skipped Skipped"_s);
    QVERIFY(failedSentence(test).contains(u"neither id nor secret was sent"_s));
    QVERIFY(plain.received().isEmpty());
}

void TestConnectionTest::asksForWhatIsMissing_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("no id") << QString() << QByteArray("test-secret") << u"client id"_s;
    QTest::newRow("no secret") << u"test-client"_s << QByteArray() << u"client secret"_s;
}

void TestConnectionTest::asksForWhatIsMissing()
{
    QFETCH(QString, id);
    QFETCH(QByteArray, secret);
    QFETCH(QString, sentence);
    ScriptedServer server(
        [](QTcpSocket *socket, const ScriptedServer::Received &) { socket->write(ScriptedServer::http(401, "{}")); });
    ConnectionTest test;
    const QSignalSpy finished(&test, &ConnectionTest::finished);
    test.start(server.url(), {.clientId = id, .clientSecret = secret});
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(outcomesOf(test), u"Passed Skipped Failed Skipped Skipped"_s);
    QVERIFY(failedSentence(test).contains(sentence));
    for (const ScriptedServer::Received &request : server.received())
        QVERIFY(!ScriptedServer::isTokenCall(request));
}

void TestConnectionTest::isCancelled()
{
    ScriptedServer silent([](QTcpSocket *, const ScriptedServer::Received &) { });
    ConnectionTest test;
    const QSignalSpy finished(&test, &ConnectionTest::finished);
    test.start(silent.url(), someCredentials);
    QTRY_COMPARE(silent.received().size(), 1);
    QCOMPARE(test.steps().first().outcome, Outcome::Running);
    test.cancel();
    test.cancel();
    QVERIFY(!test.isRunning());
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().toBool(), false);
    QCOMPARE(outcomesOf(test), u"Skipped Skipped Skipped Skipped Skipped"_s);
}

void TestConnectionTest::startsAgain()
{
    ScriptedServer server([](QTcpSocket *socket, const ScriptedServer::Received &request) {
        socket->write(
            ScriptedServer::isTokenCall(request) ? ScriptedServer::tokenAnswer() : ScriptedServer::http(404, "{}"));
    });
    ScriptedServer silent([](QTcpSocket *, const ScriptedServer::Received &) { });
    ConnectionTest test;
    const QSignalSpy finished(&test, &ConnectionTest::finished);
    test.start(silent.url(), someCredentials);
    // From inside its own signal, as a dialog may do.
    connect(
        &test, &ConnectionTest::finished, &test, [&] { test.start(server.url(), someCredentials); },
        Qt::SingleShotConnection);
    test.cancel();
    QTRY_COMPARE(finished.size(), 2);
    QCOMPARE(finished.last().first().toBool(), true);
    QCOMPARE(outcomesOf(test), u"Passed Skipped Passed Passed Passed"_s);
}

QTEST_GUILESS_MAIN(TestConnectionTest)
#include "tst_connectiontest.moc"

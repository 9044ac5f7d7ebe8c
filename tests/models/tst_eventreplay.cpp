// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventreplay.h"
#include "models/inbox.h"
#include "models/receiver.h"
#include "models/webhooksubscriptions.h"
#include "tests/models/lookupdesk.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::Database;
using models::DatabaseResult;
using Kind = models::ReplayOutcome::Kind;

namespace {

const QByteArray sharedSecret = "hush hush";

//! A ledger with one stored event, a receiver, and an endpoint elsewhere that answers as it is told.
struct ReplayDesk : LookUpDesk
{
    ReplayDesk()
        : receiver(*ledger,
              [](const QString &, QObject *context, const std::function<void(std::optional<QByteArray>)> &handler) {
                  QMetaObject::invokeMethod(context, [handler] { handler(sharedSecret); }, Qt::QueuedConnection);
              })
        , replay(*ledger, receiver)
        , endpoint([this](QTcpSocket *socket, const ScriptedServer::Received &request) {
            requests.append(request);
            if (status != 0)
                socket->write(ScriptedServer::http(status, "{\"said\":true}"));
        })
    {
        qRegisterMetaType<models::ReplayOutcome>();
    }

    bool write(models::Ledger::WriteJob job)
    {
        std::optional<bool> written;
        QObject context;
        ledger->write(std::move(job), models::Ledger::Durability::Full, &context,
            [&written](const DatabaseResult<void> &done) { written = done.has_value(); });
        return QTest::qWaitFor([&] { return written.has_value(); }) && *written;
    }

    //! Its key.
    qint64 store(const api::WebhookDelivery &delivery, const models::EventSource &source = {})
    {
        auto key = std::make_shared<qint64>(0);
        const bool written = write([key, delivery, source](Database &database) -> DatabaseResult<void> {
            const auto stored = models::storeEvent(database, models::prepareEvent(delivery, source));
            if (!stored)
                return std::unexpected(stored.error());
            *key = stored->key;
            return {};
        });
        return written ? *key : 0;
    }

    //! Waits for what came of it.
    models::ReplayOutcome outcomeOf(const std::function<void()> &send)
    {
        QSignalSpy finished(&replay, &models::EventReplay::finished);
        send();
        if (!QTest::qWaitFor([&finished] { return !finished.isEmpty(); }))
            return {.problem = u"no outcome"_s};
        return finished.first().first().value<models::ReplayOutcome>();
    }

    models::Receiver receiver;
    models::EventReplay replay;
    int status = 200; //!< 0: never answers
    QList<ScriptedServer::Received> requests;
    ScriptedServer endpoint;
};

api::WebhookDelivery sampleDelivery()
{
    return {.path = "/webhooks/first-path",
        .headers = {{"Content-Type", "application/json"}, {"X-Signature", "abc=="}, {"Host", "elsewhere"},
            {"Content-Length", "1"}},
        .body = "{\"id\":\"e-1\", \"eventType\":\"payment.failed\"}  \n",
        .receivedAt = 1};
}

} // namespace

class tst_EventReplay : public QObject
{
    Q_OBJECT

private slots:
    void addressesAreChecked_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("problem"); // a word of it; empty: none
        QTest::newRow("https") << u" https://shop.example/hooks?x=1 "_s << QString();
        QTest::newRow("this computer by name") << u"http://localhost:9/h"_s << QString();
        QTest::newRow("this computer, IPv4") << u"http://127.0.0.2/h"_s << QString();
        QTest::newRow("this computer, IPv6") << u"http://[::1]:80/h"_s << QString();
        QTest::newRow("nothing") << u"  "_s << u"Enter"_s;
        QTest::newRow("http elsewhere") << u"http://shop.example/h"_s << u"https"_s;
        QTest::newRow("a name like this computer's") << u"http://localhost.example/h"_s << u"https"_s;
        QTest::newRow("no scheme") << u"shop.example/h"_s << u"web address"_s;
        QTest::newRow("no host") << u"https:///h"_s << u"web address"_s;
        QTest::newRow("a file") << u"file:///etc/passwd"_s << u"web address"_s;
        QTest::newRow("a blank in it") << u"https://shop example/h"_s << u"web address"_s;
        QTest::newRow("credentials") << u"https://me:word@shop.example/h"_s << u"password"_s;
    }
    void addressesAreChecked()
    {
        QFETCH(QString, address);
        QFETCH(QString, problem);
        const QString said = models::replayProblem(address);
        QCOMPARE(said.isEmpty(), problem.isEmpty());
        QVERIFY2(said.contains(problem), qPrintable(said));
    }

    void itGoesOutAsItArrived()
    {
        ReplayDesk desk;
        const qint64 key = desk.store(sampleDelivery());
        const auto outcome = desk.outcomeOf(
            [&] { desk.replay.sendTo(key, desk.endpoint.url().resolved(QUrl(u"/x"_s))); });
        QCOMPARE(outcome.kind, Kind::Taken);
        QCOMPARE(outcome.httpStatus, 200);
        QCOMPARE(outcome.answer, u"{\"said\":true}"_s);
        QCOMPARE(desk.requests.size(), 1);
        QCOMPARE(desk.requests.first().body, sampleDelivery().body);
        const QByteArray head = desk.requests.first().head.toLower();
        QVERIFY2(head.startsWith("post /x ") && head.contains("x-signature: abc=="), head.constData());
        QVERIFY2(!head.contains("elsewhere") && !head.contains("content-length: 1\r"), head.constData());
        QVERIFY(!desk.replay.isUnderWay());
    }

    void theAnswerIsPutInWords_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("word");
        QTest::newRow("204") << 204 << Kind::Taken << u"Accepted"_s;
        QTest::newRow("302") << 302 << Kind::Redirected << u"elsewhere"_s;
        QTest::newRow("401") << 401 << Kind::Refused << u"Refused"_s;
        QTest::newRow("404") << 404 << Kind::Refused << u"404"_s;
        QTest::newRow("503") << 503 << Kind::Failed << u"failed"_s;
    }
    void theAnswerIsPutInWords()
    {
        QFETCH(int, status);
        ReplayDesk desk;
        desk.status = status;
        const qint64 key = desk.store(sampleDelivery());
        const auto outcome = desk.outcomeOf([&] { desk.replay.sendTo(key, desk.endpoint.url()); });
        QTEST(outcome.kind, "kind");
        QFETCH(QString, word);
        QVERIFY2(models::replayText(outcome).contains(word), qPrintable(models::replayText(outcome)));
        QCOMPARE(desk.requests.size(), 1);
    }

    void nobodyThereIsTold()
    {
        ReplayDesk desk;
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const quint16 port = closed.serverPort();
        closed.close();
        const qint64 key = desk.store(sampleDelivery());
        const auto outcome = desk.outcomeOf(
            [&] { desk.replay.sendTo(key, QUrl(u"http://127.0.0.1:%1/"_s.arg(port))); });
        QCOMPARE(outcome.kind, Kind::NoAnswer);
        QVERIFY(models::replayText(outcome).contains(u"refused"_s, Qt::CaseInsensitive));
    }

    void anEventThatIsGoneIsTold()
    {
        ReplayDesk desk;
        const auto outcome = desk.outcomeOf([&] { desk.replay.sendTo(99, desk.endpoint.url()); });
        QCOMPARE(outcome.kind, Kind::NotSent);
        QCOMPARE(desk.requests.size(), 0);
    }

    void itCanBeStopped()
    {
        ReplayDesk desk;
        desk.status = 0;
        const qint64 key = desk.store(sampleDelivery());
        QSignalSpy finished(&desk.replay, &models::EventReplay::finished);
        desk.replay.sendTo(key, desk.endpoint.url());
        QTRY_COMPARE(desk.requests.size(), 1);
        QVERIFY(desk.replay.isUnderWay());
        desk.replay.cancel();
        QVERIFY(!desk.replay.isUnderWay());
        desk.status = 200;
        QCOMPARE(desk.outcomeOf([&] { desk.replay.sendTo(key, desk.endpoint.url()); }).kind, Kind::Taken);
        QCOMPARE(finished.size(), 1);
    }

    void theOwnReceiverCountsARepeat()
    {
        ReplayDesk desk;
        const models::WebhookScheme shared{
            .kind = models::WebhookScheme::Kind::SharedSecret, .signatureHeader = u"x-secret"_s};
        QVERIFY(desk.write([shared](Database &database) {
            return models::ensureEventSource(database, u"first-path"_s, models::WebhookFamily::PayByBank, shared);
        }));
        const models::EventSource source{.subscriptionId = desk.ask("SELECT id FROM webhook_subscriptions"),
            .scheme = shared,
            .secret = sharedSecret};
        api::WebhookDelivery delivery = sampleDelivery();
        delivery.headers.append({"X-Secret", sharedSecret});
        const qint64 key = desk.store(delivery, source);
        desk.receiver.apply({.enabled = true, .port = 0});
        QTRY_COMPARE(desk.receiver.state(), models::Receiver::State::Listening);
        QCOMPARE(desk.outcomeOf([&] { desk.replay.sendToReceiver(key); }).kind, Kind::Taken);
        QCOMPARE(desk.ask("SELECT repeats FROM events"), u"1"_s);
        QCOMPARE(desk.ask("SELECT verdict FROM events"), u"VERIFIED"_s);
        // To anybody else the secret does not go.
        QCOMPARE(desk.outcomeOf([&] { desk.replay.sendTo(key, desk.endpoint.url()); }).kind, Kind::Taken);
        QVERIFY(!desk.requests.first().head.toLower().contains("x-secret"));
    }
};

QTEST_GUILESS_MAIN(tst_EventReplay)
#include "tst_eventreplay.moc"

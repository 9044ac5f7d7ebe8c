// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventactor.h"
#include "models/receiver.h"
#include "models/webhooksubscriptions.h"
#include "tests/models/aggregationdesk.h"
#include "tests/models/lookupdesk.h"

#include <QDateTime>
#include <QMessageAuthenticationCode>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::Database;
using models::DatabaseResult;
using models::Receiver;
using models::WebhookFamily;

namespace {

const QByteArray secret = "hush hush";

QByteArray eventBody(const QByteArray &id, const QByteArray &resource, const QByteArray &kind = "payment",
    const QByteArray &type = "payment.succeeded")
{
    return "{\"id\":\"" + id + "\",\"eventType\":\"" + type + "\",\"metadata\":{\"resourceType\":\"" + kind
        + "\",\"resourceId\":\"" + resource + "\"}}";
}

QByteArray hexSignature(const QByteArray &body)
{
    return QMessageAuthenticationCode::hash(body, secret, QCryptographicHash::Sha256).toHex();
}

models::WebhookScheme bodyScheme()
{
    return {.kind = models::WebhookScheme::Kind::Signature, .signatureHeader = u"x-signature"_s};
}

//! A ledger with a receiver in front of it and a service behind it.
struct ReceiverDesk : LookUpDesk
{
    ReceiverDesk()
        : receiver(*ledger,
              [this](const QString &, QObject *context, const std::function<void(std::optional<QByteArray>)> &handler) {
                  ++secretsRead;
                  QMetaObject::invokeMethod(context, [handler] { handler(secret); }, Qt::QueuedConnection);
              })
        , actor(*ledger, *lookUps, {.atOnce = 4, .perSecond = 100, .gatherMs = 20})
    {
    }

    bool write(models::Ledger::WriteJob job)
    {
        std::optional<bool> written;
        QObject context;
        ledger->write(std::move(job), models::Ledger::Durability::Full, &context,
            [&written](const DatabaseResult<void> &done) { written = done.has_value(); });
        return QTest::qWaitFor([&] { return written.has_value(); }) && *written;
    }
    bool addSource(
        const QString &token, const models::WebhookScheme &scheme = {}, WebhookFamily family = WebhookFamily::PayByBank)
    {
        return write([=](Database &database) { return models::ensureEventSource(database, token, family, scheme); });
    }
    bool listen()
    {
        receiver.apply({.enabled = true, .port = 0});
        return QTest::qWaitFor([this] { return receiver.state() == Receiver::State::Listening; });
    }
    //! The status of the answer; 0 when none came.
    int post(const QByteArray &token, const QByteArray &body, const QByteArray &headers = {})
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, receiver.port());
        socket.write("POST /webhooks/" + token + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers
            + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        if (!QTest::qWaitFor([&socket] { return socket.state() == QAbstractSocket::UnconnectedState; }))
            return 0;
        return socket.readAll().mid(9, 3).toInt();
    }

    int secretsRead = 0;
    Receiver receiver;
    models::EventActor actor;
};

//! The user "ours" of tenant TNT-1, with the link 7.
DatabaseResult<void> knowLinkedUser(Database &database)
{
    return database.execute(
        "INSERT INTO customers(key, id, family, tenant_id, login_name, status, first_seen_at, last_read_at, "
        "last_source) "
        "VALUES(1, 'aggregation:TNT-1/ours', 'AGGREGATION', 'TNT-1', 'ours', 'STARTED', 1, 1, 'own');"
        "INSERT INTO user_links(user_id, position, provider_account_id) VALUES('aggregation:TNT-1/ours', 0, '7')");
}

//! A further endpoint that answers as it is told.
class Endpoint
{
public:
    Endpoint()
        : m_server([this](QTcpSocket *socket, const ScriptedServer::Received &request) {
            requests.append(request);
            socket->write(ScriptedServer::http(status, "{}"));
        })
    {
    }

    int status = 200;
    QList<ScriptedServer::Received> requests;
    QUrl url() const { return m_server.url().resolved(QUrl(u"/hooks?x=1"_s)); }

private:
    ScriptedServer m_server;
};

} // namespace

class tst_Receiver : public QObject
{
    Q_OBJECT

private slots:
    void itIsOffUntilToldOtherwise()
    {
        ReceiverDesk desk;
        QCOMPARE(desk.receiver.state(), Receiver::State::Off);
        QCOMPARE(desk.receiver.port(), 0);
        const models::ReceiverSettings settings;
        QVERIFY(!settings.enabled);
        QVERIFY(QHostAddress(settings.address).isLoopback());
    }

    void aDeliveryIsTiedToItsSubscription()
    {
        ReceiverDesk desk;
        QVERIFY(desk.addSource(u"first-path"_s) && desk.addSource(u"second-path"_s, {}, WebhookFamily::Aggregation));
        QVERIFY(desk.listen());
        QCOMPARE(desk.post("first-path", eventBody("e-1", "pay-1")), 200);
        QCOMPARE(desk.post("second-path", "{\"event\":{\"info\":\"REFRESH\"},\"notificationId\":\"n\"}"), 200);
        QCOMPARE(desk.post("third-path", eventBody("e-2", "pay-1")), 404);
        QCOMPARE(desk.ask("SELECT s.path_token FROM events e JOIN webhook_subscriptions s ON s.id = e.subscription_id "
                          "ORDER BY e.key"),
            u"first-path second-path"_s);
        QVERIFY(desk.receiver.lastArrivalAt() > 0);
    }

    void signaturesAreCheckedWithTheStoredSecret()
    {
        ReceiverDesk desk;
        QVERIFY(desk.addSource(u"first-path"_s, bodyScheme()));
        QVERIFY(desk.listen());
        QCOMPARE(desk.secretsRead, 1);
        const QByteArray body = eventBody("e-1", "pay-1");
        QCOMPARE(desk.post("first-path", body, "X-Signature: " + hexSignature(body) + "\r\n"), 200);
        QCOMPARE(
            desk.post("first-path", eventBody("e-2", "pay-1"), "X-Signature: " + hexSignature(body) + "\r\n"), 200);
        QCOMPARE(desk.post("first-path", eventBody("e-3", "pay-1")), 200);
        QCOMPARE(desk.ask("SELECT verdict FROM events ORDER BY key"), u"VERIFIED NOT_VERIFIED NOT_VERIFIED"_s);
        QCOMPARE(desk.ask("SELECT state FROM events ORDER BY key"), u"ARRIVED HELD_BACK HELD_BACK"_s);
    }

    void aNewSubscriptionIsHeardAtOnce()
    {
        ReceiverDesk desk;
        QVERIFY(desk.listen());
        QCOMPARE(desk.post("later-path", eventBody("e-1", "pay-1")), 404);
        QVERIFY(desk.addSource(u"later-path"_s));
        QSignalSpy reloaded(&desk.receiver, &Receiver::sourcesReloaded);
        desk.receiver.reloadSources();
        QTRY_COMPARE(reloaded.size(), 1);
        QCOMPARE(desk.post("later-path", eventBody("e-1", "pay-1")), 200);
    }

    void aBodyThatIsNoEventIsKeptAndRefused()
    {
        ReceiverDesk desk;
        QVERIFY(desk.addSource(u"first-path"_s) && desk.listen());
        QCOMPARE(desk.post("first-path", "{broken"), 400);
        QCOMPARE(desk.post("first-path", "\xff\xfe"), 400);
        QCOMPARE(desk.post("first-path", QByteArray(5000, '[')), 400);
        QCOMPARE(desk.ask("SELECT count(*) FROM deliveries"), u"3"_s);
    }

    void eventsOfOthersUsersAreMarked()
    {
        ReceiverDesk desk;
        QVERIFY(desk.write(&knowLinkedUser));
        QVERIFY(desk.addSource(u"first-path"_s, {}, WebhookFamily::Aggregation) && desk.listen());
        QCOMPARE(desk.post("first-path", "{\"event\":{\"info\":\"REFRESH\"},\"loginName\":\"ours\"}"), 200);
        QCOMPARE(desk.post("first-path", "{\"event\":{\"info\":\"REFRESH\"},\"loginName\":\"theirs\"}"), 200);
        QCOMPARE(
            desk.post("first-path", "{\"event\":{\"info\":\"DATA_UPDATES\",\"data\":{\"providerAccountId\":7}}}"), 200);
        QCOMPARE(
            desk.post("first-path", "{\"event\":{\"info\":\"DATA_UPDATES\",\"data\":{\"providerAccountId\":8}}}"), 200);
        QCOMPARE(desk.ask("SELECT state FROM events ORDER BY key"), u"ARRIVED NOT_OURS ARRIVED NOT_OURS"_s);
    }

    void settingsThatCannotBeUsedAreTold()
    {
        ReceiverDesk desk;
        desk.receiver.apply({.enabled = true, .certificateFile = u"/nowhere.pem"_s, .keyFile = u"/nowhere.key"_s});
        QTRY_COMPARE(desk.receiver.state(), Receiver::State::Failing);
        QVERIFY(desk.receiver.problem().contains(u"/nowhere.pem"_s));
        desk.receiver.apply({});
        QCOMPARE(desk.receiver.state(), Receiver::State::Off);
        QVERIFY(desk.receiver.problem().isEmpty());
    }

    void theAddressToSubscribeFollowsTheSettings_data()
    {
        QTest::addColumn<models::ReceiverSettings>("settings");
        QTest::addColumn<QString>("url");
        QTest::newRow("loopback") << models::ReceiverSettings{} << u"http://127.0.0.1:99/webhooks/tok"_s;
        QTest::newRow("every network") << models::ReceiverSettings{.address = u"0.0.0.0"_s}
                                       << u"http://127.0.0.1:99/webhooks/tok"_s;
        QTest::newRow("TLS") << models::ReceiverSettings{.certificateFile = u"c"_s}
                             << u"https://127.0.0.1:99/webhooks/tok"_s;
        QTest::newRow("behind a proxy") << models::ReceiverSettings{.publicUrl = QUrl(u"https://pay.example.com/in/"_s)}
                                        << u"https://pay.example.com/in/webhooks/tok"_s;
    }
    void theAddressToSubscribeFollowsTheSettings()
    {
        QFETCH(models::ReceiverSettings, settings);
        QTEST(models::webhookUrl(settings, 99, u"tok"_s).toString(), "url");
    }

    void settingsSurviveTheFile()
    {
        const QTemporaryDir folder;
        const QString file = models::receiverSettingsFile(folder.path());
        QCOMPARE(models::readReceiverSettings(file), models::ReceiverSettings{});
        const models::ReceiverSettings settings{.enabled = true,
            .address = u"::1"_s,
            .port = 4443,
            .certificateFile = u"/a b/c.pem"_s,
            .keyFile = u"/k"_s,
            .publicUrl = QUrl(u"https://x.example/y"_s)};
        QVERIFY(models::writeReceiverSettings(file, settings));
        QCOMPARE(models::readReceiverSettings(file), settings);
        QVERIFY(!models::writeReceiverSettings(u"/proc/nothing/receiver.ini"_s, settings));
    }

    void beingReachableWithoutTlsIsWarnedOf()
    {
        QVERIFY(models::receiverWarning({}).isEmpty());
        QVERIFY(!models::receiverWarning({.address = u"0.0.0.0"_s}).isEmpty());
        QVERIFY(models::receiverWarning({.address = u"0.0.0.0"_s, .certificateFile = u"c"_s}).isEmpty());
    }

    void theNamedRecordIsReadBack()
    {
        ReceiverDesk desk;
        desk.server.addTransaction(u"pay-1"_s, u"SUCCEEDED"_s);
        QVERIFY(desk.observe({sample::seen(sample::transaction(u"pay-1"_s, u"AUTHORIZED"_s))}));
        QVERIFY(desk.addSource(u"first-path"_s) && desk.listen());
        desk.actor.start();
        // The body claims a failure: it must not count.
        QCOMPARE(desk.post("first-path", eventBody("e-1", "pay-1", "payment", "payment.failed")), 200);
        QTRY_COMPARE(desk.ask("SELECT state FROM events"), u"READ_BACK"_s);
        QCOMPARE(desk.ask("SELECT changed FROM events"), u"Authorized → Succeeded"_s);
        QCOMPARE(desk.ask("SELECT status || last_source FROM transactions"), u"SUCCEEDEDevent"_s);
    }

    void manyEventsAboutOneRecordShareAReadBack()
    {
        ReceiverDesk desk;
        desk.server.addTransaction(u"pay-1"_s);
        QVERIFY(desk.addSource(u"first-path"_s) && desk.listen());
        for (int i = 0; i < 30; ++i)
            QCOMPARE(desk.post("first-path", eventBody(QByteArray::number(i), "pay-1")), 200);
        desk.actor.start();
        QTRY_COMPARE(desk.ask("SELECT count(*) FROM events WHERE state = 'READ_BACK'"), u"30"_s);
        QCOMPARE(desk.server.asked(), (QByteArrayList{"/v1/transactions/pay-1"}));
    }

    void customerEventsReadTheAccountsToo()
    {
        ReceiverDesk desk;
        desk.server.addCustomer(u"cust-9"_s);
        QVERIFY(desk.addSource(u"first-path"_s) && desk.listen());
        desk.actor.start();
        QCOMPARE(desk.post("first-path", eventBody("e", "cust-9", "customer", "customer.account.linked")), 200);
        QTRY_COMPARE(desk.ask("SELECT state FROM events"), u"READ_BACK"_s);
        QTRY_COMPARE(desk.ask("SELECT count(*) FROM accounts WHERE customer_id = 'cust-9'"), u"1"_s);
    }

    void eventsOfALinkedUserReadThatUserBack()
    {
        ReceiverDesk desk;
        FakeNetwork network;
        models::Aggregation aggregation(*desk.ledger, {.baseUrl = {}, .makeManager = network.factory()});
        aggregation.configure(AggregationDesk::settings(), "test-secret");
        models::LookUps lookUps(desk.client, *desk.ledger, nullptr, &aggregation);
        models::EventActor actor(*desk.ledger, lookUps, {.atOnce = 4, .perSecond = 100, .gatherMs = 20});
        network.expectTenantToken(u"TNT-1"_s);
        network.expect({.verb = "GET", .path = u"/api/yodlee/providerAccounts"_s, .headers = {{"loginName", "ours"}}},
            {.body = R"({"providerAccount":[{"id":7,"providerId":16441,"status":"USER_INPUT_REQUIRED"}]})"});
        network.expect(
            {.verb = "GET", .path = u"/api/yodlee/accounts"_s, .headers = {{"loginName", "ours"}}}, {.body = "{}"});
        QVERIFY(desk.write(&knowLinkedUser));
        QVERIFY(desk.addSource(u"first-path"_s, {}, WebhookFamily::Aggregation) && desk.listen());
        for (const QByteArray &body :
            {QByteArray(R"({"notificationId":"1","event":{"info":"REFRESH","data":{"providerAccount":[{"id":7}]}}})"),
                QByteArray(R"({"notificationId":"2","loginName":"ours","event":{"info":"DATA_UPDATES"}})")})
            QCOMPARE(desk.post("first-path", body), 200);
        actor.start();
        QTRY_COMPARE(desk.ask("SELECT state FROM events ORDER BY key"), u"READ_BACK READ_BACK"_s);
        QCOMPARE(desk.ask("SELECT status FROM customers"), u"NEEDS_USER"_s);
        QVERIFY(desk.ask("SELECT changed FROM events LIMIT 1").contains(u'→'));
        QCOMPARE(network.problems(), QString());
    }

    void oneFamilyOutOfReachDoesNotHoldUpTheOther()
    {
        ReceiverDesk desk;
        desk.server.addTransaction(u"pay-1"_s);
        QVERIFY(desk.write(&knowLinkedUser));
        QVERIFY(desk.addSource(u"first-path"_s, {}, WebhookFamily::Aggregation));
        QVERIFY(desk.addSource(u"second-path"_s) && desk.listen());
        QCOMPARE(desk.post("first-path", R"({"loginName":"ours","event":{"info":"DATA_UPDATES"}})"), 200);
        QSignalSpy acted(&desk.actor, &models::EventActor::acted);
        desk.actor.start();
        QTRY_COMPARE(acted.size(), 1); // the profile does not use aggregation yet
        QCOMPARE(desk.ask("SELECT state FROM events"), u"ARRIVED"_s);
        QCOMPARE(desk.post("second-path", eventBody("e", "pay-1")), 200);
        QTRY_COMPARE_WITH_TIMEOUT(desk.ask("SELECT state FROM events ORDER BY key"), u"ARRIVED READ_BACK"_s, 3'000);
    }

    void aUserWhoBecameKnownCanBeReadLater()
    {
        ReceiverDesk desk;
        QVERIFY(desk.addSource(u"first-path"_s, {}, WebhookFamily::Aggregation) && desk.listen());
        QCOMPARE(desk.post("first-path", R"({"loginName":"ours","event":{"info":"DATA_UPDATES"}})"), 200);
        QCOMPARE(desk.post("first-path", R"({"loginName":"theirs","event":{"info":"DATA_UPDATES"}})"), 200);
        QCOMPARE(desk.ask("SELECT state FROM events ORDER BY key"), u"NOT_OURS NOT_OURS"_s);
        QVERIFY(desk.write(&knowLinkedUser));
        desk.actor.actOn({desk.ask("SELECT min(key) FROM events").toLongLong(),
            desk.ask("SELECT max(key) FROM events").toLongLong()});
        QTRY_COMPARE(desk.ask("SELECT state FROM events ORDER BY key"), u"ARRIVED NOT_OURS"_s);
    }

    void anUnknownRecordIsSaidToBe()
    {
        ReceiverDesk desk;
        QVERIFY(desk.addSource(u"first-path"_s) && desk.listen());
        desk.actor.start();
        QCOMPARE(desk.post("first-path", eventBody("e", "nobodys")), 200);
        QTRY_COMPARE(desk.ask("SELECT state FROM events"), u"NOT_READ"_s);
        QVERIFY(desk.ask("SELECT problem FROM events").contains(u"nobodys"_s));
    }

    void aPassingTroubleIsTriedAgain()
    {
        ReceiverDesk desk;
        desk.server.addTransaction(u"pay-1"_s);
        desk.server.mood = RecordServer::Mood::Faulty;
        QVERIFY(desk.addSource(u"first-path"_s) && desk.listen());
        QCOMPARE(desk.post("first-path", eventBody("e", "pay-1")), 200);
        QSignalSpy acted(&desk.actor, &models::EventActor::acted);
        desk.actor.start();
        QTRY_COMPARE(acted.size(), 1);
        QCOMPARE(desk.ask("SELECT state FROM events"), u"ARRIVED"_s);
        desk.server.mood = RecordServer::Mood::Answering;
        QTRY_COMPARE_WITH_TIMEOUT(desk.ask("SELECT state FROM events"), u"READ_BACK"_s, 15'000);
    }

    void aHeldBackEventIsActedOnWhenAPersonSaysSo()
    {
        ReceiverDesk desk;
        desk.server.addTransaction(u"pay-1"_s);
        QVERIFY(desk.addSource(u"first-path"_s, bodyScheme()) && desk.listen());
        desk.actor.start();
        QCOMPARE(desk.post("first-path", eventBody("e", "pay-1")), 200);
        QCOMPARE(desk.ask("SELECT state FROM events"), u"HELD_BACK"_s);
        desk.actor.actOn({desk.ask("SELECT key FROM events").toLongLong()});
        QTRY_COMPARE(desk.ask("SELECT state FROM events"), u"READ_BACK"_s);
    }

    void eventsArePassedOnAsTheyCame()
    {
        ReceiverDesk desk;
        Endpoint endpoint;
        const models::WebhookScheme shared{
            .kind = models::WebhookScheme::Kind::SharedSecret, .signatureHeader = u"x-secret"_s};
        QVERIFY(desk.addSource(u"first-path"_s, shared));
        QVERIFY(desk.write([url = endpoint.url()](Database &database) {
            return models::addForwardTarget(database, {.url = url, .madeAt = 1});
        }));
        QVERIFY(desk.listen());
        const QByteArray body = eventBody("e", "pay-1") + "  \n";
        QCOMPARE(desk.post("first-path", body, "X-Secret: " + secret + "\r\nX-Other: 1\r\n"), 200);
        QTRY_COMPARE(endpoint.requests.size(), 1);
        QCOMPARE(endpoint.requests.first().body, body);
        const QByteArray head = endpoint.requests.first().head.toLower();
        QVERIFY2(head.contains("x-secret: " + secret), head.constData());
        QVERIFY(head.contains("x-other: 1") && head.startsWith("post /hooks?x=1 "));
        QVERIFY(!desk.ask("SELECT headers FROM deliveries").contains(QString::fromLatin1(secret)));
        QTRY_COMPARE(desk.ask("SELECT state FROM forwards"), u"DELIVERED"_s);
    }

    void whatCannotBePassedOnStaysInTheQueue()
    {
        ReceiverDesk desk;
        Endpoint endpoint;
        endpoint.status = 500;
        QVERIFY(desk.addSource(u"first-path"_s));
        QVERIFY(desk.write([url = endpoint.url()](Database &database) {
            return models::addForwardTarget(database, {.url = url, .madeAt = 1});
        }));
        QVERIFY(desk.listen());
        QCOMPARE(desk.post("first-path", eventBody("e", "pay-1")), 200);
        QTRY_COMPARE(desk.ask("SELECT http_status FROM forward_attempts"), u"500"_s);
        QCOMPARE(desk.ask("SELECT state || attempts FROM forwards"), u"WAITING1"_s);
        desk.receiver.apply({});
        endpoint.status = 204;
        // Another run takes over what is due by then.
        QVERIFY(desk.write([](Database &database) { return database.execute("UPDATE forwards SET next_at = 0"); }));
        models::Forwarder later(*desk.ledger, {});
        later.start();
        QTRY_COMPARE(desk.ask("SELECT state || attempts FROM forwards"), u"DELIVERED2"_s);
        QCOMPARE(endpoint.requests.size(), 2);
    }

    void waitsGrowAndEnd()
    {
        QCOMPARE(models::forwardWaitMs(1), 5'000);
        QCOMPARE(models::forwardWaitMs(2), 10'000);
        QCOMPARE(models::forwardWaitMs(20), 3'600'000);
        QVERIFY(models::forwardWaitMs(23).has_value());
        QVERIFY(!models::forwardWaitMs(24).has_value());
    }

    void twoProcessesNeverPassOneOnAtOnce()
    {
        ReceiverDesk desk;
        Endpoint endpoint;
        QVERIFY(desk.addSource(u"first-path"_s) && desk.listen());
        desk.receiver.apply({});
        QVERIFY(desk.write([url = endpoint.url()](Database &database) -> DatabaseResult<void> {
            if (auto done = models::addForwardTarget(database, {.url = url, .madeAt = 1}); !done)
                return done;
            for (int i = 0; i < 40; ++i) {
                const auto stored = models::storeEvent(database,
                    models::prepareEvent({.body = eventBody(QByteArray::number(i), "p"), .receivedAt = i}, {}));
                if (!stored)
                    return std::unexpected(stored.error());
            }
            return {};
        }));
        const auto other = *models::Ledger::open(desk.ledger->file());
        models::Forwarder first(*desk.ledger, {});
        models::Forwarder second(*other, {});
        first.start();
        second.start();
        QTRY_COMPARE(desk.ask("SELECT count(*) FROM forwards WHERE state = 'DELIVERED'"), u"40"_s);
        QCOMPARE(endpoint.requests.size(), 40);
    }
};

QTEST_GUILESS_MAIN(tst_Receiver)
#include "tst_receiver.moc"

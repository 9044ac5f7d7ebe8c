// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventexchange.h"
#include "models/forwarder.h"
#include "models/inbox.h"
#include "models/recorddetails.h"
#include "models/recordrows.h"
#include "models/recordtables.h"
#include "models/schema.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::EventState;
using models::InboxEvent;
using models::StoredEvent;
using models::VerdictKind;
using models::WebhookFamily;

namespace {

constexpr qint64 now = 1'795'240'800'000;

QByteArray paymentEvent(const QByteArray &id, const QByteArray &type = "payment.succeeded")
{
    return "{\"id\":\"" + id + "\",\"creationTime\":\"2026-11-21T07:59:58.500+0200\",\"eventType\":\"" + type
        + "\",\"metadata\":{\"resourceId\":\"pay-1\",\"resourceType\":\"Payment\",\"clientReferenceId\":\"order-7\","
          "\"paymentType\":\"Debit\",\"achReturnCode\":\"R01\"}}";
}

api::WebhookDelivery delivered(const QByteArray &body, qint64 at = now)
{
    return {.path = "/webhooks/abcdefgh",
        .headers = {{"Content-Type", "application/json"}},
        .body = body,
        .peer = u"127.0.0.1"_s,
        .receivedAt = at};
}

} // namespace

class tst_Inbox : public QObject
{
    Q_OBJECT

private:
    StoredEvent store(const models::NewEvent &event)
    {
        auto transaction = models::DatabaseTransaction::begin(*m_database);
        const auto stored = models::storeEvent(*m_database, event);
        if (!stored)
            qWarning("%s", qPrintable(stored.error().message));
        [&] { QVERIFY(stored && transaction->commit()); }();
        return stored.value_or(StoredEvent());
    }
    StoredEvent store(const QByteArray &body, qint64 at = now, const models::EventSource &source = {})
    {
        return store(models::prepareEvent(delivered(body, at), source));
    }
    InboxEvent event(qint64 key)
    {
        const auto found = models::readEvent(*m_database, key);
        return found && *found ? **found : InboxEvent();
    }
    qint64 count(const char *sql)
    {
        const auto statement = m_database->prepare(sql);
        const auto row = (*statement)->step();
        const qint64 number = row && *row ? (*statement)->integer(0) : -1;
        (*statement)->reset();
        return number;
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = *models::Database::open(m_folder->filePath(u"l.sqlite"_s), models::Database::Mode::ReadWrite);
        QVERIFY(models::migrate(*m_database, models::ledgerMigrations()));
    }

    void anEventIsKeptWhole()
    {
        const StoredEvent stored = store(paymentEvent("e-1"));
        QCOMPARE(stored.how, StoredEvent::How::New);
        QVERIFY(stored.key >= models::firstKeyOf(now) && stored.key < models::firstKeyOf(now + 1));
        const InboxEvent kept = event(stored.key);
        QCOMPARE(kept.facts.id, u"e-1"_s);
        QCOMPARE(kept.facts.type, u"payment.succeeded"_s);
        QCOMPARE(kept.facts.createdAt, now - 1500);
        QCOMPARE(kept.facts.resourceId, u"pay-1"_s);
        QCOMPARE(kept.facts.clientReferenceId, u"order-7"_s);
        QCOMPARE(kept.facts.paymentType, u"Debit"_s);
        QCOMPARE(kept.facts.returnCode, u"R01"_s);
        QCOMPARE(kept.receivedAt, now);
        QCOMPARE(kept.state, EventState::Arrived);
        QCOMPARE(kept.verdict, VerdictKind::NotChecked);
        QCOMPARE(models::resourceOf(kept.facts), (models::RecordRef{models::RecordKind::Transaction, u"pay-1"_s}));
        QCOMPARE(**models::readDelivery(*m_database, stored.key), delivered(paymentEvent("e-1")));
    }

    void fieldsAreReadWhereverTheyAre_data()
    {
        QTest::addColumn<WebhookFamily>("family");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("resource");
        QTest::addColumn<QString>("login");
        using enum WebhookFamily;
        QTest::newRow("flat") << PayByBank
                              << QByteArray("{\"id\":\"1\",\"eventType\":\"customer.created\",\"resourceId\":\"c-1\","
                                            "\"resourceType\":\"customer\"}")
                              << u"customer.created"_s << u"c-1"_s << QString();
        QTest::newRow("nested first") << PayByBank
                                      << QByteArray("{\"id\":\"1\",\"eventType\":\"x\",\"resourceId\":\"flat\","
                                                    "\"metadata\":{\"resourceId\":\"nested\"}}")
                                      << u"x"_s << u"nested"_s << QString();
        QTest::newRow("a number as an id")
            << PayByBank << QByteArray("{\"id\":12345678901234567890,\"eventType\":\"x\"}") << u"x"_s << QString()
            << QString();
        QTest::newRow("aggregation")
            << Aggregation
            << QByteArray("{\"event\":{\"info\":\"REFRESH.PROCESS_COMPLETED\",\"data\":{\"providerAccountId\":77}},"
                          "\"loginName\":\"ada\",\"notificationId\":\"n\"}")
            << u"REFRESH.PROCESS_COMPLETED"_s << u"77"_s << u"ada"_s;
        QTest::newRow("aggregation, user inside")
            << Aggregation << QByteArray("{\"event\":{\"info\":\"OB_CONSENT\",\"loginName\":\"bob\",\"data\":{}}}")
            << u"OB_CONSENT"_s << QString() << u"bob"_s;
        QTest::newRow("aggregation, a link in a list")
            << Aggregation
            << QByteArray("{\"event\":{\"info\":\"REFRESH.PROCESS_COMPLETED\",\"loginName\":\"bob\","
                          "\"data\":{\"providerAccount\":[{\"id\":78}]}}}")
            << u"REFRESH.PROCESS_COMPLETED"_s << u"78"_s << u"bob"_s;
        QTest::newRow("aggregation, data in a list")
            << Aggregation
            << QByteArray("{\"event\":{\"info\":\"AUTO_REFRESH_UPDATES\",\"data\":[{\"loginName\":\"eve\","
                          "\"providerAccountId\":79}]}}")
            << u"AUTO_REFRESH_UPDATES"_s << u"79"_s << u"eve"_s;
        QTest::newRow("aggregation, one user's data")
            << Aggregation
            << QByteArray("{\"event\":{\"info\":\"DATA_UPDATES.USER_DATA\",\"data\":{\"userData\":["
                          "{\"user\":{\"loginName\":\"eve\"}},{\"user\":{\"loginName\":\"eve\"}}]}}}")
            << u"DATA_UPDATES.USER_DATA"_s << QString() << u"eve"_s;
        QTest::newRow("aggregation, several users' data")
            << Aggregation
            << QByteArray("{\"event\":{\"info\":\"DATA_UPDATES.USER_DATA\",\"data\":{\"userData\":["
                          "{\"user\":{\"loginName\":\"eve\"}},{\"user\":{\"loginName\":\"bob\"}}]}}}")
            << u"DATA_UPDATES.USER_DATA"_s << QString() << QString();
    }
    void fieldsAreReadWhereverTheyAre()
    {
        QFETCH(WebhookFamily, family);
        QFETCH(QByteArray, body);
        const models::EventFacts facts = models::readEventFacts(family, body, now);
        QVERIFY2(!facts.unreadable, qPrintable(facts.problem));
        QTEST(facts.type, "type");
        QTEST(facts.resourceId, "resource");
        QTEST(facts.loginName, "login");
    }

    void unreadableBodiesAreKept_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not JSON") << QByteArray("hello");
        QTest::newRow("not UTF-8") << QByteArray("{\"id\":\"\xff\xfe\"}");
        QTest::newRow("nested too deeply") << QByteArray(1000, '[') + QByteArray(1000, ']');
        QTest::newRow("deep objects") << QByteArray("{\"a\":").repeated(5000) + "1" + QByteArray(5000, '}');
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("no event") << QByteArray("{\"hello\":1}");
        QTest::newRow("cut") << paymentEvent("e").left(40);
        QTest::newRow("with a zero byte") << QByteArray("{\"id\":\"a\0b\"}", 12);
    }
    void unreadableBodiesAreKept()
    {
        QFETCH(QByteArray, body);
        const StoredEvent stored = store(body);
        QCOMPARE(event(stored.key).state, EventState::Unreadable);
        QVERIFY(!event(stored.key).facts.problem.isEmpty());
        QCOMPARE((*models::readDelivery(*m_database, stored.key))->body, body);
        QCOMPARE(store(body, now + 5).how, StoredEvent::How::Repeat);
        QCOMPARE(count("SELECT count(*) FROM events"), 1);
    }

    void aRepeatIsCountedAndNotKept()
    {
        const qint64 key = store(paymentEvent("e-1")).key;
        QByteArray spaced = paymentEvent("e-1").replace(",\"", ", \"");
        const StoredEvent again = store(spaced, now + 7000);
        QCOMPARE(again.how, StoredEvent::How::Repeat);
        QCOMPARE(again.key, key);
        QCOMPARE(event(key).repeats, 1);
        QCOMPARE(event(key).lastRepeatAt, now + 7000);
        QCOMPARE(count("SELECT count(*) FROM deliveries"), 1);
    }

    void theSameIdWithOtherContentIsKeptAndMarked()
    {
        const qint64 first = store(paymentEvent("e-1")).key;
        const StoredEvent other = store(paymentEvent("e-1", "payment.failed"), now + 1);
        QCOMPARE(other.how, StoredEvent::How::Conflict);
        QCOMPARE(event(other.key).conflictWith, first);
        QVERIFY(!event(other.key).facts.problem.isEmpty());
        QCOMPARE(event(first).conflictWith, 0);
        QCOMPARE(store(paymentEvent("e-1", "payment.failed"), now + 2).how, StoredEvent::How::Repeat);
        QCOMPARE(count("SELECT count(*) FROM events"), 2);
    }

    void familiesDoNotShareIds()
    {
        QCOMPARE(store("{\"id\":\"n\",\"eventType\":\"x\"}").how, StoredEvent::How::New);
        const QByteArray aggregation = "{\"event\":{\"info\":\"REFRESH\",\"data\":{}},\"notificationId\":\"n\"}";
        QCOMPARE(store(aggregation, now, {.family = WebhookFamily::Aggregation}).how, StoredEvent::How::New);
    }

    void aNotificationIdIsReadInsideTheEventToo()
    {
        const models::EventSource source{.family = WebhookFamily::Aggregation};
        const QByteArray inside = "{\"event\":{\"notificationId\":\"n\",\"info\":\"REFRESH\",\"data\":{}}}";
        const StoredEvent first = store(inside, now, source);
        QVERIFY(event(first.key).facts.problem.isEmpty());
        QCOMPARE(store(inside, now + 1, source).how, StoredEvent::How::Repeat);
        const QByteArray beside = "{\"event\":{\"info\":\"REFRESH\"},\"notificationId\":\"n\"}";
        QCOMPARE(models::readEventFacts(WebhookFamily::Aggregation, beside, now).id.value_or(QString()), u"n"_s);
    }

    void eventsWithoutAnIdAreNeverTakenForEachOther()
    {
        const QByteArray body = "{\"event\":{\"info\":\"REFRESH\",\"data\":{}},\"loginName\":\"ada\"}";
        const models::EventSource source{.family = WebhookFamily::Aggregation};
        QCOMPARE(store(body, now, source).how, StoredEvent::How::New);
        QCOMPARE(store(body, now, source).how, StoredEvent::How::New);
        QCOMPARE(count("SELECT count(*) FROM events WHERE event_id IS NULL"), 2);
    }

    void unknownTypesAreKept()
    {
        const InboxEvent kept = event(store("{\"id\":\"1\",\"eventType\":\"payout.exploded\",\"metadata\":{"
                                            "\"resourceType\":\"payout\",\"resourceId\":\"po-1\"}}")
                .key);
        QCOMPARE(kept.facts.type, u"payout.exploded"_s);
        QCOMPARE(models::eventTitle(kept.facts.type), u"payout.exploded"_s);
        QVERIFY(!models::eventMeaning(kept.facts.type).isEmpty());
        QCOMPARE(models::resourceOf(kept.facts)->kind, models::RecordKind::Payout);
    }

    void oddTimesAreMarked_data()
    {
        QTest::addColumn<QByteArray>("time");
        QTest::addColumn<QString>("says");
        QTest::newRow("far ahead") << QByteArray("2999-01-01T00:00:00Z") << u"future"_s;
        QTest::newRow("no time") << QByteArray("tomorrow") << u"cannot be read"_s;
    }
    void oddTimesAreMarked()
    {
        QFETCH(QByteArray, time);
        QFETCH(QString, says);
        const auto facts = models::readEventFacts(
            WebhookFamily::PayByBank, "{\"id\":\"1\",\"eventType\":\"x\",\"creationTime\":\"" + time + "\"}", now);
        QVERIFY(!facts.unreadable);
        QVERIFY2(facts.problem.contains(says), qPrintable(facts.problem));
    }

    void controlCharactersNeverReachAnId()
    {
        const auto facts = models::readEventFacts(
            WebhookFamily::PayByBank, "{\"id\":\"a\\r\\nX-Evil: 1\",\"eventType\":\"\\u001b[31mx\"}", now);
        QVERIFY(!facts.id->contains(u'\n') && !facts.id->contains(u'\r'));
        QVERIFY(!facts.type.contains(QChar(0x1b)));
    }

    void secretsInHeadersAreNotStored()
    {
        api::WebhookDelivery delivery = delivered(paymentEvent("e-1"));
        delivery.headers += {{"X-Secret", "hush"}, {"Authorization", "Basic abc"}, {"Cookie", "c=1"}};
        const models::EventSource source{.subscriptionId = u"s"_s,
            .scheme = {.kind = models::WebhookScheme::Kind::SharedSecret, .signatureHeader = u"x-secret"_s},
            .secret = "hush"};
        const models::NewEvent prepared = models::prepareEvent(delivery, source);
        QCOMPARE(prepared.verdict.kind, VerdictKind::Verified);
        QVERIFY(prepared.source.secret.isEmpty());
        const auto kept = *models::readDelivery(*m_database, store(prepared).key);
        for (const char *name : {"X-Secret", "Authorization", "Cookie"})
            QCOMPARE(kept->header(name), models::hiddenHeaderValue.toByteArray());
        QCOMPARE(kept->header("Content-Type"), QByteArray("application/json"));
    }

    void aForgedOneIsHeldBackUntilTheRealOneComes()
    {
        const models::EventSource source{.subscriptionId = u"s"_s,
            .scheme = {.kind = models::WebhookScheme::Kind::SharedSecret, .signatureHeader = u"x-secret"_s},
            .secret = "hush"};
        const qint64 key = store(paymentEvent("e-1"), now, source).key;
        QCOMPARE(event(key).state, EventState::HeldBack);
        QCOMPARE(event(key).verdict, VerdictKind::Failed);
        api::WebhookDelivery real = delivered(paymentEvent("e-1"), now + 1);
        real.headers.append(api::HeaderLine{"X-Secret", "hush"});
        QCOMPARE(store(models::prepareEvent(real, source)).how, StoredEvent::How::Repeat);
        QCOMPARE(event(key).verdict, VerdictKind::Verified);
        QCOMPARE(event(key).state, EventState::Arrived);
    }

    void aSignatureIdUsedTwiceIsAReplay()
    {
        models::NewEvent first = models::prepareEvent(delivered(paymentEvent("e-1")), {});
        first.verdict = {.kind = VerdictKind::Verified, .reason = {}, .signatureId = "unique"};
        QCOMPARE(event(store(first).key).verdict, VerdictKind::Verified);
        models::NewEvent second = models::prepareEvent(delivered(paymentEvent("e-2")), {});
        second.verdict = first.verdict;
        const InboxEvent replayed = event(store(second).key);
        QCOMPARE(replayed.verdict, VerdictKind::Failed);
        QVERIFY(replayed.verdictReason.contains(u"replay"_s));
        QCOMPARE(replayed.state, EventState::HeldBack);
    }

    void eventsLieInOrderOfArrival()
    {
        QList<qint64> keys;
        for (int i = 0; i < 50; ++i)
            keys.append(store(paymentEvent(QByteArray::number(i)), now).key);
        for (int i = 1; i < keys.size(); ++i)
            QCOMPARE(keys[i], keys[i - 1] + 1);
    }

    void theRowSaysWhatTheInboxKnows()
    {
        const qint64 key = store(paymentEvent("e-1")).key;
        const auto rows = models::readRows(*m_database, models::RecordKind::Event, {key});
        QCOMPARE(rows->size(), 1u);
        const models::RecordRow &row = rows->front();
        QCOMPARE(row.id, QString::number(key));
        QHash<QByteArray, QString> shown;
        size_t place = 0;
        for (const models::Column &column : models::columnsOf(models::RecordKind::Event))
            shown.insert(column.name, models::cellText(row.cells[place++], QLocale::c()));
        QCOMPARE(shown.value("type"), u"Payment succeeded"_s);
        QCOMPARE(shown.value("delay"), u"1500 ms"_s);
        QCOMPARE(shown.value("family"), u"Pay by Bank"_s);
        QCOMPARE(shown.value("verdict"), u"Not checked"_s);
        QCOMPARE(shown.value("status"), u"Arrived"_s);
        QCOMPARE(shown.value("resource"), u"pay-1"_s);
    }

    void theInspectorExplainsAnEvent()
    {
        const qint64 key = store(paymentEvent("e-1", "payment.failed")).key;
        const auto details = models::readDetails(*m_database, {models::RecordKind::Event, QString::number(key)});
        QVERIFY(details && *details);
        QCOMPARE((*details)->title, u"Payment failed"_s);
        QVERIFY((*details)->rawAnswer.contains(u"\"order-7\""_s));
        bool linked = false;
        for (const models::DetailSection &section : (*details)->sections) {
            for (const models::DetailField &field : section.fields)
                linked |= field.link == models::RecordRef{models::RecordKind::Transaction, u"pay-1"_s};
        }
        QVERIFY(linked);
    }

    void theInspectorShowsWhatArrivedAndWhereItWent()
    {
        QVERIFY(models::addForwardTarget(*m_database, {.url = QUrl(u"https://a.example/hooks"_s), .madeAt = 1}));
        api::WebhookDelivery delivery{.path = "/webhooks/hidden-path",
            .headers = {{"Content-Type", "application/json"}, {"X-Signature", "abc=="}},
            .body = "{\"id\":\"e-1\",\"eventType\":\"payment.failed\"}",
            .receivedAt = 1};
        const auto stored = models::storeEvent(*m_database, models::prepareEvent(delivery, {}));
        QVERIFY(stored);
        QVERIFY(m_database->execute("UPDATE forwards SET attempts = 2, next_at = 90000;"
                                    "INSERT INTO forward_attempts(forward_key, at, http_status, answer, took_ms) "
                                    "SELECT key, 1000, 0, 'Connection refused', 0 FROM forwards;"
                                    "INSERT INTO forward_attempts(forward_key, at, http_status, answer, took_ms) "
                                    "SELECT key, 2000, 503, 'later', 12 FROM forwards"));
        const auto details = models::readDetails(
            *m_database, {models::RecordKind::Event, QString::number(stored->key)});
        QVERIFY(details && *details);
        QVERIFY((*details)->rawAnswer.startsWith(u"Content-Type: application/json\nX-Signature: abc==\n\n{"_s));
        QVERIFY(!(*details)->rawAnswer.contains(u"hidden-path"_s));
        const models::DetailSection &passedOn = (*details)->sections.last();
        QStringList shown;
        for (const models::DetailField &field : passedOn.fields)
            shown.append(field.label + u'=' + field.cell.value.toString());
        QCOMPARE(passedOn.title, u"Passed on"_s);
        QCOMPARE(shown,
            (QStringList{u"To=https://a.example/hooks"_s, u"State=Waiting to be tried again"_s, u"Next attempt=90000"_s,
                u"Attempt 2=2000"_s, u"Answer=503, after 12 ms: later"_s, u"Attempt 1=1000"_s,
                u"Answer=No answer: Connection refused"_s}));
    }

    void aBodyThatIsNotTextIsShownAsFarAsItCanBe()
    {
        const auto stored = models::storeEvent(
            *m_database, models::prepareEvent({.headers = {{"X", "1"}}, .body = "a\xff", .receivedAt = 1}, {}));
        QVERIFY(stored);
        const auto details = models::readDetails(
            *m_database, {models::RecordKind::Event, QString::number(stored->key)});
        QVERIFY(details && *details);
        QCOMPARE((*details)->rawAnswer, u"X: 1\n\na\ufffd"_s);
    }

    void storedEventsAreQueuedForTheirTargets()
    {
        QVERIFY(models::addForwardTarget(*m_database, {.url = QUrl(u"http://127.0.0.1:1/all"_s), .madeAt = now}));
        QVERIFY(models::addForwardTarget(
            *m_database, {.url = QUrl(u"http://127.0.0.1:1/one"_s), .subscriptionId = u"s"_s, .madeAt = now}));
        store(paymentEvent("e-1"));
        store(paymentEvent("e-2"), now, {.subscriptionId = u"s"_s});
        store(paymentEvent("e-2"), now, {.subscriptionId = u"s"_s});
        QCOMPARE(count("SELECT count(*) FROM forwards"), 3);
        const auto targets = *models::readForwardTargets(*m_database);
        QCOMPARE(targets.size(), 2);
        QCOMPARE(targets[0].waiting, 2);
        QCOMPARE(targets[1].waiting, 1);
        QVERIFY(models::removeForwardTarget(*m_database, targets[0].key));
        QCOMPARE(count("SELECT count(*) FROM forwards WHERE state = 'WAITING'"), 1);
    }

    void exportedEventsComeBackTheSame_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("an event") << paymentEvent("e-1");
        QTest::newRow("not UTF-8") << QByteArray("\xff\xfe");
        QTest::newRow("with line breaks") << QByteArray("{\n\"id\":\"1\",\n\"eventType\":\"x\"}");
    }
    void exportedEventsComeBackTheSame()
    {
        QFETCH(QByteArray, body);
        const qint64 key = store(body).key;
        const QByteArray lines = *models::exportEvents(*m_database, {key});
        QCOMPARE(lines.count('\n'), 1);
        QVERIFY(m_database->execute("DELETE FROM deliveries; DELETE FROM events;"));
        const auto import = models::importEvents(*m_database, lines + "\n\n", WebhookFamily::PayByBank, now + 1000);
        QVERIFY(import);
        QCOMPARE(import->stored, 1);
        const InboxEvent back = event(import->keys.first());
        QCOMPARE(back.receivedAt, now);
        QCOMPARE(back.origin, models::EventOrigin::Imported);
        QCOMPARE(back.verdict, VerdictKind::NotChecked);
        QCOMPARE((*models::readDelivery(*m_database, back.key))->body, body);
        QCOMPARE(models::importEvents(*m_database, lines, WebhookFamily::PayByBank, now + 2000)->repeats, 1);
    }

    void aLineThatIsNoEventIsRefusedWithItsNumber()
    {
        const QByteArray lines = paymentEvent("a") + "\nnot json\n\n{\"hello\":1}\n{\"bodyBase64\":\"%%\"}\n"
            + paymentEvent("b");
        const auto import = models::importEvents(*m_database, lines, WebhookFamily::PayByBank, now);
        QCOMPARE(import->stored, 2);
        QCOMPARE(import->refused.size(), 3);
        QCOMPARE(import->refused[0].line, 2);
        QCOMPARE(import->refused[1].line, 4);
        QCOMPARE(import->refused[2].line, 5);
    }

    void aVerdictCannotBeImported()
    {
        const QByteArray line = "{\"receivedAt\":\"2026-11-21T06:00:00.000Z\",\"verdict\":\"VERIFIED\",\"body\":\"{"
                                "\\\"id\\\":\\\"1\\\",\\\"eventType\\\":\\\"x\\\"}\"}";
        const auto event = models::readExportLine(line, WebhookFamily::PayByBank, now);
        QVERIFY(event);
        QCOMPARE(event->verdict.kind, VerdictKind::NotChecked);
    }

    void theCommandLineQuotesEverything()
    {
        api::WebhookDelivery delivery = delivered("{\"id\":\"it's\"}");
        delivery.headers = {
            {"Host", "example.test"}, {"X-A", "b'c"}, {"X-Secret", models::hiddenHeaderValue.toByteArray()}};
        QCOMPARE(models::curlCommand(delivery, QUrl(u"http://127.0.0.1:9/x?a=b"_s)),
            u"curl --request POST --header 'X-A: b'\\''c' --data-binary '{\"id\":\"it'\\''s\"}' 'http://127.0.0.1:9/x?a=b'"_s);
    }

    void everyDocumentedTypeIsExplained()
    {
        QCOMPARE(models::eventTypes(WebhookFamily::PayByBank).size(), 13u);
        QCOMPARE(models::eventTypes(WebhookFamily::Aggregation).size(), 7u);
        for (const auto family : {WebhookFamily::PayByBank, WebhookFamily::Aggregation}) {
            for (const models::EventType &type : models::eventTypes(family)) {
                const QString name = QString::fromLatin1(type.name);
                QVERIFY(models::eventTitle(name) != name);
                QVERIFY(models::eventMeaning(name).endsWith(u'.'));
                QVERIFY(models::eventAdvice(name).endsWith(u'.'));
            }
        }
        QCOMPARE(models::eventTitle(u"REFRESH.PROCESS_COMPLETED"), u"Linking finished"_s);
        QCOMPARE(models::eventTitle(u"LATEST_BALANCE.COMPLETED"), u"Balance refreshed"_s);
        QCOMPARE(models::eventTitle(u"REFRESH.SOMETHING_NEW"), u"Linking progress"_s);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<models::Database> m_database;
};

QTEST_GUILESS_MAIN(tst_Inbox)
#include "tst_inbox.moc"

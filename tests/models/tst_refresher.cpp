// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/refresher.h"

#include "models/refreshplan.h"
#include "tests/models/lookupdesk.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::OpenRecord;
using models::RecordKind;
using models::RecordRef;
using models::Refresher;
using models::RefreshPlan;

namespace {

constexpr qint64 dayOne = 1'763'600'000'000;
constexpr int quick = 6000; // look-ups a minute: one every ten milliseconds

OpenRecord openRecord(const QString &status, qint64 lastReadAt)
{
    return {.ref = {RecordKind::Transaction, u"tx-1"_s}, .status = status, .lastReadAt = lastReadAt};
}

RecordRef transactionRef(const QString &id)
{
    return {RecordKind::Transaction, id};
}

//! tx-0 to tx-39, read one after the other.
QList<models::Observation> manyPending()
{
    QList<models::Observation> all;
    for (int number = 0; number < 40; ++number)
        all.append(sample::seen(sample::transaction(u"tx-%1"_s.arg(number), u"PENDING"_s), dayOne + number));
    return all;
}

//! Several round trips that tell the refresher nothing: enough for many look-ups of its own.
void letTimePass(LookUpDesk &desk)
{
    for (int trip = 0; trip < 20; ++trip)
        desk.ask("SELECT count(*) FROM transactions, observations");
    QCOMPARE(desk.lookUp({RecordKind::Payout, u"nobody-0"_s}).isEmpty(), false);
}

QByteArrayList askedBesides(const LookUpDesk &desk, const QByteArray &path)
{
    QByteArrayList asked = desk.server.asked();
    asked.removeAll(path);
    return asked;
}

} // namespace

class TestRefresher : public QObject
{
    Q_OBJECT
private slots:
    void waitsTwiceAsLongEachTime();
    void startsAnewWhenTheStatusChanged();
    void waitsFromTheLastReading();
    void asksMoreOftenOnScreen();
    void spreadsWaits();
    void forgetsWhatIsLongOver();

    void asksOldestFirstAndOnlyWhatCanChange();
    void agreesWithTheApiAboutStatuses_data();
    void agreesWithTheApiAboutStatuses();
    void tellsTheLedger();
    void asksWhatIsShownFirst();
    void stopsDuringTroubleUntilALookUpSucceeds_data();
    void stopsDuringTroubleUntilALookUpSucceeds();
    void goesOnAfterARecordThatIsGone();
    void asksNothingWhenStopped_data();
    void asksNothingWhenStopped();
    void usesAnIndex_data();
    void usesAnIndex();
};

void TestRefresher::waitsTwiceAsLongEachTime()
{
    RefreshPlan plan(1);
    const OpenRecord record = openRecord(u"PENDING"_s, dayOne);
    QCOMPARE(plan.dueAt(record, false), dayOne + 30'000);
    qint64 now = dayOne + 30'000;
    qint64 expected = 30'000;
    for (int time = 0; time < 20; ++time) {
        plan.asked(record, now);
        const qint64 wait = plan.dueAt(record, false) - now;
        QVERIFY2(
            wait >= expected * 9 / 10 && wait <= expected * 11 / 10, qPrintable(u"%1: %2"_s.arg(expected).arg(wait)));
        QVERIFY(wait <= RefreshPlan::longestWaitMs);
        QVERIFY(!plan.isDue(record, false, now + wait - 1));
        QVERIFY(plan.isDue(record, false, now + wait));
        now += wait;
        expected = std::min(expected * 2, RefreshPlan::longestWaitMs);
    }
    QCOMPARE(expected, RefreshPlan::longestWaitMs);
}

void TestRefresher::startsAnewWhenTheStatusChanged()
{
    RefreshPlan plan(1);
    const OpenRecord before = openRecord(u"PENDING"_s, dayOne);
    for (int time = 0; time < 8; ++time)
        plan.asked(before, dayOne);
    QVERIFY(plan.dueAt(before, false) > dayOne + 3'000'000);

    const OpenRecord after = openRecord(u"INITIATED"_s, dayOne + 5);
    QCOMPARE(plan.dueAt(after, false), dayOne + 5 + 30'000);
    plan.asked(after, dayOne + 60'000);
    QVERIFY(plan.dueAt(after, false) <= dayOne + 60'000 + 33'000);
}

void TestRefresher::waitsFromTheLastReading()
{
    RefreshPlan plan(1);
    plan.asked(openRecord(u"PENDING"_s, dayOne), dayOne);
    const qint64 wait = plan.dueAt(openRecord(u"PENDING"_s, dayOne), false) - dayOne;
    // Somebody else has read it in between.
    QCOMPARE(plan.dueAt(openRecord(u"PENDING"_s, dayOne + 10'000), false), dayOne + 10'000 + wait);
}

void TestRefresher::asksMoreOftenOnScreen()
{
    RefreshPlan plan(1);
    const OpenRecord record = openRecord(u"PENDING"_s, dayOne);
    for (int time = 0; time < 12; ++time)
        plan.asked(record, dayOne);
    QVERIFY(plan.dueAt(record, false) > dayOne + 3'600'000);
    QCOMPARE(plan.dueAt(record, true), dayOne + RefreshPlan::longestOnScreenWaitMs);
}

void TestRefresher::spreadsWaits()
{
    RefreshPlan plan(1);
    QSet<qint64> waits;
    for (int time = 0; time < 1000; ++time) {
        const qint64 wait = plan.jittered(30'000);
        QVERIFY(wait >= 27'000 && wait <= 33'000);
        waits.insert(wait);
    }
    QVERIFY(waits.size() > 100);
}

void TestRefresher::forgetsWhatIsLongOver()
{
    RefreshPlan plan(1);
    const auto numbered = [](int number) {
        return OpenRecord{.ref = transactionRef(u"tx-%1"_s.arg(number)), .status = u"PENDING"_s, .lastReadAt = dayOne};
    };
    plan.asked(numbered(0), dayOne);
    plan.asked(numbered(0), dayOne);
    const qint64 later = dayOne + 3 * RefreshPlan::longestWaitMs;
    for (int number = 1; number < 3000; ++number)
        plan.asked(numbered(number), later);
    QCOMPARE(plan.dueAt(numbered(0), false), dayOne + RefreshPlan::firstWaitMs);
    QVERIFY(plan.dueAt(numbered(1), false) > later);
}

void TestRefresher::asksOldestFirstAndOnlyWhatCanChange()
{
    LookUpDesk desk(1);
    QVERIFY(desk.observe({sample::seen(sample::transaction(u"tx-new"_s, u"PENDING"_s), dayOne + 300),
        sample::seen(sample::transaction(u"tx-old"_s, u"INITIATED"_s), dayOne + 100),
        sample::seen(sample::transaction(u"tx-done"_s, u"SUCCEEDED"_s), dayOne),
        sample::seen(sample::payout(u"po-open"_s, u"SCHEDULED"_s), dayOne + 200),
        sample::seen(sample::payout(u"po-done"_s, u"DISBURSED"_s), dayOne)}));
    Refresher refresher(*desk.ledger, *desk.lookUps);
    refresher.setMaximumPerMinute(quick);
    refresher.start();
    QTRY_COMPARE(desk.server.asked().size(), 3);
    letTimePass(desk);
    QCOMPARE(askedBesides(desk, "/v1/payouts/nobody-0"),
        (QByteArrayList{"/v1/transactions/tx-old", "/v1/payouts/po-open", "/v1/transactions/tx-new"}));
}

void TestRefresher::agreesWithTheApiAboutStatuses_data()
{
    QTest::addColumn<QString>("status");
    for (const char *status : {"CREATED", "PENDING", "AUTHORIZED", "SCHEDULED", "INITIATED", "SUCCEEDED",
             "RETRYABLE_FAILED", "TERMINAL_FAILED", "CANCELED", "CANCELLED", "DISBURSED", "A_NEW_WORD"})
        QTest::newRow(status) << QString::fromLatin1(status);
}

void TestRefresher::agreesWithTheApiAboutStatuses()
{
    QFETCH(QString, status);
    LookUpDesk desk(1);
    // The last one is always open: when it was asked for, the others had their turn.
    QVERIFY(desk.observe({sample::seen(sample::transaction(u"tx"_s, status), dayOne),
        sample::seen(sample::payout(u"po"_s, status), dayOne + 1),
        sample::seen(sample::transaction(u"last"_s, u"PENDING"_s), dayOne + 2)}));
    QByteArrayList expected;
    if (api::canStillChange(status))
        expected.append("/v1/transactions/tx");
    if (api::payoutCanStillChange(status))
        expected.append("/v1/payouts/po");
    expected.append("/v1/transactions/last");
    Refresher refresher(*desk.ledger, *desk.lookUps);
    refresher.setMaximumPerMinute(quick);
    refresher.start();
    QTRY_COMPARE(desk.server.asked(), expected);
}

void TestRefresher::tellsTheLedger()
{
    LookUpDesk desk(1);
    desk.server.addTransaction(u"tx-1"_s, u"SUCCEEDED"_s);
    QVERIFY(desk.observe({sample::seen(sample::transaction(u"tx-1"_s, u"PENDING"_s), dayOne)}));
    Refresher refresher(*desk.ledger, *desk.lookUps);
    refresher.setMaximumPerMinute(quick);
    refresher.start();
    QTRY_COMPARE(desk.ask("SELECT status || last_source FROM transactions"), u"SUCCEEDEDpoll"_s);
}

void TestRefresher::asksWhatIsShownFirst()
{
    LookUpDesk desk(1);
    QVERIFY(desk.observe(manyPending()));
    Refresher refresher(*desk.ledger, *desk.lookUps);
    refresher.setMaximumPerMinute(quick);
    refresher.showing({transactionRef(u"tx-39"_s), transactionRef(u"nobody"_s), {RecordKind::Customer, u"cust-1"_s},
        transactionRef(u"tx-30"_s)});
    refresher.start();
    QTRY_COMPARE(desk.server.asked().size(), 40);
    const QByteArrayList asked = desk.server.asked();
    QCOMPARE(
        asked.first(3), (QByteArrayList{"/v1/transactions/tx-39", "/v1/transactions/tx-30", "/v1/transactions/tx-0"}));
    QCOMPARE(QSet<QByteArray>(asked.begin(), asked.end()).size(), 40);
}

void TestRefresher::stopsDuringTroubleUntilALookUpSucceeds_data()
{
    QTest::addColumn<RecordServer::Mood>("mood");
    QTest::newRow("a fault of the server") << RecordServer::Mood::Faulty;
    QTest::newRow("a wrong secret") << RecordServer::Mood::RefusingTokens;
}

void TestRefresher::stopsDuringTroubleUntilALookUpSucceeds()
{
    QFETCH(RecordServer::Mood, mood);
    LookUpDesk desk(1);
    QVERIFY(desk.observe(manyPending()));
    desk.server.mood = mood;
    const QSignalSpy failed(desk.lookUps.get(), &models::LookUps::failed);
    Refresher refresher(*desk.ledger, *desk.lookUps);
    refresher.setMaximumPerMinute(quick);
    refresher.start();
    QTRY_COMPARE(failed.size(), 1);
    // A question that was on its way at that moment still arrives.
    letTimePass(desk);
    const qsizetype before = askedBesides(desk, "/v1/payouts/nobody-0").size();
    letTimePass(desk);
    QCOMPARE(askedBesides(desk, "/v1/payouts/nobody-0").size(), before);

    desk.server.mood = RecordServer::Mood::Answering;
    for (int number = 0; number < 40; ++number)
        desk.server.addTransaction(u"tx-%1"_s.arg(number));
    desk.server.addTransaction(u"mine"_s);
    QCOMPARE(desk.lookUp(transactionRef(u"mine"_s)), QString());
    QTRY_VERIFY(desk.ask("SELECT count(*) FROM transactions WHERE last_source = 'poll'").toInt() > 0);
}

void TestRefresher::goesOnAfterARecordThatIsGone()
{
    LookUpDesk desk(1);
    desk.server.addTransaction(u"tx-2"_s);
    QVERIFY(desk.observe({sample::seen(sample::transaction(u"tx-1"_s, u"PENDING"_s), dayOne),
        sample::seen(sample::transaction(u"tx-2"_s, u"PENDING"_s), dayOne + 1)}));
    Refresher refresher(*desk.ledger, *desk.lookUps);
    refresher.setMaximumPerMinute(quick);
    refresher.start();
    QTRY_COMPARE(desk.ask("SELECT id || status FROM transactions WHERE last_source = 'poll'"), u"tx-2SUCCEEDED"_s);
}

void TestRefresher::asksNothingWhenStopped_data()
{
    QTest::addColumn<int>("perMinute");
    QTest::addColumn<bool>("stop");
    QTest::newRow("never started") << quick << true;
    QTest::newRow("no budget") << 0 << false;
}

void TestRefresher::asksNothingWhenStopped()
{
    QFETCH(int, perMinute);
    QFETCH(bool, stop);
    LookUpDesk desk(1);
    QVERIFY(desk.observe({sample::seen(sample::transaction(u"tx-1"_s, u"PENDING"_s), dayOne)}));
    Refresher refresher(*desk.ledger, *desk.lookUps);
    refresher.start();
    refresher.setMaximumPerMinute(perMinute);
    if (stop)
        refresher.stop();
    refresher.showing({transactionRef(u"tx-1"_s)});
    letTimePass(desk);
    QCOMPARE(desk.server.asked(), QByteArrayList{"/v1/payouts/nobody-0"});

    refresher.setMaximumPerMinute(quick);
    refresher.start();
    QTRY_COMPARE(desk.server.asked().size(), 2);
}

void TestRefresher::usesAnIndex_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("index");
    QTest::newRow("transactions") << QByteArray("SELECT id, status, last_read_at FROM transactions "
                                                "WHERE status <> 'SUCCEEDED' AND status <> 'TERMINAL_FAILED' AND "
                                                "status <> 'CANCELED' AND status <> 'CANCELLED' "
                                                "ORDER BY last_read_at")
                                  << u"transactions_open"_s;
    QTest::newRow("payouts") << QByteArray(
        "SELECT id, status, last_read_at FROM payouts WHERE status <> 'DISBURSED' ORDER BY last_read_at")
                             << u"payouts_open"_s;
}

void TestRefresher::usesAnIndex()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, index);
    LookUpDesk desk(1);
    // The plan's fourth column says how: through the index alone, without sorting.
    struct Explained
    {
        QString text;
        int steps = 0;
    };
    std::optional<Explained> explained;
    QObject context;
    const auto read = desk.ledger->read<Explained>(
        [sql](models::Database &database) -> models::DatabaseResult<Explained> {
            auto statement = database.prepareOnce("EXPLAIN QUERY PLAN " + sql);
            if (!statement)
                return std::unexpected(statement.error());
            Explained all;
            for (auto row = statement->step(); row && *row; row = statement->step(), ++all.steps)
                all.text += statement->text(3);
            return all;
        },
        &context, [&](const models::DatabaseResult<Explained> &result) { explained = result.value_or(Explained{}); });
    QTRY_VERIFY(explained.has_value());
    QVERIFY2(explained->text.contains(u"COVERING INDEX "_s + index), qPrintable(explained->text));
    QCOMPARE(explained->steps, 1);
}

QTEST_GUILESS_MAIN(TestRefresher)
#include "tst_refresher.moc"

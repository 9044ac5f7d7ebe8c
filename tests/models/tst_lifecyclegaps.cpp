// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lifecyclegaps.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::EventSeen;
using models::Gap;
using models::GapKind;
using models::PaymentFacts;

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

const QStringList everything{u"payment.created"_s, u"payment.pending"_s, u"payment.authorized"_s,
    u"payment.scheduled"_s, u"payment.initiated"_s, u"payment.succeeded"_s, u"payment.disbursed"_s,
    u"payment.failed"_s};

//! 2026-11-04, a Wednesday, noon UTC.
qint64 wednesday()
{
    return QDateTime(QDate(2026, 11, 4), QTime(12, 0), Qt::UTC).toMSecsSinceEpoch();
}

PaymentFacts paymentIn(const QString &status)
{
    return {.id = u"pay-1"_s, .status = status, .createdAt = wednesday(), .lastReadAt = wednesday()};
}

QList<EventSeen> eventsUpTo(const QStringList &types)
{
    QList<EventSeen> events;
    for (const QString &type : types)
        events.append({u"payment."_s + type, wednesday() + minute});
    return events;
}

} // namespace

class tst_LifecycleGaps : public QObject
{
    Q_OBJECT

private slots:
    void weekendsDoNotCount_data();
    void weekendsDoNotCount();
    void aStatusHasItsTime_data();
    void aStatusHasItsTime();
    void holesInTheSequenceAreFound_data();
    void holesInTheSequenceAreFound();
    void aLateEventIsNoGapYet();
    void withoutASubscriptionNoEventIsExpected();
    void onlyWhatIsSubscribedToIsExpected();
    void aStatusThatWasNeverTold();
    void silenceIsMeasuredAgainstTheUsual_data();
    void silenceIsMeasuredAgainstTheUsual();
    void everyGapSaysWhatToDo();
};

void tst_LifecycleGaps::weekendsDoNotCount_data()
{
    QTest::addColumn<int>("days");
    QTest::addColumn<qint64>("later");
    QTest::newRow("none") << 0 << qint64(0);
    QTest::newRow("Thursday") << 1 << day;
    QTest::newRow("Friday") << 2 << 2 * day;
    QTest::newRow("Monday") << 3 << 5 * day;
    QTest::newRow("the Monday after") << 8 << 12 * day;
}

void tst_LifecycleGaps::weekendsDoNotCount()
{
    QFETCH(int, days);
    QFETCH(qint64, later);
    QCOMPARE(models::bankingDaysAfter(wednesday(), days) - wednesday(), later);
}

void tst_LifecycleGaps::aStatusHasItsTime_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<qint64>("limit"); //!< after creation, 0: none
    QTest::addColumn<int>("kind");
    QTest::newRow("created") << u"CREATED"_s << 15 * minute << int(GapKind::DecisionOverdue);
    QTest::newRow("pending") << u"PENDING"_s << 15 * minute << int(GapKind::DecisionOverdue);
    QTest::newRow("authorized") << u"AUTHORIZED"_s << 5 * day << int(GapKind::SchedulingOverdue);
    QTest::newRow("scheduled") << u"SCHEDULED"_s << 6 * day << int(GapKind::SettlementOverdue);
    QTest::newRow("initiated") << u"INITIATED"_s << 6 * day << int(GapKind::SettlementOverdue);
    QTest::newRow("succeeded") << u"SUCCEEDED"_s << qint64(0) << 0;
    QTest::newRow("failed") << u"TERMINAL_FAILED"_s << qint64(0) << 0;
    QTest::newRow("a status nobody knows") << u"PAUSED"_s << qint64(0) << 0;
}

void tst_LifecycleGaps::aStatusHasItsTime()
{
    QFETCH(QString, status);
    QFETCH(qint64, limit);
    QFETCH(int, kind);
    PaymentFacts payment = paymentIn(status);
    payment.settlementAt = wednesday() + 5 * day; // a Monday
    if (limit == 0) {
        QVERIFY(models::gapsOf(payment, wednesday() + 100 * day).isEmpty());
        return;
    }
    QVERIFY(models::gapsOf(payment, wednesday() + limit).isEmpty());
    const QList<Gap> gaps = models::gapsOf(payment, wednesday() + limit + 1);
    QCOMPARE(gaps.size(), 1);
    QCOMPARE(int(gaps.first().kind), kind);
    QCOMPARE(gaps.first().since, wednesday() + limit);
    QCOMPARE(gaps.first().subject, u"pay-1"_s);
}

void tst_LifecycleGaps::holesInTheSequenceAreFound_data()
{
    QTest::addColumn<QStringList>("arrived");
    QTest::addColumn<QString>("missing");
    QTest::newRow("nothing yet") << QStringList() << QString();
    QTest::newRow("all in order") << QStringList{u"created"_s, u"pending"_s, u"authorized"_s} << QString();
    QTest::newRow("decided at once") << QStringList{u"created"_s, u"authorized"_s, u"scheduled"_s} << QString();
    QTest::newRow("the first is missing") << QStringList{u"authorized"_s} << u"payment.created"_s;
    QTest::newRow("one in the middle") << QStringList{u"created"_s, u"authorized"_s, u"initiated"_s}
                                       << u"payment.scheduled"_s;
    QTest::newRow("before the payout") << QStringList{u"created"_s, u"authorized"_s, u"scheduled"_s, u"initiated"_s,
        u"disbursed"_s} << u"payment.succeeded"_s;
    QTest::newRow("a failure proves no step") << QStringList{u"created"_s, u"failed"_s} << QString();
    QTest::newRow("an event nobody knows") << QStringList{u"created"_s, u"reviewed"_s} << QString();
}

void tst_LifecycleGaps::holesInTheSequenceAreFound()
{
    QFETCH(QStringList, arrived);
    QFETCH(QString, missing);
    PaymentFacts payment = paymentIn({});
    payment.coveredSince = wednesday() - day;
    payment.covered = everything;
    payment.events = eventsUpTo(arrived);
    const QList<Gap> gaps = models::gapsOf(payment, wednesday() + hour);
    QCOMPARE(gaps.size(), missing.isEmpty() ? 0 : 1);
    if (!missing.isEmpty())
        QCOMPARE(gaps.first(), (Gap{GapKind::EventMissing, u"pay-1"_s, wednesday() + minute, missing}));
}

void tst_LifecycleGaps::aLateEventIsNoGapYet()
{
    PaymentFacts payment = paymentIn({});
    payment.coveredSince = wednesday() - day;
    payment.covered = everything;
    payment.events = eventsUpTo({u"created"_s, u"scheduled"_s});
    QVERIFY(models::gapsOf(payment, wednesday() + 11 * minute).isEmpty());
    QCOMPARE(models::gapsOf(payment, wednesday() + 11 * minute + 1).size(), 1);
}

void tst_LifecycleGaps::withoutASubscriptionNoEventIsExpected()
{
    PaymentFacts payment = paymentIn(u"SUCCEEDED"_s);
    payment.events = eventsUpTo({u"scheduled"_s});
    QVERIFY(models::gapsOf(payment, wednesday() + 100 * day).isEmpty());
    payment.covered = everything;
    payment.coveredSince = payment.createdAt + 1; // subscribed later
    QVERIFY(models::gapsOf(payment, wednesday() + 100 * day).isEmpty());
}

void tst_LifecycleGaps::onlyWhatIsSubscribedToIsExpected()
{
    PaymentFacts payment = paymentIn(u"SUCCEEDED"_s);
    payment.coveredSince = wednesday() - day;
    payment.covered = {u"payment.created"_s, u"payment.succeeded"_s};
    payment.events = eventsUpTo({u"created"_s, u"succeeded"_s});
    QVERIFY(models::gapsOf(payment, wednesday() + day).isEmpty());
    payment.events = eventsUpTo({u"created"_s});
    QCOMPARE(models::gapsOf(payment, wednesday() + day).size(), 1);
}

void tst_LifecycleGaps::aStatusThatWasNeverTold()
{
    PaymentFacts payment = paymentIn(u"TERMINAL_FAILED"_s);
    payment.coveredSince = wednesday() - day;
    payment.covered = everything;
    payment.events = eventsUpTo({u"created"_s});
    QVERIFY(models::gapsOf(payment, wednesday() + 10 * minute).isEmpty());
    const QList<Gap> gaps = models::gapsOf(payment, wednesday() + 10 * minute + 1);
    QCOMPARE(gaps, QList<Gap>({{GapKind::StatusWithoutEvent, u"pay-1"_s, wednesday(), u"payment.failed"_s}}));
    payment.events += eventsUpTo({u"failed"_s});
    QVERIFY(models::gapsOf(payment, wednesday() + hour).isEmpty());
}

void tst_LifecycleGaps::silenceIsMeasuredAgainstTheUsual_data()
{
    QTest::addColumn<int>("events");
    QTest::addColumn<qint64>("pause"); //!< between two events
    QTest::addColumn<qint64>("quiet"); //!< since the last
    QTest::addColumn<bool>("silent");
    QTest::newRow("too few to know") << 5 << minute << 10 * day << false;
    QTest::newRow("a minute is usual, an hour passed") << 50 << minute << hour << false;
    QTest::newRow("a minute is usual, more passed") << 50 << minute << hour + 1 << true;
    QTest::newRow("once a day is usual") << 50 << day << 3 * day << false;
    QTest::newRow("four days are not") << 50 << day << 4 * day << true;
}

void tst_LifecycleGaps::silenceIsMeasuredAgainstTheUsual()
{
    QFETCH(int, events);
    QFETCH(qint64, pause);
    QFETCH(qint64, quiet);
    QFETCH(bool, silent);
    QList<qint64> received;
    for (int i = 0; i < events; ++i)
        received.append(wednesday() + i * pause);
    const auto gap = models::silenceOf(u"sub-1"_s, received, received.last() + quiet);
    QCOMPARE(gap.has_value(), silent);
    if (silent)
        QCOMPARE(*gap, (Gap{GapKind::SubscriptionSilent, u"sub-1"_s, received.last(), {}}));
}

void tst_LifecycleGaps::everyGapSaysWhatToDo()
{
    QStringList texts;
    for (const GapKind kind : {GapKind::DecisionOverdue, GapKind::SchedulingOverdue, GapKind::SettlementOverdue,
             GapKind::EventMissing, GapKind::StatusWithoutEvent, GapKind::SubscriptionSilent}) {
        const Gap gap{.kind = kind, .subject = u"x"_s, .since = 1, .event = u"payment.created"_s};
        QVERIFY(models::gapNextStep(gap).endsWith(u'.'));
        texts.append(models::gapText(gap));
    }
    QCOMPARE(texts.removeDuplicates(), 0);
}

QTEST_APPLESS_MAIN(tst_LifecycleGaps)
#include "tst_lifecyclegaps.moc"

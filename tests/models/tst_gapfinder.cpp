// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gapfinder.h"
#include "models/webhooksubscriptions.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::Gap;
using models::GapKind;
using models::GapTask;

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 day = 24 * 60 * minute;

} // namespace

class tst_GapFinder : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void anEmptyLedgerHasNone();
    void overduePaymentsAreFoundWithoutAnySubscription();
    void eventsAreExpectedOnlyWhereSubscribed();
    void anOldEventOfAPaymentStillCounts();
    void creditsAreNotJudged();
    void aSilentSubscriptionIsFound();
    void theOldestComesFirst();
    void theModelFollowsTheLedger();

private:
    void run(const QByteArray &sql);
    void addPayment(const QString &id, const QString &status, qint64 createdAt, const QString &type = u"DEBIT"_s);
    void addEvent(const QString &payment, const QString &type, qint64 receivedAt);
    void subscribe(const QString &id, qint64 madeAt);
    QList<GapTask> found();

    qint64 m_now = 0;
    int m_events = 0;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<models::Ledger> m_ledger;
};

void tst_GapFinder::init()
{
    m_now = QDateTime::currentMSecsSinceEpoch();
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = models::Ledger::open(m_folder->filePath(u"ledger.sqlite"_s));
    QVERIFY(opened);
    m_ledger = std::move(*opened);
}

void tst_GapFinder::cleanup()
{
    m_ledger.reset();
    m_folder.reset();
}

void tst_GapFinder::run(const QByteArray &sql)
{
    std::optional<bool> done;
    m_ledger->write([sql](models::Database &database) { return database.execute(sql.constData()); },
        models::Ledger::Durability::Normal, this, [&done](const auto &written) { done = written.has_value(); });
    QTRY_VERIFY(done.has_value());
    QVERIFY2(*done, sql.constData());
}

void tst_GapFinder::addPayment(const QString &id, const QString &status, qint64 createdAt, const QString &type)
{
    run(u"INSERT INTO transactions(key, id, type, status, customer_name, amount_cents, created_at, first_seen_at,"
        " last_read_at, last_source) VALUES(%1, '%2', '%3', '%4', 'Ada Lovelace', 100, %5, %5, %5, 'LOOK_UP')"_s
            .arg(createdAt << 20)
            .arg(id, type, status)
            .arg(createdAt)
            .toUtf8());
}

void tst_GapFinder::addEvent(const QString &payment, const QString &type, qint64 receivedAt)
{
    ++m_events;
    run(u"INSERT INTO events(key, family, event_id, digest, type, received_at, subscription_id, resource_type,"
        " resource_id, verdict, state)"
        " VALUES(%1, 'PAY_BY_BANK', 'e%2', x'00', '%3', %4, 'sub', 'payment', '%5', 'VERIFIED', 'READ_BACK')"_s
            .arg((receivedAt << 20) + m_events)
            .arg(m_events)
            .arg(type)
            .arg(receivedAt)
            .arg(payment)
            .toUtf8());
}

void tst_GapFinder::subscribe(const QString &id, qint64 madeAt)
{
    models::WebhookSubscription subscription;
    subscription.id = subscription.pathToken = id;
    subscription.name = u"Shop"_s;
    subscription.state = models::SubscriptionState::Active;
    subscription.madeAt = madeAt;
    std::optional<bool> done;
    m_ledger->write(
        [subscription](models::Database &database) { return models::insertSubscription(database, subscription); },
        models::Ledger::Durability::Normal, this, [&done](const auto &written) { done = written.has_value(); });
    QTRY_VERIFY(done.has_value());
    QVERIFY(*done);
}

QList<GapTask> tst_GapFinder::found()
{
    const auto database = models::Database::open(m_ledger->file(), models::Database::Mode::ReadOnly);
    if (!database)
        return {};
    return models::findGaps(**database, m_now).value_or(QList<GapTask>());
}

void tst_GapFinder::anEmptyLedgerHasNone()
{
    QVERIFY(found().isEmpty());
}

void tst_GapFinder::overduePaymentsAreFoundWithoutAnySubscription()
{
    addPayment(u"fresh"_s, u"PENDING"_s, m_now - 5 * minute);
    addPayment(u"late"_s, u"PENDING"_s, m_now - 20 * minute);
    addPayment(u"done"_s, u"SUCCEEDED"_s, m_now - 20 * day);
    const QList<GapTask> tasks = found();
    QCOMPARE(tasks.size(), 1);
    QCOMPARE(tasks.first().gap, (Gap{GapKind::DecisionOverdue, u"late"_s, m_now - 5 * minute, {}}));
    QCOMPARE(tasks.first().who, u"Ada Lovelace"_s);
}

void tst_GapFinder::eventsAreExpectedOnlyWhereSubscribed()
{
    addPayment(u"pay"_s, u"AUTHORIZED"_s, m_now - 60 * minute);
    addEvent(u"pay"_s, u"payment.authorized"_s, m_now - 59 * minute);
    QVERIFY(found().isEmpty());
    subscribe(u"sub"_s, m_now - day);
    QCOMPARE(found().size(), 1);
    QCOMPARE(found().first().gap.event, u"payment.created"_s);
    addEvent(u"pay"_s, u"payment.created"_s, m_now - 30 * minute); // late, but there
    QVERIFY(found().isEmpty());
}

void tst_GapFinder::anOldEventOfAPaymentStillCounts()
{
    subscribe(u"sub"_s, m_now - 40 * day);
    addPayment(u"slow"_s, u"AUTHORIZED"_s, m_now - 30 * day);
    addEvent(u"slow"_s, u"payment.created"_s, m_now - 30 * day);
    addEvent(u"slow"_s, u"payment.authorized"_s, m_now - 30 * day);
    const QList<GapTask> tasks = found();
    QCOMPARE(tasks.size(), 1);
    QCOMPARE(tasks.first().gap.kind, GapKind::SchedulingOverdue);
}

void tst_GapFinder::creditsAreNotJudged()
{
    addPayment(u"credit"_s, u"PENDING"_s, m_now - day, u"CREDIT"_s);
    QVERIFY(found().isEmpty());
}

void tst_GapFinder::aSilentSubscriptionIsFound()
{
    subscribe(u"sub"_s, m_now - 40 * day);
    for (int i = 0; i < 30; ++i)
        addEvent(u"nobody"_s, u"customer.created"_s, m_now - 5 * day + i * minute);
    const QList<GapTask> tasks = found();
    QCOMPARE(tasks.size(), 1);
    QCOMPARE(tasks.first().gap.kind, GapKind::SubscriptionSilent);
    QCOMPARE(tasks.first().who, u"Shop"_s);
}

void tst_GapFinder::theOldestComesFirst()
{
    addPayment(u"younger"_s, u"PENDING"_s, m_now - 20 * minute);
    addPayment(u"older"_s, u"CREATED"_s, m_now - 2 * day);
    const QList<GapTask> tasks = found();
    QCOMPARE(tasks.size(), 2);
    QCOMPARE(tasks.first().gap.subject, u"older"_s);
}

void tst_GapFinder::theModelFollowsTheLedger()
{
    models::GapFinder finder(*m_ledger);
    const QAbstractItemModelTester tester(&finder, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy looks(&finder, &models::GapFinder::looked);
    QVERIFY(!finder.isRead());
    finder.start();
    QTRY_COMPARE(looks.size(), 1);
    QVERIFY(finder.isRead());
    QCOMPARE(finder.rowCount(), 0);
    addPayment(u"late"_s, u"PENDING"_s, m_now - 20 * minute);
    finder.lookNow();
    QTRY_COMPARE(finder.rowCount(), 1);
    const QModelIndex what = finder.index(0, models::GapFinder::WhatColumn);
    QCOMPARE(what.data().toString(), u"No decision after 15 minutes"_s);
    QCOMPARE(what.siblingAtColumn(models::GapFinder::SubjectColumn).data().toString(), u"Ada Lovelace"_s);
    QCOMPARE(what.data(models::GapFinder::TaskRole).value<GapTask>().gap.subject, u"late"_s);
    QVERIFY(finder.problem().isEmpty());
}

QTEST_GUILESS_MAIN(tst_GapFinder)
#include "tst_gapfinder.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/audit.h"
#include "models/database.h"
#include "tests/app/killbench.h"

#include <QElapsedTimer>
#include <QMap>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int refundCents = 100;

struct Row
{
    QString state;
    QString requestKey;
    QString result;
    int attempts = 0;
};

} // namespace

//! A console is killed at every step of a refund, and what the sandbox made is counted: once for every intent that is
//! on disk, never twice, never for one that is not.
class tst_OutboxKill : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void killedAtACommit_data();
    void killedAtACommit();
    void killedWhileTheServerHasIt_data();
    void killedWhileTheServerHasIt();
    void killedWhileAskingAgain();
    void anAnswerIsLost_data();
    void anAnswerIsLost();
    void killedDuringTheCountDown();
    void killedAtAnyMoment();
    void twoProcessesRefundTheSamePayment();

private:
    QString takePayment();
    QList<Row> rowsOf(const QString &payment);
    QString number(const QByteArray &sql, const QString &value = {});
    //! A new process settles whatever is open; afterwards the ledger and the sandbox must tell the same story.
    void settleAndCompare(const QString &payment, int intents);

    QTemporaryDir m_folder;
    QString m_ledger;
    SandboxUnderTest m_sandbox;
    QStringList m_payments;
};

void tst_OutboxKill::initTestCase()
{
    QVERIFY(m_sandbox.start());
    m_ledger = m_folder.filePath(u"ledger.db"_s);
    DriverUnderTest observer(m_sandbox, m_ledger, QStringList{u"observe"_s} + m_sandbox.transactionIds.first(200));
    QVERIFY(observer.finished());
    auto database = models::Database::open(m_ledger, models::Database::Mode::ReadOnly);
    QVERIFY(database);
    auto found = (*database)->prepareOnce("SELECT id FROM transactions WHERE type = 'DEBIT' AND status = 'SUCCEEDED' "
                                          "AND refunded_cents = 0 AND amount_cents >= 4000 ORDER BY key DESC");
    QVERIFY(found);
    for (auto row = found->step(); row && *row; row = found->step())
        m_payments += found->text(0);
    QVERIFY(m_payments.size() >= 40);
}

QString tst_OutboxKill::takePayment()
{
    return m_payments.takeFirst();
}

QList<Row> tst_OutboxKill::rowsOf(const QString &payment)
{
    auto database = models::Database::open(m_ledger, models::Database::Mode::ReadOnly);
    auto found = database
        ? (*database)->prepareOnce(
              "SELECT state, request_key, result_id, attempts FROM outbox WHERE original_id = ?1 ORDER BY key")
        : std::unexpected(database.error());
    if (!found)
        qFatal("the ledger cannot be read");
    QList<Row> rows;
    found->bind(0, payment);
    for (auto row = found->step(); row && *row; row = found->step())
        rows += {.state = found->text(0),
            .requestKey = found->text(1),
            .result = found->text(2),
            .attempts = int(found->integer(3))};
    return rows;
}

QString tst_OutboxKill::number(const QByteArray &sql, const QString &value)
{
    auto database = models::Database::open(m_ledger, models::Database::Mode::ReadOnly);
    auto found = database ? (*database)->prepareOnce(sql) : std::unexpected(database.error());
    if (!found)
        qFatal("the ledger cannot be read");
    if (!value.isEmpty())
        found->bind(0, value);
    const auto row = found->step();
    return row && *row ? found->text(0) : QString();
}

void tst_OutboxKill::settleAndCompare(const QString &payment, int intents)
{
    QVERIFY(m_sandbox.clearFaults());
    DriverUnderTest settler(m_sandbox, m_ledger, {u"settle"_s});
    QVERIFY(settler.finished());

    const QList<Row> rows = rowsOf(payment);
    const QList<QJsonObject> made = m_sandbox.madeFor(payment);
    QCOMPARE(rows.size(), intents);
    QCOMPARE(made.size(), intents);
    for (const Row &row : rows) {
        QCOMPARE(row.state, u"ACCEPTED"_s);
        const auto mine = [&row](const QJsonObject &one) { return one[u"requestKey"_s].toString() == row.requestKey; };
        QCOMPARE(std::ranges::count_if(made, mine), 1);
        const QJsonObject one = *std::ranges::find_if(made, mine);
        QVERIFY(row.result.isEmpty() || row.result == one[u"id"_s].toString());
    }
    QCOMPARE(number("SELECT accepted_cents FROM payment_remainder WHERE payment_id = ?1", payment).toInt(),
        intents * refundCents);
    QCOMPARE(number("SELECT refunded_cents FROM transactions WHERE id = ?1", payment).toInt(), intents * refundCents);
    auto database = models::Database::open(m_ledger, models::Database::Mode::ReadOnly);
    QVERIFY(models::verifyAudit(**database)->intact);
}

void tst_OutboxKill::killedAtACommit_data()
{
    QTest::addColumn<QString>("moment");
    QTest::addColumn<QString>("state"); //!< left on disk; empty: no entry
    QTest::addColumn<int>("made");      //!< by the sandbox when the process was dead
    QTest::newRow("before the intent is on disk") << u"before:1"_s << QString() << 0;
    QTest::newRow("while the intent goes to disk") << u"during:1"_s << QString() << 0;
    QTest::newRow("when the intent is on disk") << u"after:1"_s << u"HELD"_s << 0;
    QTest::newRow("before it is marked as sending") << u"before:2"_s << u"HELD"_s << 0;
    QTest::newRow("while it is marked as sending") << u"during:2"_s << u"HELD"_s << 0;
    QTest::newRow("marked as sending, before the request") << u"after:2"_s << u"SENDING"_s << 0;
    QTest::newRow("after the answer, before it is on disk") << u"before:3"_s << u"SENDING"_s << 1;
    QTest::newRow("while the answer goes to disk") << u"during:3"_s << u"SENDING"_s << 1;
    QTest::newRow("when the answer is on disk") << u"after:3"_s << u"ACCEPTED"_s << 1;
}

void tst_OutboxKill::killedAtACommit()
{
    QFETCH(QString, moment);
    QFETCH(QString, state);
    QFETCH(int, made);
    const QString payment = takePayment();
    DriverUnderTest driver(
        m_sandbox, m_ledger, {u"refund"_s, payment, QString::number(refundCents), u"0"_s}, {u"--stop-at"_s, moment});
    QVERIFY(driver.diedBySignal());
    const QList<Row> rows = rowsOf(payment);
    QCOMPARE(rows.isEmpty() ? QString() : rows.constFirst().state, state);
    QCOMPARE(m_sandbox.madeFor(payment).size(), made);
    settleAndCompare(payment, state.isEmpty() ? 0 : 1);
}

void tst_OutboxKill::killedWhileTheServerHasIt_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<bool>("done"); //!< the server has done the work when the process is killed
    QTest::newRow("before it works")
        << "{\"kind\":\"delay\",\"delay\":700,\"method\":\"POST\",\"path\":\"/v1/payments\",\"count\":1}"_ba << false;
    QTest::newRow("before it answers")
        << "{\"kind\":\"delayAfter\",\"delay\":60000,\"method\":\"POST\",\"path\":\"/v1/payments\",\"count\":1}"_ba
        << true;
}

void tst_OutboxKill::killedWhileTheServerHasIt()
{
    QFETCH(QByteArray, fault);
    QFETCH(bool, done);
    const QString payment = takePayment();
    QVERIFY(m_sandbox.addFault(fault));
    DriverUnderTest driver(m_sandbox, m_ledger, {u"refund"_s, payment, QString::number(refundCents), u"0"_s});
    QTRY_VERIFY(!rowsOf(payment).isEmpty() && rowsOf(payment).constFirst().state == "SENDING"_L1);
    if (done)
        QTRY_COMPARE(m_sandbox.madeFor(payment).size(), 1);
    driver.kill();
    QCOMPARE(rowsOf(payment).constFirst().state, u"SENDING"_s);
    settleAndCompare(payment, 1);
    QCOMPARE(rowsOf(payment).constFirst().attempts, 2);
}

void tst_OutboxKill::killedWhileAskingAgain()
{
    const QString payment = takePayment();
    QVERIFY(
        m_sandbox.addFault(R"({"kind":"delayAfter","delay":60000,"method":"POST","path":"/v1/payments","count":2})"));
    {
        DriverUnderTest driver(m_sandbox, m_ledger, {u"refund"_s, payment, QString::number(refundCents), u"0"_s});
        QTRY_COMPARE(m_sandbox.madeFor(payment).size(), 1);
    }
    {
        DriverUnderTest asker(m_sandbox, m_ledger, {u"settle"_s});
        QTRY_COMPARE(rowsOf(payment).constFirst().attempts, 2);
    }
    QCOMPARE(rowsOf(payment).constFirst().state, u"SENDING"_s);
    settleAndCompare(payment, 1);
    QCOMPARE(rowsOf(payment).constFirst().attempts, 3);
}

void tst_OutboxKill::anAnswerIsLost_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<int>("made");
    for (const char *kind : {"cutAfter", "cutMidBody", "errorAfter", "garbage", "wrongType"})
        QTest::newRow(kind) << QByteArray(kind) << 1;
    for (const char *kind : {"cutBefore", "error"})
        QTest::newRow(kind) << QByteArray(kind) << 0;
}

void tst_OutboxKill::anAnswerIsLost()
{
    QFETCH(QByteArray, kind);
    QFETCH(int, made);
    const QString payment = takePayment();
    QVERIFY(
        m_sandbox.addFault("{\"kind\":\"" + kind + "\",\"method\":\"POST\",\"path\":\"/v1/payments\",\"count\":1}"));
    DriverUnderTest driver(m_sandbox, m_ledger, {u"refund"_s, payment, QString::number(refundCents), u"0"_s});
    QVERIFY(driver.finished());
    QCOMPARE(rowsOf(payment).constFirst().state, u"UNKNOWN"_s);
    QCOMPARE(m_sandbox.madeFor(payment).size(), made);
    settleAndCompare(payment, 1);
}

void tst_OutboxKill::killedDuringTheCountDown()
{
    const QString payment = takePayment();
    {
        DriverUnderTest driver(m_sandbox, m_ledger, {u"refund"_s, payment, QString::number(refundCents), u"300"_s});
        driver.line();
        QVERIFY(driver.line().contains(u"submitted"_s));
    }
    QCOMPARE(rowsOf(payment).constFirst().state, u"HELD"_s);
    QCOMPARE(m_sandbox.madeFor(payment).size(), 0);
    settleAndCompare(payment, 1);
}

// No step is chosen here: the moments are spread over all that a process does for one refund, however long that takes
// on this machine: the span grows while processes are killed too early, and shrinks while they come to their end.
void tst_OutboxKill::killedAtAnyMoment()
{
    const QString payment = takePayment();
    QRandomGenerator dice(20261121);
    QMap<QString, int> leftAs;
    constexpr int rounds = 80;
    qint64 spanNs = 25'000'000;
    for (int round = 0; round < rounds; ++round) {
        const auto before = rowsOf(payment).size();
        DriverUnderTest driver(
            m_sandbox, m_ledger, {u"refund"_s, payment, QString::number(refundCents), u"0"_s}, {u"--wait"_s});
        QVERIFY(driver.line().contains(u"ready"_s));
        const qint64 lifeNs = dice.bounded(spanNs);
        driver.go();
        // Far below what a timer can be trusted with.
        QElapsedTimer clock;
        clock.start();
        while (clock.nsecsElapsed() < lifeNs) { }
        driver.kill();
        const QList<Row> rows = rowsOf(payment);
        const QString left = rows.size() == before ? u"nothing"_s : rows.constLast().state;
        ++leftAs[left];
        if (left == "nothing"_L1)
            spanNs = spanNs * 6 / 5;
        else if (left == "ACCEPTED"_L1)
            spanNs = spanNs * 5 / 6;
    }
    for (auto left = leftAs.cbegin(); left != leftAs.cend(); ++left)
        qInfo("%d of %d processes left %s", left.value(), rounds, qUtf8Printable(left.key()));
    const int intents = rounds - leftAs.value(u"nothing"_s);
    QVERIFY(leftAs.size() > 1);
    settleAndCompare(payment, intents);
}

void tst_OutboxKill::twoProcessesRefundTheSamePayment()
{
    for (int round = 0; round < 5; ++round) {
        const QString payment = takePayment();
        const QString all = number("SELECT amount_cents FROM transactions WHERE id = ?1", payment);
        const QStringList command{u"refund"_s, payment, all, u"0"_s};
        DriverUnderTest first(m_sandbox, m_ledger, command, {u"--wait"_s});
        DriverUnderTest second(m_sandbox, m_ledger, command, {u"--wait"_s});
        QVERIFY(first.line().contains(u"ready"_s));
        QVERIFY(second.line().contains(u"ready"_s));
        first.go();
        second.go();
        const QJsonObject one = first.line();
        const QJsonObject two = second.line();
        QCOMPARE(int(one.contains(u"submitted"_s)) + int(two.contains(u"submitted"_s)), 1);
        const QJsonObject loser = one.contains(u"submitted"_s) ? two : one;
        QCOMPARE(loser[u"refused"_s].toInt(), int(models::IntentProblem::NothingLeft));
        QVERIFY(first.finished());
        QVERIFY(second.finished());
        QCOMPARE(m_sandbox.madeFor(payment).size(), 1);
        QCOMPARE(rowsOf(payment).size(), 1);
        QCOMPARE(rowsOf(payment).constFirst().state, u"ACCEPTED"_s);
    }
}

QTEST_GUILESS_MAIN(tst_OutboxKill)
#include "tst_outboxkill.moc"

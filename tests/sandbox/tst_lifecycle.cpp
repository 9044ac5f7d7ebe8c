// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using tests::Credential;

// Time passes: payments go through their states, events are told in order, payouts pay exactly what settled.
class tst_Lifecycle : public QObject
{
    Q_OBJECT

private slots:
    void aPaymentGoesThroughItsStates();
    void eventsAreToldInOrder();
    void theClockRunsByItself();
    void payoutsMoveOn();
    void aPayoutIsTheSumOfWhatItPays();
    void newSettlementsGetIntoTheNextPayouts();
    void aDebitIsDisbursedWithItsPayout();

private:
    QStringList eventsOf(tests::SandboxUnderUse &sandbox, const QString &payment);
};

QStringList tst_Lifecycle::eventsOf(tests::SandboxUnderUse &sandbox, const QString &payment)
{
    QStringList types;
    const auto answer = sandbox.get(u"/sandbox/events"_s, Credential::None);
    for (const QJsonValue &event : answer.json[u"events"_s].toArray()) {
        if (event[u"resourceId"_s].toString() == payment)
            types.append(event[u"eventType"_s].toString());
    }
    return types;
}

void tst_Lifecycle::aPaymentGoesThroughItsStates()
{
    tests::SandboxUnderUse sandbox;
    QVERIFY(sandbox.start());
    const auto made = sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"k"_s));
    QStringList seen;
    for (int quarterHours = 0; quarterHours < 4 * 24 * 4; ++quarterHours) {
        const QString state = sandbox.get(u"/v1/transactions/"_s + made.text(u"paymentId"_s))
                                  .text(u"transactionStatus"_s);
        if (seen.isEmpty() || seen.constLast() != state)
            seen.append(state);
        sandbox.advance(15 * 60);
    }
    seen.removeAll(u"PENDING"_s);
    QCOMPARE(seen, QStringList({u"AUTHORIZED"_s, u"SCHEDULED"_s, u"INITIATED"_s, u"SUCCEEDED"_s}));
    const auto read = sandbox.get(u"/v1/transactions/"_s + made.text(u"paymentId"_s));
    // Monday before the cutoff: submitted on Tuesday, settled on Wednesday.
    QCOMPARE(read.text(u"settlementDate"_s), u"2026-03-04T18:00:00.000Z"_s);
}

void tst_Lifecycle::eventsAreToldInOrder()
{
    tests::SandboxUnderUse sandbox({u"--cancel-event"_s});
    QVERIFY(sandbox.start());
    const QString payment = sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"k"_s)).text(u"paymentId"_s);
    const QString canceled = sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"l"_s)).text(u"paymentId"_s);
    const QString path = u"/v1/payments/%1/cancel"_s.arg(canceled);
    QCOMPARE(sandbox.send("POST", path, {}, sandbox.authorization(Credential::Payment)).status, 200);
    QTRY_VERIFY(eventsOf(sandbox, canceled).endsWith(u"payment.canceled"_s));
    sandbox.advance(5 * 86'400);
    const QStringList all{u"payment.created"_s, u"payment.pending"_s, u"payment.authorized"_s, u"payment.scheduled"_s,
        u"payment.initiated"_s, u"payment.succeeded"_s, u"payment.disbursed"_s};
    QTRY_COMPARE(eventsOf(sandbox, payment), all);
    QVERIFY(!eventsOf(sandbox, canceled).contains(u"payment.scheduled"_s));
}

void tst_Lifecycle::theClockRunsByItself()
{
    tests::SandboxUnderUse sandbox({u"--speed"_s, u"500000"_s});
    QVERIFY(sandbox.start());
    const QString payment = sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"k"_s)).text(u"paymentId"_s);
    QTRY_VERIFY(eventsOf(sandbox, payment).endsWith(u"payment.disbursed"_s));
    QCOMPARE(sandbox.get(u"/v1/transactions/"_s + payment).text(u"transactionStatus"_s), u"SUCCEEDED"_s);
}

void tst_Lifecycle::payoutsMoveOn()
{
    tests::SandboxUnderUse sandbox({u"--now"_s, u"2026-03-02T22:00:00Z"_s});
    QVERIFY(sandbox.start());
    const QString path = u"/v1/payouts/"_s + sandbox.ids(u"payout"_s).constLast();
    const std::pair<int, QString> steps[] = {{0, u"CREATED"_s}, {1800, u"AUTHORIZED"_s}, {1800, u"SCHEDULED"_s},
        {14 * 3600, u"INITIATED"_s}, {8 * 3600, u"DISBURSED"_s}};
    for (const auto &[seconds, state] : steps) {
        sandbox.advance(seconds);
        QCOMPARE(sandbox.get(path).text(u"payoutStatus"_s), state);
    }
    QCOMPARE(sandbox.get(path).text(u"creationDate"_s), u"2026-03-02T22:00:00.000Z"_s);
}

void tst_Lifecycle::aPayoutIsTheSumOfWhatItPays()
{
    tests::SandboxUnderUse sandbox({u"--transactions"_s, u"3000"_s, u"--payouts"_s, u"25"_s});
    QVERIFY(sandbox.start());
    const QStringList payouts = sandbox.ids(u"payout"_s);
    QCOMPARE(payouts.size(), 25);
    int checked = 0;
    for (const QString &id : payouts) {
        const auto content = sandbox.get(u"/sandbox/payouts/%1/transactions"_s.arg(id), Credential::None);
        qint64 cents = 0;
        for (const QJsonValue &item : content.json[u"transactions"_s].toArray()) {
            const qint64 one = qRound64(item[u"amount"_s][u"value"_s].toDouble() * 100);
            cents += item[u"type"_s].toString() == u"DEBIT" ? one : -one;
            ++checked;
        }
        QCOMPARE(qRound64(sandbox.get(u"/v1/payouts/"_s + id).json[u"amount"_s][u"value"_s].toDouble() * 100), cents);
    }
    QVERIFY(checked > 1500);
}

void tst_Lifecycle::newSettlementsGetIntoTheNextPayouts()
{
    QTemporaryDir directory;
    tests::SandboxUnderUse sandbox({u"--state"_s, directory.filePath(u"state"_s)});
    QVERIFY(sandbox.start());
    const QString payment = sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"k"_s)).text(u"paymentId"_s);
    sandbox.advance(5 * 86'400);
    sandbox.kill();
    QVERIFY(sandbox.start());
    const QStringList payouts = sandbox.ids(u"payout"_s);
    QVERIFY(payouts.size() > 60);
    qsizetype paid = 0;
    for (const QString &id : payouts.mid(60))
        paid += sandbox.get(u"/sandbox/payouts/%1/transactions"_s.arg(id), Credential::None)
                    .body.count(payment.toUtf8());
    QCOMPARE(paid, 1);
    QVERIFY(sandbox.ids(u"transaction"_s).contains(payment));
}

void tst_Lifecycle::aDebitIsDisbursedWithItsPayout()
{
    QTemporaryDir directory;
    tests::SandboxUnderUse sandbox({u"--state"_s, directory.filePath(u"state"_s)});
    QVERIFY(sandbox.start());
    const QString credit = sandbox.post(u"/v1/payments"_s, sandbox.creditBody(u"c"_s)).text(u"paymentId"_s);
    const QString debit = sandbox.post(u"/v1/payments"_s, sandbox.paymentBody(u"d"_s)).text(u"paymentId"_s);
    sandbox.advance(3 * 86'400 + 6 * 3600 - 1); // a second before Thursday, 21:00; it settled on Wednesday
    QTRY_COMPARE(eventsOf(sandbox, debit).constLast(), u"payment.succeeded"_s);
    sandbox.kill();
    QVERIFY(sandbox.start());
    const QString payout = u"/v1/payouts/"_s + sandbox.ids(u"payout"_s).constLast();
    QCOMPARE(sandbox.get(payout).text(u"payoutStatus"_s), u"INITIATED"_s);
    QVERIFY(sandbox.get(u"/sandbox"_s + payout.mid(3) + u"/transactions"_s, Credential::None)
            .body.contains(debit.toUtf8()));
    QCOMPARE(eventsOf(sandbox, debit), QStringList());
    sandbox.advance(1);
    QTRY_COMPARE(eventsOf(sandbox, debit), QStringList(u"payment.disbursed"_s));
    QCOMPARE(sandbox.get(payout).text(u"payoutStatus"_s), u"DISBURSED"_s);
    sandbox.advance(86'400);
    QCOMPARE(eventsOf(sandbox, credit), QStringList());
}

QTEST_GUILESS_MAIN(tst_Lifecycle)
#include "tst_lifecycle.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/audit.h"
#include "tests/models/outboxdesk.h"

#include <QDateTime>
#include <QDir>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using models::OutboxKind;
using models::OutboxState;
using Reply = PaymentServer::Reply;

Q_DECLARE_METATYPE(models::OutboxState)

class tst_OutboxRecovery : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void sendingBecomesUnknownAndIsNotSentAgain();
    void heldWaitsForAPerson();
    void aLivingProcessKeepsItsEntries();
    void aDeadProcessIsNoticedWhileWeLive();
    void theLedgerAnswersWhatIsUnknown_data();
    void theLedgerAnswersWhatIsUnknown();
    void aReferenceOfAPersonNeedsMoreEvidence_data();
    void aReferenceOfAPersonNeedsMoreEvidence();
    void evidenceBeforeTheRestartCounts();
    void aNamelessAcceptanceGetsItsName();
    void evidenceOverrulesAWrongSettlement();
    void aTransferThatFailsLaterIsReleased();
    void aPaymentsOwnStatusSettlesItsCancellation_data();
    void aPaymentsOwnStatusSettlesItsCancellation();

private:
    std::unique_ptr<OutboxDesk> open();
    qint64 unknownRefund(OutboxDesk &desk, qint64 cents);
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PaymentServer> m_server;
};

void tst_OutboxRecovery::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<PaymentServer>();
    const auto desk = open();
    QVERIFY(desk->observe(debitOf(u"debit"_s)));
    QVERIFY(desk->observe(customerOf(u"customer-1"_s)));
}

std::unique_ptr<OutboxDesk> tst_OutboxRecovery::open()
{
    return std::make_unique<OutboxDesk>(
        m_folder->filePath(u"ledger.db"_s), OutboxDesk::Setup{.server = m_server->url()});
}

qint64 tst_OutboxRecovery::unknownRefund(OutboxDesk &desk, qint64 cents)
{
    m_server->plan = {Reply::Cut};
    const qint64 key = desk.submit(refundOf(u"debit"_s, cents, 0)).value();
    return desk.reached(key, OutboxState::Unknown) == OutboxState::Unknown ? key : 0;
}

void tst_OutboxRecovery::sendingBecomesUnknownAndIsNotSentAgain()
{
    m_server->plan = {Reply::Silent, Reply::Duplicate};
    auto desk = open();
    const auto key = desk->submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(key);
    QTRY_COMPARE(m_server->writes().size(), 1);
    QCOMPARE(desk->state(*key), OutboxState::Sending);
    desk.reset();
    desk = open();
    QCOMPARE(desk->reached(*key, OutboxState::Unknown), OutboxState::Unknown);
    QTRY_COMPARE(desk->outbox->needsPerson(), 1);
    QCOMPARE(desk->remainder(u"debit"_s).left, 9'500);
    QCOMPARE(m_server->writes().size(), 1);
    QVERIFY(desk->askAgain(*key));
    QCOMPARE(desk->reached(*key, OutboxState::Accepted), OutboxState::Accepted);
    QCOMPARE(m_server->writes().size(), 2);
    QCOMPARE(m_server->writes().at(1).body, m_server->writes().at(0).body);
}

void tst_OutboxRecovery::heldWaitsForAPerson()
{
    auto desk = open();
    const auto key = desk->submit(refundOf(u"debit"_s, 500, 1));
    QVERIFY(key);
    desk.reset();
    desk = open();
    QTRY_COMPARE(desk->entry(*key).holdUntil, 0);
    const auto marker = desk->submit(refundOf(u"debit"_s, 100, 2));
    QVERIFY(marker);
    QCOMPARE(desk->reached(*marker, OutboxState::Accepted), OutboxState::Accepted);
    QCOMPARE(desk->state(*key), OutboxState::Held);
    QCOMPARE(m_server->writes().size(), 1);
    QVERIFY(desk->sendNow(*key));
    QCOMPARE(desk->reached(*key, OutboxState::Accepted), OutboxState::Accepted);
}

void tst_OutboxRecovery::aLivingProcessKeepsItsEntries()
{
    m_server->plan = {Reply::Silent};
    auto first = open();
    const auto sending = first->submit(refundOf(u"debit"_s, 500, 0));
    QVERIFY(sending);
    QTRY_COMPARE(m_server->writes().size(), 1);
    const auto held = first->submit(refundOf(u"debit"_s, 600, 300));
    QVERIFY(held);
    auto second = open();
    const auto mine = second->submit(refundOf(u"debit"_s, 700, 0));
    QVERIFY(mine);
    QCOMPARE(second->reached(*mine, OutboxState::Accepted), OutboxState::Accepted);
    QCOMPARE(first->state(*sending), OutboxState::Sending);
    QVERIFY(first->entry(*held).holdUntil > 0);
    QVERIFY(!second->askAgain(*sending));
    QVERIFY(second->withdraw(*held));
    QVERIFY(!first->sendNow(*held));
    QCOMPARE(m_server->writes().size(), 2);
}

void tst_OutboxRecovery::aDeadProcessIsNoticedWhileWeLive()
{
    m_server->plan = {Reply::Silent};
    auto first = open();
    auto second = open();
    const auto sending = first->submit(refundOf(u"debit"_s, 500, 0));
    const auto held = first->submit(refundOf(u"debit"_s, 600, 300));
    QVERIFY(sending && held);
    QTRY_COMPARE(m_server->writes().size(), 1);
    first.reset();
    QCOMPARE(second->reached(*sending, OutboxState::Unknown), OutboxState::Unknown);
    QTRY_COMPARE(second->entry(*held).holdUntil, 0);
    QCOMPARE(second->state(*held), OutboxState::Held);
    QCOMPARE(m_server->writes().size(), 1);
    second.reset();
    QCOMPARE(QDir(m_folder->path()).entryList({u"*.lock"_s}), QStringList());
}

void tst_OutboxRecovery::theLedgerAnswersWhatIsUnknown_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("changed");
    QTest::addColumn<OutboxState>("state");
    QTest::newRow("on its way") << u"PENDING"_s << QString() << OutboxState::Accepted;
    QTest::newRow("a new word") << u"SOMETHING_NEW"_s << QString() << OutboxState::Accepted;
    QTest::newRow("failed") << u"TERMINAL_FAILED"_s << QString() << OutboxState::Refused;
    QTest::newRow("another amount") << u"PENDING"_s << u"amount"_s << OutboxState::Unknown;
    QTest::newRow("another customer") << u"PENDING"_s << u"customer"_s << OutboxState::Unknown;
    QTest::newRow("another direction") << u"PENDING"_s << u"type"_s << OutboxState::Unknown;
    QTest::newRow("another reference") << u"PENDING"_s << u"reference"_s << OutboxState::Unknown;
}

void tst_OutboxRecovery::theLedgerAnswersWhatIsUnknown()
{
    QFETCH(QString, status);
    QFETCH(QString, changed);
    QFETCH(OutboxState, state);
    const auto desk = open();
    const qint64 key = unknownRefund(*desk, 500);
    QVERIFY(key);
    api::Transaction credit = creditFor(desk->entry(key), u"found"_s, status);
    if (changed == "amount"_L1)
        credit.amount.cents = 501;
    else if (changed == "customer"_L1)
        credit.customerId = api::CustomerId(u"someone-else"_s);
    else if (changed == "type"_L1)
        credit.type = u"DEBIT"_s;
    else if (changed == "reference"_L1)
        credit.clientReferenceId = u"RF-debit-11"_s;
    QVERIFY(desk->observe(credit));
    // A second unknown entry that does have evidence shows that the first had its chance.
    const qint64 marker = unknownRefund(*desk, 700);
    QVERIFY(marker);
    QVERIFY(desk->observe(creditFor(desk->entry(marker), u"marker"_s)));
    QCOMPARE(desk->reached(marker, OutboxState::Accepted), OutboxState::Accepted);
    QCOMPARE(desk->entry(marker).result.text(), u"marker"_s);
    QCOMPARE(desk->state(key), state);
    QCOMPARE(desk->entry(key).result.text(), state == OutboxState::Unknown ? QString() : u"found"_s);
}

void tst_OutboxRecovery::aReferenceOfAPersonNeedsMoreEvidence_data()
{
    QTest::addColumn<qint64>("ageMs");
    QTest::addColumn<OutboxState>("state");
    QTest::newRow("made now") << 0LL << OutboxState::Accepted;
    QTest::newRow("made an hour ago") << 3'600'000LL << OutboxState::Unknown;
}

void tst_OutboxRecovery::aReferenceOfAPersonNeedsMoreEvidence()
{
    QFETCH(qint64, ageMs);
    QFETCH(OutboxState, state);
    const auto desk = open();
    m_server->plan = {Reply::Cut};
    models::Intent intent = paymentBy(u"customer-1"_s, 900, 0);
    intent.reference = u"order-4711"_s;
    const auto key = desk->submit(intent);
    QVERIFY(key);
    QCOMPARE(desk->reached(*key, OutboxState::Unknown), OutboxState::Unknown);
    api::Transaction debit = debitOf(u"seen"_s, 900, u"PENDING"_s);
    debit.clientReferenceId = u"order-4711"_s;
    debit.createdAt = QDateTime::currentMSecsSinceEpoch() - ageMs;
    QVERIFY(desk->observe(debit));
    const qint64 marker = unknownRefund(*desk, 700);
    QVERIFY(desk->observe(creditFor(desk->entry(marker), u"marker"_s)));
    QCOMPARE(desk->reached(marker, OutboxState::Accepted), OutboxState::Accepted);
    QCOMPARE(desk->state(*key), state);
}

void tst_OutboxRecovery::evidenceBeforeTheRestartCounts()
{
    auto desk = open();
    const qint64 key = unknownRefund(*desk, 500);
    const api::Transaction credit = creditFor(desk->entry(key), u"found"_s);
    desk->outbox.reset();
    QVERIFY(desk->observe(credit));
    desk.reset();
    desk = open();
    QCOMPARE(desk->reached(key, OutboxState::Accepted), OutboxState::Accepted);
}

void tst_OutboxRecovery::aNamelessAcceptanceGetsItsName()
{
    const auto desk = open();
    const qint64 key = unknownRefund(*desk, 500);
    m_server->plan = {Reply::Duplicate};
    QVERIFY(desk->askAgain(key));
    QCOMPARE(desk->reached(key, OutboxState::Accepted), OutboxState::Accepted);
    QVERIFY(desk->entry(key).result.isEmpty());
    QVERIFY(desk->observe(creditFor(desk->entry(key), u"found"_s, u"TERMINAL_FAILED"_s)));
    QTRY_COMPARE(desk->entry(key).result.text(), u"found"_s);
    QCOMPARE(desk->state(key), OutboxState::Accepted);
    QVERIFY(desk->entry(key).released);
    QCOMPARE(desk->remainder(u"debit"_s).left, 10'000);
}

void tst_OutboxRecovery::evidenceOverrulesAWrongSettlement()
{
    const auto desk = open();
    const qint64 key = unknownRefund(*desk, 6'000);
    QVERIFY(desk->settle(key, false, u"Not in the portal"_s));
    QCOMPARE(desk->remainder(u"debit"_s).left, 10'000);
    const auto other = desk->submit(refundOf(u"debit"_s, 5'000));
    QVERIFY(other);
    QVERIFY(desk->observe(creditFor(desk->entry(key), u"late"_s)));
    QCOMPARE(desk->reached(key, OutboxState::Accepted), OutboxState::Accepted);
    QCOMPARE(desk->remainder(u"debit"_s).left, 0);
    QVERIFY(!desk->sendNow(*other)); // 6000 and 5000 are more than was paid
}

void tst_OutboxRecovery::aTransferThatFailsLaterIsReleased()
{
    const auto desk = open();
    const auto key = desk->submit(refundOf(u"debit"_s, 4'000, 0));
    QVERIFY(key);
    QCOMPARE(desk->reached(*key, OutboxState::Accepted), OutboxState::Accepted);
    const models::OutboxEntry entry = desk->entry(*key);
    QVERIFY(desk->observe(creditFor(entry, entry.result.text())));
    QCOMPARE(desk->remainder(u"debit"_s).left, 6'000);
    QCOMPARE(desk->outbox->needsPerson(), 0);
    QVERIFY(desk->observe(creditFor(entry, entry.result.text(), u"TERMINAL_FAILED"_s)));
    QCOMPARE(desk->remainder(u"debit"_s).left, 10'000);
    QTRY_COMPARE(desk->outbox->needsPerson(), 1);
    QTRY_COMPARE(
        desk->value("SELECT action FROM audit ORDER BY number DESC LIMIT 1").toString(), u"transfer failed later"_s);
    QVERIFY(models::outboxNextStep(desk->entry(*key), 0).contains(u"refunded again"_s));
    QVERIFY(desk->takeNote(*key));
    QTRY_COMPARE(desk->outbox->needsPerson(), 0);
    const auto again = desk->submit(refundOf(u"debit"_s, 10'000, 0));
    QVERIFY(again);
    QCOMPARE(desk->reached(*again, OutboxState::Accepted), OutboxState::Accepted);
}

void tst_OutboxRecovery::aPaymentsOwnStatusSettlesItsCancellation_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<OutboxState>("state");
    QTest::newRow("cancelled") << u"CANCELED"_s << OutboxState::Accepted;
    QTest::newRow("succeeded") << u"SUCCEEDED"_s << OutboxState::Refused;
    QTest::newRow("failed") << u"TERMINAL_FAILED"_s << OutboxState::Accepted;
    QTest::newRow("still on its way") << u"INITIATED"_s << OutboxState::Unknown;
}

void tst_OutboxRecovery::aPaymentsOwnStatusSettlesItsCancellation()
{
    QFETCH(QString, status);
    QFETCH(OutboxState, state);
    const auto desk = open();
    QVERIFY(desk->observe(debitOf(u"open"_s, 700, u"PENDING"_s)));
    m_server->plan = {Reply::Cut};
    models::Intent cancel = refundOf(u"open"_s, 0, 0);
    cancel.kind = OutboxKind::Cancel;
    const auto key = desk->submit(cancel);
    QVERIFY(key);
    QCOMPARE(desk->reached(*key, OutboxState::Unknown), OutboxState::Unknown);
    QVERIFY(desk->observe(debitOf(u"open"_s, 700, status)));
    const qint64 marker = unknownRefund(*desk, 700);
    QVERIFY(desk->observe(creditFor(desk->entry(marker), u"marker"_s)));
    QCOMPARE(desk->reached(marker, OutboxState::Accepted), OutboxState::Accepted);
    QCOMPARE(desk->state(*key), state);
}

QTEST_GUILESS_MAIN(tst_OutboxRecovery)
#include "tst_outboxrecovery.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/outboxdesk.h"

#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using models::IntentProblem;
using models::OutboxState;

class tst_Remainder : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void amountsAtTheEdges_data();
    void amountsAtTheEdges();
    void whatCannotBeRefunded_data();
    void whatCannotBeRefunded();
    void onlyWhatIsOnItsWayCanBeCanceledInstead();
    void everyStateCountsAsItShould();
    void ownRefundsSeenInTheLedgerCountOnce();
    void refundsMadeElsewhereCount();
    void aRefundOfAnotherDeskUnderOurReferenceCounts();
    void theRowShowsItsRefunds();
    void theOrderOfArrivalDoesNotMatter();
    void theSchemaRefusesWhatTheProgramForgets_data();
    void theSchemaRefusesWhatTheProgramForgets();
    void drawnRemainderIsCompared();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<OutboxDesk> m_desk;
};

void tst_Remainder::init()
{
    m_desk.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<OutboxDesk>(
        m_folder->filePath(u"ledger.db"_s), OutboxDesk::Setup{.server = QUrl(u"http://127.0.0.1:9"_s)});
    QVERIFY(m_desk->observe(debitOf(u"debit"_s)));
}

void tst_Remainder::amountsAtTheEdges_data()
{
    QTest::addColumn<qint64>("before");
    QTest::addColumn<qint64>("cents");
    QTest::addColumn<int>("problem");
    QTest::addColumn<qint64>("left");
    const auto none = -1;
    QTest::newRow("nothing") << 0LL << 0LL << int(IntentProblem::AmountNotPositive) << 10'000LL;
    QTest::newRow("less than nothing") << 0LL << -300LL << int(IntentProblem::AmountNotPositive) << 10'000LL;
    QTest::newRow("a cent") << 0LL << 1LL << none << 9'999LL;
    QTest::newRow("a cent less than all") << 0LL << 9'999LL << none << 1LL;
    QTest::newRow("all") << 0LL << 10'000LL << none << 0LL;
    QTest::newRow("a cent more than all") << 0LL << 10'001LL << int(IntentProblem::MoreThanRemainder) << 10'000LL;
    QTest::newRow("the rest") << 9'999LL << 1LL << none << 0LL;
    QTest::newRow("a cent more than the rest") << 9'998LL << 3LL << int(IntentProblem::MoreThanRemainder) << 2LL;
    QTest::newRow("when nothing is left") << 10'000LL << 1LL << int(IntentProblem::NothingLeft) << 0LL;
    QTest::newRow("the largest number there is")
        << 0LL << std::numeric_limits<qint64>::max() << int(IntentProblem::AmountNotPositive) << 10'000LL;
}

void tst_Remainder::amountsAtTheEdges()
{
    QFETCH(qint64, before);
    QFETCH(qint64, cents);
    QFETCH(int, problem);
    QFETCH(qint64, left);
    if (before > 0)
        QVERIFY(m_desk->submit(refundOf(u"debit"_s, before)));
    const auto submitted = m_desk->submit(refundOf(u"debit"_s, cents));
    QCOMPARE(submitted ? -1 : int(submitted.error().problem), problem);
    if (!submitted)
        QVERIFY(!models::intentRefusalText(submitted.error()).isEmpty());
    QCOMPARE(m_desk->remainder(u"debit"_s).left, left);
}

void tst_Remainder::whatCannotBeRefunded_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("status");
    QTest::addColumn<int>("problem");
    const auto notSucceeded = int(IntentProblem::NotSucceeded);
    for (const char *status : {"CREATED", "PENDING", "AUTHORIZED", "SCHEDULED", "INITIATED", "RETRYABLE_FAILED",
             "TERMINAL_FAILED", "CANCELED", "SOMETHING_NEW"})
        QTest::newRow(status) << u"x"_s << u"DEBIT"_s << QString::fromLatin1(status) << notSucceeded;
    QTest::newRow("a credit") << u"x"_s << u"CREDIT"_s << u"SUCCEEDED"_s << int(IntentProblem::NotADebit);
    QTest::newRow("a new type") << u"x"_s << u"FEE"_s << u"SUCCEEDED"_s << int(IntentProblem::NotADebit);
    QTest::newRow("not in the ledger") << u"y"_s << u"DEBIT"_s << u"SUCCEEDED"_s << int(IntentProblem::UnknownOriginal);
}

void tst_Remainder::onlyWhatIsOnItsWayCanBeCanceledInstead()
{
    const auto says = [](const QString &status) {
        return models::intentRefusalText(
            {.problem = IntentProblem::NotSucceeded, .remainderCents = 0, .detail = status})
            .contains(u"canceled instead"_s);
    };
    QVERIFY(says(u"SCHEDULED"_s));
    QVERIFY(!says(u"TERMINAL_FAILED"_s));
    QVERIFY(!says(u"CANCELED"_s));
    QVERIFY(!says({}));
}

void tst_Remainder::whatCannotBeRefunded()
{
    QFETCH(QString, id);
    QFETCH(QString, type);
    QFETCH(QString, status);
    QFETCH(int, problem);
    api::Transaction transaction = debitOf(u"x"_s, 500, status);
    transaction.type = type;
    QVERIFY(m_desk->observe(transaction));
    QCOMPARE(int(*m_desk->remainder(id).whyNot), problem);
    const auto submitted = m_desk->submit(refundOf(id, 1));
    QVERIFY(!submitted);
    QCOMPARE(int(submitted.error().problem), problem);
    QVERIFY(!models::intentRefusalText(submitted.error()).isEmpty());
    QCOMPARE(m_desk->value("SELECT count(*) FROM outbox").toInt(), 0);
}

void tst_Remainder::everyStateCountsAsItShould()
{
    for (int i = 0; i < 6; ++i)
        QVERIFY(m_desk->submit(refundOf(u"debit"_s, 1'000 + i)));
    QVERIFY(m_desk->run("UPDATE outbox SET state = 'SENDING' WHERE sequence = 2;"
                        "UPDATE outbox SET state = 'UNKNOWN' WHERE sequence = 3;"
                        "UPDATE outbox SET state = 'ACCEPTED' WHERE sequence = 4;"
                        "UPDATE outbox SET state = 'REFUSED' WHERE sequence = 5;"
                        "UPDATE outbox SET state = 'WITHDRAWN' WHERE sequence = 6;"));
    const models::Remainder remainder = m_desk->remainder(u"debit"_s);
    QCOMPARE(remainder.amount.cents, 10'000);
    QCOMPARE(remainder.held, 1'000 + 1'001);
    QCOMPARE(remainder.unknown, 1'002);
    QCOMPARE(remainder.accepted, 1'003);
    QCOMPARE(remainder.elsewhere, 0);
    QCOMPARE(remainder.left, 10'000 - 1'000 - 1'001 - 1'002 - 1'003);
    QVERIFY(!remainder.whyNot);
}

void tst_Remainder::ownRefundsSeenInTheLedgerCountOnce()
{
    const auto named = m_desk->submit(refundOf(u"debit"_s, 1'000));
    const auto nameless = m_desk->submit(refundOf(u"debit"_s, 2'000));
    QVERIFY(named && nameless);
    QVERIFY(m_desk->run("UPDATE outbox SET state = 'ACCEPTED', result_id = 'named' WHERE sequence = 1;"
                        "UPDATE outbox SET state = 'ACCEPTED' WHERE sequence = 2;"));
    QVERIFY(m_desk->observe(creditFor(m_desk->entry(*named), u"named"_s)));
    QVERIFY(m_desk->observe(creditFor(m_desk->entry(*nameless), u"found"_s)));
    const models::Remainder remainder = m_desk->remainder(u"debit"_s);
    QCOMPARE(remainder.accepted, 3'000);
    QCOMPARE(remainder.elsewhere, 0);
    QCOMPARE(remainder.left, 7'000);
}

void tst_Remainder::refundsMadeElsewhereCount()
{
    api::Transaction credit = debitOf(u"portal"_s, 4'000, u"PENDING"_s);
    credit.type = u"CREDIT"_s;
    credit.clientReferenceId = models::refundReference(api::TransactionId(u"debit"_s), 1);
    QVERIFY(m_desk->observe(credit));
    QCOMPARE(m_desk->remainder(u"debit"_s).elsewhere, 4'000);
    QCOMPARE(m_desk->remainder(u"debit"_s).left, 6'000);

    const auto ours = m_desk->submit(refundOf(u"debit"_s, 4'000));
    QVERIFY(ours);
    QCOMPARE(m_desk->entry(*ours).reference, models::refundReference(api::TransactionId(u"debit"_s), 2));
    QCOMPARE(m_desk->remainder(u"debit"_s).left, 2'000);

    credit.status = u"TERMINAL_FAILED"_s;
    QVERIFY(m_desk->observe(credit));
    QCOMPARE(m_desk->remainder(u"debit"_s).left, 6'000);
}

void tst_Remainder::aRefundOfAnotherDeskUnderOurReferenceCounts()
{
    const auto ours = m_desk->submit(refundOf(u"debit"_s, 1'000));
    QVERIFY(ours);
    api::Transaction theirs = creditFor(m_desk->entry(*ours), u"theirs"_s);
    QVERIFY(m_desk->observe(theirs)); // ours was never sent, so it cannot be this one
    QCOMPARE(m_desk->remainder(u"debit"_s).left, 8'000);
    QVERIFY(m_desk->run("UPDATE outbox SET state = 'ACCEPTED', result_id = 'ours'"));
    QVERIFY(m_desk->observe(creditFor(m_desk->entry(*ours), u"ours"_s)));
    QCOMPARE(m_desk->remainder(u"debit"_s).elsewhere, 1'000);
    QCOMPARE(m_desk->remainder(u"debit"_s).left, 8'000);
}

void tst_Remainder::theRowShowsItsRefunds()
{
    const auto shown = [this] {
        return qMakePair(m_desk->value("SELECT refunded_cents FROM transactions WHERE id = 'debit'").toInt(),
            m_desk->value("SELECT refund_open_cents FROM transactions WHERE id = 'debit'").toInt());
    };
    const auto refund = m_desk->submit(refundOf(u"debit"_s, 3'000));
    QVERIFY(refund);
    QCOMPARE(shown(), qMakePair(0, 3'000));
    QVERIFY(m_desk->run("UPDATE outbox SET state = 'SENDING'"));
    QVERIFY(m_desk->run("UPDATE outbox SET state = 'UNKNOWN'"));
    QCOMPARE(shown(), qMakePair(0, 3'000));
    QVERIFY(m_desk->run("UPDATE outbox SET state = 'ACCEPTED', result_id = 'credit'"));
    QCOMPARE(shown(), qMakePair(3'000, 0));
    QVERIFY(m_desk->observe(creditFor(m_desk->entry(*refund), u"credit"_s)));
    QCOMPARE(shown(), qMakePair(3'000, 0));
    QVERIFY(m_desk->observe(creditFor(m_desk->entry(*refund), u"credit"_s, u"TERMINAL_FAILED"_s)));
    QCOMPARE(shown(), qMakePair(0, 0));
    QVERIFY(m_desk->entry(*refund).released);
    QVERIFY(m_desk->observe(debitOf(u"debit"_s)));
    QCOMPARE(shown(), qMakePair(0, 0));
}

void tst_Remainder::theOrderOfArrivalDoesNotMatter()
{
    api::Transaction credit = debitOf(u"early"_s, 2'500);
    credit.type = u"CREDIT"_s;
    credit.clientReferenceId = models::refundReference(api::TransactionId(u"late"_s), 1);
    QVERIFY(m_desk->observe(credit));
    QVERIFY(m_desk->observe(debitOf(u"late"_s)));
    QCOMPARE(m_desk->value("SELECT refunded_cents FROM transactions WHERE id = 'late'").toInt(), 2'500);
    QCOMPARE(m_desk->remainder(u"late"_s).left, 7'500);
}

void tst_Remainder::theSchemaRefusesWhatTheProgramForgets_data()
{
    QTest::addColumn<QByteArray>("sql");
    const QByteArray copy = "CREATE TEMP TABLE copy AS SELECT * FROM outbox; UPDATE copy SET key = key + 1, sequence = "
                            "2, amount_cents = ";
    const QByteArray insert = "; INSERT INTO outbox SELECT * FROM copy";
    QTest::newRow("a second reservation beyond the rest") << QByteArray(copy + "5001, request_key = 'other'" + insert);
    QTest::newRow("the same request key") << QByteArray(copy + "1" + insert);
    QTest::newRow("the same number") << QByteArray(copy + "1, request_key = 'other', sequence = 1" + insert);
    QTest::newRow("another amount") << QByteArray("UPDATE outbox SET amount_cents = 1");
    QTest::newRow("another request key") << QByteArray("UPDATE outbox SET request_key = 'new'");
    QTest::newRow("another service") << QByteArray("UPDATE outbox SET service = 'new'");
    QTest::newRow("other bytes") << QByteArray("UPDATE outbox SET request_body = x'00'");
    QTest::newRow("an unknown state") << QByteArray("UPDATE outbox SET state = 'LOST'");
    QTest::newRow("forgetting it") << QByteArray("DELETE FROM outbox");
    QTest::newRow("revival beyond the rest") << QByteArray("UPDATE outbox SET state = 'WITHDRAWN'; UPDATE transactions "
                                                           "SET amount_cents = 4999; UPDATE outbox SET state = 'HELD'");
}

void tst_Remainder::theSchemaRefusesWhatTheProgramForgets()
{
    QFETCH(QByteArray, sql);
    QVERIFY(m_desk->submit(refundOf(u"debit"_s, 5'000)));
    QVERIFY(!m_desk->run(sql.constData()));
    QCOMPARE(m_desk->value("SELECT count(*) || state || amount_cents FROM outbox").toString(), u"1HELD5000"_s);
}

void tst_Remainder::drawnRemainderIsCompared()
{
    models::Intent first = refundOf(u"debit"_s, 3'000);
    first.drawnRemainderCents = 10'000;
    QVERIFY(m_desk->submit(first));
    const auto second = m_desk->submit(first);
    QVERIFY(!second);
    QCOMPARE(int(second.error().problem), int(IntentProblem::RemainderChanged));
    QCOMPARE(second.error().remainderCents, 7'000);
    first.drawnRemainderCents = 7'000;
    QVERIFY(m_desk->submit(first));
    QCOMPARE(m_desk->remainder(u"debit"_s).left, 4'000);
}

QTEST_GUILESS_MAIN(tst_Remainder)
#include "tst_remainder.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/auditreport.h"
#include "models/outboxstore.h"
#include "models/schema.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::Database;
using models::OutboxState;

//! The outbox against the audit trail, after what somebody with the file and sqlite3 could do to it.
class tst_AuditReport : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_database.reset(); }
    void whatTheConsoleWroteIsSound();
    void aChangeByHandIsFound_data();
    void aChangeByHandIsFound();
    void anIntentWithoutDigestIsAccepted();
    void manyProblemsAreCounted();

private:
    qint64 add(const QString &reference);
    bool step(qint64 key, OutboxState from, OutboxState to, const QString &answer = {}, const QString &result = {});
    models::AuditReport report();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
    qint64 m_accepted = 0;
    qint64 m_unknown = 0;
};

void tst_AuditReport::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_database = *Database::open(m_folder->filePath(u"ledger.sqlite"_s), Database::Mode::ReadWrite);
    QVERIFY(models::migrate(*m_database, models::ledgerMigrations()));
    m_accepted = add(u"PAY-1"_s);
    QVERIFY(step(m_accepted, OutboxState::Held, OutboxState::Sending));
    QVERIFY(step(m_accepted, OutboxState::Sending, OutboxState::Accepted, u"201"_s, u"tx-1"_s));
    m_unknown = add(u"PAY-2"_s);
    QVERIFY(step(m_unknown, OutboxState::Held, OutboxState::Sending));
    QVERIFY(step(m_unknown, OutboxState::Sending, OutboxState::Unknown, u"no answer"_s));
}

qint64 tst_AuditReport::add(const QString &reference)
{
    models::NewOutboxEntry fresh;
    fresh.entry.kind = models::OutboxKind::Payment;
    fresh.entry.customer = api::CustomerId(u"c-1"_s);
    fresh.entry.amount = {.cents = 1050, .currency = u"USD"_s};
    fresh.entry.reference = reference;
    fresh.entry.requestKey = api::RequestKey(u"key-"_s + reference);
    fresh.entry.createdAt = 1'700'000'000'000;
    fresh.entry.service = u"api.example"_s;
    fresh.entry.by = u"ada"_s;
    fresh.request = {.verb = api::Verb::Post, .path = "/v1/payments", .body = "{\"amount\":10.50}"};
    return models::insertOutboxEntry(*m_database, fresh).value_or(0);
}

bool tst_AuditReport::step(qint64 key, OutboxState from, OutboxState to, const QString &answer, const QString &result)
{
    models::OutboxStep taken{.from = {from}, .to = to, .at = 1'700'000'001'000};
    taken.countsAsAttempt = to == OutboxState::Sending;
    if (!answer.isEmpty())
        taken.answer = answer;
    if (!result.isEmpty())
        taken.result = api::TransactionId(result);
    return models::takeOutboxStep(*m_database, key, taken).value_or(false);
}

models::AuditReport tst_AuditReport::report()
{
    return models::checkLedgerAudit(*m_database).value();
}

void tst_AuditReport::whatTheConsoleWroteIsSound()
{
    const models::AuditReport found = report();
    QVERIFY2(found.isSound(), qPrintable(models::auditDetails(found).join(u'\n')));
    QCOMPARE(found.outbox.entries, 2);
    QVERIFY(models::auditSentence(found).contains(u"unbroken: 6 entries"_s));
    QVERIFY(models::auditDetails(found).join(u' ').contains(QString::fromLatin1(found.chain.end.toHex())));
    QVERIFY(models::auditDetails(found).join(u' ').contains(u"cannot prove"_s));
}

void tst_AuditReport::aChangeByHandIsFound_data()
{
    QTest::addColumn<QByteArray>("deed");
    QTest::addColumn<QString>("said");
    QTest::newRow("accepted made refused, so that it is sent again")
        << QByteArray("UPDATE outbox SET state = 'REFUSED' WHERE reference = 'PAY-1'") << u"REFUSED, attempt 1"_s;
    QTest::newRow("unknown made withdrawn")
        << QByteArray("UPDATE outbox SET state = 'WITHDRAWN' WHERE reference = 'PAY-2'") << u"WITHDRAWN"_s;
    QTest::newRow("amount") << QByteArray("UPDATE outbox SET amount_cents = 99 WHERE reference = 'PAY-1'")
                            << u"0.99 USD"_s;
    QTest::newRow("currency") << QByteArray("UPDATE outbox SET currency = 'EUR' WHERE reference = 'PAY-1'")
                              << u"10.50 EUR"_s;
    QTest::newRow("customer") << QByteArray("UPDATE outbox SET customer_id = 'c-2'") << u"customer c-2"_s;
    QTest::newRow("kind") << QByteArray("UPDATE outbox SET kind = 'CREDIT' WHERE reference = 'PAY-1'") << u"CREDIT"_s;
    QTest::newRow("request key") << QByteArray("UPDATE outbox SET request_key = 'new' WHERE reference = 'PAY-1'")
                                 << u"request key new"_s;
    QTest::newRow("request body") << QByteArray("UPDATE outbox SET request_body = x'7b7d' WHERE reference = 'PAY-1'")
                                  << u"request sha256"_s;
    QTest::newRow("service") << QByteArray("UPDATE outbox SET service = 'elsewhere' WHERE reference = 'PAY-1'")
                             << u"request sha256"_s;
    QTest::newRow("result") << QByteArray("UPDATE outbox SET result_id = 'tx-9' WHERE reference = 'PAY-1'")
                            << u"result tx-9"_s;
    QTest::newRow("attempts") << QByteArray("UPDATE outbox SET attempts = 0 WHERE reference = 'PAY-1'")
                              << u"ACCEPTED, result"_s;
    QTest::newRow("released without a record")
        << QByteArray("UPDATE outbox SET released = 1, release_recorded = 1 WHERE reference = 'PAY-1'")
        << u"released, result tx-1"_s;
    QTest::newRow("taken out") << QByteArray("DELETE FROM outbox WHERE reference = 'PAY-2'") << u"not in the ledger"_s;
    QTest::newRow("put in") << QByteArray(
        "INSERT INTO outbox SELECT key + 1, kind, state, customer_id, customer_name, original_id, "
        "amount_cents, currency, reason, 'PAY-3', reference_is_ours, own_reference, soft_descriptor, "
        "'key-3', verb, path, auth, content_type, request_body, created_at, hold_until, changed_at, "
        "result_id, answer, attempts, may_have_arrived, first_sent_at, service, by_user, owner, released, "
        "release_recorded, noted, sequence FROM outbox WHERE reference = 'PAY-2'")
                            << u"not in the trail"_s;
    QTest::newRow("the end of the trail")
        << QByteArray("DELETE FROM audit WHERE number > 5; UPDATE audit_head SET number = 5, "
                      "hash = (SELECT hash FROM audit WHERE number = 5)")
        << u"UNKNOWN, attempt 1"_s;
}

void tst_AuditReport::aChangeByHandIsFound()
{
    QFETCH(QByteArray, deed);
    QFETCH(QString, said);
    QVERIFY(m_database->execute("DROP TRIGGER outbox_guard_intent; DROP TRIGGER outbox_guard_delete; "
                                "DROP TRIGGER audit_is_final_delete"));
    QVERIFY(m_database->execute(deed.constData()));
    const models::AuditReport found = report();
    QVERIFY(found.chain.intact && found.chain.endFits);
    QVERIFY(!found.isSound());
    QVERIFY2(found.outbox.problems.first().contains(said), qPrintable(found.outbox.problems.first()));
    QVERIFY(models::auditSentence(found).contains(found.outbox.problems.first()));
}

void tst_AuditReport::anIntentWithoutDigestIsAccepted()
{
    QVERIFY(m_database->execute("DROP TRIGGER audit_is_final_update; UPDATE audit SET after_text = "
                                "substr(after_text, 1, instr(after_text, ', request sha256') - 1) "
                                "WHERE before_text = ''"));
    const models::AuditReport found = report();
    QVERIFY(!found.chain.intact); // the chain itself was made with the digest
    QCOMPARE(found.outbox.problems, QStringList());
}

void tst_AuditReport::manyProblemsAreCounted()
{
    for (int number = 10; number < 40; ++number)
        QVERIFY(add(u"PAY-%1"_s.arg(number)) > 0);
    QVERIFY(m_database->execute("UPDATE outbox SET state = 'REFUSED'"));
    const models::AuditReport found = report();
    QCOMPARE(found.outbox.problems.size(), 20);
    QCOMPARE(found.outbox.more, 12);
    QVERIFY(models::auditDetails(found).contains(u"12 further problems of this kind."_s));
}

QTEST_GUILESS_MAIN(tst_AuditReport)
#include "tst_auditreport.moc"

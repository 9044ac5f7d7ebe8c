// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/audit.h"
#include "models/schema.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::AuditEntry;
using models::Database;

class tst_Audit : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = *Database::open(m_folder->filePath(u"ledger.sqlite"_s), Database::Mode::ReadWrite);
        QVERIFY(models::migrate(*m_database, models::ledgerMigrations()));
        for (const QString &action : {u"refund held"_s, u"refund sent"_s, u"refund accepted"_s})
            QVERIFY(models::appendAudit(*m_database,
                {.who = {},
                    .action = action,
                    .subject = u"7"_s,
                    .before = {},
                    .after = u"x"_s,
                    .reason = u"broken zip"_s}));
    }

    void cleanup() { m_database.reset(); }

    void aWholeChainIsIntact()
    {
        const auto verdict = models::verifyAudit(*m_database);
        QVERIFY(verdict.has_value());
        QCOMPARE(verdict->entries, 3);
        QVERIFY(verdict->intact);
    }

    void whoAndWhenAreFilledIn()
    {
        auto row = *m_database->prepare("SELECT who, at FROM audit");
        QVERIFY(row->step().value());
        QCOMPARE(row->text(0), models::currentUser());
        QVERIFY(!models::currentUser().isEmpty());
        QVERIFY(row->integer(1) > 1'600'000'000'000);
    }

    void tamperingIsFound_data()
    {
        QTest::addColumn<QByteArray>("deed");
        QTest::addColumn<qint64>("firstBroken");
        QTest::newRow("a text was changed")
            << QByteArray("UPDATE audit SET reason = 'other' WHERE number = 2") << qint64(2);
        QTest::newRow("text moved between fields")
            << QByteArray("UPDATE audit SET before_text = after_text, after_text = before_text WHERE number = 1")
            << qint64(1);
        QTest::newRow("an entry was taken out") << QByteArray("DELETE FROM audit WHERE number = 2") << qint64(2);
        QTest::newRow("the first was taken out") << QByteArray("DELETE FROM audit WHERE number = 1") << qint64(1);
        QTest::newRow("the chain was made anew without the second, and the gap shows")
            << QByteArray("DELETE FROM audit WHERE number = 2; UPDATE audit SET number = 2 WHERE number = 3")
            << qint64(2);
        QTest::newRow("a hash was changed")
            << QByteArray("UPDATE audit SET hash = x'00' WHERE number = 3") << qint64(3);
    }

    void tamperingIsFound()
    {
        QFETCH(QByteArray, deed);
        QFETCH(qint64, firstBroken);
        QVERIFY(m_database->execute("DROP TRIGGER audit_is_final_update; DROP TRIGGER audit_is_final_delete;"));
        QVERIFY(m_database->execute(deed.constData()));
        const auto verdict = models::verifyAudit(*m_database);
        QVERIFY(verdict.has_value());
        QVERIFY(!verdict->intact);
        QCOMPARE(verdict->firstBroken, firstBroken);
    }

    void aCutOffEndIsMissed()
    {
        QVERIFY(m_database->execute("DROP TRIGGER audit_is_final_delete; DELETE FROM audit WHERE number > 1"));
        auto verdict = models::verifyAudit(*m_database);
        QVERIFY(verdict.has_value());
        QVERIFY(verdict->intact);
        QVERIFY(!verdict->endFits);
        QCOMPARE(verdict->kept, 3);
        QCOMPARE(verdict->lastNumber, 1);
        // What is written next does not heal it.
        QVERIFY(models::appendAudit(
            *m_database, {.who = {}, .action = u"more"_s, .subject = {}, .before = {}, .after = {}, .reason = {}}));
        verdict = models::verifyAudit(*m_database);
        QVERIFY(verdict.has_value());
        QVERIFY(!verdict->intact);
        QCOMPARE(verdict->firstBroken, 2);
    }

    void everythingCutOffIsMissed()
    {
        QVERIFY(m_database->execute("DROP TRIGGER audit_is_final_delete; DELETE FROM audit"));
        const auto verdict = models::verifyAudit(*m_database);
        QVERIFY(verdict.has_value());
        QVERIFY(!verdict->endFits);
    }

    void anOlderLedgerStillVerifies()
    {
        const QString file = m_folder->filePath(u"older.sqlite"_s);
        auto older = *Database::open(file, Database::Mode::ReadWrite);
        QVERIFY(models::migrate(*older, models::ledgerMigrations().first(5)));
        QVERIFY(m_database->execute(QByteArray("ATTACH '" + QFile::encodeName(file)
            + "' AS older; INSERT INTO older.audit SELECT * FROM audit; "
              "DETACH older")
                .constData()));
        auto verdict = models::verifyAudit(*older);
        QVERIFY(verdict.has_value());
        QVERIFY(verdict->intact && verdict->endFits);
        QCOMPARE(verdict->kept, -1);
        QVERIFY(models::migrate(*older, models::ledgerMigrations()));
        QVERIFY(models::appendAudit(
            *older, {.who = {}, .action = u"more"_s, .subject = {}, .before = {}, .after = {}, .reason = {}}));
        verdict = models::verifyAudit(*older);
        QVERIFY(verdict.has_value());
        QVERIFY(verdict->intact && verdict->endFits);
        QCOMPARE(verdict->kept, 4);
    }

    void theTrailCannotBeChangedInPassing()
    {
        QVERIFY(!m_database->execute("UPDATE audit SET who = 'somebody'"));
        QVERIFY(!m_database->execute("DELETE FROM audit"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
};

QTEST_GUILESS_MAIN(tst_Audit)
#include "tst_audit.moc"

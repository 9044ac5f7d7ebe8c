// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/database.h"
#include "models/ledger.h"
#include "models/schema.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <thread>
#include <vector>

using namespace Qt::Literals::StringLiterals;
using models::Database;
using models::DatabaseProblem;
using models::DatabaseResult;
using models::DatabaseTransaction;
using models::Ledger;
using models::Migration;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 numberFrom(Database &database, const char *sql)
{
    const auto statement = database.prepare(sql);
    if (!statement || !(*statement)->step().value_or(false))
        return -1;
    const qint64 number = (*statement)->integer(0);
    (*statement)->reset();
    return number;
}

} // namespace

class tst_Database : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(u"ledger.sqlite"_s);
    }

    void valuesComeBackAsTheyWere()
    {
        auto database = *Database::open(m_file, Database::Mode::ReadWrite);
        QVERIFY(database->execute("CREATE TABLE t(a, b, c, d)"));
        auto insert = *database->prepare("INSERT INTO t VALUES(?1, ?2, ?3, ?4)");
        QVERIFY(insert->bind(0, qint64(1) << 60)
                .bind(1, QStringView(u"Zoë €"))
                .bind(2, QByteArray("\0x\1", 3))
                .bindNull(3)
                .run());
        auto read = *database->prepare("SELECT * FROM t");
        QVERIFY(read->step().value());
        QCOMPARE(read->integer(0), qint64(1) << 60);
        QCOMPARE(read->text(1), u"Zoë €"_s);
        QCOMPARE(read->blob(2), QByteArray("\0x\1", 3));
        QVERIFY(read->isNull(3));
        QVERIFY(!read->step().value());
    }

    void aTransactionThatIsDroppedLeavesNothing()
    {
        auto database = *Database::open(m_file, Database::Mode::ReadWrite);
        QVERIFY(database->execute("CREATE TABLE t(a)"));
        {
            auto transaction = DatabaseTransaction::begin(*database);
            QVERIFY(transaction.has_value());
            QVERIFY(database->execute("INSERT INTO t VALUES(1)"));
        }
        QCOMPARE(numberFrom(*database, "SELECT count(*) FROM t"), 0);
    }

    void aBrokenRuleKeepsItsOwnWord()
    {
        auto database = *Database::open(m_file, Database::Mode::ReadWrite);
        QVERIFY(database->execute(
            "CREATE TABLE t(a); CREATE TRIGGER g BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'too-much'); END"));
        const auto refused = database->execute("INSERT INTO t VALUES(1)");
        QVERIFY(!refused);
        QCOMPARE(refused.error().problem, DatabaseProblem::Constraint);
        QCOMPARE(refused.error().message, u"too-much"_s);
    }

    void aFullDiskIsToldApart()
    {
        auto database = *Database::open(m_file, Database::Mode::ReadWrite);
        QVERIFY(database->execute("CREATE TABLE t(a); PRAGMA max_page_count=3"));
        const auto refused = database->execute("INSERT INTO t VALUES(zeroblob(100000))");
        QVERIFY(!refused);
        QCOMPARE(refused.error().problem, DatabaseProblem::DiskFull);
    }

    void aStatementEndsWhenItsFlagIsRaised()
    {
        auto database = *Database::open(m_file, Database::Mode::ReadWrite);
        std::atomic<bool> cancelled = false;
        database->setCancelFlag(&cancelled);
        auto endless = *database->prepare(
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n");
        std::thread other([&] { cancelled = true; });
        const auto row = endless->step();
        other.join();
        QVERIFY(!row);
        QCOMPARE(row.error().problem, DatabaseProblem::Interrupted);
        database->setCancelFlag(nullptr);
        QCOMPARE(numberFrom(*database, "SELECT 7"), 7);
    }

    void aReaderCannotWrite()
    {
        const auto writer = *Database::open(m_file, Database::Mode::ReadWrite);
        QVERIFY(writer->execute("CREATE TABLE t(a)"));
        const auto reader = *Database::open(m_file, Database::Mode::ReadOnly);
        const auto refused = reader->execute("INSERT INTO t VALUES(1)");
        QVERIFY(!refused);
        QCOMPARE(refused.error().problem, DatabaseProblem::ReadOnly);
    }

    void aFileThatIsNoLedgerIsLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<DatabaseProblem>("problem");
        QByteArray newer = QByteArray("SQLite format 3") + QByteArray(4081, '\0');
        QByteArray foreign = newer;
        newer[63] = 99;
        foreign[71] = 5;
        QTest::newRow("text") << QByteArray("this is a letter to a friend").repeated(50) << DatabaseProblem::Damaged;
        QTest::newRow("a few bytes") << QByteArray("SQLite") << DatabaseProblem::Damaged;
        QTest::newRow("written by a newer console") << newer << DatabaseProblem::NewerVersion;
        QTest::newRow("another program's database") << foreign << DatabaseProblem::Damaged;
    }

    void aFileThatIsNoLedgerIsLeftAlone()
    {
        QFETCH(QByteArray, content);
        QFETCH(DatabaseProblem, problem);
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto opened = Ledger::open(m_file);
        QVERIFY(!opened);
        QCOMPARE(opened.error().problem, problem);
        QVERIFY(!models::databaseErrorText(opened.error()).isEmpty());
        QCOMPARE(contentOf(m_file), content);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 1);
    }

    void damagedPagesAreReportedAsSuch()
    {
        QVERIFY(Ledger::open(m_file));
        QByteArray content = contentOf(m_file);
        for (qsizetype at = 100; at < content.size(); ++at)
            content[at] = char(0x5a);
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto opened = Ledger::open(m_file);
        QVERIFY(!opened);
        QCOMPARE(opened.error().problem, DatabaseProblem::Damaged);
        QCOMPARE(contentOf(m_file), content);
    }

    void aFolderThatIsNotThereIsAnError()
    {
        const auto opened = Ledger::open(m_folder->filePath(u"nowhere/ledger.sqlite"_s));
        QVERIFY(!opened);
        QCOMPARE(opened.error().problem, DatabaseProblem::Failed);
    }

    void everyProblemHasItsSentence()
    {
        QSet<QString> sentences;
        for (const DatabaseProblem problem :
            {DatabaseProblem::DiskFull, DatabaseProblem::Damaged, DatabaseProblem::NewerVersion,
                DatabaseProblem::ReadOnly, DatabaseProblem::Busy, DatabaseProblem::Moved, DatabaseProblem::Interrupted,
                DatabaseProblem::Constraint, DatabaseProblem::Failed})
            sentences.insert(models::databaseErrorText({.problem = problem, .message = {}, .file = {}}));
        QCOMPARE(sentences.size(), 9);
    }

    void anOlderSchemaIsCopiedAndBroughtUpToDate()
    {
        const std::array first{Migration{1, "CREATE TABLE t(a); INSERT INTO t VALUES(5);"}};
        const std::array both{first[0], Migration{2, "ALTER TABLE t ADD COLUMN b DEFAULT 7;"}};
        auto database = *Database::open(m_file, Database::Mode::ReadWrite);
        QVERIFY(models::migrate(*database, first));
        QVERIFY(!QFile::exists(m_file + u".before-0"_s));
        QVERIFY(models::migrate(*database, both));
        QCOMPARE(numberFrom(*database, "SELECT b FROM t"), 7);
        QCOMPARE(numberFrom(*database, "PRAGMA user_version"), 2);

        const auto copy = *Database::open(m_file + u".before-1"_s, Database::Mode::ReadOnly);
        QCOMPARE(numberFrom(*copy, "PRAGMA user_version"), 1);
        QCOMPARE(numberFrom(*copy, "SELECT a FROM t"), 5);
        QCOMPARE(numberFrom(*copy, "SELECT count(*) FROM pragma_table_info('t')"), 1);
    }

    void aMigrationThatFailsChangesNothing()
    {
        const std::array first{Migration{1, "CREATE TABLE t(a);"}};
        const std::array broken{first[0], Migration{2, "CREATE TABLE u(a); CREATE TABLE t(a);"}};
        auto database = *Database::open(m_file, Database::Mode::ReadWrite);
        QVERIFY(models::migrate(*database, first));
        QVERIFY(!models::migrate(*database, broken));
        QCOMPARE(numberFrom(*database, "PRAGMA user_version"), 1);
        QCOMPARE(numberFrom(*database, "SELECT count(*) FROM sqlite_master WHERE name = 'u'"), 0);
    }

    void manyMayOpenANewFileAtOnce()
    {
        std::array<bool, 4> opened{};
        std::vector<std::thread> threads;
        for (bool &one : opened)
            threads.emplace_back([this, &one] { one = Ledger::open(m_file).has_value(); });
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(opened == (std::array<bool, 4>{true, true, true, true}));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

QTEST_GUILESS_MAIN(tst_Database)
#include "tst_database.moc"

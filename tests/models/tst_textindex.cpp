// SPDX-License-Identifier: GPL-3.0-or-later
// The full-text tables: what a ledger of schema version 1 finds before, after and in the middle of its update.
#include "api/money.h"
#include "models/ledgerupdate.h"
#include "models/recordquery.h"
#include "models/recordrows.h"
#include "models/recordstore.h"
#include "models/schema.h"
#include "models/textindex.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include <csignal>
#include <optional>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using models::Database;
using models::Migration;
using models::RecordKind;

namespace {

constexpr qint64 now = 1'794'052'800'000;
constexpr auto *firstId = u"6f1b2c3d-aaaa-4bbb-8ccc-0123456789ab";
constexpr auto *secondId = u"77777777-aaaa-4bbb-8ccc-0123456789ab";
constexpr auto *thirdId = u"mer_9f-X1";

struct OldRow
{
    QString id;
    QString name;
    QString email;
    QString reference;
    qint64 cents;
};

const std::vector<OldRow> &oldRows()
{
    static const std::vector<OldRow> rows{
        {QString::fromUtf16(firstId), u"Zoë Müller"_s, u"zoe.m@example.com"_s, u"ORDER-1001"_s, 1250},
        {QString::fromUtf16(secondId), u"Ada Lovelace"_s, u"ada@example.com"_s, u"RF-"_s + QString::fromUtf16(firstId),
            -705},
        {QString::fromUtf16(thirdId), u"Ada Byron"_s, u"byron@mail.test"_s, {}, 123'456},
    };
    return rows;
}

bool insertOld(Database &database, qint64 key, const OldRow &row)
{
    const auto record = database.prepare(
        "INSERT INTO transactions(key, id, customer_name, customer_email, client_reference_id, amount_cents, "
        "institution, last_four, descriptor, first_seen_at, last_read_at, last_source) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, 'First Bank', '0042', 'SHOES AND MORE', 1, 1, 'import')");
    const auto words = database.prepare(
        "INSERT INTO transactions_text(rowid, w_id, w_name, w_email, w_reference, w_amount, w_bank, w_last4, "
        "w_descriptor) VALUES(?1, ?2, ?3, ?4, ?5, ?6, 'First Bank', '0042', 'SHOES AND MORE')");
    const QString reference = row.reference.isNull() ? u""_s : row.reference;
    return record && words
        && (*record)
               ->bind(0, key)
               .bind(1, QStringView(row.id))
               .bind(2, QStringView(row.name))
               .bind(3, QStringView(row.email))
               .bind(4, QStringView(reference))
               .bind(5, row.cents)
               .run()
        && (*words)
               ->bind(0, key)
               .bind(1, QStringView(row.id))
               .bind(2, QStringView(row.name))
               .bind(3, QStringView(row.email))
               .bind(4, QStringView(reference))
               .bind(5, QStringView(api::plainAmount(row.cents)))
               .run();
}

qint64 numberIn(Database &database, const QByteArray &sql)
{
    const auto statement = database.prepareOnce(sql);
    return statement && const_cast<models::Statement &>(*statement).step().value_or(false) ? statement->integer(0) : -1;
}

void dieHere(sqlite3_context *, int, sqlite3_value **)
{
    ::kill(::getpid(), SIGKILL);
}

} // namespace

class tst_TextIndex : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = *Database::open(file(), Database::Mode::ReadWrite);
        QVERIFY(models::migrate(*m_database, models::ledgerMigrations().first(1)));
        qint64 key = models::firstKeyOf(now);
        for (const OldRow &row : oldRows())
            QVERIFY(insertOld(*m_database, key++, row));
        QVERIFY(m_database->execute("INSERT INTO imports VALUES(1, 'ids.csv', 5, 2, 'RUNNING');"
                                    "INSERT INTO import_lines VALUES(1, 0, 'transaction', 'x', 0, 'FOUND', NULL),"
                                    "(1, 1, 'customer', 'y', 1, NULL, NULL)"));
    }

    void whatWasFoundIsFoundAgain_data()
    {
        QTest::addColumn<QString>("match"); // as version 1 was asked
        QTest::addColumn<QString>("text");  // as people type it
        QTest::addColumn<QString>("rows");  // by their place above
        const auto row = [](const char *name, const QString &match, const QString &text, const char *rows) {
            QTest::newRow(name) << match << text << QString::fromLatin1(rows);
        };
        row("a name", u"\"ada\"*"_s, u"ada"_s, "1 2");
        row("without its marks", u"\"muller\"*"_s, u"muller"_s, "0");
        row("one letter", u"\"z\"*"_s, u"z"_s, "0");
        row("two letters", u"\"zo\"*"_s, u"zo"_s, "0");
        row("three letters", u"\"byr\"*"_s, u"byr"_s, "2");
        row("an e-mail", u"\"ada@example.com\"*"_s, u"ada@example.com"_s, "1");
        row("a reference", u"\"order-10\"*"_s, u"order-10"_s, "0");
        row("an amount", u"\"12.50\"*"_s, u"12.50"_s, "0");
        row("a negative amount", u"\"7.05\"*"_s, u"7.05"_s, "1");
        row("a large amount", u"\"1234.56\"*"_s, u"1,234.56"_s, "2");
        row("four digits", u"\"0042\"*"_s, u"0042"_s, "0 1 2");
        row("a bank", u"\"first bank\"*"_s, u"\"first bank\""_s, "0 1 2");
        row("an id, also inside a reference", u'"' + QString::fromUtf16(firstId) + u"\"*"_s,
            QString::fromUtf16(firstId), "0 1");
        row("the beginning of an id", u"\"6f1b2c3d-aa\"*"_s, u"6f1b2c3d-aa"_s, "0 1");
        row("an id in capitals", u"\"77777777-AAAA\"*"_s, u"77777777-AAAA"_s, "1");
        row("an id with a line below", u"\"mer_9f\"*"_s, u"mer_9f"_s, "2");
        row("an id field", u"{w_id} : \"6f1b2c3d-aaaa\"*"_s, u"id:6f1b2c3d-aaaa"_s, "0");
        row("not an id", u"\"first\"* NOT \"6f1b2c3d-aaaa\"*"_s, u"first -6f1b2c3d-aaaa"_s, "2");
        row("nothing", u"\"nobody\"*"_s, u"nobody"_s, "");
    }

    void whatWasFoundIsFoundAgain()
    {
        QFETCH(QString, match);
        QFETCH(QString, text);
        QFETCH(QString, rows);
        QCOMPARE(rowsMatching(match), rows);
        QVERIFY(models::migrate(*m_database, models::ledgerMigrations()));
        QCOMPARE(rowsFor(text), rows);
    }

    void anIdIsOneWord()
    {
        QVERIFY(models::migrate(*m_database, models::ledgerMigrations()));
        QCOMPARE(rowsFor(u"id:6f1b2c3daaaa"_s), u"0"_s); // typed without its hyphens
        QCOMPARE(rowsFor(u"id:\"6F1B2C3D-AAAA-4BBB-8CCC-0123456789AB\""_s), u"0"_s);
        QCOMPARE(rowsFor(u"id:\"6f1b2c3d\""_s), QString());
        QCOMPARE(rowsFor(u"id:mer9fx1"_s), u"2"_s);
    }

    //! The tables keep no copy of the words, so a change must take away exactly what the update put in.
    void everyWordCanBeTakenAwayAgain()
    {
        QVERIFY(models::migrate(*m_database, models::ledgerMigrations()));
        qint64 key = models::firstKeyOf(now);
        for (qsizetype row = 0; row < qsizetype(oldRows().size()); ++row, ++key) {
            const auto words = models::storedWords(*m_database, RecordKind::Transaction, key);
            QVERIFY(words);
            QCOMPARE(words->at(0), models::idWord(oldRows()[size_t(row)].id));
            QCOMPARE(words->last(), api::plainAmount(oldRows()[size_t(row)].cents));
            QVERIFY(models::removeWords(*m_database, RecordKind::Transaction, key, *words));
        }
        QVERIFY(m_database->execute(
            "CREATE VIRTUAL TABLE temp.left_words USING fts5vocab(main, transactions_text, instance)"));
        QCOMPARE(numberIn(*m_database, "SELECT count(*) FROM temp.left_words"), 0);
    }

    void importsGoOnWhereTheyWere()
    {
        QVERIFY(models::migrate(*m_database, models::ledgerMigrations()));
        QCOMPARE(numberIn(*m_database, "SELECT count(*) FROM import_lines WHERE outcome = 'FOUND'"), 1);
        QCOMPARE(numberIn(*m_database, "SELECT position FROM import_lines WHERE outcome IS NULL AND follow_up = 1"), 1);
        QVERIFY(!m_database->execute("UPDATE import_lines SET outcome = 'ODD'"));
    }

    void deathInTheMiddleChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::newRow("before anything") << QByteArray("DROP TABLE transactions_text");
        QTest::newRow("between old words and new ones") << QByteArray("INSERT INTO transactions_text(rowid");
        QTest::newRow("after the new words") << QByteArray("DROP INDEX transactions_open");
        QTest::newRow("before the commit") << QByteArray();
    }

    void deathInTheMiddleChangesNothing()
    {
        QFETCH(QByteArray, before);
        m_database.reset();
        const pid_t child = ::fork();
        if (child == 0)
            updateAndDie(before);
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);

        m_database = *Database::open(file(), Database::Mode::ReadWrite);
        QCOMPARE(numberIn(*m_database, "PRAGMA user_version"), 1);
        QCOMPARE(rowsMatching(u"\"ada\"*"_s), u"1 2"_s);
        QVERIFY(models::migrate(*m_database, models::ledgerMigrations()));
        QCOMPARE(rowsFor(u"ada"_s), u"1 2"_s);
        const auto copy = *Database::open(file() + u".before-1"_s, Database::Mode::ReadOnly);
        QCOMPARE(numberIn(*copy, "PRAGMA user_version"), 1);
        QCOMPARE(numberIn(*copy, "SELECT count(*) FROM transactions"), 3);
    }

    void aWindowMayWaitForIt()
    {
        m_database.reset(); // until the last one closes it, the file's own bytes may lag behind
        QVERIFY(models::LedgerUpdate::isNeeded(file()));
        QVERIFY(!models::LedgerUpdate::isNeeded(file() + u".none"_s));
        std::optional<models::DatabaseResult<void>> updated;
        models::LedgerUpdate update(file());
        update.start([&updated](const models::DatabaseResult<void> &result) { updated = result; });
        QTRY_VERIFY(updated.has_value());
        QVERIFY(updated->has_value());
        QVERIFY(!models::LedgerUpdate::isNeeded(file()));
        m_database = *Database::open(file(), Database::Mode::ReadWrite);
        QCOMPARE(rowsFor(u"ada"_s), u"1 2"_s);
    }

    void givenUpItLeavesAWholeFile()
    {
        const auto unheard = [](const models::DatabaseResult<void> &) { QFAIL("nobody is left to hear of it"); };
        std::make_unique<models::LedgerUpdate>(file())->start(unheard);
        QCoreApplication::sendPostedEvents();
        QVERIFY(models::migrate(*m_database, models::ledgerMigrations()));
        QCOMPARE(rowsFor(u"ada"_s), u"1 2"_s);
    }

private:
    QString file() const { return m_folder->filePath(u"ledger.sqlite"_s); }

    [[noreturn]] void updateAndDie(const QByteArray &before) const
    {
        const auto database = *Database::open(file(), Database::Mode::ReadWrite);
        sqlite3_create_function(database->handle(), "die_here", 0, SQLITE_UTF8, nullptr, dieHere, nullptr, nullptr);
        std::vector<Migration> migrations(models::ledgerMigrations().begin(), models::ledgerMigrations().end());
        QByteArray &sql = migrations[1].sql;
        sql.insert(before.isEmpty() ? sql.size() : sql.indexOf(before), "SELECT die_here();\n");
        std::ignore = models::migrate(*database, migrations);
        ::_exit(1);
    }

    static QString places(const QList<qint64> &keys)
    {
        QStringList rows;
        for (const qint64 key : keys)
            rows.append(QString::number(key - models::firstKeyOf(now)));
        rows.sort();
        return rows.join(u' ');
    }

    QString rowsMatching(const QString &match)
    {
        const auto statement = m_database->prepare(
            "SELECT rowid FROM transactions_text WHERE transactions_text MATCH ?1");
        (*statement)->bind(0, QStringView(match));
        QList<qint64> keys;
        while ((*statement)->step().value_or(false))
            keys.append((*statement)->integer(0));
        (*statement)->reset();
        return places(keys);
    }

    QString rowsFor(const QString &text)
    {
        const auto query = models::parseQuery(RecordKind::Transaction, text, now);
        if (!query)
            return query.error().expected;
        const auto found = models::readKeys(*m_database, {.kind = RecordKind::Transaction, .query = *query}, 0);
        return found ? places(QList<qint64>(found->keys.begin(), found->keys.end())) : found.error().message;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
};

QTEST_GUILESS_MAIN(tst_TextIndex)
#include "tst_textindex.moc"

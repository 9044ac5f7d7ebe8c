// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ledger.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Qt::Literals::StringLiterals;
using models::Database;
using models::DatabaseError;
using models::DatabaseProblem;
using models::DatabaseResult;
using models::Ledger;
using models::LedgerRead;
using models::Observation;
using models::RecordKind;

namespace {

api::Transaction debit(const QString &id, qint64 cents = 1250, const QString &status = u"PENDING"_s)
{
    return {.id = api::TransactionId(id),
        .type = u"DEBIT"_s,
        .status = status,
        .customerId = api::CustomerId(u"customer-1"_s),
        .amount = {.cents = cents, .currency = u"USD"_s},
        .clientReferenceId = u"ORDER-77"_s,
        .account = {.institution = u"First Bank"_s,
            .lastFour = u"0042"_s,
            .type = u"checking"_s,
            .status = {},
            .preferred = true},
        .descriptor = u"SHOES"_s,
        .settlementAt = 1'763'700'000'000,
        .createdAt = 1'763'600'000'000,
        .failureCode = {},
        .failureText = {}};
}

api::Customer customer(const QString &firstName, const QString &lastName)
{
    return {.id = api::CustomerId(u"customer-1"_s),
        .firstName = firstName,
        .lastName = lastName,
        .email = u"ada@example.com"_s,
        .status = u"ACTIVE"_s,
        .createdAt = 1'763'500'000'000};
}

Observation seen(decltype(Observation::record) record, const QByteArray &raw, qint64 at = 1'763'650'000'000)
{
    return {
        .record = std::move(record), .raw = *api::Json::parse(raw), .observedAt = at, .source = models::Source::LookUp};
}

//! One answer of the ledger file: the first column of the first row, as text; "-" when there is no row.
QString ask(Ledger &ledger, const QByteArray &sql)
{
    QObject context;
    std::optional<QString> answer;
    const LedgerRead read = ledger.read<QString>(
        [sql](Database &database) -> DatabaseResult<QString> {
            const auto statement = database.prepare(sql);
            if (!statement)
                return std::unexpected(statement.error());
            const auto row = (*statement)->step();
            if (!row)
                return std::unexpected(row.error());
            return *row ? (*statement)->text(0) : u"-"_s;
        },
        &context, [&](const DatabaseResult<QString> &result) { answer = result ? *result : result.error().message; });
    return QTest::qWaitFor([&] { return answer.has_value(); }) ? *answer : u"no answer"_s;
}

//! Waits until the ledger has committed the observations.
bool observeAndWait(Ledger &ledger, QList<Observation> observations)
{
    QObject context;
    std::optional<bool> stored;
    ledger.observe(
        std::move(observations), &context, [&](const DatabaseResult<void> &result) { stored = result.has_value(); });
    return QTest::qWaitFor([&] { return stored.has_value(); }) && *stored;
}

} // namespace

class tst_Ledger : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto opened = Ledger::open(m_folder->filePath(u"ledger.sqlite"_s));
        QVERIFY(opened.has_value());
        m_ledger = std::move(*opened);
    }

    void cleanup()
    {
        m_ledger.reset();
        m_folder.reset();
    }

    void aTransactionIsStoredWhole()
    {
        QVERIFY(observeAndWait(*m_ledger, {seen(debit(u"t-1"_s), R"({"transactionId":"t-1"})")}));
        QCOMPARE(
            ask(*m_ledger,
                "SELECT type || status || amount_cents || institution || last_four || preferred FROM transactions"),
            u"DEBITPENDING1250First Bank00421"_s);
        QCOMPARE(ask(*m_ledger, "SELECT key >> 20 FROM transactions"), u"1763600000000"_s);
        QCOMPARE(ask(*m_ledger, "SELECT first_seen_at || last_source FROM transactions"), u"1763650000000lookup"_s);
    }

    void everyObservationIsKeptAndRepeatsCostNoRaw()
    {
        const QByteArray raw = R"({"transactionId":"t-1","n":1})";
        QVERIFY(observeAndWait(*m_ledger, {seen(debit(u"t-1"_s), raw, 1'000), seen(debit(u"t-1"_s), raw, 2'000)}));
        QVERIFY(observeAndWait(*m_ledger, {seen(debit(u"t-1"_s), R"({"transactionId":"t-1","n":2})", 3'000)}));
        QCOMPARE(ask(*m_ledger, "SELECT count(*) || '/' || count(raw) FROM observations"), u"3/2"_s);
        QCOMPARE(ask(*m_ledger, "SELECT group_concat(observed_at) FROM observations"), u"1000,2000,3000"_s);
    }

    void anOlderAnswerDoesNotUndoANewerOne()
    {
        QVERIFY(observeAndWait(*m_ledger, {seen(debit(u"t-1"_s, 1250, u"SUCCEEDED"_s), R"({"n":1})", 9'000)}));
        QVERIFY(observeAndWait(*m_ledger, {seen(debit(u"t-1"_s, 1250, u"PENDING"_s), R"({"n":2})", 8'000)}));
        QCOMPARE(ask(*m_ledger, "SELECT status FROM transactions"), u"SUCCEEDED"_s);
        QCOMPARE(ask(*m_ledger, "SELECT count(*) FROM observations"), u"2"_s);
    }

    void anAnswerReadByAClockThatRanAheadGivesWay()
    {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        constexpr qint64 day = 86'400'000;
        QVERIFY(observeAndWait(*m_ledger, {seen(debit(u"t-1"_s, 1250, u"SUCCEEDED"_s), R"({"n":1})", now + day)}));
        QVERIFY(observeAndWait(*m_ledger, {seen(debit(u"t-1"_s, 1250, u"TERMINAL_FAILED"_s), R"({"n":2})", now)}));
        QCOMPARE(ask(*m_ledger, "SELECT status FROM transactions"), u"TERMINAL_FAILED"_s);
        QCOMPARE(ask(*m_ledger, "SELECT last_read_at FROM transactions"), QString::number(now));
    }

    void aRenamedCustomerIsFoundByTheNewNameOnly()
    {
        const auto found = [this](const QByteArray &word) {
            return ask(*m_ledger,
                "SELECT group_concat(rowid >> 20) FROM transactions_text WHERE transactions_text MATCH '" + word
                    + "*'");
        };
        QVERIFY(
            observeAndWait(*m_ledger, {seen(debit(u"t-1"_s), "{}"), seen(customer(u"Ada"_s, u"Byron"_s), "{}", 1)}));
        QCOMPARE(found("byron"), u"1763600000000"_s);
        QCOMPARE(found("ADA"), u"1763600000000"_s);
        QVERIFY(observeAndWait(*m_ledger, {seen(customer(u"Ada"_s, u"Lovelace"_s), "{}", 2)}));
        QCOMPARE(found("byron"), QString());
        QCOMPARE(found("lovelace"), u"1763600000000"_s);
        QCOMPARE(ask(*m_ledger, "SELECT customer_name || customer_email FROM transactions"),
            u"Ada Lovelaceada@example.com"_s);
        QCOMPARE(ask(*m_ledger, "SELECT count(*) FROM customers_text WHERE customers_text MATCH 'byron'"), u"0"_s);
    }

    void aNewTransactionOfAKnownCustomerCarriesTheName()
    {
        QVERIFY(
            observeAndWait(*m_ledger, {seen(customer(u"Ada"_s, u"Lovelace"_s), "{}"), seen(debit(u"t-1"_s), "{}")}));
        QCOMPARE(
            ask(*m_ledger, "SELECT count(*) FROM transactions_text WHERE transactions_text MATCH 'lovelace'"), u"1"_s);
    }

    void aRecordMovesWhenItsTimeBecomesKnown()
    {
        api::Transaction early = debit(u"t-1"_s);
        early.createdAt = 0;
        QVERIFY(observeAndWait(*m_ledger, {seen(early, "{}", 5'000)}));
        QCOMPARE(ask(*m_ledger, "SELECT key >> 20 FROM transactions"), u"5000"_s);
        QVERIFY(observeAndWait(*m_ledger, {seen(debit(u"t-1"_s), "{}", 6'000)}));
        QCOMPARE(ask(*m_ledger, "SELECT group_concat(key >> 20) FROM transactions"), u"1763600000000"_s);
        QCOMPARE(ask(*m_ledger,
                     "SELECT group_concat(rowid >> 20) FROM transactions_text WHERE transactions_text MATCH 'shoes'"),
            u"1763600000000"_s);
        QCOMPARE(ask(*m_ledger, "SELECT first_seen_at FROM transactions"), u"5000"_s);
    }

    void aRefundKnowsItsOriginal()
    {
        api::Transaction refund = debit(u"t-2"_s, 500);
        refund.type = u"CREDIT"_s;
        refund.clientReferenceId = u"RF-t-1-1"_s;
        QVERIFY(observeAndWait(*m_ledger, {seen(debit(u"t-1"_s), "{}"), seen(refund, "{}")}));
        QCOMPARE(ask(*m_ledger, "SELECT original_id FROM transactions WHERE id = 't-2'"), u"t-1"_s);
    }

    void accountsAreReplaced()
    {
        const api::LinkedAccounts two{.customerId = api::CustomerId(u"customer-1"_s),
            .accounts = {{.id = api::AccountId(u"1"_s), .institution = u"First Bank"_s, .preferred = true},
                {.id = api::AccountId(u"2"_s), .institution = u"Second Bank"_s}}};
        const api::LinkedAccounts one{.customerId = api::CustomerId(u"customer-1"_s),
            .accounts = {{.id = api::AccountId(u"2"_s), .institution = u"Second Bank"_s}}};
        QVERIFY(observeAndWait(*m_ledger, {seen(customer(u"Ada"_s, u"L"_s), "{}"), seen(two, "{}", 70)}));
        QCOMPARE(ask(*m_ledger, "SELECT group_concat(account_id) FROM accounts"), u"1,2"_s);
        QVERIFY(observeAndWait(*m_ledger, {seen(one, R"({"a":1})", 80)}));
        QCOMPARE(ask(*m_ledger, "SELECT group_concat(account_id) FROM accounts"), u"2"_s);
        QCOMPARE(ask(*m_ledger, "SELECT accounts_read_at FROM customers"), u"80"_s);
        QCOMPARE(ask(*m_ledger, "SELECT first_seen_at FROM accounts"), u"70"_s);
        QVERIFY(observeAndWait(*m_ledger, {seen(two, R"({"a":2})", 90)}));
        QCOMPARE(ask(*m_ledger, "SELECT group_concat(first_seen_at) FROM accounts"), u"90,70"_s);
    }

    void fullAccountNumbersDoNotReachTheDisk()
    {
        QVERIFY(observeAndWait(*m_ledger, {seen(customer(u"Ada"_s, u"L"_s), R"({"accountNumber":"123456789012"})")}));
        m_ledger.reset();
        for (const QFileInfo &file : QDir(m_folder->path()).entryInfoList(QDir::Files)) {
            QFile bytes(file.filePath());
            QVERIFY(bytes.open(QIODevice::ReadOnly));
            QVERIFY(!bytes.readAll().contains("123456789012"));
        }
    }

    void changesArriveTogetherAfterTheCommit()
    {
        QSignalSpy changed(m_ledger.get(), &Ledger::recordsChanged);
        for (int each = 0; each < 5; ++each)
            m_ledger->observe({seen(debit(u"t-%1"_s.arg(each)), "{}")});
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(changed.front().at(0).value<RecordKind>(), RecordKind::Transaction);
        QCOMPARE(changed.front().at(1).value<QList<qint64>>().size(), 5);
    }

    void aWriteJobIsAllOrNothing()
    {
        std::optional<DatabaseResult<void>> outcome;
        QSignalSpy changed(m_ledger.get(), &Ledger::recordsChanged);
        m_ledger->write(
            [this](Database &database) -> DatabaseResult<void> {
                if (auto done = database.execute(
                        "INSERT INTO payouts(key, id, first_seen_at, last_read_at, last_source) "
                        "VALUES(1, 'p', 0, 0, 'own')");
                    !done)
                    return done;
                m_ledger->noteChange(RecordKind::Payout, 1);
                return std::unexpected(
                    DatabaseError{.problem = DatabaseProblem::Constraint, .message = u"no"_s, .file = {}});
            },
            Ledger::Durability::Full, this, [&](const DatabaseResult<void> &result) { outcome = result; });
        QTRY_VERIFY(outcome.has_value());
        QVERIFY(!outcome->has_value());
        QCOMPARE(outcome->error().message, u"no"_s);
        QCOMPARE(ask(*m_ledger, "SELECT count(*) FROM payouts"), u"0"_s);
        QTest::qWait(0);
        QVERIFY(changed.isEmpty());
    }

    void aWriteJobTellsTheViewsWhatItChanged()
    {
        QSignalSpy changed(m_ledger.get(), &Ledger::recordsChanged);
        m_ledger->write(
            [this](Database &) -> DatabaseResult<void> {
                m_ledger->noteChange(RecordKind::OutboxEntry, 42);
                return {};
            },
            Ledger::Durability::Full, nullptr, {});
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(changed.front().at(0).value<RecordKind>(), RecordKind::OutboxEntry);
        QCOMPARE(changed.front().at(1).value<QList<qint64>>(), QList<qint64>{42});
    }

    void durableJobsRunWithFullSynchronisation()
    {
        std::optional<int> level;
        const auto askLevel = [&](Database &database) -> DatabaseResult<void> {
            const auto statement = database.prepareOnce("PRAGMA synchronous");
            if (!statement || !const_cast<models::Statement &>(*statement).step())
                return std::unexpected(DatabaseError{});
            level = int(statement->integer(0));
            return {};
        };
        bool done = false;
        m_ledger->write(askLevel, Ledger::Durability::Full, this, [&](const auto &) { done = true; });
        QTRY_VERIFY(done);
        QCOMPARE(level, 2);
        done = false;
        m_ledger->write(askLevel, Ledger::Durability::Normal, this, [&](const auto &) { done = true; });
        QTRY_VERIFY(done);
        QCOMPARE(level, 1);
    }

    void aDroppedQuestionIsNeverAnswered()
    {
        bool heard = false;
        std::atomic<bool> running = false;
        std::atomic<bool> ended = false;
        const auto endless = [&](Database &database) -> DatabaseResult<int> {
            running = true;
            const auto statement = database.prepare(
                "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n");
            const auto row = (*statement)->step();
            ended = true;
            return row ? DatabaseResult<int>(1) : std::unexpected(row.error());
        };
        LedgerRead read = m_ledger->read<int>(endless, this, [&](const auto &) { heard = true; }, Ledger::Lane::Long);
        QTRY_VERIFY(running);
        QVERIFY(read.isActive());
        read = {};
        QTRY_VERIFY(ended);
        QCOMPARE(ask(*m_ledger, "SELECT 1"), u"1"_s);
        QVERIFY(!heard);
    }

    void aLongQuestionDoesNotHoldUpALookUp()
    {
        std::atomic<bool> running = false;
        const LedgerRead endless = m_ledger->read<int>(
            [&](Database &database) -> DatabaseResult<int> {
                running = true;
                const auto statement = database.prepare(
                    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n");
                const auto row = (*statement)->step();
                return row ? DatabaseResult<int>(1) : std::unexpected(row.error());
            },
            this, [](const auto &) {}, Ledger::Lane::Long);
        QTRY_VERIFY(running);
        QCOMPARE(ask(*m_ledger, "SELECT 5"), u"5"_s);
        QVERIFY(endless.isActive());
    }

    void aDeadContextDoesNotHear()
    {
        bool heard = false;
        auto context = std::make_unique<QObject>();
        const LedgerRead read = m_ledger->read<int>(
            [](Database &) -> DatabaseResult<int> { return 1; }, context.get(), [&](const auto &) { heard = true; });
        m_ledger->observe({seen(debit(u"t-1"_s), "{}")}, context.get(), [&](const auto &) { heard = true; });
        context.reset();
        QTRY_COMPARE(ask(*m_ledger, "SELECT count(*) FROM transactions"), u"1"_s);
        QVERIFY(!heard);
    }

    void aHandlerRunsInTheThreadOfItsContext()
    {
        QThread thread;
        thread.start();
        auto *context = new QObject;
        context->moveToThread(&thread);
        std::atomic<QThread *> heardIn = nullptr;
        const LedgerRead read = m_ledger->read<int>([](Database &) -> DatabaseResult<int> { return 1; }, context,
            [&](const auto &) { heardIn = QThread::currentThread(); });
        QTRY_COMPARE(heardIn.load(), &thread);
        context->deleteLater();
        thread.quit();
        QVERIFY(thread.wait());
    }

    void aFullDiskKeepsTheObservations()
    {
        QSignalSpy failed(m_ledger.get(), &Ledger::writeFailed);
        QSignalSpy recovered(m_ledger.get(), &Ledger::writeRecovered);
        limitPages("PRAGMA max_page_count=1");
        bool stored = false;
        QList<Observation> many;
        for (int each = 0; each < 2'000; ++each)
            many.append(seen(debit(u"t-%1"_s.arg(each)), "{}"));
        m_ledger->observe(many, this, [&](const auto &result) { stored = result.has_value(); });
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.front().at(0).value<DatabaseError>().problem, DatabaseProblem::DiskFull);
        QVERIFY(!models::databaseErrorText(failed.front().at(0).value<DatabaseError>()).isEmpty());

        m_ledger->observe({seen(debit(u"later"_s), "{}")});
        m_ledger->retryWrites();
        QCOMPARE(ask(*m_ledger, "SELECT count(*) FROM transactions"), u"0"_s);
        QCOMPARE(failed.size(), 1);
        QVERIFY(!stored);

        limitPages("PRAGMA max_page_count=1073741823");
        m_ledger->retryWrites();
        QTRY_COMPARE(recovered.size(), 1);
        QTRY_VERIFY(stored);
        QCOMPARE(ask(*m_ledger, "SELECT count(*) FROM transactions"), u"2001"_s);
    }

    // SQLite would go on writing to a file that the next start does not find.
    void aFileThatWasReplacedIsNotWritten()
    {
        QVERIFY(observeAndWait(*m_ledger, {seen(debit(u"before"_s), "{}")}));
        QSignalSpy failed(m_ledger.get(), &Ledger::writeFailed);
        QSignalSpy recovered(m_ledger.get(), &Ledger::writeRecovered);
        const QString file = m_ledger->file();
        QVERIFY(QFile::rename(file, file + u".moved"_s));
        QFile other(file);
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("something else");
        other.close();
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.front().at(0).value<DatabaseError>().problem, DatabaseProblem::Moved);

        std::optional<DatabaseResult<void>> outcome;
        bool ran = false;
        m_ledger->write(
            [&ran](Database &) -> DatabaseResult<void> {
                ran = true;
                return {};
            },
            Ledger::Durability::Full, this, [&](const DatabaseResult<void> &result) { outcome = result; });
        QTRY_VERIFY(outcome.has_value());
        QVERIFY(!outcome->has_value());
        QCOMPARE(outcome->error().problem, DatabaseProblem::Moved);
        QVERIFY(!ran);
        m_ledger->observe({seen(debit(u"meanwhile"_s), "{}")});

        QVERIFY(QFile::remove(file));
        QVERIFY(QFile::rename(file + u".moved"_s, file));
        QTRY_VERIFY(!recovered.isEmpty());
        m_ledger->retryWrites();
        QTRY_COMPARE(ask(*m_ledger, "SELECT count(*) FROM transactions"), u"2"_s);
    }

    void whatIsQueuedIsWrittenBeforeTheEnd()
    {
        for (int each = 0; each < 300; ++each)
            m_ledger->observe({seen(debit(u"t-%1"_s.arg(each)), "{}")});
        const QString file = m_ledger->file();
        m_ledger.reset();
        auto again = Ledger::open(file);
        QVERIFY(again.has_value());
        QCOMPARE(ask(**again, "SELECT count(*) FROM transactions"), u"300"_s);
    }

    void aChangeByAnotherProcessIsNoticed()
    {
        QSignalSpy elsewhere(m_ledger.get(), &Ledger::changedElsewhere);
        QVERIFY(observeAndWait(*m_ledger, {seen(debit(u"mine"_s), "{}")}));
        auto other = Ledger::open(m_ledger->file());
        QVERIFY(other.has_value());
        QVERIFY(elsewhere.isEmpty());
        QVERIFY(observeAndWait(**other, {seen(debit(u"theirs"_s), "{}")}));
        QTRY_COMPARE(elsewhere.size(), 1);
        QCOMPARE(ask(*m_ledger, "SELECT count(*) FROM transactions"), u"2"_s);
    }

    void twoWritersOnOneFileLoseNothing()
    {
        auto other = Ledger::open(m_ledger->file());
        QVERIFY(other.has_value());
        int stored = 0;
        for (int each = 0; each < 200; ++each) {
            const auto count = [&](const DatabaseResult<void> &result) { stored += result ? 1 : 0; };
            m_ledger->observe({seen(debit(u"a-%1"_s.arg(each)), "{}")}, this, count);
            (*other)->observe({seen(debit(u"b-%1"_s.arg(each)), "{}")}, this, count);
        }
        QTRY_COMPARE(stored, 400);
        QCOMPARE(ask(*m_ledger, "SELECT count(*) FROM transactions"), u"400"_s);
        QCOMPARE(
            ask(*m_ledger, "SELECT count(*) FROM transactions_text WHERE transactions_text MATCH 'shoes'"), u"400"_s);
    }

private:
    void limitPages(const char *pragma)
    {
        bool done = false;
        m_ledger->write([pragma](Database &database) { return database.execute(pragma); }, Ledger::Durability::Normal,
            this, [&](const auto &) { done = true; });
        QTRY_VERIFY(done);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Ledger> m_ledger;
};

QTEST_GUILESS_MAIN(tst_Ledger)
#include "tst_ledger.moc"

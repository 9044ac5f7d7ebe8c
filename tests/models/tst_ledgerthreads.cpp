// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ledger.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using namespace Qt::Literals::StringLiterals;
using models::Database;
using models::DatabaseResult;
using models::Ledger;
using models::LedgerRead;
using models::RecordKind;

namespace {

//! Answers 7, by way of a transaction of the reader's connection.
DatabaseResult<int> seven(Database &database)
{
    const auto statement = database.prepare("SELECT 7 FROM sqlite_schema LIMIT 1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->step();
    if (!row)
        return std::unexpected(row.error());
    return static_cast<int>((*statement)->integer(0));
}

} // namespace

//! What must hold whatever the threads of the ledger are doing at that moment.
class tst_LedgerThreads : public QObject
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

    // The interrupt then comes while the reader takes back its transaction.
    void aQuestionDroppedAsItEndsSpoilsNoLaterOne()
    {
        for (int round = 0; round < 5'000; ++round) {
            const auto ended = std::make_shared<std::atomic<bool>>(false);
            {
                const LedgerRead read = m_ledger->read<int>(
                    [ended](Database &database) {
                        const DatabaseResult<int> answer = seven(database);
                        ended->store(true);
                        return answer;
                    },
                    this, [](const DatabaseResult<int> &) {});
                while (!ended->load()) { }
                // A little later in every round, so that all of the reader's steps are met.
                for (std::atomic<int> wait = round % 400; wait > 0; --wait) { }
            }
        }
        QCOMPARE(ask(Ledger::Lane::Quick), 7);
        QCOMPARE(ask(Ledger::Lane::Quick), 7);
        QCOMPARE(ask(Ledger::Lane::Long), 7);
    }

    void jobsThatWaitAtTheEndStillNoteTheirChanges()
    {
        constexpr int jobs = 2'000;
        const auto begun = std::make_shared<std::atomic<bool>>(false);
        const auto ran = std::make_shared<std::atomic<int>>(0);
        for (int each = 0; each < jobs; ++each) {
            m_ledger->write(
                [ran, begun, each, &ledger = *m_ledger](Database &) -> DatabaseResult<void> {
                    begun->wait(false);
                    ledger.noteChange(RecordKind::Event, each);
                    ran->fetch_add(1);
                    return {};
                },
                Ledger::Durability::Full, nullptr, {});
        }
        begun->store(true);
        begun->notify_all();
        m_ledger.reset();
        QCOMPARE(ran->load(), jobs);
    }

    void questionsAndWritesMayComeFromManyThreads()
    {
        constexpr int threadCount = 4;
        constexpr int roundsEach = 200;
        std::atomic<int> asked = 0;
        std::atomic<int> written = 0;
        std::vector<std::thread> threads;
        for (int index = 0; index < threadCount; ++index) {
            threads.emplace_back([&, index] {
                for (int round = 0; round < roundsEach; ++round) {
                    m_ledger->write(
                        [this, round, &written](Database &) -> DatabaseResult<void> {
                            m_ledger->noteChange(RecordKind::Event, round);
                            written.fetch_add(1);
                            return {};
                        },
                        Ledger::Durability::Normal, nullptr, {});
                    const auto lane = index % 2 == 0 ? Ledger::Lane::Quick : Ledger::Lane::Long;
                    std::atomic<bool> answered = false;
                    const LedgerRead read = m_ledger->read<int>(
                        [&](Database &database) {
                            asked.fetch_add(1);
                            const DatabaseResult<int> answer = seven(database);
                            answered.store(true);
                            return answer;
                        },
                        this, [](const DatabaseResult<int> &) {}, lane);
                    while (!answered.load())
                        std::this_thread::yield();
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(asked.load(), threadCount * roundsEach);
        QTRY_COMPARE(written.load(), threadCount * roundsEach);
        QCOMPARE(ask(Ledger::Lane::Quick), 7);
    }

private:
    //! 0: a failure; -1: no answer.
    int ask(Ledger::Lane lane)
    {
        int answer = -1;
        const LedgerRead read = m_ledger->read<int>(
            seven, this, [&](const DatabaseResult<int> &result) { answer = result.value_or(0); }, lane);
        return QTest::qWaitFor([&] { return answer != -1; }) ? answer : -1;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Ledger> m_ledger;
};

QTEST_GUILESS_MAIN(tst_LedgerThreads)
#include "tst_ledgerthreads.moc"

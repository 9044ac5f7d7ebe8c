// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ledgerwriter.h"

#include "models/backgroundthread.h"
#include "models/recordstore.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

using namespace std::chrono_literals;

namespace models {

namespace {

// After a commit, observations wait this long for company: one commit of a hundred costs far less than a hundred, above
// all in the full-text tables. A lone observation does not wait.
constexpr auto gatherTime = 20ms;
constexpr qsizetype observationsPerCommit = 2000;
constexpr auto retryInterval = 10s;
constexpr auto pollInterval = 1s;

} // namespace

LedgerWriter::LedgerWriter(std::unique_ptr<Database> database, Hooks hooks)
    : m_database(std::move(database))
    , m_hooks(std::move(hooks))
{
    m_seenVersion = dataVersion();
    m_pollAt = Clock::now() + pollInterval;
    m_thread = std::thread([this] { loop(); });
}

LedgerWriter::~LedgerWriter()
{
    if (m_thread.joinable())
        finish();
}

void LedgerWriter::finish()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void LedgerWriter::observe(QList<Observation> observations, Done done)
{
    append({.observations = std::move(observations), .done = std::move(done)});
}

void LedgerWriter::write(Ledger::WriteJob job, bool durable, Done done)
{
    append({.job = std::move(job), .durable = durable, .done = std::move(done)});
}

void LedgerWriter::append(Item item)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(item));
    }
    m_wake.notify_one();
}

void LedgerWriter::noteChange(RecordKind kind, qint64 key)
{
    m_changes.add(kind, key);
}

void LedgerWriter::retry()
{
    {
        const std::lock_guard lock(m_mutex);
        m_retryNow = true;
    }
    m_wake.notify_one();
}

// With the mutex held: when there is something to do if nothing new arrives.
LedgerWriter::Clock::time_point LedgerWriter::wakeAt() const
{
    if (m_stopping || m_retryNow)
        return {};
    Clock::time_point when = m_pollAt;
    if (!m_kept.empty())
        when = std::min(when, m_retryAt);
    const bool jobWaits = std::ranges::any_of(m_queue, [](const Item &item) { return bool(item.job); });
    if (!m_queue.empty())
        when = std::min(when, jobWaits ? Clock::time_point() : m_lastCommit + gatherTime);
    return when;
}

void LedgerWriter::loop()
{
    giveWayToTheWindow();
    std::unique_lock lock(m_mutex);
    for (;;) {
        while (wakeAt() > Clock::now())
            m_wake.wait_until(lock, wakeAt());
        if (m_stopping && m_queue.empty())
            break;
        const bool retryNow = std::exchange(m_retryNow, false);
        std::deque<Item> items;
        if (!m_queue.empty() && m_queue.front().job) {
            items.push_back(std::move(m_queue.front()));
            m_queue.pop_front();
        } else {
            items = takeObservations();
        }
        lock.unlock();
        if (!m_kept.empty() && (retryNow || Clock::now() >= m_retryAt))
            retryKept();
        if (!items.empty() && items.front().job)
            runJob(items.front());
        else if (!items.empty())
            commitObservations(std::move(items));
        if (Clock::now() >= m_pollAt)
            lookElsewhere();
        lock.lock();
    }
    lock.unlock();
    if (!m_kept.empty())
        retryKept();
}

std::deque<LedgerWriter::Item> LedgerWriter::takeObservations()
{
    std::deque<Item> items;
    qsizetype count = 0;
    while (!m_queue.empty() && !m_queue.front().job && count < observationsPerCommit) {
        count += m_queue.front().observations.size();
        items.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
    return items;
}

DatabaseResult<void> LedgerWriter::storeAll(const std::deque<Item> &items)
{
    auto transaction = DatabaseTransaction::begin(*m_database);
    if (!transaction)
        return std::unexpected(transaction.error());
    RecordStore store(*m_database, m_changes);
    for (const Item &item : items) {
        for (const Observation &observation : item.observations) {
            if (auto stored = store.store(observation); !stored)
                return stored;
        }
    }
    if (auto finished = store.finish(); !finished)
        return finished;
    return transaction->commit();
}

void LedgerWriter::commitObservations(std::deque<Item> items)
{
    if (!m_kept.empty()) {
        // The order of observations of one record matters, so nothing overtakes what is kept.
        std::ranges::move(items, std::back_inserter(m_kept));
        return;
    }
    m_changes = {};
    const DatabaseResult<void> stored = storeAll(items);
    m_lastCommit = Clock::now();
    if (!stored && stored.error().problem == DatabaseProblem::Constraint && items.size() > 1) {
        // One of them breaks a rule: the others must not suffer.
        for (Item &item : items) {
            std::deque<Item> one;
            one.push_back(std::move(item));
            commitObservations(std::move(one));
        }
        return;
    }
    if (!stored && stored.error().problem != DatabaseProblem::Constraint) {
        keepForLater(std::move(items), stored.error());
        return;
    }
    if (stored)
        publish();
    for (const Item &item : items) {
        if (item.done)
            item.done(stored);
    }
}

void LedgerWriter::keepForLater(std::deque<Item> items, const DatabaseError &error)
{
    m_kept = std::move(items);
    m_retryAt = Clock::now() + retryInterval;
    m_hooks.failed(error);
}

void LedgerWriter::retryKept()
{
    m_changes = {};
    const DatabaseResult<void> stored = storeAll(m_kept);
    m_retryAt = Clock::now() + retryInterval;
    if (!stored && stored.error().problem != DatabaseProblem::Constraint)
        return;
    std::deque<Item> items = std::exchange(m_kept, {});
    m_hooks.recovered();
    if (!stored) {
        commitObservations(std::move(items));
        return;
    }
    publish();
    for (const Item &item : items) {
        if (item.done)
            item.done(stored);
    }
}

void LedgerWriter::runJob(const Item &item)
{
    m_changes = {};
    // The setting cannot change inside a transaction, so it is made before and taken back after.
    DatabaseResult<void> done;
    if (item.durable)
        done = m_database->execute("PRAGMA synchronous=FULL");
    if (done)
        done = jobInTransaction(item);
    if (item.durable)
        std::ignore = m_database->execute("PRAGMA synchronous=NORMAL");
    if (done)
        publish();
    if (item.done)
        item.done(done);
}

DatabaseResult<void> LedgerWriter::jobInTransaction(const Item &item)
{
    auto transaction = DatabaseTransaction::begin(*m_database);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto done = item.job(*m_database); !done)
        return done;
    m_database->resetStatements();
    return transaction->commit();
}

void LedgerWriter::publish()
{
    const ChangeSet changes = std::exchange(m_changes, {});
    if (!changes.isEmpty())
        m_hooks.changed(changes);
}

void LedgerWriter::lookElsewhere()
{
    m_pollAt = Clock::now() + pollInterval;
    const qint64 version = dataVersion();
    if (version != 0 && std::exchange(m_seenVersion, version) != version)
        m_hooks.changedElsewhere();
    lookForFile();
}

// Said at once, and not only when the next thing is to be written.
void LedgerWriter::lookForFile()
{
    const bool inPlace = m_database->isInPlace();
    if (std::exchange(m_inPlace, inPlace) == inPlace)
        return;
    if (inPlace)
        m_hooks.recovered();
    else
        m_hooks.failed(
            {DatabaseProblem::Moved, QStringLiteral("the file is not in its place any more"), m_database->file()});
}

// Changes only when another connection wrote; 0 when it cannot be read.
qint64 LedgerWriter::dataVersion()
{
    const auto statement = m_database->prepare("PRAGMA data_version");
    if (!statement)
        return 0;
    const auto row = (*statement)->step();
    const qint64 version = row && *row ? (*statement)->integer(0) : 0;
    (*statement)->reset();
    return version;
}

} // namespace models

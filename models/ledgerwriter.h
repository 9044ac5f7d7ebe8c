// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ledger.h"
#include "models/recordtables.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace models {

//! The one thread that writes. Observations that wait at the same moment share a commit; when they cannot be written
//! they stay queued.
class LedgerWriter
{
public:
    using Done = std::function<void(DatabaseResult<void>)>;

    //! Called on the writer's thread.
    struct Hooks
    {
        std::function<void(const ChangeSet &)> changed;
        std::function<void()> changedElsewhere;
        std::function<void(const DatabaseError &)> failed;
        std::function<void()> recovered;
    };

    LedgerWriter(std::unique_ptr<Database> database, Hooks hooks);
    ~LedgerWriter(); //!< finishes when that was not done before

    void finish(); //!< what is queued, as far as the disk lets it, and the thread; once, and nothing is appended after

    void observe(QList<Observation> observations, Done done);
    void write(Ledger::WriteJob job, bool durable, Done done);
    void noteChange(RecordKind kind, qint64 key); //!< on the writer's thread only
    void retry();

private:
    using Clock = std::chrono::steady_clock;
    struct Item
    {
        QList<Observation> observations = {};
        Ledger::WriteJob job = {}; //!< empty for observations
        bool durable = false;
        Done done = {};
    };

    void loop();
    void append(Item item);
    Clock::time_point wakeAt() const;
    std::deque<Item> takeObservations();
    void commitObservations(std::deque<Item> items);
    DatabaseResult<void> storeAll(const std::deque<Item> &items);
    void keepForLater(std::deque<Item> items, const DatabaseError &error);
    void retryKept();
    void runJob(const Item &item);
    DatabaseResult<void> jobInTransaction(const Item &item);
    void publish();
    void lookElsewhere();
    void lookForFile();
    qint64 dataVersion();

    std::unique_ptr<Database> m_database;
    Hooks m_hooks;
    ChangeSet m_changes;     //!< of the transaction under way
    std::deque<Item> m_kept; //!< could not be written
    qint64 m_seenVersion = 0;
    bool m_inPlace = true;
    Clock::time_point m_lastCommit = {};
    Clock::time_point m_retryAt = {};
    Clock::time_point m_pollAt = {};

    std::mutex m_mutex; //!< for what follows
    std::condition_variable m_wake;
    std::deque<Item> m_queue;
    bool m_retryNow = false;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace models

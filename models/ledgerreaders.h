// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/contextmailbox.h"
#include "models/ledger.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace models {

//! One question, from the queue to its handler.
class ReadTask
{
public:
    using Job = std::function<void(Database *, const DatabaseError *)>;

    ReadTask(Job job, std::function<void()> handler, QObject *context);

    void cancel(); //!< in the handler's thread; ends a running question soon
    bool isWanted() const { return !m_cancelled.load(std::memory_order_relaxed); }
    bool isActive() const { return isWanted() && !m_delivered; }

    //! On a reader thread.
    void run(Database *database, const DatabaseError *error);
    static void deliver(const std::shared_ptr<ReadTask> &task);

private:
    void ask(Database &database);
    void letGo(Database &database);

    Job m_job;
    std::function<void()> m_handler;
    ContextMailbox m_mailbox;
    bool m_delivered = false; //!< only touched in the handler's thread
    std::atomic<bool> m_cancelled = false;
    std::mutex m_mutex;
    Database *m_running = nullptr; //!< guarded by the mutex
};

//! Two threads with a read-only connection each, opened when the first question comes. One of them takes no long
//! questions.
class LedgerReaders
{
public:
    explicit LedgerReaders(QString file);
    ~LedgerReaders(); //!< interrupts what runs; what waits is never run

    void append(std::shared_ptr<ReadTask> task, Ledger::Lane lane);

private:
    static constexpr size_t threadCount = 2;
    using Queue = std::deque<std::shared_ptr<ReadTask>>;

    void loop(size_t index);
    std::shared_ptr<ReadTask> take(bool longToo);

    QString m_file;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    Queue m_quick;
    Queue m_long;
    std::array<std::shared_ptr<ReadTask>, threadCount> m_running;
    bool m_stopping = false;
    std::array<std::thread, threadCount> m_threads;
};

} // namespace models

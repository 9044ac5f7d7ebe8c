// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ledgerreaders.h"

#include <tuple>
#include <utility>

namespace models {

ReadTask::ReadTask(Job job, std::function<void()> handler, QObject *context)
    : m_job(std::move(job))
    , m_handler(std::move(handler))
    , m_mailbox(context)
{
}

void ReadTask::cancel()
{
    m_cancelled.store(true, std::memory_order_relaxed);
    const std::lock_guard lock(m_mutex);
    if (m_running)
        m_running->interrupt();
}

void ReadTask::run(Database *database, const DatabaseError *error)
{
    if (!database) {
        m_job(nullptr, error);
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_running = database;
    }
    database->setCancelFlag(&m_cancelled);
    ask(*database);
}

// An interrupted ROLLBACK would leave the connection inside its transaction for good, so from here on a cancelled task
// no longer reaches the connection.
void ReadTask::letGo(Database &database)
{
    database.setCancelFlag(nullptr);
    const std::lock_guard lock(m_mutex);
    m_running = nullptr;
}

void ReadTask::ask(Database &database)
{
    const DatabaseResult<void> begun = database.execute("BEGIN");
    if (begun)
        m_job(&database, nullptr);
    else
        m_job(nullptr, &begun.error());
    database.resetStatements();
    letGo(database);
    if (begun)
        std::ignore = database.execute("ROLLBACK");
}

void ReadTask::deliver(const std::shared_ptr<ReadTask> &task)
{
    task->m_mailbox.post([task] {
        if (!task->isActive())
            return;
        task->m_delivered = true;
        std::exchange(task->m_handler, {})();
    });
}

LedgerReaders::LedgerReaders(QString file)
    : m_file(std::move(file))
{
    for (size_t index = 0; index < threadCount; ++index)
        m_threads[index] = std::thread([this, index] { loop(index); });
}

LedgerReaders::~LedgerReaders()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_quick.clear();
        m_long.clear();
        for (const auto &task : m_running) {
            if (task)
                task->cancel();
        }
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

void LedgerReaders::append(std::shared_ptr<ReadTask> task, Ledger::Lane lane)
{
    {
        const std::lock_guard lock(m_mutex);
        (lane == Ledger::Lane::Quick ? m_quick : m_long).push_back(std::move(task));
    }
    m_wake.notify_all();
}

// With the mutex held.
std::shared_ptr<ReadTask> LedgerReaders::take(bool longToo)
{
    for (Queue *queue : {&m_quick, longToo ? &m_long : nullptr}) {
        while (queue && !queue->empty()) {
            std::shared_ptr<ReadTask> task = std::move(queue->front());
            queue->pop_front();
            if (task->isWanted())
                return task;
        }
    }
    return nullptr;
}

void LedgerReaders::loop(size_t index)
{
    const bool longToo = index != 0;
    std::unique_ptr<Database> database;
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        std::shared_ptr<ReadTask> task = take(longToo);
        if (!task) {
            m_wake.wait(lock);
            continue;
        }
        m_running[index] = task;
        lock.unlock();
        DatabaseError error;
        if (!database) {
            auto opened = Database::open(m_file, Database::Mode::ReadOnly);
            if (opened)
                database = std::move(*opened);
            else
                error = opened.error();
        }
        task->run(database.get(), &error);
        ReadTask::deliver(task);
        task.reset();
        lock.lock();
        m_running[index].reset();
    }
}

} // namespace models

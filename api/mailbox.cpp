// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/mailbox.h"

#include <QCoreApplication>
#include <QThread>

#include <deque>
#include <mutex>
#include <utility>

namespace api {

struct Mailbox::Queue
{
    std::mutex mutex;
    std::deque<Task> tasks;
    bool isCalled = false; //!< an event that will take the tasks is on its way
    Box *box = nullptr;    //!< lives in the thread; null once that has ended
};

//! The mailbox's end in the thread.
class Mailbox::Box : public QObject // has no signals: clazy:exclude=missing-qobject-macro
{
public:
    explicit Box(std::shared_ptr<Queue> queue)
        : m_queue(std::move(queue))
    {
    }
    ~Box() override
    {
        std::deque<Task> dropped; // outlives the lock, because what a task holds may post in its turn
        const std::lock_guard lock(m_queue->mutex);
        m_queue->box = nullptr;
        dropped.swap(m_queue->tasks);
    }

    //! Only those that wait now: what they bring about waits its turn behind the thread's other events.
    void run()
    {
        std::unique_lock lock(m_queue->mutex);
        m_queue->isCalled = false;
        // A task that runs an event loop of its own finds the rest taken when it comes back.
        for (std::size_t left = m_queue->tasks.size(); left > 0 && !m_queue->tasks.empty(); --left) {
            Task task = std::move(m_queue->tasks.front());
            m_queue->tasks.pop_front();
            lock.unlock();
            task();
            task = nullptr;
            lock.lock();
        }
    }

private:
    const std::shared_ptr<Queue> m_queue;
};

//! What the copies share.
struct Mailbox::Owner
{
    explicit Owner(std::shared_ptr<Queue> shared)
        : queue(std::move(shared))
    {
    }
    ~Owner()
    {
        const std::lock_guard lock(queue->mutex);
        // What was not run is deleted together with the application, under the very lock that posting takes.
        if (queue->box && QCoreApplication::instance())
            queue->box->deleteLater();
    }
    Q_DISABLE_COPY_MOVE(Owner)

    const std::shared_ptr<Queue> queue;
};

Mailbox::Mailbox(QThread *thread)
    : m_owner(std::make_shared<Owner>(std::make_shared<Queue>()))
{
    auto *box = new Box(m_owner->queue);
    box->moveToThread(thread);
    QObject::connect(thread, &QThread::finished, box, &QObject::deleteLater);
    m_owner->queue->box = box;
}

void Mailbox::post(Task task) const
{
    Queue &queue = *m_owner->queue;
    const std::lock_guard lock(queue.mutex);
    if (!queue.box)
        return;
    queue.tasks.push_back(std::move(task));
    if (!std::exchange(queue.isCalled, true))
        QMetaObject::invokeMethod(queue.box, [box = queue.box] { box->run(); }, Qt::QueuedConnection);
}

bool Mailbox::isOpen() const
{
    const std::lock_guard lock(m_owner->queue->mutex);
    return m_owner->queue->box != nullptr;
}

} // namespace api

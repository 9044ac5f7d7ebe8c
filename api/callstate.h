// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/mailbox.h"
#include "api/request.h"

#include <QObject>
#include <QPointer>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace api {

class CallState;
class Transport;

//! Lets calls outlive the transport: whoever comes too late finds the gate closed. From any thread.
class TransportGate
{
public:
    explicit TransportGate(Transport *transport, Mailbox toTransport);

    //! Runs a task in the transport's thread, behind what was passed before.
    void pass(std::move_only_function<void(Transport &)> task);
    void close();
    //! The one way back for all answers that a thread waits for.
    Mailbox mailboxOf(QThread *thread);

private:
    std::mutex m_mutex;
    QPointer<Transport> m_transport;
    Mailbox m_toTransport;
    std::unordered_map<QThread *, Mailbox> m_mailboxes;
};

//! What a Call and the transport share. The handler is touched only in the thread of the context.
class CallState : public std::enable_shared_from_this<CallState>
{
public:
    using Handler = std::function<void(Result<Answer>)>;

    CallState(QObject *context, Handler handler, std::shared_ptr<TransportGate> gate);
    Q_DISABLE_COPY_MOVE(CallState)

    bool isActive() const { return m_active.load(std::memory_order_acquire); }
    void drop();                         //!< in the context's thread
    void deliver(Result<Answer> result); //!< from any thread; the handler runs later, through the event loop

private:
    void run(Result<Answer> result);

    std::atomic<bool> m_active = true;
    QPointer<QObject> m_context;
    Handler m_handler;
    std::shared_ptr<TransportGate> m_gate;
    Mailbox m_mailbox; //!< of the context's thread: an answer gets there even when the context is already gone
};

} // namespace api

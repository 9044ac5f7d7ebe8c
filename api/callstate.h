// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/request.h"

#include <QObject>
#include <QPointer>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

namespace api {

class CallState;
class Transport;

//! Lets calls outlive the transport: whoever comes too late finds the gate closed.
class TransportGate
{
public:
    explicit TransportGate(Transport *transport);
    void abort(std::shared_ptr<CallState> call);
    void close();

private:
    std::mutex m_mutex;
    Transport *m_transport;
};

//! What a Call and the transport share. The handler is touched only in the thread of the context.
class CallState : public std::enable_shared_from_this<CallState>
{
public:
    using Handler = std::function<void(Result<Answer>)>;

    CallState(QObject *context, Handler handler, std::shared_ptr<TransportGate> gate);
    ~CallState();
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
    //! Lives in the context's thread, so that an answer reaches that thread even when the context is already
    //! gone.
    QObject *m_relay;
};

} // namespace api

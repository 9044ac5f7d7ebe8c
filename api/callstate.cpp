// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/callstate.h"

#include "api/client.h"
#include "api/transport.h"

#include <QCoreApplication>

#include <utility>

namespace api {

TransportGate::TransportGate(Transport *transport)
    : m_transport(transport)
{
}

void TransportGate::abort(std::shared_ptr<CallState> call)
{
    const std::lock_guard lock(m_mutex);
    if (!m_transport)
        return;
    QMetaObject::invokeMethod(
        m_transport, [transport = m_transport, call = std::move(call)] { transport->abort(call); },
        Qt::QueuedConnection);
}

void TransportGate::close()
{
    const std::lock_guard lock(m_mutex);
    m_transport = nullptr;
}

CallState::CallState(QObject *context, Handler handler, std::shared_ptr<TransportGate> gate)
    : m_context(context)
    , m_handler(std::move(handler))
    , m_gate(std::move(gate))
    , m_relay(new QObject)
{
    m_relay->moveToThread(context->thread());
}

CallState::~CallState()
{
    // Undelivered answers are deleted together with the application, under the very lock that posting takes.
    if (QCoreApplication::instance())
        m_relay->deleteLater();
}

void CallState::drop()
{
    if (!m_active.exchange(false))
        return;
    m_handler = nullptr;
    m_gate->abort(shared_from_this());
}

void CallState::deliver(Result<Answer> result)
{
    QMetaObject::invokeMethod(
        m_relay, [self = shared_from_this(), result = std::move(result)]() mutable { self->run(std::move(result)); },
        Qt::QueuedConnection);
}

void CallState::run(Result<Answer> result)
{
    if (!m_active.exchange(false))
        return;
    const Handler handler = std::exchange(m_handler, nullptr);
    if (m_context)
        handler(std::move(result));
}

Call::Call() = default;
Call::Call(Call &&other) noexcept = default;

Call::Call(std::shared_ptr<CallState> state)
    : m_state(std::move(state))
{
}

Call &Call::operator=(Call &&other) noexcept
{
    if (this != &other) {
        abort();
        m_state = std::move(other.m_state);
    }
    return *this;
}

Call::~Call()
{
    abort();
}

bool Call::isActive() const
{
    return m_state && m_state->isActive();
}

void Call::abort()
{
    // The handler may own this very object, so it must not be reached again while it is being destroyed.
    if (const auto state = std::exchange(m_state, nullptr))
        state->drop();
}

} // namespace api

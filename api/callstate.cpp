// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/callstate.h"

#include "api/client.h"
#include "api/transport.h"

#include <utility>

namespace api {

TransportGate::TransportGate(Transport *transport, Mailbox toTransport)
    : m_transport(transport)
    , m_toTransport(std::move(toTransport))
{
}

void TransportGate::pass(std::move_only_function<void(Transport &)> task)
{
    const std::lock_guard lock(m_mutex);
    if (!m_transport)
        return;
    m_toTransport.post([transport = m_transport, task = std::move(task)]() mutable {
        if (transport)
            task(*transport);
    });
}

void TransportGate::close()
{
    const std::lock_guard lock(m_mutex);
    m_transport = nullptr;
}

Mailbox TransportGate::mailboxOf(QThread *thread)
{
    const std::lock_guard lock(m_mutex);
    const auto known = m_mailboxes.find(thread);
    if (known != m_mailboxes.end() && known->second.isOpen())
        return known->second;
    // The address of a thread that ended may be that of a new one.
    return m_mailboxes.insert_or_assign(thread, Mailbox(thread)).first->second;
}

CallState::CallState(QObject *context, Handler handler, std::shared_ptr<TransportGate> gate)
    : m_context(context)
    , m_handler(std::move(handler))
    , m_gate(std::move(gate))
    , m_mailbox(m_gate->mailboxOf(context->thread()))
{
}

void CallState::drop()
{
    if (!m_active.exchange(false))
        return;
    m_handler = nullptr;
    m_gate->pass([call = shared_from_this()](Transport &transport) { transport.abort(call); });
}

void CallState::deliver(Result<Answer> result)
{
    m_mailbox.post([self = shared_from_this(), result = std::move(result)]() mutable { self->run(std::move(result)); });
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

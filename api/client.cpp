// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client.h"

#include "api/callstate.h"
#include "api/transport.h"

#include <QThread>

#include <utility>

namespace api {

Client::Client(ClientOptions options, Credentials credentials, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_transport(new Transport(m_options, std::move(credentials)))
    , m_gate(std::make_shared<TransportGate>(
          m_transport, Mailbox(m_options.thread ? m_options.thread : QThread::currentThread())))
{
    if (m_options.thread)
        m_transport->moveToThread(m_options.thread);
}

Client::~Client()
{
    m_gate->close();
    const QThread *home = m_transport->thread();
    const bool reachable = home && home != QThread::currentThread() && home->isRunning();
    if (reachable)
        m_transport->deleteLater();
    else
        delete m_transport;
}

//! At once when this is the transport's thread.
void Client::inTransportThread(std::move_only_function<void(Transport &)> task)
{
    if (m_transport->thread() == QThread::currentThread())
        task(*m_transport);
    else
        m_gate->pass(std::move(task));
}

Call Client::sendRaw(
    const RequestData &request, QObject *context, std::function<void(Result<Answer>)> handler, Priority priority)
{
    auto state = std::make_shared<CallState>(context, std::move(handler), m_gate);
    auto flight = std::make_shared<Flight>();
    flight->data = request;
    flight->priority = priority;
    flight->call = state;
    inTransportThread([flight = std::move(flight)](Transport &transport) { transport.submit(flight); });
    return Call(std::move(state));
}

void Client::setJournal(std::function<void(const JournalEntry &)> journal)
{
    inTransportThread([journal = std::move(journal)](Transport &transport) { transport.setJournal(journal); });
}

void Client::setCredentials(Credentials credentials)
{
    inTransportThread(
        [credentials = std::move(credentials)](Transport &transport) { transport.setCredentials(credentials); });
}

void Client::setEndpoint(const QUrl &baseUrl, Credentials credentials)
{
    m_options.baseUrl = baseUrl;
    inTransportThread([baseUrl, credentials = std::move(credentials)](
                          Transport &transport) { transport.setEndpoint(baseUrl, credentials); });
}

QString Client::host() const
{
    return m_options.baseUrl.host();
}

const ClientOptions &Client::options() const
{
    return m_options;
}

} // namespace api

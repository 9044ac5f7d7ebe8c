// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client.h"

#include "api/callstate.h"
#include "api/transport.h"

#include <QThread>

#include <utility>

namespace api {
namespace {

//! Runs a task in the transport's thread: at once when that is the caller's.
template<typename Task> void inTransportThread(Transport *transport, Task task)
{
    if (transport->thread() == QThread::currentThread())
        task();
    else
        QMetaObject::invokeMethod(transport, std::move(task), Qt::QueuedConnection);
}

} // namespace

Client::Client(ClientOptions options, Credentials credentials, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_transport(new Transport(m_options, std::move(credentials)))
    , m_gate(std::make_shared<TransportGate>(m_transport))
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

Call Client::sendRaw(
    const RequestData &request, QObject *context, std::function<void(Result<Answer>)> handler, Priority priority)
{
    auto state = std::make_shared<CallState>(context, std::move(handler), m_gate);
    auto flight = std::make_shared<Flight>();
    flight->data = request;
    flight->priority = priority;
    flight->call = state;
    inTransportThread(
        m_transport, [transport = m_transport, flight = std::move(flight)] { transport->submit(flight); });
    return Call(std::move(state));
}

void Client::setJournal(std::function<void(const JournalEntry &)> journal)
{
    inTransportThread(
        m_transport, [transport = m_transport, journal = std::move(journal)] { transport->setJournal(journal); });
}

void Client::setCredentials(Credentials credentials)
{
    inTransportThread(m_transport,
        [transport = m_transport, credentials = std::move(credentials)] { transport->setCredentials(credentials); });
}

void Client::setEndpoint(const QUrl &baseUrl, Credentials credentials)
{
    m_options.baseUrl = baseUrl;
    inTransportThread(m_transport, [transport = m_transport, baseUrl, credentials = std::move(credentials)] {
        transport->setEndpoint(baseUrl, credentials);
    });
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/webhookload.h"

#include "tests/benchmarks/figures.h"

#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace benchmarks {

namespace {

int connectedSocket(quint16 port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        cannotRun(u"the receiver takes no connections"_s);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

} // namespace

QByteArray WebhookLoad::body(qint64 id)
{
    const QByteArray number = QByteArray::number(id).rightJustified(12, '0');
    return "{\"id\":\"7f8d0c52-6a0e-4d0e-9f5e-" + number
        + "\",\"creationTime\":\"2026-11-21T07:59:58.500+0200\",\"eventType\":\"payment.authorized\",\"metadata\":{"
          "\"clientReferenceId\":\"order-"
        + number + "\",\"resourceId\":\"0b5c2f0e-1111-4222-8333-" + number
        + "\",\"resourceType\":\"payment\",\"paymentType\":\"Debit\"}}";
}

WebhookLoad::WebhookLoad(const Plan &plan)
    : m_plan(plan)
    , m_senders(static_cast<size_t>(plan.senders))
{
    for (Sender &sender : m_senders)
        sender.socket = connectedSocket(plan.port);
    m_thread = std::thread([this] { run(); });
}

WebhookLoad::~WebhookLoad()
{
    stop();
}

void WebhookLoad::stop()
{
    m_stopping = true;
    if (m_thread.joinable())
        m_thread.join();
    for (Sender &sender : m_senders) {
        if (sender.socket >= 0)
            ::close(sender.socket);
        sender.socket = -1;
    }
}

bool WebhookLoad::mayOffer(double seconds) const
{
    return m_plan.perSecond == 0 || static_cast<double>(m_offered) < seconds * m_plan.perSecond;
}

void WebhookLoad::run()
{
    const auto start = std::chrono::steady_clock::now();
    std::vector<pollfd> polled(m_senders.size());
    while (!m_stopping) {
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
        for (size_t i = 0; i < m_senders.size(); ++i) {
            if (!m_senders[i].waiting && mayOffer(passed.count()))
                offer(m_senders[i]);
            polled[i] = {.fd = m_senders[i].socket, .events = POLLIN, .revents = 0};
        }
        ::poll(polled.data(), polled.size(), m_plan.perSecond == 0 ? 100 : 1);
        for (size_t i = 0; i < m_senders.size(); ++i) {
            if (polled[i].revents != 0)
                hear(m_senders[i]);
        }
    }
}

void WebhookLoad::offer(Sender &sender)
{
    const QByteArray content = body(m_plan.firstId + m_offered++);
    const QByteArray request = "POST " + m_plan.path
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(content.size()) + "\r\n\r\n" + content;
    sender.waiting = ::send(sender.socket, request.constData(), static_cast<size_t>(request.size()), MSG_NOSIGNAL) > 0;
}

void WebhookLoad::hear(Sender &sender)
{
    std::array<char, 4096> bytes;
    const auto count = ::recv(sender.socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count <= 0)
        return;
    sender.heard.append(bytes.data(), count);
    if (!sender.heard.endsWith("\n"))
        return;
    if (sender.heard.startsWith("HTTP/1.1 200 "))
        ++m_acknowledged;
    else
        ++m_refused;
    sender.heard.clear();
    sender.waiting = false;
}

} // namespace benchmarks

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/listenercheck.h"

#include <QDateTime>
#include <QNetworkInterface>
#include <QSslCertificate>

#include <algorithm>
#include <cstdlib>
#include <utility>

using namespace std::chrono_literals;

namespace api {

namespace {

constexpr auto patience = 4s;
// The clock is looked at this often: a longer step means that the computer slept.
constexpr auto clockStep = 2s;
constexpr qint64 sleptMs = 10'000;

bool isAnyAddress(const QHostAddress &address)
{
    return address == QHostAddress::Any || address == QHostAddress::AnyIPv4 || address == QHostAddress::AnyIPv6;
}

QHostAddress addressToCall(const QHostAddress &address)
{
    if (!isAnyAddress(address))
        return address;
    return address == QHostAddress::AnyIPv6 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost;
}

} // namespace

ListenerCheck::Senses ListenerCheck::ownSenses()
{
    return {.now = &QDateTime::currentMSecsSinceEpoch, .addresses = &QNetworkInterface::allAddresses};
}

ListenerCheck::ListenerCheck(const ListenerServer &server, QObject *parent, Senses senses)
    : QObject(parent)
    , m_senses(std::move(senses))
    , m_nonce(server.nonce())
    , m_interval(this)
    , m_patience(this)
{
    m_patience.setSingleShot(true);
    connect(&m_interval, &QTimer::timeout, this, &ListenerCheck::tick);
    connect(&m_patience, &QTimer::timeout, this, [this] { finish(false, ListenerProblem::Unresponsive); });
}

void ListenerCheck::watch(const ListenerSettings &settings, quint16 port)
{
    m_settings = settings;
    m_port = port;
    m_failedOnce = false;
    m_lastTick = m_lastCheck = m_senses.now();
    m_socket.reset();
    m_patience.stop();
    if (settings.checkInterval > 0ms)
        m_interval.start(std::min<std::chrono::milliseconds>(clockStep, settings.checkInterval));
}

void ListenerCheck::stop()
{
    m_interval.stop();
    m_patience.stop();
    m_socket.reset();
    m_port = 0;
}

bool ListenerCheck::isHere(const QHostAddress &address) const
{
    return isAnyAddress(address) || address.isLoopback() || m_senses.addresses().contains(address);
}

void ListenerCheck::tick()
{
    const qint64 now = m_senses.now();
    // A clock that was set back would otherwise put the next call off by as much.
    const bool jumped = std::abs(now - std::exchange(m_lastTick, now)) > sleptMs;
    if (jumped || now - m_lastCheck >= m_settings.checkInterval.count())
        checkNow();
}

void ListenerCheck::checkNow()
{
    if (m_port == 0 || m_socket)
        return;
    m_lastCheck = m_senses.now();
    if (!isHere(m_settings.address))
        return finish(false, ListenerProblem::AddressNotHere);
    call();
}

void ListenerCheck::call()
{
    m_heard.clear();
    m_socket = std::make_unique<QSslSocket>();
    QSslSocket &socket = *m_socket;
    connect(&socket, &QIODevice::readyRead, this, &ListenerCheck::hear);
    connect(&socket, &QAbstractSocket::errorOccurred, this, [this] {
        if (m_socket && m_heard.isEmpty())
            finish(false, ListenerProblem::Unresponsive);
    });
    const QByteArray request = "GET /alive/" + m_nonce + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    m_patience.start(patience);
    if (m_settings.certificates.isEmpty()) {
        connect(&socket, &QAbstractSocket::connected, this, [this, request] { m_socket->write(request); });
        socket.connectToHost(addressToCall(m_settings.address), m_port);
        return;
    }
    // Our own certificate names the public host, not this address: what counts is that it is ours.
    const auto ours = QSslCertificate::fromData(m_settings.certificates, QSsl::Pem);
    socket.setPeerVerifyMode(QSslSocket::QueryPeer);
    connect(&socket, &QSslSocket::encrypted, this, [this, request, ours] {
        if (ours.isEmpty() || m_socket->peerCertificate() != ours.first())
            return finish(false, ListenerProblem::Unresponsive);
        m_socket->write(request);
    });
    socket.connectToHostEncrypted(addressToCall(m_settings.address).toString(), m_port);
}

void ListenerCheck::hear()
{
    m_heard += m_socket->readAll();
    if (const qsizetype end = m_heard.indexOf("\r\n"); end >= 0)
        finish(m_heard.startsWith("HTTP/1.1 204") || m_heard.startsWith("HTTP/1.1 503"), ListenerProblem::Unresponsive);
}

void ListenerCheck::finish(bool alive, ListenerProblem problem)
{
    m_patience.stop();
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket.release()->deleteLater();
    }
    emit checked(alive);
    // Once may be a moment of too much work; an address that is gone is gone.
    const bool certain = problem == ListenerProblem::AddressNotHere || m_failedOnce;
    m_failedOnce = !alive;
    if (!alive && certain) {
        stop();
        emit foundDead({problem, QString()});
    } else if (!alive) {
        checkNow();
    }
}

} // namespace api

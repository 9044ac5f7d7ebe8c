// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/deliverconnection.h"

#include <QNetworkProxy>
#include <QSslSocket>

#include <boost/asio/buffer.hpp>

#include <utility>

namespace sandbox {

namespace {

namespace beast = boost::beast;

std::unique_ptr<QTcpSocket> makeSocket(bool encrypted, bool insecure)
{
    if (!encrypted)
        return std::make_unique<QTcpSocket>();
    auto socket = std::make_unique<QSslSocket>();
    if (insecure)
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
    return socket;
}

} // namespace

DeliverConnection::DeliverConnection(bool encrypted, bool insecure, Ended ended, QObject *parent)
    : QObject(parent)
    , m_socket(makeSocket(encrypted, insecure))
    , m_encrypted(encrypted)
    , m_ended(std::move(ended))
{
    m_timeout.setSingleShot(true);
    wire();
}

// A socket says goodbye while it is destroyed: nobody is left to hear it.
DeliverConnection::~DeliverConnection()
{
    m_socket->disconnect(this);
}

void DeliverConnection::wire()
{
    connect(&m_timeout, &QTimer::timeout, this, [this] { fail("timed out"); });
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &DeliverConnection::read);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &DeliverConnection::disconnected);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        if (error != QAbstractSocket::RemoteHostClosedError)
            fail(m_socket->errorString().toStdString());
    });
    if (auto *secure = qobject_cast<QSslSocket *>(m_socket.get()))
        connect(secure, &QSslSocket::encrypted, this, &DeliverConnection::write);
    else
        connect(m_socket.get(), &QTcpSocket::connected, this, &DeliverConnection::write);
}

void DeliverConnection::run(std::unique_ptr<Errand> errand)
{
    m_errand = std::move(errand);
    m_received.clear();
    m_parser.emplace();
    m_parser->body_limit(bodyLimit);
    if (!m_errand->since.isValid())
        m_errand->since.start();
    m_timeout.start(m_errand->timeout);
    // A refused connection may tell at once, but nobody expects an outcome before this returns.
    if (m_used)
        write();
    else
        QMetaObject::invokeMethod(this, &DeliverConnection::connectToTarget, Qt::QueuedConnection);
}

void DeliverConnection::connectToTarget()
{
    if (!m_errand)
        return;
    const QUrl &url = m_errand->url;
    m_socket->setProxy(QNetworkProxy::NoProxy);
    const auto port = static_cast<quint16>(url.port(m_encrypted ? 443 : 80));
    if (auto *secure = qobject_cast<QSslSocket *>(m_socket.get()))
        secure->connectToHostEncrypted(url.host(QUrl::FullyEncoded), port);
    else
        m_socket->connectToHost(url.host(QUrl::FullyEncoded), port);
}

void DeliverConnection::write()
{
    if (!m_errand)
        return;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->write(m_errand->request.data(), static_cast<qint64>(m_errand->request.size()));
}

void DeliverConnection::read()
{
    m_received += m_socket->readAll();
    if (m_errand)
        parse();
}

void DeliverConnection::parse()
{
    beast::error_code error;
    while (!m_parser->is_done() && !m_received.isEmpty()) {
        const boost::asio::const_buffer buffer(m_received.constData(), static_cast<std::size_t>(m_received.size()));
        const std::size_t used = m_parser->put(buffer, error);
        m_received.remove(0, static_cast<qsizetype>(used));
        if (error == beast::http::error::need_more)
            return;
        if (error) {
            fail("not understood: " + error.message());
            return;
        }
        if (m_parser->is_done() && m_parser->get().result_int() / 100 == 1)
            m_parser.emplace();
    }
    if (m_parser->is_done())
        takeAnswer();
}

void DeliverConnection::takeAnswer()
{
    const auto status = static_cast<int>(m_parser->get().result_int());
    const bool alive = m_parser->keep_alive() && m_received.isEmpty();
    end({.status = status, .seconds = 0}, alive ? End::KeptAlive : End::Closed);
}

void DeliverConnection::disconnected()
{
    if (!m_errand) {
        emit idleClosed();
        return;
    }
    beast::error_code error;
    if (m_parser->got_some())
        m_parser->put_eof(error);
    if (m_parser->is_done() && !error)
        takeAnswer();
    else if (m_used && !m_parser->got_some())
        end({}, End::Stale);
    else
        fail("closed without an answer");
}

void DeliverConnection::fail(const std::string &error)
{
    if (m_errand)
        end({.error = error}, End::Closed);
}

void DeliverConnection::end(const Outcome &outcome, End how)
{
    m_timeout.stop();
    m_used = true;
    auto errand = std::exchange(m_errand, nullptr);
    Outcome timed = outcome;
    timed.seconds = static_cast<double>(errand->since.nsecsElapsed()) / 1e9;
    m_ended(*this, std::move(errand), timed, how);
}

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/httpconnection.h"

#include "app/sandbox/answers.h"

#include <QSslSocket>

#include <boost/asio/buffer.hpp>

#include <sys/socket.h>

namespace sandbox {

namespace {

constexpr qint64 readAhead = 256 * 1024; // pipelined requests beyond it wait in the kernel

} // namespace

HttpConnection::HttpConnection(qintptr descriptor, const QSslConfiguration *tls, Sink sink, QObject *parent)
    : QObject(parent)
    , m_socket(tls ? new QSslSocket : new QTcpSocket)
    , m_sink(std::move(sink))
{
    m_socket->setReadBufferSize(readAhead);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &HttpConnection::read);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &QObject::deleteLater);
    if (!take(descriptor, tls)) {
        deleteLater();
        return;
    }
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

bool HttpConnection::take(qintptr descriptor, const QSslConfiguration *tls)
{
    if (!m_socket->setSocketDescriptor(descriptor))
        return false;
    if (auto *encrypted = qobject_cast<QSslSocket *>(m_socket.get())) {
        encrypted->setSslConfiguration(*tls);
        encrypted->startServerEncryption();
    }
    return true;
}

void HttpConnection::read()
{
    if (m_draining)
        discard();
    if (m_waiting || m_reading)
        return;
    m_reading = true;
    do {
        if (m_socket->bytesAvailable() > 0)
            m_received += m_socket->readAll();
    } while (!m_received.isEmpty() && parseSome() && !m_waiting);
    m_reading = false;
}

// False when more bytes are needed or none are wanted any more.
bool HttpConnection::parseSome()
{
    if (!m_parser) {
        m_parser.emplace();
        m_parser->header_limit(headerLimit);
        m_parser->body_limit(bodyLimit);
        m_parser->eager(true);
        m_continued = false;
    }
    boost::beast::error_code error;
    const auto used = m_parser->put(
        boost::asio::const_buffer(m_received.constData(), static_cast<std::size_t>(m_received.size())), error);
    m_received.remove(0, static_cast<qsizetype>(used));
    if (!error || error == http::error::need_more)
        answerExpectation();
    if (error == http::error::need_more)
        return m_socket->bytesAvailable() > 0;
    if (error) {
        refuseMalformed(error);
        return false;
    }
    if (m_parser->is_done())
        takeRequest();
    return true;
}

void HttpConnection::answerExpectation()
{
    if (m_continued || !m_parser->is_header_done() || m_parser->is_done())
        return;
    m_continued = true;
    if (boost::beast::iequals(m_parser->get()[http::field::expect], "100-continue"))
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
}

void HttpConnection::takeRequest()
{
    Request request{.message = m_parser->release()};
    m_parser.reset();
    m_keepAlive = request.message.keep_alive();
    m_http10 = request.message.version() < 11;
    m_head = request.message.method() == http::verb::head;
    m_waiting = true;
    m_sink(*this, std::move(request));
}

void HttpConnection::refuseMalformed(const boost::beast::error_code &error)
{
    const Problem problem = error == http::error::body_limit ? Problem::PayloadTooLarge
        : error == http::error::header_limit                 ? Problem::HeadersTooLarge
                                                             : Problem::InvalidRequest;
    m_keepAlive = false;
    m_head = false;
    m_received.clear();
    m_waiting = true;
    m_draining = true;
    reply(refusal(problem, "The request could not be read: " + error.message()));
}

void HttpConnection::discard()
{
    m_discarded += m_socket->readAll().size();
    if (m_discarded > discardLimit)
        cut();
}

QByteArray HttpConnection::headOf(const Response &response) const
{
    const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)));
    QByteArray head;
    head.reserve(256);
    head += "HTTP/1.1 ";
    head += QByteArray::number(response.status);
    head += ' ';
    head.append(reason.data(), static_cast<qsizetype>(reason.size()));
    head += "\r\nContent-Type: ";
    head += response.contentType.c_str();
    head += "\r\nContent-Length: ";
    head += QByteArray::number(static_cast<qulonglong>(response.body.size()));
    for (const auto &[name, value] : response.headers) {
        head += "\r\n";
        head += name.c_str();
        head += ": ";
        head += value.c_str();
    }
    if (!m_keepAlive)
        head += "\r\nConnection: close";
    else if (m_http10)
        head += "\r\nConnection: keep-alive";
    head += "\r\n\r\n";
    return head;
}

void HttpConnection::reply(const Response &response)
{
    QByteArray bytes = headOf(response);
    if (!m_head)
        bytes.append(response.body.data(), static_cast<qsizetype>(response.body.size()));
    m_socket->write(bytes);
    m_socket->flush();
    m_waiting = false;
    if (!m_keepAlive) {
        m_waiting = true;
        if (m_draining)
            ::shutdown(static_cast<int>(m_socket->socketDescriptor()), SHUT_WR);
        else
            m_socket->disconnectFromHost();
        return;
    }
    read();
}

void HttpConnection::replyHalf(const Response &response)
{
    QByteArray bytes = headOf(response);
    bytes.append(response.body.data(), static_cast<qsizetype>(response.body.size() / 2));
    m_socket->write(bytes);
    m_socket->flush();
    m_socket->disconnectFromHost();
}

void HttpConnection::cut()
{
    m_socket->abort();
}

} // namespace sandbox

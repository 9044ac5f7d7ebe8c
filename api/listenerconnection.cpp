// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/listenerconnection.h"

#include <QDateTime>
#include <QLocale>

#include <boost/asio/buffer.hpp>
#include <sys/socket.h>

namespace http = boost::beast::http;
using namespace std::chrono_literals;

namespace api {

namespace {

constexpr std::uint32_t headLimit = 16 * 1024;
constexpr qint64 readAhead = 64 * 1024; // what comes faster waits in the kernel
constexpr qint64 unreadAnswers = 64 * 1024;
constexpr qint64 drainLimit = 8 * 1024 * 1024;
constexpr auto drainTime = 2s;

QByteArray toBytes(boost::beast::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QByteArray answerHead(int status, qsizetype length, bool close)
{
    const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(status)));
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + toBytes(reason);
    head += "\r\nDate: "
        + QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'").toLatin1();
    head += "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + QByteArray::number(length);
    if (status == 405)
        head += "\r\nAllow: POST";
    if (status == 503)
        head += "\r\nRetry-After: 5";
    if (close)
        head += "\r\nConnection: close";
    return head + "\r\n\r\n";
}

struct Complaint
{
    int status;
    const char *words;
};

Complaint complaintOf(const boost::beast::error_code &error)
{
    if (error == http::error::body_limit)
        return {413, "The body is larger than 1 MiB.\n"};
    if (error == http::error::header_limit)
        return {431, "The header fields are larger than 16 KiB.\n"};
    if (error == http::error::bad_version)
        return {505, "Only HTTP/1.0 and HTTP/1.1 are understood here.\n"};
    return {400, "This is not a valid HTTP request.\n"};
}

} // namespace

ListenerConnection::ListenerConnection(
    qintptr descriptor, const House &house, const QSslConfiguration *tls, Refusal refusal, QObject *parent)
    : QObject(parent)
    , m_house(house)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &ListenerConnection::timedOut);
    connect(&m_socket, &QAbstractSocket::disconnected, this, &QObject::deleteLater);
    connect(&m_socket, &QAbstractSocket::errorOccurred, this, &QObject::deleteLater);
    connect(&m_socket, &QIODevice::readyRead, this, &ListenerConnection::read);
    connect(&m_socket, &QIODevice::bytesWritten, this, &ListenerConnection::readOn);
    m_socket.setReadBufferSize(readAhead);
    if (!m_socket.setSocketDescriptor(descriptor)) {
        deleteLater();
        return;
    }
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (tls) {
        m_socket.setSslConfiguration(*tls);
        m_socket.startServerEncryption();
    }
    m_deadline.start(house.settings.headTimeout);
    if (refusal == Refusal::Busy)
        refuse(503, "Too many senders at once. Try again.\n");
}

ListenerConnection::~ListenerConnection()
{
    m_socket.disconnect(this);
    m_house.release(m_reserved);
}

void ListenerConnection::readOn()
{
    if (m_socket.bytesToWrite() == 0 && !m_received.isEmpty())
        read();
}

void ListenerConnection::read()
{
    if (m_draining)
        drain();
    // A sender that does not read its answers gets no more of them.
    if (m_waiting || m_reading || m_draining || m_socket.bytesToWrite() > unreadAnswers)
        return;
    m_reading = true;
    do {
        if (m_received.size() < readAhead)
            m_received += m_socket.read(readAhead);
    } while (!m_received.isEmpty() && parseSome() && !m_waiting && !m_draining);
    m_reading = false;
}

// False when more bytes are needed or none are wanted any more.
bool ListenerConnection::parseSome()
{
    if (!m_parser) {
        m_parser.emplace();
        m_parser->header_limit(headLimit);
        m_parser->body_limit(static_cast<std::uint64_t>(largestWebhookBody));
        m_parser->eager(true);
        m_headTaken = false;
        m_deadline.start(m_house.settings.headTimeout);
    }
    boost::beast::error_code error;
    const auto used = m_parser->put(
        boost::asio::const_buffer(m_received.constData(), static_cast<std::size_t>(m_received.size())), error);
    m_received.remove(0, static_cast<qsizetype>(used));
    if ((!error || error == http::error::need_more) && m_parser->is_header_done() && !m_headTaken && !takeHead())
        return false;
    if (error == http::error::need_more)
        return m_socket.bytesAvailable() > 0 && (used > 0 || m_received.size() < readAhead);
    if (error) {
        refuseMalformed(error);
        return false;
    }
    if (m_parser->is_done())
        takeRequest();
    return true;
}

// False when it was refused.
bool ListenerConnection::takeHead()
{
    m_headTaken = true;
    const auto &message = m_parser->get();
    m_path = toBytes(message.target());
    if (const qsizetype query = m_path.indexOf('?'); query >= 0)
        m_path.truncate(query);
    if (message.method() == http::verb::get && m_path == "/alive/" + m_house.nonce) {
        send(204, {}, true);
        return false;
    }
    if (!m_house.knows(m_path))
        return refuse(404, "Nothing listens at this address.\n"), false;
    if (message.method() != http::verb::post)
        return refuse(405, "Only POST is understood here.\n"), false;
    const bool encoded = message.find(http::field::transfer_encoding) != message.end();
    if (encoded && message.has_content_length())
        return refuse(400, "The request gives two lengths.\n"), false;
    if (encoded && !message.chunked())
        return refuse(501, "Only chunked transfer is understood here.\n"), false;
    if (!encoded && !message.has_content_length())
        return refuse(411, "The request does not say how long its body is.\n"), false;
    const auto length = m_parser->content_length();
    if (!reserveFor(length ? static_cast<qint64>(*length) : largestWebhookBody))
        return refuse(503, "Too much is arriving at once. Try again.\n"), false;
    m_deadline.start(m_house.settings.bodyTimeout);
    if (!m_parser->is_done() && boost::beast::iequals(message[http::field::expect], "100-continue"))
        m_socket.write("HTTP/1.1 100 Continue\r\n\r\n");
    return true;
}

bool ListenerConnection::reserveFor(qint64 bytes)
{
    if (!m_house.reserve(bytes))
        return false;
    m_reserved = bytes;
    return true;
}

void ListenerConnection::takeRequest()
{
    const auto message = m_parser->release();
    m_parser.reset();
    m_keepAlive = message.keep_alive();
    m_waiting = true;
    m_deadline.stop();
    WebhookDelivery delivery{.path = m_path, .body = QByteArray::fromStdString(message.body())};
    for (const auto &field : message)
        delivery.headers.append({toBytes(field.name_string()), toBytes(field.value())});
    delivery.peer = m_socket.peerAddress().toString();
    delivery.receivedAt = QDateTime::currentMSecsSinceEpoch();
    m_house.deliver(*this, std::move(delivery));
}

void ListenerConnection::answer(int status, const QByteArray &words)
{
    m_house.release(m_reserved);
    m_reserved = 0;
    m_waiting = false;
    send(status, words, !m_keepAlive);
    if (!m_keepAlive || m_reading)
        return;
    m_deadline.start(m_house.settings.idleTimeout);
    read();
}

void ListenerConnection::refuseMalformed(const boost::beast::error_code &error)
{
    const Complaint complaint = complaintOf(error);
    refuse(complaint.status, complaint.words);
}

void ListenerConnection::refuse(int status, const QByteArray &words)
{
    send(status, words, true);
}

void ListenerConnection::timedOut()
{
    const bool idle = !m_parser || m_draining;
    if (idle || !m_socket.isOpen()) {
        m_socket.abort();
        deleteLater();
        return;
    }
    refuse(408, "The request took too long to arrive.\n");
}

void ListenerConnection::send(int status, const QByteArray &words, bool close)
{
    const qsizetype length = status == 204 ? 0 : words.size();
    m_socket.write(answerHead(status, length, close) + (status == 204 ? QByteArray() : words));
    m_socket.flush();
    if (!close)
        return;
    m_draining = true;
    m_received.clear();
    m_parser.reset();
    m_deadline.start(drainTime);
    // The sender may still be writing: closing at once would throw the answer away together with what it wrote.
    if (m_socket.isEncrypted() || m_socket.mode() != QSslSocket::UnencryptedMode)
        m_socket.disconnectFromHost();
    else
        ::shutdown(static_cast<int>(m_socket.socketDescriptor()), SHUT_WR);
}

void ListenerConnection::drain()
{
    m_drained += m_socket.readAll().size();
    if (m_drained > drainLimit)
        m_socket.abort();
}

} // namespace api

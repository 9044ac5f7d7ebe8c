// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/http.h"

#include <QByteArray>
#include <QObject>
#include <QSslConfiguration>
#include <QTcpSocket>

#include <boost/beast/http/parser.hpp>

#include <functional>
#include <memory>
#include <optional>

namespace sandbox {

//! One client connection. Requests are handed out one at a time and in order, so that pipelined ones are
//! answered in order; the next one is read once the last was answered. Deletes itself when the client is
//! gone.
class HttpConnection : public QObject
{
    Q_OBJECT
public:
    using Sink = std::function<void(HttpConnection &, Request &&)>;

    //! tls: null for plain HTTP.
    HttpConnection(qintptr descriptor, const QSslConfiguration *tls, Sink sink, QObject *parent);

    void reply(const Response &response);
    //! Promises the whole body, sends half of it and closes.
    void replyHalf(const Response &response);
    void cut();

    static constexpr std::uint32_t headerLimit = 16 * 1024;
    static constexpr std::uint64_t bodyLimit = 1024 * 1024;
    static constexpr qint64 discardLimit = 64 * 1024 * 1024;

private:
    using Parser = http::request_parser<http::string_body>;

    void read();
    bool parseSome();
    void takeRequest();
    void refuseMalformed(const boost::beast::error_code &error);
    void answerExpectation();
    void discard();
    QByteArray headOf(const Response &response) const;

    bool take(qintptr descriptor, const QSslConfiguration *tls);

    std::unique_ptr<QTcpSocket> m_socket;
    Sink m_sink;
    QByteArray m_received;
    std::optional<Parser> m_parser;
    bool m_waiting = false;  //!< for an answer to the request handed out
    bool m_reading = false;  //!< parsing further down the stack
    bool m_draining = false; //!< refused: the rest is read and dropped, so that the answer is not lost in a reset
    qint64 m_discarded = 0;
    bool m_continued = false;
    bool m_keepAlive = true;
    bool m_head = false;
    bool m_http10 = false;
};

} // namespace sandbox

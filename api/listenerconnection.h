// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/webhooklistener.h"

#include <QSslSocket>
#include <QTimer>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <optional>

namespace api {

//! One sender's connection. Requests are taken one at a time: the next is read once the last was answered. Deletes
//! itself when the sender is gone.
class ListenerConnection : public QObject
{
    Q_OBJECT
public:
    //! What it asks of the listener. All run on its thread.
    struct House
    {
        const ListenerSettings &settings;
        std::function<bool(const QByteArray &path)> knows;
        std::function<bool(qint64 bytes)> reserve; //!< false: too much is held already
        std::function<void(qint64 bytes)> release;
        std::function<void(ListenerConnection &, WebhookDelivery)> deliver;
        QByteArray nonce; //!< "/alive/<nonce>" answers the listener's own call
    };

    //! Why a connection is not served; its one answer is sent at once.
    enum class Refusal { None, Busy };

    ListenerConnection(
        qintptr descriptor, const House &house, const QSslConfiguration *tls, Refusal refusal, QObject *parent);
    ~ListenerConnection() override;

    void answer(int status, const QByteArray &words);

private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

    void read();
    void readOn();
    bool parseSome();
    bool takeHead();
    bool reserveFor(qint64 bytes);
    void takeRequest();
    void refuse(int status, const QByteArray &words);
    void refuseMalformed(const boost::beast::error_code &error);
    void timedOut();
    void send(int status, const QByteArray &words, bool close);
    void drain();

    const House &m_house;
    QSslSocket m_socket;
    QTimer m_deadline;
    QByteArray m_received;
    std::optional<Parser> m_parser;
    QByteArray m_path;
    qint64 m_reserved = 0;
    qint64 m_drained = 0;
    bool m_headTaken = false;
    bool m_waiting = false;  //!< for the answer to what was handed over
    bool m_reading = false;  //!< further down the stack
    bool m_draining = false; //!< refused: the rest is dropped, so that the answer is not lost in a reset
    bool m_keepAlive = true;
};

} // namespace api

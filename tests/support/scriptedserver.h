// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QTcpServer>
#include <QUrl>

#include <functional>

class QTcpSocket;

//! A real server on loopback for what a fake network cannot show: cut connections, slow bodies, what really
//! goes over the wire.
class ScriptedServer : public QTcpServer
{
    Q_OBJECT
public:
    struct Received
    {
        QByteArray head; //!< request line and headers
        QByteArray body;
        int connection = 0; //!< counted from 1
        bool isWrite() const { return !head.startsWith("GET "); }
    };
    //! Called with every complete request; it may write, hold back or close as it likes.
    using Handler = std::function<void(QTcpSocket *socket, const Received &request)>;

    explicit ScriptedServer(Handler handler, QObject *parent = nullptr);

    QUrl url() const;
    const QList<Received> &received() const { return m_received; }
    int writes() const; //!< without the token calls
    int connections() const { return m_connections; }

    static QByteArray http(int status, const QByteArray &body, const QByteArray &extraHeaders = {});
    static bool isTokenCall(const Received &request) { return request.head.startsWith("POST /v1/tokens "); }
    static QByteArray tokenAnswer(const QByteArray &token = "t", int expiresIn = 3600);

private:
    void accept();
    void read(QTcpSocket *socket, int connection);

    Handler m_handler;
    QList<Received> m_received;
    int m_connections = 0;
};

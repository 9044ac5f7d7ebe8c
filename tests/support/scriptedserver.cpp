// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptedserver.h"

#include <QRegularExpression>
#include <QTcpSocket>

#include <algorithm>

ScriptedServer::ScriptedServer(Handler handler, QObject *parent)
    : QTcpServer(parent)
    , m_handler(std::move(handler))
{
    connect(this, &QTcpServer::newConnection, this, &ScriptedServer::accept);
    if (!listen(QHostAddress::LocalHost))
        qFatal("no loopback port: %s", qUtf8Printable(errorString()));
}

QUrl ScriptedServer::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(serverPort()));
}

int ScriptedServer::writes() const
{
    return static_cast<int>(std::ranges::count_if(
        m_received, [](const Received &request) { return request.isWrite() && !isTokenCall(request); }));
}

QByteArray ScriptedServer::http(int status, const QByteArray &body, const QByteArray &extraHeaders)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Status\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n" + extraHeaders + "\r\n" + body;
}

QByteArray ScriptedServer::tokenAnswer(const QByteArray &token, int expiresIn)
{
    return http(200, R"({"access_token":")" + token + R"(","expires_in":)" + QByteArray::number(expiresIn) + "}");
}

void ScriptedServer::accept()
{
    while (QTcpSocket *socket = nextPendingConnection()) {
        const int connection = ++m_connections;
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, connection] { read(socket, connection); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void ScriptedServer::read(QTcpSocket *socket, int connection)
{
    QByteArray pending = socket->property("pending").toByteArray() + socket->readAll();
    while (true) {
        const qsizetype end = pending.indexOf("\r\n\r\n");
        if (end < 0)
            break;
        static const QRegularExpression length(
            QStringLiteral("\r\ncontent-length: *(\\d+)"), QRegularExpression::CaseInsensitiveOption);
        const QByteArray head = pending.first(end);
        const qsizetype size = length.match(QString::fromLatin1(head)).captured(1).toLongLong();
        if (pending.size() < end + 4 + size)
            break;
        m_received.append({.head = head, .body = pending.mid(end + 4, size), .connection = connection});
        pending = pending.mid(end + 4 + size);
        socket->setProperty("pending", pending);
        m_handler(socket, Received(m_received.constLast()));
    }
    socket->setProperty("pending", pending);
}

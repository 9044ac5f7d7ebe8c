// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/listenerconnection.h"

#include <QHash>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTimer>

#include <optional>

namespace api {

//! The listening end of a WebhookListener, on its thread. Keeps trying to listen until it is closed.
class ListenerServer : public QObject
{
    Q_OBJECT
public:
    explicit ListenerServer(WebhookListener::Hooks hooks);
    ~ListenerServer() override;

    void listen(const ListenerSettings &settings); //!< anew, on the same port when any free one was asked for
    void close();

    const QByteArray &nonce() const { return m_house.nonce; } //!< never changes; any thread

signals:
    void listening(quint16 port);
    void failed(const api::ListenerError &error);

private:
    class Door;
    void tryToListen();
    void fail(const ListenerError &error);
    void welcome(qintptr descriptor);
    void handOver(ListenerConnection &connection, WebhookDelivery delivery);

    WebhookListener::Hooks m_hooks;
    ListenerSettings m_settings;
    ListenerConnection::House m_house;
    std::optional<QSslConfiguration> m_tls;
    std::unique_ptr<Door> m_door;
    QTimer m_again;
    qint64 m_buffered = 0;
    int m_connections = 0;
    quint16 m_lastPort = 0;
    bool m_complained = false;
};

} // namespace api

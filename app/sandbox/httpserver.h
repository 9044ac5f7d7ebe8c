// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/httpconnection.h"
#include "app/sandbox/router.h"
#include "app/sandbox/world.h"

#include <QSslConfiguration>
#include <QTcpServer>

#include <optional>

namespace sandbox {

//! Listens on loopback and brings requests, faults and answers together.
class HttpServer : public QTcpServer
{
    Q_OBJECT
public:
    //! With a TLS configuration it speaks nothing else.
    explicit HttpServer(World &world, std::optional<QSslConfiguration> tls = {}, QObject *parent = nullptr);

    //! False when the port cannot be had; errorString tells why.
    bool start(std::uint16_t port);
    //! Without a slash at its end.
    std::string address() const;

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    struct Exchange;

    void serve(HttpConnection &connection, Request &&request);
    void later(std::int64_t delay, std::function<void()> step);
    void work(const std::shared_ptr<Exchange> &exchange);
    void finishLater(const std::shared_ptr<Exchange> &exchange, const Response &response);
    void finish(const std::shared_ptr<Exchange> &exchange, const Response &response);
    void noteTime();

    World &m_world;
    std::optional<QSslConfiguration> m_tls;
    Router m_router;
    QElapsedTimer m_sinceNoted;
};

//! What a fault makes of a good answer; used for the kinds that only change the body.
Response spoiled(const FaultRule &rule, Response response);
//! What a fault answers instead of working; nothing for kinds that work.
std::optional<Response> insteadOfWork(const FaultRule &rule);
//! An error with the body of the family the path belongs to; the answers above are those of Pay by Bank.
Response asFamilySays(std::string_view path, Response error);

} // namespace sandbox

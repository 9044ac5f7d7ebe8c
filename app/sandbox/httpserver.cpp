// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/httpserver.h"

#include <QPointer>
#include <QTimer>

#include <chrono>

namespace sandbox {

namespace {

// After a kill the clock goes on this much later than the last note, so that nobody ever sees a state go
// back.
constexpr qint64 noteInterval = 60'000;

} // namespace

namespace {

Response spoiledAs(const FaultRule &fault, std::string_view path, const Response &response)
{
    Response spoilt = spoiled(fault, response);
    return fault.kind == FaultKind::ErrorAfter ? asFamilySays(path, std::move(spoilt)) : spoilt;
}

} // namespace

struct HttpServer::Exchange
{
    QPointer<HttpConnection> connection;
    Request request;
    std::optional<FaultRule> fault;
};

HttpServer::HttpServer(World &world, std::optional<QSslConfiguration> tls, QObject *parent)
    : QTcpServer(parent)
    , m_world(world)
    , m_tls(std::move(tls))
    , m_router(world)
{
    setListenBacklogSize(1024);
}

bool HttpServer::start(std::uint16_t port)
{
    return listen(QHostAddress::LocalHost, port);
}

std::string HttpServer::address() const
{
    return (m_tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(serverPort());
}

void HttpServer::incomingConnection(qintptr descriptor)
{
    new HttpConnection(
        descriptor, m_tls ? &*m_tls : nullptr,
        [this](HttpConnection &connection, Request &&request) { serve(connection, std::move(request)); }, this);
}

void HttpServer::serve(HttpConnection &connection, Request &&request)
{
    noteTime();
    const bool admin = isAdminPath(request.path());
    auto fault = admin || m_world.faults.rules().empty() ? std::nullopt
                                                         : m_world.faults.take(request.method(), request.path());
    const bool plain = !fault && (admin || m_world.options.delay == 0);
    if (plain) {
        const Response response = m_router.answerTo(request);
        if (!response.later) {
            connection.reply(response);
            return;
        }
        response.later([asked = QPointer(&connection)](const Response &ready) {
            if (asked)
                asked->reply(ready);
        });
        return;
    }
    auto exchange = std::shared_ptr<Exchange>(new Exchange{&connection, std::move(request), std::move(fault)});
    const bool waitsFirst = exchange->fault && happensBeforeTheWork(exchange->fault->kind);
    later(waitsFirst ? exchange->fault->delay : 0, [this, exchange] { work(exchange); });
}

void HttpServer::later(std::int64_t delay, std::function<void()> step)
{
    if (delay <= 0)
        step();
    else
        QTimer::singleShot(std::chrono::milliseconds(delay), Qt::PreciseTimer, this, std::move(step));
}

// A client that has gone away does not undo its request: the work is done whether or not anyone still
// listens.
void HttpServer::work(const std::shared_ptr<Exchange> &exchange)
{
    const auto &fault = exchange->fault;
    if (fault && fault->kind == FaultKind::CutBefore) {
        if (exchange->connection)
            exchange->connection->cut();
        return;
    }
    auto instead = fault ? insteadOfWork(*fault) : std::nullopt;
    const Response response = instead ? asFamilySays(exchange->request.path(), *std::move(instead))
                                      : m_router.answerTo(exchange->request);
    if (response.later)
        response.later([this, exchange](const Response &ready) { finishLater(exchange, ready); });
    else
        finishLater(exchange, response);
}

void HttpServer::finishLater(const std::shared_ptr<Exchange> &exchange, const Response &response)
{
    const auto &fault = exchange->fault;
    const bool waitsAfter = fault && !happensBeforeTheWork(fault->kind);
    later(m_world.options.delay + (waitsAfter ? fault->delay : 0),
        [this, exchange, response] { finish(exchange, response); });
}

void HttpServer::finish(const std::shared_ptr<Exchange> &exchange, const Response &response)
{
    if (!exchange->connection)
        return;
    const auto &fault = exchange->fault;
    if (fault && fault->kind == FaultKind::CutAfter)
        exchange->connection->cut();
    else if (fault && fault->kind == FaultKind::CutMidBody)
        exchange->connection->replyHalf(response);
    else
        exchange->connection->reply(fault ? spoiledAs(*fault, exchange->request.path(), response) : response);
}

void HttpServer::noteTime()
{
    if (m_sinceNoted.isValid() && m_sinceNoted.elapsed() < noteInterval)
        return;
    m_sinceNoted.start();
    if (!m_world.store.noteTime(m_world.clock.now()))
        qWarning("the state file could not be written");
}

} // namespace sandbox

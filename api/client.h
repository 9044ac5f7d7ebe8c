// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/credentials.h"
#include "api/journal.h"
#include "api/request.h"

#include <QObject>
#include <QPointer>
#include <QUrl>

#include <functional>
#include <memory>

class QNetworkAccessManager;
class QThread;

namespace api {

class CallState;
class Transport;
class TransportGate;

//! Ownership of one call under way. Dropping or replacing it aborts the call, and its handler never runs.
class [[nodiscard]] Call
{
public:
    Call();
    Call(Call &&other) noexcept;
    Call &operator=(Call &&other) noexcept;
    ~Call();

    bool isActive() const; //!< true until the handler has run or the call was dropped
    void abort();

private:
    friend class Client;
    explicit Call(std::shared_ptr<CallState> state);
    std::shared_ptr<CallState> m_state;
};

struct ClientOptions
{
    QUrl baseUrl;           //!< https, or http to a loopback address
    int timeoutMs = 30'000; //!< from handing over to the network to the last byte; waiting in the queue does not count
    int maximumInFlight = 32;
    int maximumPerSecond = 0; //!< 0: no budget
    qint64 maximumAnswerBytes = 8 * 1024 * 1024;
    int parallelManagers = 6; //!< Qt opens at most six connections per host and manager
    //! Tests put a fake network here; it is called in the transport's thread.
    //! Every write gets a manager of its own, because Qt re-sends a request when a connection it kept alive
    //! turns out to be dead.
    std::function<std::unique_ptr<QNetworkAccessManager>()> makeManager = {};
    //! Where the transport lives. Null: the thread that made the client.
    QThread *thread = nullptr;
};

//! The one way to the Link Money API. send() may be called from any thread; the handler runs exactly once,
//! through the event loop of the thread of `context`, unless the Call was dropped or the context has died.
//! Drop a Call only in its context's thread.
//!
//! Tokens are fetched on demand, one per scope, renewed before they expire. A 401 on a token drops it and
//! repeats the request once; nothing else that writes is ever repeated. A read answered with 429 is asked
//! again up to three times after the wait that the server names (at most 60 seconds). Redirects are not
//! followed, TLS errors are final, bodies are bounded. Destroying the client ends every call under way with
//! ErrorKind::Cancelled.
class Client : public QObject
{
    Q_OBJECT
public:
    Client(ClientOptions options, Credentials credentials, QObject *parent = nullptr);
    ~Client() override;

    template<typename T, typename Handler>
    Call send(const Request<T> &request, QObject *context, Handler handler, Priority priority = Priority::Interactive);

    //! The answer as JSON, unread: for callers that hold stored bytes (the outbox) or want the raw copy
    //! beside the value.
    Call sendRaw(const RequestData &request, QObject *context, std::function<void(Result<Answer>)> handler,
        Priority priority = Priority::Interactive);

    //! Redacted account of every exchange. Called in the transport's thread.
    void setJournal(std::function<void(const JournalEntry &)> journal);

    void setCredentials(Credentials credentials); //!< drops the tokens
    //! For a service whose address is known only once it runs. Until then every call ends as Offline, unsent.
    //! Drops the tokens.
    void setEndpoint(const QUrl &baseUrl, Credentials credentials);
    QString host() const;
    const ClientOptions &options() const;

private:
    void inTransportThread(std::move_only_function<void(Transport &)> task);

    ClientOptions m_options;
    Transport *m_transport; //!< lives in its thread and is deleted there
    std::shared_ptr<TransportGate> m_gate;
};

//! Adds to an error of a reader what only the transport knows.
template<typename T> Result<T> readAnswer(Result<T> (*read)(const Json &), const Answer &answer)
{
    Result<T> result = read(answer.json);
    if (!result) {
        result.error().httpStatus = answer.httpStatus;
        result.error().host = answer.host;
    }
    return result;
}

template<typename T, typename Handler>
Call Client::send(const Request<T> &request, QObject *context, Handler handler, Priority priority)
{
    return sendRaw(
        request.data, context,
        [read = request.read, handler = std::move(handler)](Result<Answer> answer) mutable {
            if (!answer)
                handler(Result<T>(std::unexpected(std::move(answer).error())));
            else
                handler(readAnswer(read, *answer));
        },
        priority);
}

} // namespace api

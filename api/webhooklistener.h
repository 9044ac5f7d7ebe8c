// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/webhookdelivery.h"

#include <QHostAddress>
#include <QObject>
#include <QThread>

#include <chrono>
#include <functional>
#include <memory>

namespace api {

struct ListenerSettings
{
    QHostAddress address = QHostAddress::LocalHost;
    quint16 port = 0;             //!< 0: any free one
    QByteArray certificates = {}; //!< PEM, ours first; empty: plain HTTP
    QByteArray privateKey = {};   //!< PEM, without a passphrase
    int maximumConnections = 256;
    qint64 maximumBuffered = 64 * 1024 * 1024; //!< bytes of bodies held at once, over all connections
    std::chrono::milliseconds headTimeout = std::chrono::seconds(10);
    std::chrono::milliseconds bodyTimeout = std::chrono::seconds(30);
    std::chrono::milliseconds idleTimeout = std::chrono::seconds(60);
    std::chrono::milliseconds checkInterval = std::chrono::seconds(15); //!< how often it calls itself; 0: never

    friend bool operator==(const ListenerSettings &, const ListenerSettings &) = default;
};

enum class ListenerProblem {
    AddressInUse,
    AddressNotHere, //!< no network interface of this machine has it (any more)
    NotAllowed,     //!< a port below 1024, usually
    BadCertificate, //!< cannot be read, or the key does not belong to it
    Unresponsive,   //!< it looked alive and did not answer its own call
    Failed,
};

struct ListenerError
{
    ListenerProblem problem = ListenerProblem::Failed;
    QString message; //!< the system's words
};

//! The sentence for staff: what happened and what to do.
QString listenerErrorText(const ListenerError &error);

//! Answers one request; once, from any thread. `words` go into the body for a person who looks.
using ListenerReply = std::function<void(int status, const QByteArray &words)>;

//! Takes webhook deliveries over HTTP/1.1 or HTTPS: POST only, bodies up to largestWebhookBody, on a thread of its own.
//! What it cannot take it answers by itself (400, 404, 405, 408, 411, 413, 431, 501, 503, 505) and never hands over.
//! It calls itself regularly, and when the address goes, comes back or stops answering it is built anew.
//! Lives in its owner's thread.
class WebhookListener : public QObject
{
    Q_OBJECT
public:
    //! Both run on the listener's thread. `knows` is asked before a body is read; false means 404.
    struct Hooks
    {
        std::function<bool(const QByteArray &path)> knows;
        std::function<void(WebhookDelivery, ListenerReply)> deliver;
    };

    explicit WebhookListener(Hooks hooks, QObject *parent = nullptr);
    ~WebhookListener() override;

    //! Listening begins with started(); when it cannot, failed() says why and it keeps trying until stop().
    void start(const ListenerSettings &settings);
    void stop(); //!< open requests are still answered as long as this object lives

    bool isListening() const;
    quint16 port() const; //!< 0 while not listening
    const ListenerSettings &settings() const;
    QThread &thread(); //!< where the hooks run

    //! Calls itself now instead of at the next interval: after a sleep, or when the network changed.
    void check();

signals:
    void started(quint16 port);
    void failed(const api::ListenerError &error);
    void stopped();
    void checked(bool alive); //!< outcome of one call to itself

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace api

Q_DECLARE_METATYPE(api::ListenerError)

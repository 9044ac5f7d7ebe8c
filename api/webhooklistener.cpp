// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/webhooklistener.h"

#include "api/listenercheck.h"
#include "api/listenerserver.h"

#include <QCoreApplication>
#include <QPointer>

namespace api {

namespace {

struct ListenerWords
{
    Q_DECLARE_TR_FUNCTIONS(WebhookListener)
};

} // namespace

QString listenerErrorText(const ListenerError &error)
{
    switch (error.problem) {
    case ListenerProblem::AddressInUse:
        return ListenerWords::tr("Another program is using this port. Choose another port, or end that program.");
    case ListenerProblem::AddressNotHere:
        return ListenerWords::tr("This computer does not have this address at the moment. Events are received again as "
                                 "soon as the address is back, or choose another one.");
    case ListenerProblem::NotAllowed:
        return ListenerWords::tr("This computer does not allow this port. Choose one above 1023.");
    case ListenerProblem::BadCertificate:
        return ListenerWords::tr("The certificate or its key cannot be used: %1").arg(error.message);
    case ListenerProblem::Unresponsive:
        return ListenerWords::tr("The receiver did not answer its own call and is being started again.");
    case ListenerProblem::Failed:
        return ListenerWords::tr("Events cannot be received: %1").arg(error.message);
    }
    Q_UNREACHABLE();
}

class WebhookListener::Private
{
public:
    QThread thread;
    ListenerServer *server = nullptr; //!< lives in the thread
    ListenerCheck *check = nullptr;
    ListenerSettings settings;
    quint16 port = 0;
    bool wanted = false;
};

WebhookListener::WebhookListener(Hooks hooks, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    qRegisterMetaType<ListenerError>();
    d->thread.setObjectName(QStringLiteral("webhooks"));
    d->server = new ListenerServer(std::move(hooks));
    d->server->moveToThread(&d->thread);
    d->check = new ListenerCheck(*d->server, this);
    connect(&d->thread, &QThread::finished, d->server, &QObject::deleteLater);
    connect(d->server, &ListenerServer::listening, this, [this](quint16 port) {
        if (!d->wanted)
            return;
        d->port = port;
        d->check->watch(d->settings, port);
        emit started(port);
    });
    connect(d->server, &ListenerServer::failed, this, [this](const ListenerError &error) {
        d->port = 0;
        if (d->wanted)
            emit failed(error);
    });
    connect(d->check, &ListenerCheck::checked, this, &WebhookListener::checked);
    connect(d->check, &ListenerCheck::foundDead, this, [this](const ListenerError &error) {
        d->port = 0;
        emit failed(error);
        const auto again = [server = d->server, settings = d->settings] { server->listen(settings); };
        QMetaObject::invokeMethod(d->server, again, Qt::QueuedConnection);
    });
}

WebhookListener::~WebhookListener()
{
    d->check->stop();
    if (!d->thread.isRunning())
        delete d->server;
    d->thread.quit();
    d->thread.wait();
}

void WebhookListener::start(const ListenerSettings &settings)
{
    d->settings = settings;
    d->wanted = true;
    d->port = 0;
    d->check->stop();
    d->thread.start(); // does nothing when it runs
    QMetaObject::invokeMethod(
        d->server, [server = d->server, settings] { server->listen(settings); }, Qt::QueuedConnection);
}

void WebhookListener::stop()
{
    if (!d->wanted)
        return;
    d->wanted = false;
    d->port = 0;
    d->check->stop();
    QMetaObject::invokeMethod(d->server, [server = d->server] { server->close(); }, Qt::QueuedConnection);
    emit stopped();
}

bool WebhookListener::isListening() const
{
    return d->port != 0;
}

quint16 WebhookListener::port() const
{
    return d->port;
}

const ListenerSettings &WebhookListener::settings() const
{
    return d->settings;
}

QThread &WebhookListener::thread()
{
    return d->thread;
}

void WebhookListener::check()
{
    d->check->checkNow();
}

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/secretservice.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

#include <utility>

namespace api {
namespace {

constexpr int ringAnswerMs = 5000;

RingState ringStateOfError(QDBusError::ErrorType type)
{
    switch (type) {
    case QDBusError::UnknownObject:
    case QDBusError::UnknownInterface:
    case QDBusError::UnknownMethod:
    case QDBusError::UnknownProperty:
    case QDBusError::InvalidArgs:
        return RingState::NoRing;
    case QDBusError::NoReply:
    case QDBusError::Timeout:
    case QDBusError::TimedOut:
        return RingState::Unsure;
    default:
        return RingState::NoService;
    }
}

RingState ringStateOf(const QDBusPendingReply<QDBusVariant> &reply)
{
    if (reply.isError())
        return ringStateOfError(reply.error().type());
    return reply.value().variant().toBool() ? RingState::Locked : RingState::Unlocked;
}

} // namespace

void askRingState(QObject *context, std::function<void(RingState)> handler)
{
    QDBusMessage question = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.secrets"),
        QStringLiteral("/org/freedesktop/secrets/aliases/default"), QStringLiteral("org.freedesktop.DBus.Properties"),
        QStringLiteral("Get"));
    question << QStringLiteral("org.freedesktop.Secret.Collection") << QStringLiteral("Locked");
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        QMetaObject::invokeMethod(
            context, [handler = std::move(handler)] { handler(RingState::NoService); }, Qt::QueuedConnection);
        return;
    }
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question, ringAnswerMs), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, handler = std::move(handler)] {
        watcher->deleteLater();
        handler(ringStateOf(*watcher));
    });
}

} // namespace api

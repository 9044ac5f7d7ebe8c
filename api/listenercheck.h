// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/listenerserver.h"

#include <QHostAddress>
#include <QSslSocket>

#include <functional>

namespace api {

//! Calls the listener as a sender would, from another thread than the listener's, so that one that only looks alive is
//! found out: after a sleep, after the address went away, when its thread hangs.
class ListenerCheck : public QObject
{
    Q_OBJECT
public:
    //! What it knows of the computer; a test has its own.
    struct Senses
    {
        std::function<qint64()> now;                    //!< wall clock, UTC ms
        std::function<QList<QHostAddress>()> addresses; //!< of this computer's networks
    };
    static Senses ownSenses();

    ListenerCheck(const ListenerServer &server, QObject *parent, Senses senses = ownSenses());

    void watch(const ListenerSettings &settings, quint16 port);
    void stop();
    void checkNow();

signals:
    void checked(bool alive);
    void foundDead(const api::ListenerError &error);

private:
    void tick();
    bool isHere(const QHostAddress &address) const;
    void call();
    void hear();
    void finish(bool alive, ListenerProblem problem);

    Senses m_senses;
    QByteArray m_nonce;
    ListenerSettings m_settings;
    quint16 m_port = 0;
    std::unique_ptr<QSslSocket> m_socket;
    QByteArray m_heard;
    QTimer m_interval;
    QTimer m_patience;
    qint64 m_lastTick = 0;  //!< wall clock, UTC ms
    qint64 m_lastCheck = 0; //!< wall clock, UTC ms
    bool m_failedOnce = false;
};

} // namespace api

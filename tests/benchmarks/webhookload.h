// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <atomic>
#include <thread>
#include <vector>

namespace benchmarks {

//! Senders of webhooks on a thread of their own, each with one delivery under way at a time over a kept connection.
//! Plain sockets, so that measuring costs as little as possible of the machine that is measured.
class WebhookLoad
{
public:
    struct Plan
    {
        quint16 port = 0; //!< on 127.0.0.1
        QByteArray path = {};
        int senders = 64;
        int perSecond = 0; //!< 0: as fast as they are answered
        qint64 firstId = 0;
    };

    explicit WebhookLoad(const Plan &plan);
    ~WebhookLoad();

    void stop();
    qint64 acknowledged() const { return m_acknowledged; }
    qint64 refused() const { return m_refused; }

    static QByteArray body(qint64 id);

private:
    struct Sender
    {
        int socket = -1;
        bool waiting = false;
        QByteArray heard = {};
    };

    void run();
    bool mayOffer(double seconds) const;
    void offer(Sender &sender);
    void hear(Sender &sender);

    Plan m_plan;
    std::vector<Sender> m_senders;
    qint64 m_offered = 0;
    std::atomic<qint64> m_acknowledged = 0;
    std::atomic<qint64> m_refused = 0;
    std::atomic<bool> m_stopping = false;
    std::thread m_thread;
};

} // namespace benchmarks

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/webhooksender.h"
#include "models/ledger.h"

#include <QObject>
#include <QTimer>

namespace models {

//! A further address that stored events are passed on to.
struct ForwardTarget
{
    qint64 key = 0;
    QUrl url = {};
    QString subscriptionId = {}; //!< empty: events of every subscription
    bool enabled = true;
    qint64 madeAt = 0; //!< UTC ms
    QString madeBy = {};
    qint64 waiting = 0; //!< deliveries in the queue
    qint64 givenUp = 0;
};

DatabaseResult<QList<ForwardTarget>> readForwardTargets(Database &database);
//! Adds, or switches one that is there on again. In a WriteJob.
DatabaseResult<void> addForwardTarget(Database &database, const ForwardTarget &target);
//! Ends it together with what waits for it. In a WriteJob.
DatabaseResult<void> removeForwardTarget(Database &database, qint64 key);
//! Tries those that were given up again. In a WriteJob.
DatabaseResult<void> retryForwards(Database &database, const QUrl &url);

//! What became of passing one event on to one address.
struct ForwardProgress
{
    enum class State { Waiting, Delivered, GivenUp };
    qint64 key = 0;
    QUrl url = {};
    State state = State::Waiting;
    int attempts = 0;
    qint64 nextAt = 0; //!< UTC ms; of the next try while it waits
};
DatabaseResult<QList<ForwardProgress>> readForwards(Database &database, qint64 eventKey);

//! One try to pass an event on.
struct ForwardAttempt
{
    qint64 at = 0;      //!< UTC ms
    int httpStatus = 0; //!< 0: no answer came
    QString answer = {};
    qint64 tookMs = 0;
};
//! The latest ones, newest first.
DatabaseResult<QList<ForwardAttempt>> readForwardAttempts(Database &database, qint64 forwardKey, int limit);

//! Milliseconds to wait after `attempts` failures: 5 s, doubling up to an hour; none after 24, which is 14 hours.
std::optional<qint64> forwardWaitMs(int attempts);

//! Sends what is queued, oldest first, with retries; the queue is in the ledger and outlives the program. At least
//! once: a receiver must tell repeats apart by the event's id, as with the original sender.
class Forwarder : public QObject
{
    Q_OBJECT
public:
    //! Fills a header back in that is not stored because it holds the subscription's secret.
    using FillSecret = std::function<void(const QString &subscriptionId, api::WebhookDelivery &delivery)>;

    Forwarder(Ledger &ledger, FillSecret fillSecret, QObject *parent = nullptr);

    void start();
    void stop();

signals:
    void attempted(qint64 eventKey, bool delivered);

private:
    struct Due
    {
        qint64 key = 0;
        qint64 eventKey = 0;
        QUrl url = {};
        int attempts = 0;
        QString subscriptionId = {};
        api::WebhookDelivery delivery = {};
    };

    static DatabaseResult<QList<Due>> lease(Database &database, int count, qint64 now);
    void look();
    void lookAt(qint64 delayMs);
    void send(const Due &due);
    void note(const Due &due, const std::expected<api::WebhookAnswer, QString> &answer);

    Ledger &m_ledger;
    FillSecret m_fillSecret;
    api::WebhookSender m_sender;
    QTimer m_next;
    int m_underWay = 0;
    bool m_leasing = false;
    bool m_active = false;
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instancelock.h"
#include "models/outboxstore.h"
#include "models/outcome.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTimer>

#include <map>
#include <set>

namespace models {

//! Hands entries to the network, exactly once per step: whoever commits the change to sending sends, nobody else.
//! Judges the answer and writes it down, again and again while the disk refuses.
class OutboxSender : public QObject
{
    Q_OBJECT
public:
    OutboxSender(Ledger &ledger, api::Client &client, InstanceLock &lock, const OutboxOptions &options,
        QObject *parent = nullptr);

    //! What was written down for another merchant is not sent. Empty: not known yet.
    void setMerchant(const api::MerchantId &merchant);
    //! Sends it at that moment (UTC ms) if it is still held then. The seconds are counted, not read off the clock: when
    //! the clock was changed meanwhile, or the computer slept, nobody saw the countdown, so the entry waits for a
    //! person.
    void countDown(qint64 key, qint64 holdUntil);
    //! `from` is Held for a first attempt and Unknown for asking again. The handler hears when it is on its way, or why
    //! not.
    void send(qint64 key, OutboxState from, const Outbox::ChangeHandler &handler);
    //! Entries whose step or answer is not written yet: they are being taken care of.
    QSet<qint64> underWay() const;

signals:
    void changed(qint64 key);
    void resultKnown(const QString &transactionId);

private:
    struct Step;
    struct Sender
    {
        QString owner;
        QString service; //!< the host that requests go to now
        api::MerchantId merchant;
        bool byCountDown = false; //!< nobody pressed anything: what waits for a person meanwhile goes on waiting
    };
    static QString changedProfileText(const OutboxEntry &entry, const api::RequestData &request, const Sender &sender);
    static DatabaseResult<Step> begin(Database &database, qint64 key, OutboxState from, const Sender &sender);
    static DatabaseResult<Step> keepHeld(Database &database, qint64 key, const QString &why);
    static DatabaseResult<bool> takeOutcome(Database &database, qint64 key, OutboxStep step, const QString &instance);
    void start(qint64 key, OutboxState from, bool byCountDown, const Outbox::ChangeHandler &handler);
    void sendDue();
    void armCountDown();
    void holdBack(qint64 key);
    void begun(qint64 key, OutboxState from, const Step &step, const DatabaseResult<void> &written,
        const Outbox::ChangeHandler &handler);
    void handOver(const OutboxEntry &entry, const StoredRequest &request);
    void finish(const OutboxEntry &entry, const Outcome &outcome);
    void writeOutcome(qint64 key);
    void outcomeWritten(qint64 key);
    void askLater(qint64 key);

    Ledger &m_ledger;
    api::Client &m_client;
    InstanceLock &m_lock;
    api::MerchantId m_merchant;
    QList<int> m_askAgainAfterSeconds;
    QTimer m_due;
    QTimer m_retry;
    struct CountDown
    {
        qint64 startedAt = 0; //!< by the clock, UTC ms
        qint64 waitMs = 0;
        QElapsedTimer running = {};

        qint64 left() const { return waitMs - running.elapsed(); }
    };
    std::map<qint64, CountDown> m_countDowns;
    std::function<qint64()> m_clock;
    std::set<qint64> m_underWay;
    std::map<qint64, api::Call> m_calls;
    struct Judged
    {
        OutboxEntry entry;
        Outcome outcome;
    };
    std::map<qint64, Judged> m_unwritten;
    std::map<qint64, int> m_timesAsked; //!< by ourselves, in this run
};

} // namespace models

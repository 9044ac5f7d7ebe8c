// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/deliverclient.h"
#include "app/sandbox/deliverlog.h"
#include "app/sandbox/deliveroptions.h"

#include <QElapsedTimer>
#include <QTimer>

#include <functional>

namespace sandbox {

//! Brings deliveries to their targets: in order for each target, none waiting for another target's trouble,
//! again and again until it works or the last attempt failed.
class DeliverQueue : public QObject
{
    Q_OBJECT
public:
    //! Nothing when the target is no more.
    using Targets = std::function<std::optional<Target>(const std::string &key)>;

    DeliverQueue(const DeliverOptions &options, Targets targets);
    ~DeliverQueue() override;

    //! Goes on where the file ends; see DeliverLog::open.
    std::expected<void, std::string> open(const QString &file, bool fresh);
    bool forgetAll();

    //! Gives it its number.
    std::uint64_t add(Delivery delivery);
    std::optional<std::uint64_t> resend(std::uint64_t number);
    //! While held, nothing starts; what is under way ends.
    void hold(bool held);
    bool isHeld() const { return m_held; }
    void setConnections(int connections);
    void setSigning(Signing signing) { m_options.signing = std::move(signing); }

    //! Everything that waits and the last two thousand that are over, by number.
    const std::map<std::uint64_t, Delivery> &all() const { return m_all; }
    std::size_t waitingFor(const std::string &target) const;
    Health healthOf(const std::string &target) const;
    //! A posting outside the queue counts for the health too.
    void noteAttempt(const std::string &target, int status);

    DeliverClient &client() { return m_client; }
    Troubles &troubles() { return m_troubles; }
    DeliverLog &log() { return m_log; }
    const DeliverOptions &options() const { return m_options; }

private:
    struct Lane
    {
        std::deque<std::uint64_t> waiting = {};
        int underWay = 0;
        qint64 blockedUntil = 0; //!< of m_elapsed
    };

    void enqueue(Delivery delivery, bool first);
    void pump(const std::string &target);
    void pumpAll();
    bool takesMishap(Lane &lane, Delivery &delivery);
    void start(Lane &lane, Delivery &delivery, const Target &target);
    void answered(std::uint64_t number, const Outcome &outcome);
    void succeeded(Delivery &delivery);
    void failed(Lane &lane, Delivery &delivery);
    void setAside(std::uint64_t number, Millis wait);
    void block(Lane &lane, Millis wait);
    void finish(Delivery &delivery, DeliveryState state);
    void wakeIn(Millis wait);
    void wake();
    void noteHealth();
    void tidy();

    DeliverOptions m_options;
    Targets m_targets;
    DeliverClient m_client;
    Troubles m_troubles;
    DeliverLog m_log;
    bool m_held = false;
    std::uint64_t m_lastNumber = 0;
    std::map<std::uint64_t, Delivery> m_all;
    std::deque<std::uint64_t> m_over;
    std::unordered_map<std::string, Lane> m_lanes;
    std::multimap<qint64, std::uint64_t> m_aside; //!< let others overtake until that minute of m_elapsed
    std::unordered_map<std::string, Health> m_health;
    std::unordered_set<std::string> m_unnoted; //!< whose health is newer than the log's
    QElapsedTimer m_elapsed;
    QTimer m_wake;
    QTimer m_tidy;
};

//! Headers and body of one attempt.
Posting postingOf(const Delivery &delivery, const Target &target, Millis now, std::chrono::milliseconds timeout);

} // namespace sandbox

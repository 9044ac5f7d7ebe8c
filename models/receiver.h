// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/webhooklistener.h"
#include "models/eventintake.h"
#include "models/forwarder.h"
#include "models/receiversettings.h"

#include <QObject>

#include <optional>

namespace models {

//! Receives events for one ledger: listens as the settings say, stores what arrives before it is acknowledged, and
//! passes it on. Off until it is told otherwise. Acting on events is the EventActor's business.
class Receiver : public QObject
{
    Q_OBJECT
public:
    //! Asynchronous; nothing when there is no secret or it cannot be read.
    using ReadSecret = std::function<void(
        const QString &subscriptionId, QObject *context, std::function<void(std::optional<QByteArray>)> handler)>;

    Receiver(Ledger &ledger, ReadSecret readSecret, QObject *parent = nullptr);
    ~Receiver() override;

    enum class State {
        Off,
        Starting,
        Listening,
        Failing, //!< problem() says why; it keeps trying
    };

    void apply(const ReceiverSettings &settings); //!< starts, restarts or stops
    //! To be called when a subscription was added, changed or removed, or when its secret was.
    void reloadSources();
    //! Calls itself: when the computer woke up or the network changed.
    void check();

    State state() const;
    QString problem() const; //!< a sentence; empty unless Failing
    quint16 port() const;    //!< 0 unless Listening
    const ReceiverSettings &settings() const;
    //! The address to subscribe for a subscription's path token; with the port of the settings while it is off.
    QUrl urlFor(const QString &pathToken) const;
    //! Where this computer reaches the receiver itself under a path as it was delivered.
    QUrl ownUrlFor(const QByteArray &path) const;
    //! Fills a header back in that is not stored because it holds the subscription's secret.
    void fillSecret(const QString &subscriptionId, api::WebhookDelivery &delivery) const;

    qint64 lastArrivalAt() const; //!< UTC ms of the last delivery since the start; 0: none

signals:
    void stateChanged();
    void arrived(const QStringList &subscriptions); //!< deliveries were stored; repeats too
    void storingFailed(const models::DatabaseError &error);
    void sourcesReloaded();

private:
    void startListening();
    void useSources(EventSources sources);
    void readNextSecret();
    void publishSources();
    void become(State state, const QString &problem = {});

    Ledger &m_ledger;
    ReadSecret m_readSecret;
    ReceiverSettings m_settings;
    EventIntake m_intake; //!< on the listener's thread
    api::WebhookListener m_listener;
    Forwarder m_forwarder;
    LedgerRead m_reading;
    EventSources m_sources;
    QList<QByteArray> m_secretsToRead; //!< paths
    quint64 m_round = 0;               //!< of reading the sources; an older one is forgotten
    bool m_sourcesKnown = false;
    State m_state = State::Off;
    QString m_problem;
    qint64 m_lastArrivalAt = 0;
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/webhooklistener.h"
#include "models/inbox.h"
#include "models/ledger.h"

#include <QHash>

#include <mutex>

namespace models {

//! Deliveries by the path they come to, "/webhooks/<token>".
using EventSources = QHash<QByteArray, EventSource>;

//! Every subscription of the vault, ended ones too: what still arrives there is still kept. Secrets are left empty.
DatabaseResult<EventSources> readEventSources(Database &database);

//! Makes a source of deliveries for a path token when there is none, as on a server that has no console; one that is
//! there already stays as it is. In a WriteJob.
DatabaseResult<void> ensureEventSource(
    Database &database, const QString &pathToken, WebhookFamily family, const WebhookScheme &scheme);

//! A path token that cannot be guessed: 32 letters and digits.
QString newPathToken();
//! Letters, digits, "-" and "_", 8 to 64 of them.
bool isPathToken(QStringView token);

//! Stores deliveries and answers them after the commit. While one commit is under way the next deliveries gather, and
//! then share one. Lives on the listener's thread; made before anything arrives.
class EventIntake : public QObject
{
    Q_OBJECT
public:
    explicit EventIntake(Ledger &ledger);

    void setSources(EventSources sources);                              //!< any thread
    bool knows(const QByteArray &path) const;                           //!< any thread
    void take(api::WebhookDelivery delivery, api::ListenerReply reply); //!< its own thread

signals:
    //! After the commit, on its own thread: rows of this batch that were not there before.
    void stored(const QList<qint64> &keys);
    //! After the commit: deliveries that arrived, by subscription id.
    void arrived(const QStringList &subscriptions);
    void storingFailed(const models::DatabaseError &error);

private:
    struct Arrival
    {
        NewEvent event;
        api::ListenerReply reply;
        StoredEvent stored = {};
    };
    using Batch = std::shared_ptr<std::vector<Arrival>>;

    void storeSoon();
    void store(const Batch &batch);
    void finish(const Batch &batch, const DatabaseResult<void> &done);

    Ledger &m_ledger;
    mutable std::mutex m_mutex; //!< for the sources
    EventSources m_sources;
    std::vector<Arrival> m_gathered;
    int m_underWay = 0;
    bool m_scheduled = false;
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "models/ledger.h"

#include <QObject>

#include <map>

namespace models {

class Aggregation;

//! Asks the API for one record and tells the ledger what it said. A customer is two calls: the customer and the linked
//! accounts.
class LookUps : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<void(api::Result<RecordRef>)>;

    //! `aggregation` is asked for linked users; without it they are not found.
    LookUps(api::Client &client, Ledger &ledger, QObject *parent = nullptr, Aggregation *aggregation = nullptr);

    //! The handler runs once, after the ledger has the record or with the error; never when the context has died or the
    //! Call was dropped before the answer came. Dropping it while the ledger stores the answer no longer stops the
    //! handler.
    api::Call lookUp(const RecordRef &ref, Source source, QObject *context, Handler handler);

    //! The same without a listener, at most once at a time for one record.
    void readBack(const RecordRef &ref, Source source);

    //! AccountVerify: never written to disk. The caller records the reveal through the audit trail first.
    api::Call verifiedAccounts(const api::CustomerId &customer, QObject *context,
        std::function<void(api::Result<QList<api::VerifiedAccount>>)> handler);

signals:
    void succeeded(qint64 at); //!< UTC ms of the last good answer, for the status bar
    void failed(const api::Error &error);

private:
    struct Flow;
    template<typename T> api::Call ask(const api::Request<T> &request, std::shared_ptr<Flow> flow);
    api::Call lookUpUser(const LinkedUserId &user, Source source, QObject *context, Handler handler);
    void lookUpAccounts(const api::CustomerId &customer, Source source);
    void write(const Flow &flow, QList<Observation> observations);
    void fail(const Flow &flow, const api::Error &error);

    api::Client &m_client;
    Ledger &m_ledger;
    Aggregation *m_aggregation;
    std::map<QString, api::Call> m_readBacks;
};

} // namespace models

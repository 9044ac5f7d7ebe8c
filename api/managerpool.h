// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "api/flight.h"

#include <QNetworkRequest>

#include <limits>
#include <memory>
#include <vector>

class QNetworkAccessManager;

namespace api {

//! Hands requests to Qt. Reads share a few managers, the least busy first; every write gets a manager and so
//! a connection of its own. Each manager has a thread, so a service that answers at once is asked through one of them
//! only: there more connections are no faster, and handing over between threads costs more than they do.
class ManagerPool
{
public:
    explicit ManagerPool(const ClientOptions &options);
    ~ManagerPool();
    Q_DISABLE_COPY_MOVE(ManagerPool)

    void setBase(const QUrl &baseUrl);

    //! Sets the reply, and what release() needs, in the flight.
    void start(Flight &flight, const QByteArray &authorization);
    void release(Flight &flight); //!< deletes the reply; the flight may be started again
    //! How many requests are of use at the same time, as far as the last answers tell.
    std::size_t usefulInFlight() const;

    //! Empty when requests with credentials may go to the base address.
    QString addressProblem() const { return m_addressProblem; }

private:
    struct Pooled
    {
        std::unique_ptr<QNetworkAccessManager> manager;
        int busy = 0;
    };

    QNetworkRequest request(const Flight &flight, const QByteArray &authorization) const;
    std::size_t leastBusy();
    void noteRoundTrip(qint64 milliseconds);
    std::unique_ptr<QNetworkAccessManager> make() const;

    const ClientOptions &m_options;
    QByteArray m_base;
    QString m_addressProblem;
    QNetworkRequest m_template;
    std::vector<Pooled> m_managers;
    std::size_t m_inUse;
    int m_roundTrips = 0; //!< since the last look
    qint64 m_quickestMs = std::numeric_limits<qint64>::max();
};

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"

#include <QList>
#include <QObject>

#include <memory>
#include <optional>

namespace models {

//! Says exactly what is wrong with a connection: host, TLS, id and secret, then each scope; and the same for the
//! aggregation family where the profile uses it.
class ConnectionTest : public QObject
{
    Q_OBJECT
public:
    enum class Outcome { Waiting, Running, Passed, Failed, Skipped };
    struct Step
    {
        QString title; //!< "Reach the host", "Trust its certificate", "Accept the client id and secret", "Look things
                       //!< up (Link-Core)", "Move money (Link-Payment)"
        Outcome outcome = Outcome::Waiting;
        QString sentence; //!< what was found and what to do
    };

    explicit ConnectionTest(QObject *parent = nullptr);
    ~ConnectionTest() override;

    //! How the aggregation family is reached; its rows come after the others.
    struct AggregationAccess
    {
        QUrl baseUrl;
        api::Credentials credentials; //!< with the tenant
    };

    //! Reads only: nothing is paid, changed or created.
    void start(const QUrl &baseUrl, const api::Credentials &credentials,
        const std::optional<AggregationAccess> &aggregation = {});
    void cancel();
    const QList<Step> &steps() const;
    bool isRunning() const;

signals:
    void changed();
    void finished(bool passed);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/secretstore.h"
#include "app/receiver/receiveroptions.h"
#include "models/receiver.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace receiver {

//! The running receiver: one ledger, one listener, and a few words on standard error. Prints one line of JSON on
//! standard output each time it begins to listen: {"url", "paths"}.
class Service : public QObject
{
    Q_OBJECT
public:
    Service(Options options, std::unique_ptr<models::Ledger> ledger);

    void start();

signals:
    void failed();

private:
    void readSecret(
        const QString &subscription, QObject *context, std::function<void(std::optional<QByteArray>)> handler);
    void stateChanged();
    void announce();
    void say(const QString &line, bool needsAttention) const;

    Options m_options;
    std::unique_ptr<models::Ledger> m_ledger;
    api::SecretStore m_secrets;
    models::Receiver m_receiver;
    qint64 m_arrived = 0;
    QTimer m_report;
    models::LedgerRead m_reading;
};

//! Writes every event to standard output. The program's exit code.
int exportEvents(const QString &ledger);

} // namespace receiver

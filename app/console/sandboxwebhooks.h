// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/receiver.h"
#include "models/webhookvault.h"

#include <QObject>

namespace console {

//! On the built-in sandbox the console subscribes its own receiver, so that a newcomer sees events arrive. One
//! subscription, renewed when the receiver's address or the secret of the last run is gone.
class SandboxWebhooks : public QObject
{
    Q_OBJECT
public:
    SandboxWebhooks(
        models::Ledger &ledger, models::WebhookVault &vault, models::Receiver &receiver, QObject *parent = nullptr);

    //! Once the API can be asked; acts when the receiver listens. `anyPort`: nobody has chosen the receiver's port, so
    //! that a free one is taken when another program, such as a second console, has it.
    void start(bool anyPort);

private:
    void look();
    void moveToFreePort();
    void judge(const QList<models::WebhookSubscription> &subscriptions);
    void renew(const models::WebhookSubscription &old);
    void subscribe();

    models::Ledger &m_ledger;
    models::WebhookVault &m_vault;
    models::Receiver &m_receiver;
    models::LedgerRead m_read;
    bool m_started = false;
    bool m_mayMove = false;
    bool m_done = false;
};

} // namespace console

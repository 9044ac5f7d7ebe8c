// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ledger.h"
#include "models/webhooksubscriptions.h"
#include "ui/workspace.h"

#include <expected>

#include <QObject>

class QWidget;

namespace ui {

class SignatureDialog;

//! What can be done with a webhook subscription, each with the dialog that asks for it.
class SubscriptionActions : public QObject
{
    Q_OBJECT
public:
    SubscriptionActions(
        const Workspace &workspace, QWidget *page); //!< the page is the parent, of this and of the dialogs

    void subscribe();
    void addByKey();
    void rename(const models::WebhookSubscription &subscription);
    void changeSignature(const models::WebhookSubscription &subscription);
    void end(const models::WebhookSubscription &subscription);
    void forget(const models::WebhookSubscription &subscription);

signals:
    //! After a change that no dialog stays open for; a sentence when it failed.
    void finished(const std::expected<void, QString> &outcome);

private:
    void trySignatures(SignatureDialog *dialog, const QString &id, const QByteArray &secret);

    Workspace m_workspace;
    QWidget *m_page;
    models::LedgerRead m_trial;
};

} // namespace ui

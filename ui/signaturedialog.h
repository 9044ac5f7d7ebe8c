// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/webhooksubscriptions.h"
#include "ui/dialogframe.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace ui {

class Banner;
class SchemeField;

//! How the deliveries of a subscription are checked, and with which secret. Tries out on a delivery that arrived which
//! form of signature fits. Stays open until the outcome is known.
class SignatureDialog : public DialogFrame
{
    Q_OBJECT
public:
    SignatureDialog(const models::Profile &profile, const models::WebhookSubscription &subscription, QWidget *parent);

    //! What was found for trialRequested; a sentence instead where nothing could be tried.
    void showTrials(const QList<models::SchemeTrial> &trials, const QString &problem);
    void showProblem(const QString &sentence);

signals:
    void schemeChosen(const QString &id, const models::WebhookScheme &scheme);
    void secretEntered(const QString &id, const QByteArray &secret); //!< comes before schemeChosen
    //! Which form fits the newest delivery of this subscription? An empty secret: the one that is kept.
    void trialRequested(const QString &id, const QByteArray &secret);

private:
    void build();
    void wire();
    void showState();
    void takeTrial(int row);

    models::WebhookSubscription m_subscription;
    QList<models::SchemeTrial> m_trials;
    Banner *m_banner = nullptr;
    SchemeField *m_scheme = nullptr;
    QLineEdit *m_secret = nullptr;
    QPushButton *m_try = nullptr;
    QLabel *m_outcome = nullptr;
    QListWidget *m_fitting = nullptr;
    bool m_waiting = false;
};

} // namespace ui

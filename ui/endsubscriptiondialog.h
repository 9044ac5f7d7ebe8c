// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/webhooksubscriptions.h"
#include "ui/dialogframe.h"

namespace ui {

class Banner;
class CoverageField;

//! Ends a subscription, all of it or in part. Stays open until the outcome is known.
class EndSubscriptionDialog : public DialogFrame
{
    Q_OBJECT
public:
    EndSubscriptionDialog(
        const models::Profile &profile, const models::WebhookSubscription &subscription, QWidget *parent);

    void showProblem(const QString &sentence);

signals:
    void endRequested(const QString &id, const api::SubscriptionScope &scope);

private:
    void showState();

    models::WebhookSubscription m_subscription;
    Banner *m_banner;
    CoverageField *m_coverage;
    bool m_waiting = false;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/endsubscriptiondialog.h"

#include "ui/banner.h"
#include "ui/coveragefield.h"
#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

EndSubscriptionDialog::EndSubscriptionDialog(
    const models::Profile &profile, const models::WebhookSubscription &subscription, QWidget *parent)
    : DialogFrame(profile, tr("End a subscription"), parent)
    , m_subscription(subscription)
    , m_banner(new Banner(this))
    , m_coverage(new CoverageField(this))
{
    setObjectName(u"endSubscriptionDialog"_s);
    setMinimumWidth(dialogwidth::normal);
    m_banner->setObjectName(u"dialogBanner"_s);
    m_coverage->limitTo(subscription.scope, tr("&All of it"));
    body()->addWidget(m_banner);
    body()->addWidget(paragraphLabel(
        tr("Link Money stops sending events to %1. What has arrived stays in the inbox.").arg(subscription.url), this));
    body()->addWidget(m_coverage, 1);
    setCancel(tr("Keep it"));
    setPrimary(tr("&End"), true);
    connect(m_coverage, &CoverageField::changed, this, &EndSubscriptionDialog::showState);
    connect(primary(), &QPushButton::clicked, this, [this] {
        m_waiting = true;
        m_banner->clear();
        showState();
        emit endRequested(m_subscription.id, m_coverage->scope());
    });
    showState();
}

void EndSubscriptionDialog::showState()
{
    const QString problem = models::scopeProblem(m_coverage->scope());
    const auto left = models::scopeWithout(m_subscription.scope, m_coverage->scope());
    const QString outcome = left ? tr("Still told of: %1.").arg(models::scopeText(*left))
                                 : tr("Nothing will arrive through it any more.");
    setHint(m_waiting ? tr("Asking Link Money…") : problem.isEmpty() ? outcome : problem);
    primary()->setEnabled(!m_waiting && problem.isEmpty());
}

void EndSubscriptionDialog::showProblem(const QString &sentence)
{
    m_waiting = false;
    m_banner->showMessage(Banner::Kind::Error, sentence);
    showState();
}

} // namespace ui

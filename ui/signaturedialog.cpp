// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signaturedialog.h"

#include "models/plurals.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/schemefield.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

SignatureDialog::SignatureDialog(
    const models::Profile &profile, const models::WebhookSubscription &subscription, QWidget *parent)
    : DialogFrame(profile, tr("Signature of deliveries"), parent)
    , m_subscription(subscription)
{
    setObjectName(u"signatureDialog"_s);
    setMinimumWidth(dialogwidth::normal);
    build();
    wire();
    m_scheme->setScheme(subscription.scheme);
    setPrimary(tr("&Save"));
    showState();
}

void SignatureDialog::build()
{
    m_banner = new Banner(this);
    m_banner->setObjectName(u"dialogBanner"_s);
    m_scheme = new SchemeField(m_subscription.family, this);
    m_secret = new QLineEdit(this);
    m_secret->setObjectName(u"secretEdit"_s);
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setPlaceholderText(m_subscription.hasSecret ? tr("unchanged, in the keychain") : QString());
    m_try = new QPushButton(tr("&Try on the newest delivery"), this);
    m_try->setObjectName(u"tryButton"_s);
    m_try->setAutoDefault(false);
    m_outcome = captionLabel({}, this);
    m_outcome->setObjectName(u"trialOutcome"_s);
    m_fitting = new QListWidget(this);
    m_fitting->setObjectName(u"fittingList"_s);
    m_fitting->setAccessibleName(tr("Forms that fit"));
    m_fitting->hide();
    body()->addWidget(m_banner);
    body()->addWidget(paragraphLabel(
        tr("Link Money does not publish how it signs deliveries. Choose the form that fits what arrives."), this));
    auto *fields = new QVBoxLayout;
    fields->setSpacing(spacing::xs);
    body()->addLayout(fields);
    addField(fields, tr("&Form"), m_scheme, m_scheme->box());
    fields->addSpacing(spacing::m);
    addField(fields, tr("Se&cret"), m_secret);
    fields->addWidget(captionLabel(
        tr("Must be the one that the subscription was made with: a new one here changes nothing at Link Money."),
        this));
    fields->addSpacing(spacing::m);
    fields->addWidget(m_try, 0, Qt::AlignLeft);
    fields->addWidget(m_outcome);
    fields->addWidget(m_fitting);
    body()->addStretch();
}

void SignatureDialog::wire()
{
    connect(m_try, &QPushButton::clicked, this,
        [this] { emit trialRequested(m_subscription.id, m_secret->text().toUtf8()); });
    connect(m_secret, &QLineEdit::textChanged, this, &SignatureDialog::showState);
    connect(m_fitting, &QListWidget::currentRowChanged, this, &SignatureDialog::takeTrial);
    connect(primary(), &QPushButton::clicked, this, [this] {
        m_waiting = true;
        m_banner->clear();
        showState();
        if (!m_secret->text().isEmpty())
            emit secretEntered(m_subscription.id, m_secret->text().toUtf8());
        emit schemeChosen(m_subscription.id, m_scheme->scheme());
    });
}

void SignatureDialog::showState()
{
    const QString problem = m_secret->text().isEmpty() ? QString()
                                                       : models::webhookSecretProblem(m_secret->text().toUtf8());
    setHint(m_waiting ? tr("Saving…") : problem);
    primary()->setEnabled(!m_waiting && problem.isEmpty());
    m_try->setEnabled(m_subscription.events > 0 && (m_subscription.hasSecret || !m_secret->text().isEmpty()));
    m_try->setToolTip(m_subscription.events > 0 ? tr("Finds out which form of signature fits what arrived")
                                                : tr("Nothing has arrived through this subscription yet"));
}

void SignatureDialog::showTrials(const QList<models::SchemeTrial> &trials, const QString &problem)
{
    m_trials.clear();
    m_fitting->clear();
    for (const models::SchemeTrial &trial : trials) {
        m_trials.append(trial);
        const QString text = models::schemeText(trial.scheme);
        m_fitting->addItem(trial.note.isEmpty() ? text : tr("%1 (%2)").arg(text, trial.note));
    }
    const QString found = m_trials.isEmpty()
        ? tr("No form fits. The secret may be another one, or the delivery came from somebody else.")
        : models::counted(m_trials.size(), tr("One form fits. Press Save to use it."),
              tr("%1 forms fit. Choose one, then press Save."));
    m_outcome->setText(problem.isEmpty() ? found : problem);
    m_fitting->setVisible(!m_trials.isEmpty());
    if (!m_trials.isEmpty())
        m_fitting->setCurrentRow(0);
}

void SignatureDialog::takeTrial(int row)
{
    if (row >= 0 && row < m_trials.size())
        m_scheme->setScheme(m_trials.at(row).scheme);
}

void SignatureDialog::showProblem(const QString &sentence)
{
    m_waiting = false;
    m_banner->showMessage(Banner::Kind::Error, sentence);
    showState();
}

} // namespace ui

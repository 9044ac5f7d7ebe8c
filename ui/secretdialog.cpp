// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secretdialog.h"

#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/secretfield.h"
#include "ui/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

SecretDialog::SecretDialog(const models::Profile &profile, const QString &why, QWidget *parent)
    : DialogFrame(profile, tr("Client secret"), parent)
    , m_banner(new Banner(this))
    , m_field(new SecretField(this))
{
    setObjectName(u"secretDialog"_s);
    setMinimumWidth(dialogwidth::narrow);
    m_banner->setObjectName(u"dialogBanner"_s);
    m_field->setState(SecretState::Missing,
        tr("Held in memory until the console is closed, and written nowhere. Next time you are asked again."));
    body()->setSpacing(spacing::m);
    body()->addWidget(m_banner);
    auto *field = new QVBoxLayout;
    field->setSpacing(spacing::xs);
    body()->addLayout(field);
    addField(field, tr("Client &secret of %1").arg(withoutMnemonic(profile.name)), m_field, m_field->edit());
    body()->addStretch();
    connect(primary(), &QPushButton::clicked, this, &SecretDialog::hand);
    connect(m_field, &SecretField::changed, this, &SecretDialog::showState);
    connect(m_banner, &Banner::actionTriggered, this, &SecretDialog::retryRequested);
    showProblem(why);
    showState();
    m_field->setFocus();
}

void SecretDialog::showProblem(const QString &why)
{
    m_banner->showMessage(Banner::Kind::Warning, why, {}, tr("Ask the keychain again"));
}

void SecretDialog::showState()
{
    setPrimary(tr("&Use for this run"));
    primary()->setEnabled(!m_field->typed().isEmpty());
}

void SecretDialog::hand()
{
    const QByteArray secret = m_field->typed();
    m_field->forgetTyped();
    emit secretEntered(profile().id, secret);
    accept();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/replaydialog.h"

#include "models/receiver.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int replayAnswerHeight = 96;
constexpr auto lastAddressSetting = "events/replayAddress"_L1;

Banner::Kind bannerOf(models::ReplayOutcome::Kind kind)
{
    using Kind = models::ReplayOutcome::Kind;
    switch (kind) {
    case Kind::Taken:
        return Banner::Kind::Info;
    case Kind::Redirected:
    case Kind::Refused:
        return Banner::Kind::Warning;
    case Kind::Failed:
    case Kind::NoAnswer:
    case Kind::NotSent:
        return Banner::Kind::Error;
    }
    Q_UNREACHABLE();
}

} // namespace

ReplayDialog::ReplayDialog(const Workspace &workspace, qint64 eventKey, const QString &eventTitle, QWidget *parent)
    : DialogFrame(workspace.profile, tr("Send the event again"), parent)
    , m_workspace(workspace)
    , m_eventKey(eventKey)
    , m_replay(workspace.ledger, workspace.receiver)
{
    setObjectName(u"replayDialog"_s);
    setMinimumWidth(dialogwidth::normal);
    build(eventTitle);
    wire();
    showState();
}

void ReplayDialog::build(const QString &eventTitle)
{
    const bool receives = m_workspace.receiver.state() == models::Receiver::State::Listening;
    m_banner = new Banner(this);
    m_banner->setObjectName(u"dialogBanner"_s);
    m_own = new QRadioButton(tr("To the console's own &receiver"), this);
    m_own->setObjectName(u"ownReceiverButton"_s);
    m_own->setEnabled(receives);
    m_other = new QRadioButton(tr("To another &address"), this);
    m_other->setObjectName(u"otherAddressButton"_s);
    m_address = new QLineEdit(this);
    m_address->setObjectName(u"replayAddressEdit"_s);
    m_address->setAccessibleName(tr("Address to send the event to"));
    m_address->setPlaceholderText(u"https://"_s);
    m_address->setText(m_workspace.profiles.viewSetting(lastAddressSetting).toString());
    m_problem = problemLabel(this);
    m_problem->setObjectName(u"replayAddressProblem"_s);
    m_answer = new QPlainTextEdit(this);
    m_answer->setObjectName(u"replayAnswer"_s);
    m_answer->setAccessibleName(tr("Beginning of the answer"));
    m_answer->setReadOnly(true);
    m_answer->setFont(Theme::font(Type::Mono));
    m_answer->setFixedHeight(replayAnswerHeight);
    m_answer->hide();
    auto *column = body();
    column->setSpacing(spacing::s);
    column->addWidget(m_banner);
    column->addWidget(paragraphLabel(tr("%1. Its headers and body go out as they arrived.").arg(eventTitle), this));
    column->addSpacing(spacing::s);
    column->addWidget(m_own);
    column->addWidget(captionLabel(receives
            ? tr("Shows whether the receiver answers. An event that is in the inbox already is counted as a repeat.")
            : tr("The receiver is off. Switch it on under Webhooks."),
        this));
    column->addSpacing(spacing::s);
    column->addWidget(m_other);
    column->addWidget(m_address);
    column->addWidget(m_problem);
    column->addWidget(
        captionLabel(tr("https, or http on this computer. A header that holds the secret itself is left out."), this));
    column->addWidget(m_answer);
    column->addStretch();
}

void ReplayDialog::wire()
{
    setCancel(tr("Close"));
    (m_own->isEnabled() ? m_own : m_other)->setChecked(true);
    connect(m_own, &QRadioButton::toggled, this, &ReplayDialog::showState);
    connect(m_address, &QLineEdit::textEdited, this, [this] {
        m_other->setChecked(true);
        showState();
    });
    connect(primary(), &QPushButton::clicked, this, &ReplayDialog::sendOrStop);
    connect(&m_replay, &models::EventReplay::finished, this, &ReplayDialog::showOutcome);
}

void ReplayDialog::showState()
{
    const bool sending = m_replay.isUnderWay();
    const QString problem = m_own->isChecked() ? QString() : models::replayProblem(m_address->text());
    showProblem(m_problem, sending || m_address->text().isEmpty() ? QString() : problem);
    setPrimary(sending ? tr("&Stop") : tr("&Send"));
    primary()->setEnabled(sending || problem.isEmpty());
    m_address->setReadOnly(sending);
    setHint(sending ? tr("Waiting for the answer…") : QString());
}

void ReplayDialog::sendOrStop()
{
    m_answer->hide();
    if (m_replay.isUnderWay()) {
        m_replay.cancel();
        m_banner->showMessage(Banner::Kind::Warning,
            tr("Stopped. The event may have arrived there all the same; its answer is not known."));
        return showState();
    }
    m_banner->clear();
    if (m_own->isChecked()) {
        m_replay.sendToReceiver(m_eventKey);
    } else {
        const QString address = m_address->text().trimmed();
        m_workspace.profiles.setViewSetting(lastAddressSetting, address);
        m_replay.sendTo(m_eventKey, QUrl(address, QUrl::StrictMode));
    }
    showState();
}

void ReplayDialog::showOutcome(const models::ReplayOutcome &outcome)
{
    m_banner->showMessage(bannerOf(outcome.kind), models::replayText(outcome));
    m_answer->setPlainText(outcome.answer);
    m_answer->setVisible(!outcome.answer.isEmpty());
    showState();
}

} // namespace ui

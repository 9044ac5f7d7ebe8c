// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orderdialog.h"

#include "models/clock.h"
#include "models/plurals.h"
#include "ui/banner.h"
#include "ui/dialogpieces.h"
#include "ui/emptystate.h"
#include "ui/moneyfield.h"
#include "ui/statuschip.h"
#include "ui/theme.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

namespace {

//! Older than this, facts are read again at Link Money before money moves.
constexpr std::chrono::milliseconds freshFor = 10min;
//! Longer than any double-click interval.
constexpr std::chrono::milliseconds guardTime = 700ms;

enum OrderPage { LoadingPage, BlockedPage, FormPage, ConfirmPage };

qint64 orderNow()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace

OrderDialog::OrderDialog(
    const Workspace &workspace, const models::RecordRef &subject, const Words &words, QWidget *parent)
    : DialogFrame(workspace.profile, words.title, parent)
    , m_workspace(workspace)
    , m_subject(subject)
    , m_words(words)
{
    m_guard.setSingleShot(true);
    m_guard.setInterval(guardTime);
    build();
    wire();
    showState();
}

void OrderDialog::build()
{
    m_banner = new Banner(this);
    m_banner->setObjectName(u"dialogBanner"_s);
    m_blocked = new EmptyState(this);
    m_blocked->setObjectName(u"blockedState"_s);
    m_form = new OrderForm(m_words.form, this);
    m_confirmation = new OrderConfirmation(profile(), this);
    m_stack = new QStackedWidget(this);
    m_stack->insertWidget(LoadingPage, buildLoading());
    m_stack->insertWidget(BlockedPage, m_blocked);
    m_stack->insertWidget(FormPage, m_form);
    m_stack->insertWidget(ConfirmPage, m_confirmation);
    body()->setSpacing(spacing::m);
    body()->addWidget(m_banner);
    body()->addWidget(buildSubject());
    body()->addWidget(m_stack, 1);
    setMinimumWidth(dialogwidth::normal);
}

QWidget *OrderDialog::buildSubject()
{
    m_subjectBox = new QWidget(this);
    m_subjectTitle = sectionLabel({}, m_subjectBox);
    m_subjectTitle->setObjectName(u"subjectTitle"_s);
    m_subjectFacts = valueLabel({}, m_subjectBox);
    m_lastRead = captionLabel({}, m_subjectBox);
    m_lastRead->setObjectName(u"lastReadLabel"_s);
    m_chip = new StatusChip(m_subjectBox);
    auto *heading = new QHBoxLayout;
    heading->addWidget(m_subjectTitle, 1);
    heading->addWidget(m_chip);
    auto *layout = new QVBoxLayout(m_subjectBox);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::xs);
    layout->addLayout(heading);
    layout->addWidget(m_subjectFacts);
    layout->addWidget(m_lastRead);
    return m_subjectBox;
}

QWidget *OrderDialog::buildLoading()
{
    auto *page = new QWidget(this);
    m_loadingText = paragraphLabel({}, page);
    m_loadingText->setObjectName(u"loadingText"_s);
    m_goOn = new QPushButton(tr("&Go on with what is known"), page);
    m_goOn->setObjectName(u"goOnButton"_s);
    m_goOn->setAutoDefault(false);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::m);
    layout->addWidget(m_loadingText);
    layout->addWidget(busyBar(page));
    layout->addWidget(m_goOn, 0, Qt::AlignLeft);
    layout->addStretch();
    return page;
}

void OrderDialog::wire()
{
    connect(primary(), &QPushButton::clicked, this, &OrderDialog::advance);
    connect(m_form, &OrderForm::changed, this, &OrderDialog::showButtons);
    connect(m_confirmation, &OrderConfirmation::changed, this, &OrderDialog::showButtons);
    connect(m_confirmation, &OrderConfirmation::backRequested, this, [this] {
        m_confirming = false;
        showState();
        m_form->focusFirst();
    });
    connect(&m_guard, &QTimer::timeout, this, [this] {
        showButtons();
        if (primary()->isEnabled())
            primary()->setFocus();
    });
    connect(m_goOn, &QPushButton::clicked, this, [this] {
        m_lookUp = {};
        m_readingAgain = false;
        m_banner->showMessage(Banner::Kind::Warning,
            tr("Not read again. What is shown is from %1.").arg(momentText(facts().details->lastReadAt, orderNow())));
        showState();
        m_form->focusFirst();
    });
    connect(m_banner, &Banner::actionTriggered, this, &OrderDialog::readAgain);
    connect(m_blocked, &EmptyState::actionTriggered, this, &OrderDialog::readAgain);
    connect(&m_workspace.ledger, &models::Ledger::recordsChanged, this, &OrderDialog::recordsChanged);
    connect(&m_workspace.ledger, &models::Ledger::changedElsewhere, this, &OrderDialog::load);
}

OrderDialog::Step OrderDialog::step() const
{
    if (m_submitting)
        return Step::Submitting;
    if (m_readingAgain || m_awaitingFacts || (!m_facts && m_loadProblem.isEmpty()))
        return Step::Loading;
    if (!m_facts || !m_facts->details || !whyNot().isEmpty())
        return Step::Blocked;
    return m_confirming ? Step::Confirm : Step::Form;
}

void OrderDialog::load()
{
    m_read = m_workspace.ledger.read<models::OrderFacts>(
        [ref = m_subject](models::Database &database) { return models::readOrderFacts(database, ref); }, this,
        [this](models::DatabaseResult<models::OrderFacts> result) { take(std::move(result)); });
}

void OrderDialog::take(models::DatabaseResult<models::OrderFacts> result)
{
    const Step shown = step();
    m_awaitingFacts = false;
    if (!result) {
        couldNotLoad(models::databaseErrorText(result.error()));
        return;
    }
    const std::optional<models::OrderFacts> before = std::exchange(m_facts, std::move(*result));
    const bool first = !before || !before->details;
    if (m_facts->details)
        showFacts();
    if (!first && m_facts->details && !m_submitting) {
        if (const QString changed = whatChanged(*before); !changed.isEmpty()) {
            m_confirming = false;
            m_banner->showMessage(Banner::Kind::Warning, changed);
        }
    }
    if (!m_readAgainTried && (!m_facts->details || isStale()))
        readAgain();
    showState();
    if (shown != Step::Form && step() == Step::Form)
        m_form->focusFirst();
}

//! What is shown stays, because the last look or the hand-over may be under way.
void OrderDialog::couldNotLoad(const QString &why)
{
    if (m_facts && m_facts->details)
        m_banner->showMessage(Banner::Kind::Error, why);
    else
        m_loadProblem = why;
    showState();
}

bool OrderDialog::isStale() const
{
    const qint64 readAt = m_facts->details->lastReadAt;
    return orderNow() - readAt > freshFor.count() || models::liesAhead(readAt, orderNow());
}

void OrderDialog::readAgain()
{
    m_readAgainTried = true;
    m_readingAgain = true;
    m_confirming = false;
    m_loadProblem.clear();
    m_banner->clear();
    m_lookUp = m_workspace.lookUps.lookUp(m_subject, models::Source::LookUp, this,
        [this](const api::Result<models::RecordRef> &result) { tookAnswer(result); });
    showState();
}

void OrderDialog::tookAnswer(const api::Result<models::RecordRef> &result)
{
    m_readingAgain = false;
    const bool known = m_facts && m_facts->details;
    if (result) {
        m_awaitingFacts = true;
        load();
    } else if (known) {
        m_banner->showMessage(Banner::Kind::Warning,
            tr("It could not be read again: %1 What is shown is from %2.")
                .arg(api::errorText(result.error()), momentText(facts().details->lastReadAt, orderNow())),
            api::errorDetails(result.error()), tr("Try again"));
    } else {
        m_loadProblem = api::errorText(result.error());
    }
    showState();
    if (known && step() == Step::Form)
        m_form->focusFirst();
}

void OrderDialog::recordsChanged(models::RecordKind kind, const QList<qint64> &keys)
{
    const bool known = m_facts && m_facts->details;
    const bool other = kind == models::RecordKind::Customer && known && m_subject.kind == kind
        && !keys.contains(facts().details->key);
    if (kind != models::RecordKind::Payout && !other)
        load(); // a refund of this payment is another transaction or an outbox entry, so any of those may matter
}

void OrderDialog::advance()
{
    switch (step()) {
    case Step::Form:
        review();
        break;
    case Step::Confirm:
        submit();
        break;
    case Step::Loading:
    case Step::Blocked:
    case Step::Submitting:
        break;
    }
}

void OrderDialog::review()
{
    if (!formProblem().isEmpty())
        return;
    m_confirmation->setSummary(summary());
    m_confirming = true;
    m_guard.start();
    showState();
    m_confirmation->focusFirst();
}

void OrderDialog::submit()
{
    if (m_guard.isActive() || !m_confirmation->isConfirmed())
        return;
    m_submitting = true;
    m_banner->clear();
    showState();
    models::Intent meant = intent();
    meant.holdSeconds = profile().holdSeconds;
    m_workspace.outbox.submit(meant, this, [this](std::expected<qint64, models::IntentRefusal> result) {
        m_submitting = false;
        if (!result) {
            refused(result.error());
            return;
        }
        emit submitted(*result);
        accept();
    });
}

void OrderDialog::refused(const models::IntentRefusal &refusal)
{
    m_confirming = false;
    m_banner->showMessage(Banner::Kind::Error, models::intentRefusalText(refusal), refusal.detail);
    load();
    showState();
    m_form->focusFirst();
}

void OrderDialog::showState()
{
    const Step now = step();
    const bool known = m_facts && m_facts->details;
    m_subjectBox->setVisible(known && now != Step::Confirm && now != Step::Submitting);
    if (known)
        showSubject();
    m_loadingText->setText(m_readingAgain && known ? tr("Last read %1. Reading it again before anything moves…")
                                                         .arg(momentText(facts().details->lastReadAt, orderNow()))
            : m_readingAgain ? tr("Asking Link Money for it…")
                             : tr("Reading the ledger…"));
    m_goOn->setVisible(m_readingAgain && known);
    switch (now) {
    case Step::Loading:
        m_stack->setCurrentIndex(LoadingPage);
        break;
    case Step::Blocked:
        m_blocked->setContent(
            u"help-about"_s, m_words.blockedTitle, known ? whyNot() : m_loadProblem, tr("Read again"));
        m_stack->setCurrentIndex(BlockedPage);
        break;
    case Step::Form:
        m_stack->setCurrentIndex(FormPage);
        break;
    case Step::Confirm:
    case Step::Submitting:
        m_stack->setCurrentIndex(ConfirmPage);
        break;
    }
    m_confirmation->setEnabled(now != Step::Submitting);
    setLeavable(now != Step::Submitting);
    const QString leave = m_words.leave.isEmpty() ? tr("Cancel") : m_words.leave;
    setCancel(now == Step::Blocked ? tr("Close") : leave);
    showButtons();
}

void OrderDialog::showSubject()
{
    const models::RecordDetails &details = *facts().details;
    const QString amount = details.amount.cents > 0
        ? moneyText(details.amount.cents, details.amount.currency, QLocale()) + u" · "_s
        : QString();
    m_subjectTitle->setText(amount + customerName());
    m_subjectFacts->setText(details.bankText.isEmpty() ? m_subject.id : details.bankText + u'\n' + m_subject.id);
    m_chip->setStatus(details.ref.kind, details.status);
    m_lastRead->setText(tr("Last read %1").arg(momentText(details.lastReadAt, orderNow())));
}

void OrderDialog::showButtons()
{
    const Step now = step();
    const bool confirming = now == Step::Confirm || now == Step::Submitting;
    setPrimary(confirming ? actionLabel() : m_words.review, confirming && isDestructive());
    primary()->setVisible(now != Step::Blocked);
    const QString problem = now == Step::Form ? formProblem()
        : now == Step::Confirm                ? m_confirmation->problem()
                                              : QString();
    primary()->setEnabled(
        (now == Step::Form && problem.isEmpty()) || (now == Step::Confirm && problem.isEmpty() && !m_guard.isActive()));
    if (now == Step::Submitting)
        setHint(tr("Writing it down…"));
    else if (now == Step::Confirm && problem.isEmpty())
        setHint(profile().holdSeconds > 0
                ? tr("Sent after %1. Undo until then.")
                      .arg(models::counted(profile().holdSeconds, tr("1 second"), tr("%1 seconds")))
                : tr("Sent at once: this profile has no time to undo."));
    else
        setHint(problem);
}

QString OrderDialog::formProblem() const
{
    return m_form->problem();
}

QString OrderDialog::whatChanged(const models::OrderFacts &before) const
{
    if (before.details->bankText == facts().details->bankText)
        return {};
    return tr("While this was open, the customer's bank account changed from %1 to %2.")
        .arg(before.details->bankText, facts().details->bankText);
}

const models::OrderFacts &OrderDialog::facts() const
{
    return *m_facts;
}

const Workspace &OrderDialog::workspace() const
{
    return m_workspace;
}

const models::RecordRef &OrderDialog::subject() const
{
    return m_subject;
}

OrderForm *OrderDialog::form() const
{
    return m_form;
}

QString OrderDialog::customerName() const
{
    const models::RecordDetails &details = *facts().details;
    if (!details.customerName.isEmpty())
        return details.customerName;
    if (details.ref.kind == models::RecordKind::Customer && !details.title.isEmpty())
        return details.title;
    return details.customerId.isEmpty() ? tr("the customer") : tr("customer %1").arg(details.customerId.text());
}

api::Money OrderDialog::typed() const
{
    const MoneyField *field = m_form->amount();
    return {.cents = field ? field->cents().value_or(0) : 0, .currency = facts().details->amount.currency};
}

QString OrderDialog::typedText() const
{
    return moneyText(typed().cents, typed().currency, QLocale());
}

QList<OrderSummary::Fact> OrderDialog::factsWith(const QList<OrderSummary::Fact> &own) const
{
    const QList<OrderSummary::Fact> who{{tr("Customer"), customerName()}, {tr("Bank"), facts().details->bankText}};
    const QList<OrderSummary::Fact> written{{tr("Reason"), m_form->reason()},
        {tr("Your reference"), m_form->reference()}, {tr("On the statement"), m_form->descriptor()}};
    return who + own + written;
}

QString OrderDialog::payee() const
{
    const QString bank = facts().details->bankText;
    return bank.isEmpty() ? customerName() : u"%1, %2"_s.arg(customerName(), bank);
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/revealdialog.h"

#include "models/aggregation.h"
#include "models/audit.h"
#include "models/plurals.h"
#include "models/reveal.h"
#include "ui/asker.h"
#include "ui/banner.h"
#include "ui/clipboardguard.h"
#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr qsizetype lastDigits = 4;

//! "····6789": the last four only, whatever the length.
QString maskedNumber(const QString &lastFour)
{
    return u"\u2022\u2022\u2022\u2022\u2022\u2022"_s + lastFour.right(lastDigits);
}

//! In groups of four, to be read out.
QString groupedNumber(const QString &number)
{
    QString grouped;
    for (qsizetype at = 0; at < number.size(); at += 4)
        grouped += (at > 0 ? u" "_s : QString()) + number.mid(at, 4);
    return grouped;
}

} // namespace

RevealDialog::RevealDialog(const Workspace &workspace, const models::RecordRef &customer, QWidget *parent)
    : RevealDialog(workspace, customer, Times{}, parent)
{
}

RevealDialog::RevealDialog(
    const Workspace &workspace, const models::RecordRef &customer, const Times &times, QWidget *parent)
    : DialogFrame(workspace.profile, tr("Account numbers"), parent)
    , m_workspace(workspace)
    , m_customer(customer)
    , m_times(times)
    , m_details(workspace.ledger)
{
    setObjectName(u"revealDialog"_s);
    m_maskTimer.setSingleShot(true);
    m_maskTimer.setInterval(times.shown);
    m_tick.setInterval(std::chrono::seconds(1));
    build();
    wire();
    m_details.setRecord(customer);
    showState();
}

void RevealDialog::build()
{
    m_banner = new Banner(this);
    m_banner->setObjectName(u"dialogBanner"_s);
    m_who = sectionLabel({}, this);
    m_explanation = paragraphLabel(
        tr("Full account numbers are asked for at %1 only when you show them. They are shown for a short "
           "while and never kept. Each time is recorded in the audit trail: who, when, whose numbers and why.")
            .arg(serviceName()),
        this);
    m_asking = new QWidget(this);
    auto *asking = new QVBoxLayout(m_asking);
    asking->setContentsMargins({});
    asking->setSpacing(spacing::xs);
    m_reason = new QComboBox(m_asking);
    m_reason->setObjectName(u"reasonCombo"_s);
    m_reason->setEditable(true);
    m_reason->setInsertPolicy(QComboBox::NoInsert);
    m_reason->addItems({tr("Check against a bank statement"), tr("Asked for by the customer"),
        tr("Payment by other means"), tr("Fraud enquiry")});
    m_reason->setCurrentIndex(-1);
    m_reason->lineEdit()->setPlaceholderText(tr("Choose one or type your own"));
    addField(asking, tr("&Reason"), m_reason);
    m_list = new QVBoxLayout;
    m_list->setSpacing(spacing::m);
    body()->setSpacing(spacing::m);
    body()->addWidget(m_banner);
    body()->addWidget(m_who);
    body()->addWidget(m_explanation);
    body()->addWidget(m_asking);
    body()->addLayout(m_list);
    body()->addStretch();
    setCancel(tr("Close"));
    setMinimumWidth(dialogwidth::normal);
}

void RevealDialog::wire()
{
    connect(primary(), &QPushButton::clicked, this, &RevealDialog::reveal);
    connect(m_reason, &QComboBox::editTextChanged, this, &RevealDialog::showState);
    connect(&m_details, &models::RecordDetailsModel::changed, this, &RevealDialog::showState);
    connect(&m_maskTimer, &QTimer::timeout, this, &RevealDialog::mask);
    connect(&m_tick, &QTimer::timeout, this, &RevealDialog::tick);
    connect(this, &QDialog::finished, this, &RevealDialog::mask);
}

//! Whom the numbers are asked for at.
QString RevealDialog::serviceName() const
{
    return models::linkedUserOf(m_customer) ? tr("FinGoal") : tr("Link Money");
}

QString RevealDialog::reason() const
{
    return m_reason->currentText().simplified();
}

void RevealDialog::reveal()
{
    if (m_step == Step::Shown) {
        mask();
        return;
    }
    m_workspace.asker.ask(this,
        {.title = tr("Show full account numbers?"),
            .text = tr("The audit trail will say that %1 showed the account numbers of %2. Reason: %3.")
                .arg(models::currentUser(), m_who->text(), reason()),
            .yes = tr("Record and show"),
            .production = profile().environment == models::Environment::Production},
        [dialog = QPointer<RevealDialog>(this)](bool yes) {
            if (yes && dialog && dialog->m_step == Step::Masked)
                dialog->record();
        });
}

void RevealDialog::record()
{
    m_step = Step::Recording;
    m_banner->clear();
    showState();
    models::recordReveal(m_workspace.ledger, api::CustomerId(m_customer.id), reason(), this,
        [this](const models::DatabaseResult<void> &written) {
            if (written) {
                fetch();
                return;
            }
            m_step = Step::Masked;
            m_banner->showMessage(Banner::Kind::Error,
                tr("Nothing is shown, because it could not be recorded. %1")
                    .arg(models::databaseErrorText(written.error())));
            showState();
        });
}

void RevealDialog::fetch()
{
    m_step = Step::Fetching;
    showState();
    if (const auto user = models::linkedUserOf(m_customer))
        return fetchOfUser(*user);
    m_call = m_workspace.lookUps.verifiedAccounts(
        api::CustomerId(m_customer.id), this, [this](const api::Result<QList<api::VerifiedAccount>> &result) {
            took(result ? api::Result<QList<Number>>(numbersOf(*result)) : std::unexpected(result.error()));
        });
}

void RevealDialog::fetchOfUser(const models::LinkedUserId &user)
{
    if (!m_workspace.aggregation)
        return took(
            std::unexpected(api::Error{.kind = api::ErrorKind::NotFound, .delivery = api::Delivery::CertainlyNotSent}));
    m_call = m_workspace.aggregation->verifiedAccounts(
        user, this, [this](const api::Result<QList<api::VerifiedAggregatedAccount>> &result) {
            took(result ? api::Result<QList<Number>>(numbersOf(*result)) : std::unexpected(result.error()));
        });
}

QList<RevealDialog::Number> RevealDialog::numbersOf(const QList<api::VerifiedAccount> &accounts)
{
    QList<Number> numbers;
    for (const api::VerifiedAccount &account : accounts) {
        for (const api::VerifiedAccount::Network &network : account.networks)
            numbers.append({.lastFour = account.display,
                .full = network.accountNumber,
                .facts = tr("Routing number %1 · %2").arg(network.routingNumber, network.type)});
    }
    return numbers;
}

QList<RevealDialog::Number> RevealDialog::numbersOf(const QList<api::VerifiedAggregatedAccount> &accounts)
{
    QList<Number> numbers;
    for (const api::VerifiedAggregatedAccount &account : accounts) {
        QStringList owner{account.provider, account.name, account.holder};
        owner.removeAll(QString());
        QStringList facts{
            account.routingNumber.isEmpty() ? QString() : tr("Routing number %1").arg(account.routingNumber),
            account.type};
        facts.removeAll(QString());
        numbers.append({.owner = owner.join(u" · "_s),
            .lastFour = models::lastFourDigits(
                account.accountNumber.isEmpty() ? account.maskedNumber : account.accountNumber),
            .full = account.accountNumber,
            .facts = facts.join(u" · "_s)});
    }
    return numbers;
}

void RevealDialog::took(const api::Result<QList<Number>> &result)
{
    if (!result || !isVisible()) {
        m_step = Step::Masked;
        if (!result)
            m_banner->showMessage(
                Banner::Kind::Error, api::errorText(result.error()), api::errorDetails(result.error()));
        showState();
        return;
    }
    m_numbers = *result;
    m_step = Step::Shown;
    m_maskTimer.start();
    m_tick.start();
    showAccounts();
    showState();
}

void RevealDialog::mask()
{
    m_maskTimer.stop();
    m_tick.stop();
    m_call = {};
    for (Number &number : m_numbers)
        number.full.clear();
    m_step = Step::Masked;
    showAccounts();
    showState();
}

void RevealDialog::showAccounts()
{
    while (QLayoutItem *item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Number &number : std::as_const(m_numbers))
        addNumber(number);
    if (m_numbers.isEmpty() && m_step == Step::Shown)
        m_list->addWidget(paragraphLabel(models::linkedUserOf(m_customer)
                ? tr("No account of this person is verified. FastLink with the configuration verification asks for it.")
                : tr("This customer has shared no account for verification. A session with the product VERIFY asks "
                     "for it."),
            this));
}

void RevealDialog::addNumber(const Number &shown)
{
    const bool readable = m_step == Step::Shown && !shown.full.isEmpty();
    auto *row = new QWidget(this);
    auto *number = new QLabel(readable ? groupedNumber(shown.full) : maskedNumber(shown.lastFour), row);
    number->setObjectName(u"accountNumber"_s);
    number->setFont(Theme::font(Type::Title));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    auto *texts = new QVBoxLayout;
    texts->setSpacing(spacing::xs);
    if (!shown.owner.isEmpty())
        texts->addWidget(captionLabel(shown.owner, row));
    texts->addWidget(number);
    texts->addWidget(captionLabel(shown.facts, row));
    layout->addLayout(texts, 1);
    if (readable) {
        auto *copy = new QPushButton(Theme::icon(u"edit-copy"_s), tr("&Copy"), row);
        copy->setObjectName(u"copyNumberButton"_s);
        copy->setAutoDefault(false);
        copy->setToolTip(tr("Copy the account number; the clipboard is cleared after %1 seconds")
                .arg(m_times.onClipboard / std::chrono::seconds(1)));
        connect(copy, &QPushButton::clicked, this,
            [this, full = shown.full] { ClipboardGuard::copy(full, m_times.onClipboard); });
        layout->addWidget(copy, 0, Qt::AlignTop);
    }
    m_list->addWidget(row);
}

void RevealDialog::tick()
{
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(m_maskTimer.remainingTimeAsDuration()).count()
        + 1;
    setHint(models::counted(left, tr("Masked again in 1 second"), tr("Masked again in %1 seconds")));
}

void RevealDialog::showState()
{
    const auto &details = m_details.details();
    m_who->setText(details && !details->title.isEmpty() ? details->title : m_customer.id);
    const bool idle = m_step == Step::Masked;
    m_asking->setVisible(m_step != Step::Shown);
    m_asking->setEnabled(idle);
    setPrimary(m_step == Step::Shown ? tr("&Mask again") : tr("&Show full numbers…"));
    primary()->setEnabled(m_step == Step::Shown || (idle && !reason().isEmpty()));
    if (m_step == Step::Recording)
        setHint(tr("Recording it first…"));
    else if (m_step == Step::Fetching)
        setHint(tr("Asking %1…").arg(serviceName()));
    else if (m_step == Step::Shown)
        tick();
    else
        setHint(reason().isEmpty() ? tr("Choose or type a reason.") : QString());
}

} // namespace ui

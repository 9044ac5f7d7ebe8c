// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/creditdialog.h"

#include "ui/banner.h"

#include <QCheckBox>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

OrderDialog::Words creditWords()
{
    return {.title = CreditDialog::tr("Send a credit"),
        .blockedTitle = CreditDialog::tr("This customer cannot be credited"),
        .review = CreditDialog::tr("Re&view credit…"),
        .form = {.reasons = {CreditDialog::tr("Goodwill"), CreditDialog::tr("Promotion"),
                     CreditDialog::tr("Prize or reward"), CreditDialog::tr("Payout to a seller")},
            .referenceHint = CreditDialog::tr("Sent to Link Money as your client reference.")}};
}

} // namespace

CreditDialog::CreditDialog(const Workspace &workspace, const models::RecordRef &customer, QWidget *parent)
    : OrderDialog(workspace, customer, creditWords(), parent)
{
    setObjectName(u"creditDialog"_s);
    buildWarning();
    load();
}

void CreditDialog::buildWarning()
{
    auto *warning = new Banner(this);
    warning->setObjectName(u"creditWarning"_s);
    warning->showMessage(Banner::Kind::Warning,
        tr("A credit names no payment, so nothing limits it and nothing notices a second one. "
           "To give a payment back, refund that payment."),
        {}, tr("Refund a payment instead"));
    connect(warning, &Banner::actionTriggered, this, [this] {
        emit refundInsteadRequested(subject());
        reject();
    });
    m_noOriginal = new QCheckBox(tr("This does not give back an earlier &payment"), this);
    m_noOriginal->setObjectName(u"noOriginalCheck"_s);
    connect(m_noOriginal, &QCheckBox::toggled, form(), &OrderForm::changed);
    form()->top()->addWidget(warning);
    form()->top()->addWidget(m_noOriginal);
}

QString CreditDialog::whyNot() const
{
    return {};
}

void CreditDialog::showFacts()
{
    const QString bank = facts().details->bankText;
    form()->setAmountNote(bank.isEmpty()
            ? tr("Paid to the bank account the customer prefers; this ledger does not know which one.")
            : tr("Paid to %1.").arg(bank));
}

QString CreditDialog::formProblem() const
{
    if (const QString problem = OrderDialog::formProblem(); !problem.isEmpty())
        return problem;
    return m_noOriginal->isChecked() ? QString() : tr("Say that no earlier payment is given back.");
}

models::Intent CreditDialog::intent() const
{
    return {.kind = models::OutboxKind::Credit,
        .customer = api::CustomerId(subject().id),
        .amount = typed(),
        .reason = form()->reason(),
        .reference = form()->reference(),
        .softDescriptor = form()->descriptor()};
}

OrderSummary CreditDialog::summary() const
{
    QStringList warnings{
        tr("No payment stands behind this credit: what can be refunded of the customer's payments stays as it is.")};
    if (facts().details->status != "ACTIVE"_L1)
        warnings << tr("The customer's link is not active (status %1): Link Money may refuse the credit.")
                        .arg(models::statusLook(models::RecordKind::Customer, facts().details->status).word);
    return {.amount = typed(),
        .sentence = tr("%1 is paid to %2.").arg(typedText(), payee()),
        .facts = factsWith({{tr("Customer id"), subject().id}}),
        .warnings = warnings};
}

QString CreditDialog::actionLabel() const
{
    return tr("&Credit %1").arg(typedText());
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paymentdialog.h"

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

OrderDialog::Words paymentWords()
{
    return {.title = PaymentDialog::tr("Take a payment"),
        .blockedTitle = PaymentDialog::tr("This customer cannot be debited"),
        .review = PaymentDialog::tr("Re&view payment…"),
        .form = {
            .reasons = {PaymentDialog::tr("Order"), PaymentDialog::tr("Invoice"), PaymentDialog::tr("Subscription"),
                PaymentDialog::tr("Payment tried again after a failure"), PaymentDialog::tr("Agreed by phone")},
            .referenceHint = PaymentDialog::tr(
                "Sent to Link Money as your client reference: an order or invoice number.")}};
}

} // namespace

PaymentDialog::PaymentDialog(const Workspace &workspace, const models::RecordRef &customer, QWidget *parent)
    : OrderDialog(workspace, customer, paymentWords(), parent)
{
    setObjectName(u"paymentDialog"_s);
    form()->setAmountNote({});
    load();
}

QString PaymentDialog::whyNot() const
{
    const QString status = facts().details->status;
    if (status == "ACTIVE"_L1)
        return {};
    return models::intentRefusalText({.problem = models::IntentProblem::CustomerNotActive, .detail = status});
}

void PaymentDialog::showFacts()
{
    const QString bank = facts().details->bankText;
    form()->setAmountNote(bank.isEmpty()
            ? tr("Taken from the bank account the customer prefers; this ledger does not know which one.")
            : tr("Taken from %1.").arg(bank));
}

models::Intent PaymentDialog::intent() const
{
    return {.kind = models::OutboxKind::Payment,
        .customer = api::CustomerId(subject().id),
        .amount = typed(),
        .reason = form()->reason(),
        .reference = form()->reference(),
        .softDescriptor = form()->descriptor()};
}

OrderSummary PaymentDialog::summary() const
{
    return {.amount = typed(),
        .sentence = tr("%1 is taken from %2. The customer must have agreed to this.").arg(typedText(), payee()),
        .facts = factsWith({{tr("Customer id"), subject().id}})};
}

QString PaymentDialog::actionLabel() const
{
    return tr("&Take %1").arg(typedText());
}

} // namespace ui

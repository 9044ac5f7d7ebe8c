// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canceldialog.h"

#include "ui/dialogpieces.h"

#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

OrderDialog::Words cancelWords()
{
    return {.title = CancelDialog::tr("Cancel a payment"),
        .blockedTitle = CancelDialog::tr("This payment cannot be canceled"),
        .review = CancelDialog::tr("Re&view…"),
        .leave = CancelDialog::tr("Keep the payment"),
        .form = {.reasons = {CancelDialog::tr("Asked for by the customer"), CancelDialog::tr("Order canceled"),
                     CancelDialog::tr("Entered by mistake"), CancelDialog::tr("Suspected fraud")},
            .withAmount = false}};
}

} // namespace

CancelDialog::CancelDialog(const Workspace &workspace, const models::RecordRef &transaction, QWidget *parent)
    : OrderDialog(workspace, transaction, cancelWords(), parent)
{
    setObjectName(u"cancelDialog"_s);
    form()->top()->addWidget(paragraphLabel(tr("Known: Link Money can be asked to cancel a payment that is still on "
                                               "its way; a canceled one shows as Canceled."),
        this));
    form()->top()->addWidget(paragraphLabel(tr("Not known: until when it works and what Link Money answers; that is "
                                               "not published. Whatever it answers, the payment is "
                                               "read again, and only that counts."),
        this));
    load();
}

QString CancelDialog::whyNot() const
{
    if (facts().details->canStillChange)
        return {};
    return models::intentRefusalText(
        {.problem = models::IntentProblem::CannotBeCancelled, .detail = facts().details->status});
}

void CancelDialog::showFacts()
{
}

models::Intent CancelDialog::intent() const
{
    return {.kind = models::OutboxKind::Cancel,
        .customer = facts().details->customerId,
        .original = api::TransactionId(subject().id),
        .amount = facts().details->amount,
        .reason = form()->reason(),
        .reference = {},
        .softDescriptor = {}};
}

OrderSummary CancelDialog::summary() const
{
    return {.amount = facts().details->amount,
        .sentence = tr("Link Money is asked not to carry out this payment of %1.").arg(payee()),
        .facts = factsWith({{tr("Payment"), subject().id},
            {tr("Status now"), models::statusLook(models::RecordKind::Transaction, facts().details->status).word}}),
        .warnings = {tr("If the payment has already gone to the bank, it may still be taken. Then refund it once it "
                        "has succeeded.")}};
}

QString CancelDialog::actionLabel() const
{
    return tr("Ask to cancel &payment");
}

QString CancelDialog::whatChanged(const models::OrderFacts &before) const
{
    if (before.details->status == facts().details->status)
        return {};
    const auto word = [](const models::OrderFacts &known) {
        return models::statusLook(models::RecordKind::Transaction, known.details->status).word;
    };
    return tr("While this was open, the payment went from %1 to %2.").arg(word(before), word(facts()));
}

} // namespace ui

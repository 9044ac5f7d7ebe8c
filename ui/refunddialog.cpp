// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/refunddialog.h"

#include "ui/dialogpieces.h"
#include "ui/moneyfield.h"
#include "ui/remainderview.h"

#include <QDateTime>
#include <QLineEdit>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

namespace {

//! Two banking days, the usual return window of ACH, with a weekend in between.
constexpr std::chrono::milliseconds usualReturnWindow = 96h;

//! Empty when the payment settled long enough ago, or when nothing is known about it.
QString settledText(qint64 settledAt)
{
    const qint64 since = QDateTime::currentMSecsSinceEpoch() - settledAt;
    if (settledAt <= 0 || since > usualReturnWindow.count())
        return {};
    return since < 0 ? RefundDialog::tr("This payment is expected to settle only in %1.").arg(spanText(-since))
                     : RefundDialog::tr("This payment settled %1 ago at the earliest, if it has settled at all.")
                           .arg(spanText(since));
}

OrderDialog::Words refundWords()
{
    return {.title = RefundDialog::tr("Refund a payment"),
        .blockedTitle = RefundDialog::tr("This payment cannot be refunded"),
        .review = RefundDialog::tr("Re&view refund…"),
        .form = {.reasons = {RefundDialog::tr("Asked for by the customer"), RefundDialog::tr("Goods returned"),
                     RefundDialog::tr("Not delivered"), RefundDialog::tr("Paid twice"),
                     RefundDialog::tr("Wrong amount"), RefundDialog::tr("Suspected fraud")},
            .referenceHint = RefundDialog::tr(
                "Kept in this console. Link Money gets a reference that ties the refund to its payment.")}};
}

} // namespace

RefundDialog::RefundDialog(const Workspace &workspace, const models::RecordRef &transaction, QWidget *parent)
    : OrderDialog(workspace, transaction, refundWords(), parent)
    , m_remainder(new RemainderView(this))
{
    setObjectName(u"refundDialog"_s);
    form()->top()->addWidget(m_remainder);
    connect(form(), &OrderForm::changed, this, &RefundDialog::showLeaves);
    load();
}

QString RefundDialog::whyNot() const
{
    const models::Remainder &remainder = *facts().remainder;
    if (!remainder.whyNot)
        return {};
    const QString why = models::intentRefusalText(
        {.problem = *remainder.whyNot, .remainderCents = remainder.left, .detail = facts().details->status});
    return *remainder.whyNot == models::IntentProblem::NothingLeft ? why + u' ' + whereItWent() : why;
}

QString RefundDialog::whereItWent() const
{
    const models::Remainder &remainder = *facts().remainder;
    QStringList parts;
    if (remainder.accepted > 0)
        parts << tr("%1 refunded").arg(money(remainder.accepted));
    if (remainder.held > 0)
        parts << tr("%1 on its way").arg(money(remainder.held));
    if (remainder.unknown > 0)
        parts << tr("%1 with unknown outcome, counted as spent").arg(money(remainder.unknown));
    if (remainder.elsewhere > 0)
        parts << tr("%1 refunded elsewhere").arg(money(remainder.elsewhere));
    return tr("Of %1: %2.").arg(money(remainder.amount.cents), parts.join(u", "_s));
}

void RefundDialog::showFacts()
{
    const models::Remainder &remainder = *facts().remainder;
    m_remainder->setRemainder(remainder);
    form()->amount()->setMaximum(remainder.left,
        tr("Only %1 of %2 is left to refund.").arg(money(remainder.left), money(remainder.amount.cents)));
    if (!form()->amountWasTyped() && remainder.left > 0)
        form()->amount()->setCents(remainder.left);
    showLeaves();
}

void RefundDialog::showLeaves()
{
    if (step() == Step::Loading || step() == Step::Blocked)
        return;
    const std::optional<qint64> typed = form()->amount()->cents();
    const models::Remainder &remainder = *facts().remainder;
    if (!typed)
        form()->setAmountNote({});
    else if (*typed == remainder.left)
        form()->setAmountNote(
            remainder.left == remainder.amount.cents ? tr("The full payment.") : tr("All that is left."));
    else
        form()->setAmountNote(
            tr("Leaves %1 of %2.").arg(money(remainder.left - *typed), money(remainder.amount.cents)));
}

models::Intent RefundDialog::intent() const
{
    return {.kind = models::OutboxKind::Refund,
        .customer = facts().details->customerId,
        .original = api::TransactionId(subject().id),
        .amount = typed(),
        .reason = form()->reason(),
        .reference = form()->reference(),
        .softDescriptor = form()->descriptor(),
        .drawnRemainderCents = facts().remainder->left};
}

OrderSummary RefundDialog::summary() const
{
    const models::Remainder &remainder = *facts().remainder;
    const QString left = tr("%1 of %2").arg(money(remainder.left - typed().cents), money(remainder.amount.cents));
    return {.amount = typed(),
        .sentence = tr("%1 goes back to %2.").arg(typedText(), payee()),
        .facts = factsWith({{tr("Payment"), subject().id}, {tr("Left after it"), left}}),
        .warnings = warnings()};
}

QStringList RefundDialog::warnings() const
{
    QStringList found;
    if (const qint64 unknown = facts().remainder->unknown; unknown > 0)
        found << tr("The outcome of earlier refunds over %1 is not known yet. They count as spent; settle them first "
                    "if this one "
                    "is meant to replace them.")
                     .arg(money(unknown));
    if (const QString settled = settledText(facts().settledAt); !settled.isEmpty())
        found << settled + u' '
                + tr("Banks can return a debit, usually within two banking days, and up to 60 days when the customer "
                     "says "
                     "it was not authorized. Refunded before that, the customer may be paid twice.");
    return found;
}

QString RefundDialog::actionLabel() const
{
    return tr("&Refund %1").arg(typedText());
}

QString RefundDialog::whatChanged(const models::OrderFacts &before) const
{
    const qint64 was = before.remainder ? before.remainder->left : 0;
    const qint64 left = facts().remainder->left;
    if (was == left)
        return {};
    return tr("While this was open, what is left to refund went from %1 to %2. Check the amount again.")
        .arg(money(was), money(left));
}

QString RefundDialog::money(qint64 cents) const
{
    return moneyText(cents, facts().remainder->amount.currency, QLocale());
}

} // namespace ui

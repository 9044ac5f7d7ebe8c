// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outbox.h"

#include "api/paybybank/transactions.h"
#include "models/cell.h"
#include "models/clock.h"

#include <QCoreApplication>
#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct OutboxWords
{
    Q_DECLARE_TR_FUNCTIONS(models::Outbox)
};

QString dollars(qint64 cents)
{
    return u'$' + api::plainAmount(cents);
}

QString withDetail(const QString &sentence, const QString &detail)
{
    return detail.isEmpty() ? sentence : sentence + u' ' + detail;
}

QString remainderText(const IntentRefusal &refusal)
{
    if (refusal.problem == IntentProblem::RemainderChanged) {
        return OutboxWords::tr("Another refund of this payment was made meanwhile: %1 can still be refunded. Nothing "
                               "was sent. Check the amount "
                               "and confirm again.")
            .arg(dollars(refusal.remainderCents));
    }
    return OutboxWords::tr("That is more than can still be refunded (%1). Nothing was sent. Enter that much or less.")
        .arg(dollars(refusal.remainderCents));
}

QString heldText(const OutboxEntry &entry, qint64 now)
{
    if (entry.holdUntil == 0) {
        return withDetail(entry.answer,
            OutboxWords::tr("Waits for a person: nothing was sent. Press Send now, or Undo to take it back."));
    }
    const qint64 seconds = std::max<qint64>(0, (entry.holdUntil - now + 999) / 1000);
    return OutboxWords::tr("Goes out in %1 s. Until then Undo takes it back and nothing is sent.").arg(seconds);
}

QString acceptedText(const OutboxEntry &entry)
{
    if (entry.kind == OutboxKind::Cancel)
        return OutboxWords::tr("The server took the cancellation. The payment's own status shows when it is done.");
    if (entry.released) {
        return entry.kind == OutboxKind::Refund
            ? OutboxWords::tr("The server took it, but the transfer failed later: the customer did not get the money. "
                              "The amount can be "
                              "refunded again; start a new refund from the payment.")
            : OutboxWords::tr("The server took it, but it failed or was canceled later: no money has moved. Start "
                              "again if it is still meant.");
    }
    if (entry.result.isEmpty())
        return OutboxWords::tr("The server has it but named no payment that could be followed here, so what became of "
                               "it is not known. Look for reference %1 in the merchant portal and record what you "
                               "found.")
            .arg(entry.reference);
    return OutboxWords::tr("Nothing to do. The transfer takes some banking days; its status is followed here.");
}

QString unknownText(const OutboxEntry &entry, qint64 now)
{
    if (entry.kind != OutboxKind::Cancel && !mayAskAgain(entry.firstSentAt, now)) {
        const QString why = liesAhead(entry.firstSentAt, now)
            ? OutboxWords::tr("The computer's clock was set back since it was sent")
            : OutboxWords::tr("It was sent more than a day ago");
        return OutboxWords::tr("It is not known whether money moves. The amount counts as spent. %1, so it is not sent "
                               "again: the server may have forgotten it and take it for a new one. Look for reference "
                               "%2 in the merchant portal and record what you found.")
            .arg(why, entry.reference);
    }
    if (entry.kind == OutboxKind::Cancel) {
        return OutboxWords::tr("It is not known whether the cancellation arrived. Refresh the payment: its status "
                               "tells. Or press Ask again.");
    }
    return OutboxWords::tr("It is not known whether money moves. The amount counts as spent, and the same request is "
                           "never made anew. Press Ask "
                           "again: it repeats the very same request, which the server can carry out only once. If that "
                           "does not settle it, look "
                           "for reference %1 in the merchant portal and record what you found.")
        .arg(entry.reference);
}

} // namespace

QString outboxStateWord(OutboxState state)
{
    switch (state) {
    case OutboxState::Held:
        return u"HELD"_s;
    case OutboxState::Sending:
        return u"SENDING"_s;
    case OutboxState::Accepted:
        return u"ACCEPTED"_s;
    case OutboxState::Refused:
        return u"REFUSED"_s;
    case OutboxState::Unknown:
        return u"UNKNOWN"_s;
    case OutboxState::Withdrawn:
        return u"WITHDRAWN"_s;
    }
    Q_UNREACHABLE();
}

QString outboxKindWord(OutboxKind kind)
{
    switch (kind) {
    case OutboxKind::Payment:
        return u"PAYMENT"_s;
    case OutboxKind::Credit:
        return u"CREDIT"_s;
    case OutboxKind::Refund:
        return u"REFUND"_s;
    case OutboxKind::Cancel:
        return u"CANCEL"_s;
    }
    Q_UNREACHABLE();
}

QString intentRefusalText(const IntentRefusal &refusal)
{
    switch (refusal.problem) {
    case IntentProblem::NotADebit:
        return OutboxWords::tr("This is money that went to the customer, so it cannot be refunded. Only debits can.");
    case IntentProblem::NotSucceeded:
        return !refusal.detail.isEmpty() && api::canStillChange(refusal.detail)
            ? OutboxWords::tr("This payment has not succeeded yet, so there is nothing to refund. While it is on its "
                              "way it can be canceled instead.")
            : OutboxWords::tr("This payment has not succeeded, so there is nothing to refund.");
    case IntentProblem::UnknownOriginal:
        return OutboxWords::tr("This payment is not in the ledger yet. Look it up first, then try again.");
    case IntentProblem::NothingLeft:
        return OutboxWords::tr(
            "All of this payment was refunded or is on its way back. See its refunds before doing anything else.");
    case IntentProblem::MoreThanRemainder:
    case IntentProblem::RemainderChanged:
        return remainderText(refusal);
    case IntentProblem::AmountNotPositive:
        return refusal.detail.isEmpty() ? OutboxWords::tr("Enter an amount of at least $0.01.") : refusal.detail;
    case IntentProblem::CustomerNotActive:
        return refusal.detail.isEmpty()
            ? OutboxWords::tr("This customer is not in the ledger yet. Look the customer up first, then try again.")
            : OutboxWords::tr(
                  "This customer cannot be debited (status %1). Send a link so that they connect a bank account first.")
                  .arg(statusLook(RecordKind::Customer, refusal.detail).word);
    case IntentProblem::BadDescriptor:
        return withDetail(
            OutboxWords::tr(
                "The text on the bank statement can have letters, digits and single spaces, at most 80 in all."),
            refusal.detail);
    case IntentProblem::CannotBeCancelled:
        return OutboxWords::tr(
            "This payment is final (%1) and cannot be canceled. A payment that succeeded can be refunded instead.")
            .arg(statusLook(RecordKind::Transaction, refusal.detail).word);
    case IntentProblem::AlreadyUnderWay:
        return OutboxWords::tr("This payment is being canceled already. Refunds shows how that stands.");
    case IntentProblem::NotWritten:
        return withDetail(OutboxWords::tr("Nothing was written down and nothing will be sent."), refusal.detail);
    }
    Q_UNREACHABLE();
}

bool mayAskAgain(qint64 firstSentAt, qint64 now)
{
    return !liesAhead(firstSentAt, now) && now - firstSentAt < askAgainWithinMs;
}

OutboxActions outboxActions(const OutboxEntry &entry, qint64 now)
{
    const bool held = entry.state == OutboxState::Held;
    const bool unknown = entry.state == OutboxState::Unknown;
    const bool nameless = entry.state == OutboxState::Accepted && entry.kind != OutboxKind::Cancel
        && entry.result.isEmpty();
    const bool failed = entry.state == OutboxState::Refused || entry.released;
    const bool remembered = entry.kind == OutboxKind::Cancel || mayAskAgain(entry.firstSentAt, now);
    return {.withdraw = held,
        .sendNow = held,
        .askAgain = unknown && remembered,
        .settle = unknown || nameless,
        .takeNote = failed && !entry.noted};
}

QString outboxNextStep(const OutboxEntry &entry, qint64 now)
{
    switch (entry.state) {
    case OutboxState::Held:
        return heldText(entry, now);
    case OutboxState::Sending:
        return OutboxWords::tr("Waiting for the server's answer. Nothing to do.");
    case OutboxState::Accepted:
        return acceptedText(entry);
    case OutboxState::Refused:
        return entry.kind == OutboxKind::Cancel
            ? OutboxWords::tr("The payment was not canceled. The answer says why.")
            : OutboxWords::tr("No money moves. The answer says why; start anew if it is still meant.");
    case OutboxState::Unknown:
        return unknownText(entry, now);
    case OutboxState::Withdrawn:
        return OutboxWords::tr("Taken back before it was sent. Nothing to do.");
    }
    Q_UNREACHABLE();
}

} // namespace models

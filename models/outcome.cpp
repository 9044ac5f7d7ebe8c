// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outcome.h"

#include "models/cell.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct OutcomeWords
{
    Q_DECLARE_TR_FUNCTIONS(models::Outcome)
};

// Not api::errorText(): its advice to try again would be wrong here.
QString withoutAnswerText(const api::Error &error)
{
    switch (error.kind) {
    case api::ErrorKind::TimedOut:
        return OutcomeWords::tr("%1 did not answer in time.").arg(error.host);
    case api::ErrorKind::Offline:
        return OutcomeWords::tr("The connection to %1 broke before the answer was there.").arg(error.host);
    case api::ErrorKind::Fault:
        return OutcomeWords::tr("%1 had a problem of its own (HTTP %2).").arg(error.host).arg(error.httpStatus);
    case api::ErrorKind::Cancelled:
        return OutcomeWords::tr("The console stopped waiting before the answer was there.");
    case api::ErrorKind::Garbled:
    case api::ErrorKind::Untrusted:
    case api::ErrorKind::Unauthorized:
    case api::ErrorKind::Forbidden:
    case api::ErrorKind::NotFound:
    case api::ErrorKind::Rejected:
    case api::ErrorKind::RateLimited:
    case api::ErrorKind::NoSecret:
        return OutcomeWords::tr("%1 gave no answer that can be trusted (%2).")
            .arg(error.host, api::errorDetails(error));
    }
    Q_UNREACHABLE();
}

bool saysItFailed(const QString &status)
{
    return status == "TERMINAL_FAILED"_L1 || status == "CANCELED"_L1 || status == "CANCELLED"_L1;
}

// The number in the answer to a refund may be the refund's own or the original's (reference 1.9): only a new one names
// a payment.
api::TransactionId paymentMade(const Attempt &attempt, const api::PaymentOutcome &said)
{
    const bool namesTheOriginal = attempt.kind == OutboxKind::Refund && said.id == attempt.original;
    return namesTheOriginal ? api::TransactionId() : said.id;
}

Outcome declined(const Attempt &attempt, const api::PaymentOutcome &said)
{
    const QString why = said.errorText.isEmpty() ? OutcomeWords::tr("The server gave no reason.") : said.errorText;
    return {.state = OutboxState::Refused,
        .result = paymentMade(attempt, said),
        .answer = OutcomeWords::tr("Declined (%1): no money moves. %2").arg(said.status, why)};
}

// A status that is not documented counts as taken, unless an error stands beside it (reference 1.7).
Outcome taken(const Attempt &attempt, const api::PaymentOutcome &said)
{
    const bool documented = said.status == "PENDING"_L1 || said.status == "AUTHORIZED"_L1;
    if (!documented && !said.errorText.isEmpty())
        return {.state = OutboxState::Unknown,
            .result = {},
            .answer = OutcomeWords::tr("The server answered with success, with the status %1 and with an error: %2")
                .arg(said.status, said.errorText)};
    return {.state = OutboxState::Accepted,
        .result = paymentMade(attempt, said),
        .answer = OutcomeWords::tr("The server took it; status %1.")
            .arg(statusLook(RecordKind::Transaction, said.status).word)};
}

// The answer to a cancel is undocumented (reference 1.10), so any success counts unless it carries an error.
Outcome outcomeOfCancel(const api::Answer &answer)
{
    const api::Json details = answer.json[u"errorDetails"];
    if (!details.isNull()) {
        return {.state = OutboxState::Unknown,
            .result = {},
            .answer = OutcomeWords::tr("The server answered with success and with an error: %1")
                .arg(QString::fromUtf8(details.toText()))};
    }
    return {.state = OutboxState::Accepted,
        .result = {},
        .answer = OutcomeWords::tr(
            "The server took the request to cancel. The payment's own status tells when it is canceled.")};
}

//! Why it is the answer to something else; empty when nothing speaks against it. The reference documents only the
//! reference in the answer (1.7 to 1.9), so that a missing one says nothing.
QString strangeness(const Attempt &attempt, const api::PaymentOutcome &said, const api::Json &answer)
{
    if (!said.clientReferenceId.isEmpty() && !attempt.reference.isEmpty()
        && said.clientReferenceId != attempt.reference)
        return OutcomeWords::tr("The answer is about another payment: it names the reference %1 instead of %2.")
            .arg(said.clientReferenceId, attempt.reference);
    const api::Json amount = answer[u"amount"];
    if (amount.type() != api::Json::Type::Object || attempt.amount.cents == 0)
        return {};
    const QString currency = amount[u"currency"].text();
    const bool sameCurrency = currency.isEmpty() || currency == attempt.amount.currency;
    if (sameCurrency && api::parseJsonAmount(amount[u"value"].text()) == attempt.amount.cents)
        return {};
    return OutcomeWords::tr("The answer names another amount: %1 %2 instead of %3 %4.")
        .arg(amount[u"value"].text(), currency, api::plainAmount(attempt.amount.cents), attempt.amount.currency);
}

Outcome outcomeOfAnswer(const Attempt &attempt, const api::Answer &answer)
{
    if (attempt.kind == OutboxKind::Cancel)
        return outcomeOfCancel(answer);
    const api::Result<api::PaymentOutcome> said = api::readAnswer(api::readPaymentOutcome, answer);
    if (!said)
        return {.state = OutboxState::Unknown, .result = {}, .answer = withoutAnswerText(said.error())};
    if (const QString strange = strangeness(attempt, *said, answer.json); !strange.isEmpty())
        return {.state = OutboxState::Unknown, .result = {}, .answer = strange};
    return saysItFailed(said->status) ? declined(attempt, *said) : taken(attempt, *said);
}

Outcome outcomeUnsent(const Attempt &attempt, const api::Error &error)
{
    const QString text = OutcomeWords::tr("Not sent: %1").arg(api::errorText(error));
    return {.state = attempt.earlierMayHaveArrived ? OutboxState::Unknown : OutboxState::Held,
        .result = {},
        .answer = text};
}

Outcome outcomeOfDuplicate(const Attempt &attempt)
{
    if (attempt.earlierMayHaveArrived) {
        return {.state = OutboxState::Accepted,
            .result = {},
            .answer = OutcomeWords::tr("The server already has this request, so the first attempt arrived. It did not "
                                       "say the payment's number.")};
    }
    return {.state = OutboxState::Unknown,
        .result = {},
        .answer = OutcomeWords::tr("The server says that it already has this request, though it was sent only once.")};
}

// Without an earlier attempt a refusal is final. After one that may have arrived it says nothing about that one.
Outcome outcomeOfRefusal(const Attempt &attempt, const api::Error &error)
{
    if (!attempt.earlierMayHaveArrived)
        return {.state = OutboxState::Refused, .result = {}, .answer = api::errorText(error)};
    return {.state = OutboxState::Unknown,
        .result = {},
        .answer = OutcomeWords::tr("Asking again was refused, which says nothing about the first attempt (%1).")
            .arg(api::errorDetails(error))};
}

} // namespace

bool refusesTheRequest(const api::Error &error)
{
    if (error.httpStatus == 408 || error.httpStatus == 409)
        return false;
    switch (error.kind) {
    case api::ErrorKind::Unauthorized:
    case api::ErrorKind::Forbidden:
    case api::ErrorKind::NotFound:
    case api::ErrorKind::Rejected:
    case api::ErrorKind::RateLimited:
        return error.delivery == api::Delivery::Answered;
    case api::ErrorKind::Offline:
    case api::ErrorKind::TimedOut:
    case api::ErrorKind::Untrusted:
    case api::ErrorKind::Fault:
    case api::ErrorKind::Garbled:
    case api::ErrorKind::Cancelled:
    case api::ErrorKind::NoSecret:
        return false;
    }
    Q_UNREACHABLE();
}

Outcome outcomeOf(const Attempt &attempt, const api::Result<api::Answer> &answer)
{
    if (answer)
        return outcomeOfAnswer(attempt, *answer);
    const api::Error &error = answer.error();
    if (error.delivery == api::Delivery::CertainlyNotSent)
        return outcomeUnsent(attempt, error);
    if (attempt.kind != OutboxKind::Cancel && api::saysDuplicateRequestKey(error))
        return outcomeOfDuplicate(attempt);
    if (!refusesTheRequest(error))
        return {.state = OutboxState::Unknown, .result = {}, .answer = withoutAnswerText(error)};
    return outcomeOfRefusal(attempt, error);
}

} // namespace models

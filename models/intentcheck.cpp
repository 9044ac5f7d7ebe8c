// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/intentcheck.h"

#include "models/audit.h"
#include "models/intentrequest.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct IntentWords
{
    Q_DECLARE_TR_FUNCTIONS(models::Intent)
};

template<typename T> using Checked = std::expected<T, IntentFailure>;

std::unexpected<IntentFailure> refusedIntent(
    IntentProblem problem, qint64 remainderCents = 0, const QString &detail = {})
{
    return std::unexpected(IntentFailure{
        .refusal = {.problem = problem, .remainderCents = remainderCents, .detail = detail}, .error = {}});
}

std::unexpected<IntentFailure> failedIntent(const DatabaseError &error)
{
    return std::unexpected(IntentFailure{
        .refusal = {.problem = IntentProblem::NotWritten, .remainderCents = 0, .detail = databaseErrorText(error)},
        .error = error});
}

struct OriginalFacts
{
    bool found = false;
    QString status;
    QString customer;
    api::Money amount;
};

Checked<OriginalFacts> readOriginal(Database &database, const api::TransactionId &id)
{
    auto statement = database.prepare(
        "SELECT status, customer_id, amount_cents, currency FROM transactions WHERE id = ?1");
    if (!statement)
        return failedIntent(statement.error());
    Statement &row = **statement;
    const auto found = row.bind(0, id.text()).step();
    if (!found)
        return failedIntent(found.error());
    if (!*found)
        return OriginalFacts{};
    OriginalFacts facts{.found = true,
        .status = row.text(0),
        .customer = row.text(1),
        .amount = {.cents = row.integer(2), .currency = row.text(3)}};
    row.reset();
    return facts;
}

struct CustomerFacts
{
    bool found = false;
    QString name;
    QString status;
};

Checked<CustomerFacts> readCustomerFacts(Database &database, const QString &id)
{
    auto statement = database.prepare("SELECT name, status FROM customers WHERE id = ?1 AND family = 'PAY_BY_BANK'");
    if (!statement)
        return failedIntent(statement.error());
    Statement &row = **statement;
    const auto found = row.bind(0, id).step();
    if (!found)
        return failedIntent(found.error());
    if (!*found)
        return CustomerFacts{};
    CustomerFacts facts{.found = true, .name = row.text(0), .status = row.text(1)};
    row.reset();
    return facts;
}

// References of refunds are counted per payment. One that the ledger has seen on a credit is taken too, whoever sent
// that.
Checked<int> nextSequence(Database &database, const api::TransactionId &original)
{
    auto highest = database.prepare("SELECT coalesce(max(sequence), 0) FROM outbox WHERE original_id = ?1");
    if (!highest)
        return failedIntent(highest.error());
    if (const auto row = (*highest)->bind(0, original.text()).step(); !row)
        return failedIntent(row.error());
    int sequence = int((*highest)->integer(0)) + 1;
    (*highest)->reset();
    for (;; ++sequence) {
        auto seen = database.prepare("SELECT 1 FROM transactions WHERE original_id = ?1 AND client_reference_id = ?2");
        if (!seen)
            return failedIntent(seen.error());
        const auto row = (*seen)->bind(0, original.text()).bind(1, refundReference(original, sequence)).step();
        if (!row)
            return failedIntent(row.error());
        if (!*row)
            return sequence;
    }
}

std::optional<IntentRefusal> amountRefusal(const Intent &intent)
{
    const auto refuse = [](const QString &detail) {
        return IntentRefusal{.problem = IntentProblem::AmountNotPositive, .remainderCents = 0, .detail = detail};
    };
    if (intent.amount.cents <= 0)
        return refuse({});
    if (intent.amount.cents > api::maximumCents)
        return refuse(IntentWords::tr("The amount is too large to be sent. The most is $%1.")
                .arg(api::plainAmount(api::maximumCents)));
    if (intent.amount.currency != "USD"_L1)
        return refuse(IntentWords::tr("Only US dollars can be moved, not %1.").arg(intent.amount.currency));
    return {};
}

std::optional<IntentRefusal> descriptorRefusal(const Intent &intent)
{
    const auto finding = api::softDescriptorProblem(intent.softDescriptor);
    if (!finding)
        return {};
    const QString detail = finding->problem == api::DescriptorProblem::TooLong
        ? IntentWords::tr("It has %1 characters; the most is %2.")
              .arg(intent.softDescriptor.size())
              .arg(api::softDescriptorLimit)
        : IntentWords::tr("Character %1 is not a letter, a digit or a single space.").arg(finding->position + 1);
    return IntentRefusal{.problem = IntentProblem::BadDescriptor, .remainderCents = 0, .detail = detail};
}

// A body without a destination would be stored for good: an intent keeps its bytes.
std::optional<IntentRefusal> merchantRefusal(const OutboxOptions &options)
{
    if (!options.merchant.isEmpty())
        return {};
    return IntentRefusal{.problem = IntentProblem::NotWritten,
        .remainderCents = 0,
        .detail = IntentWords::tr(
            "The merchant id is not known. Wait until the console is connected, or type it in the "
            "profile's settings, then try again.")};
}

Checked<void> checkRemainder(Database &database, const Intent &intent)
{
    const auto remainder = remainderOf(database, intent.original);
    if (!remainder)
        return failedIntent(remainder.error());
    if (remainder->whyNot)
        return refusedIntent(*remainder->whyNot, remainder->left);
    if (intent.drawnRemainderCents >= 0 && intent.drawnRemainderCents != remainder->left)
        return refusedIntent(IntentProblem::RemainderChanged, remainder->left);
    if (intent.amount.cents > remainder->left)
        return refusedIntent(IntentProblem::MoreThanRemainder, remainder->left);
    return {};
}

OutboxEntry draftEntry(const Intent &intent, qint64 now)
{
    const bool concernsOne = intent.kind == OutboxKind::Refund || intent.kind == OutboxKind::Cancel;
    return {.kind = intent.kind,
        .state = OutboxState::Held,
        .customer = intent.customer,
        .original = concernsOne ? intent.original : api::TransactionId(),
        .amount = intent.amount,
        .customerName = {},
        .reason = intent.reason.trimmed(),
        .reference = intent.reference.trimmed(),
        .ownReference = {},
        .softDescriptor = intent.softDescriptor,
        .requestKey = newRequestKey(),
        .createdAt = now,
        .holdUntil = now + 1000 * qint64(std::max(0, intent.holdSeconds)),
        .changedAt = now,
        .result = {},
        .answer = {},
        .by = currentUser()};
}

Checked<void> nameCustomer(Database &database, OutboxEntry &entry)
{
    const auto customer = readCustomerFacts(database, entry.customer.text());
    if (!customer)
        return std::unexpected(customer.error());
    entry.customerName = customer->name;
    return {};
}

Checked<void> prepareRefund(Database &database, const Intent &intent, NewOutboxEntry &fresh)
{
    if (const auto checked = checkRemainder(database, intent); !checked)
        return checked;
    const auto original = readOriginal(database, intent.original);
    const auto sequence = original ? nextSequence(database, intent.original) : std::unexpected(original.error());
    if (!sequence)
        return std::unexpected(sequence.error());
    fresh.entry.customer = api::CustomerId(original->customer);
    fresh.entry.ownReference = std::exchange(fresh.entry.reference, refundReference(intent.original, *sequence));
    fresh.sequence = *sequence;
    fresh.referenceIsOurs = true;
    return nameCustomer(database, fresh.entry);
}

Checked<void> prepareCancel(Database &database, const Intent &intent, NewOutboxEntry &fresh)
{
    const auto original = readOriginal(database, intent.original);
    if (!original)
        return std::unexpected(original.error());
    if (!original->found)
        return refusedIntent(IntentProblem::UnknownOriginal);
    if (!api::canStillChange(original->status))
        return refusedIntent(IntentProblem::CannotBeCancelled, 0, original->status);
    fresh.entry.customer = api::CustomerId(original->customer);
    fresh.entry.amount = original->amount;
    return nameCustomer(database, fresh.entry);
}

Checked<void> prepareDirect(Database &database, const Intent &intent, NewOutboxEntry &fresh)
{
    const auto customer = readCustomerFacts(database, intent.customer.text());
    if (!customer)
        return std::unexpected(customer.error());
    const bool mustBeActive = intent.kind == OutboxKind::Payment;
    if (!customer->found || (mustBeActive && customer->status != "ACTIVE"_L1))
        return refusedIntent(IntentProblem::CustomerNotActive, 0, customer->status);
    fresh.entry.customerName = customer->name;
    fresh.referenceIsOurs = fresh.entry.reference.isEmpty();
    if (fresh.referenceIsOurs)
        fresh.entry.reference = newReference(intent.kind);
    return {};
}

Checked<void> prepareKind(Database &database, const Intent &intent, NewOutboxEntry &fresh)
{
    switch (intent.kind) {
    case OutboxKind::Refund:
        return prepareRefund(database, intent, fresh);
    case OutboxKind::Cancel:
        return prepareCancel(database, intent, fresh);
    case OutboxKind::Payment:
    case OutboxKind::Credit:
        return prepareDirect(database, intent, fresh);
    }
    Q_UNREACHABLE();
}

} // namespace

std::expected<NewOutboxEntry, IntentFailure> prepareIntent(
    Database &database, const Intent &intent, const OutboxOptions &options, qint64 now)
{
    if (intent.kind != OutboxKind::Cancel) {
        if (const auto refusal = amountRefusal(intent))
            return std::unexpected(IntentFailure{.refusal = *refusal, .error = {}});
        if (const auto refusal = descriptorRefusal(intent))
            return std::unexpected(IntentFailure{.refusal = *refusal, .error = {}});
        if (const auto refusal = merchantRefusal(options))
            return std::unexpected(IntentFailure{.refusal = *refusal, .error = {}});
    }
    NewOutboxEntry fresh{
        .entry = draftEntry(intent, now), .referenceIsOurs = false, .sequence = 0, .request = {}, .owner = {}};
    if (const auto prepared = prepareKind(database, intent, fresh); !prepared)
        return std::unexpected(prepared.error());
    fresh.request = requestOfEntry(fresh.entry, options);
    return fresh;
}

IntentRefusal refusalOfConstraint(const DatabaseError &error)
{
    const auto says = [&error](QLatin1StringView word) { return error.message.contains(word); };
    if (says("more-than-remainder"_L1))
        return {.problem = IntentProblem::MoreThanRemainder, .remainderCents = 0, .detail = {}};
    if (says("unknown-original"_L1))
        return {.problem = IntentProblem::UnknownOriginal, .remainderCents = 0, .detail = {}};
    if (says("not-a-debit"_L1))
        return {.problem = IntentProblem::NotADebit, .remainderCents = 0, .detail = {}};
    if (says("not-succeeded"_L1))
        return {.problem = IntentProblem::NotSucceeded, .remainderCents = 0, .detail = {}};
    if (says("outbox.original_id"_L1) && !says("outbox.sequence"_L1))
        return {.problem = IntentProblem::AlreadyUnderWay, .remainderCents = 0, .detail = {}};
    return {.problem = IntentProblem::NotWritten, .remainderCents = 0, .detail = databaseErrorText(error)};
}

DatabaseResult<QString> obstacleToSending(Database &database, const OutboxEntry &entry)
{
    if (entry.kind != OutboxKind::Refund)
        return QString();
    const auto remainder = remainderOf(database, entry.original);
    if (!remainder)
        return std::unexpected(remainder.error());
    const qint64 spent = remainder->accepted + remainder->held + remainder->unknown + remainder->elsewhere;
    if (remainder->whyNot && *remainder->whyNot != IntentProblem::NothingLeft)
        return intentRefusalText({.problem = *remainder->whyNot, .remainderCents = 0, .detail = {}});
    if (spent > remainder->amount.cents)
        return IntentWords::tr(
            "Not sent: meanwhile this payment was refunded elsewhere, and this refund would be more than it was.");
    return QString();
}

} // namespace models

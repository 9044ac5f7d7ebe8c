// SPDX-License-Identifier: GPL-3.0-or-later
//! Reference 1.7, 1.8 and 1.10.
//!
//! Choices: the shape of a request is judged first, then its key, then the records it names, so that a repeat
//! of an accepted request is always refused as a duplicate. A refused request does not use up its key, a
//! declined payment does. Keys are shared by payments, credits, refunds and paymentDetails, and are up to 128
//! characters. A reversed payment is tied to nothing. Credits reach inactive customers, debits do not;
//! customers without an account get neither. Unknown customers are 400, as 404 speaks of the path. A cancel
//! is possible until the payment is INITIATED and answers with paymentId, paymentStatus and
//! clientReferenceId; its body is not read. clientReferenceId is left out when none was sent.
#include "app/sandbox/payments.h"
#include "app/sandbox/router.h"

namespace sandbox {

namespace {

constexpr Cents testUserLimit = 900'000; // reference 1.15

struct PaymentEnds
{
    std::string customer;
    bool credit = false;
};

PaymentEnds readEnds(World &world, Fields &fields)
{
    Fields source = fields.object("source", Need::Required);
    Fields destination = fields.object("destination", Need::Required);
    const std::string sourceId = source.text("id", Need::Required);
    const std::string sourceType = source.choice("type", Need::Required, {"CUSTOMER", "MERCHANT"});
    const std::string destinationId = destination.text("id", Need::Required);
    const std::string destinationType = destination.choice("type", Need::Required, {"MERCHANT", "CUSTOMER"});
    const bool credit = sourceType == "MERCHANT";
    if (!sourceType.empty() && sourceType == destinationType)
        destination.refuse("type", "must differ from source.type");
    if ((credit ? sourceId : destinationId) != world.merchant.merchantId())
        (credit ? source : destination).refuse("id", "must be your merchant id");
    return {credit ? destinationId : sourceId, credit};
}

std::optional<Response> refuseCustomer(const std::optional<Customer> &customer, bool credit)
{
    if (!customer)
        return refusal(Problem::CustomerNotFound, "There is no customer with this id");
    if (customer->state == CustomerState::Created)
        return refusal(Problem::CustomerNotActive, "The customer has not linked an account yet");
    if (customer->state == CustomerState::Inactive && !credit)
        return refusal(Problem::CustomerNotActive, "The customer is not active: ask them to link an account again");
    return std::nullopt;
}

Response createPayment(World &world, const Request &request)
{
    const auto body = readJsonBody(request);
    if (!body)
        return body.error();
    Fields fields(*body);
    const PaymentEnds ends = readEnds(world, fields);
    Created created = readOrder(fields, ends.credit ? CreatedKind::Credit : CreatedKind::Payment);
    created.customer = ends.customer;
    if (fields.problem())
        return *fields.problem();
    if (world.store.isRepeated(created.requestKey))
        return duplicateKey(created.requestKey);
    const auto customer = world.book.customer(ends.customer);
    if (auto refused = refuseCustomer(customer, ends.credit))
        return *std::move(refused);
    prepare(world, created);
    if (!ends.credit)
        decideDebit(world, created, *customer);
    return record(world, std::move(created), 200);
}

void writeReference(JsonWriter &out, const std::string &reference)
{
    if (!reference.empty())
        out.text("clientReferenceId", reference);
}

Response cancelPayment(World &world, const Request &request)
{
    const auto transaction = world.book.transaction(request.arguments.front());
    if (!transaction)
        return refusal(Problem::NotFound, "There is no payment with this id");
    const TransactionState state = transaction->timeline.stateAt(world.book.now());
    if (state > TransactionState::Scheduled)
        return refusal(
            Problem::PaymentNotCancelable, "A payment that is " + std::string(nameOf(state)) + " cannot be canceled");
    const Millis now = world.book.now();
    if (!world.store.cancel(transaction->id, now))
        return diskRefused();
    world.events.follow(transaction->id);
    JsonWriter out;
    out.beginObject();
    writePaymentId(world, out, transaction->id);
    out.text("paymentStatus", nameOf(TransactionState::Canceled));
    writeReference(out, transaction->reference);
    out.endObject();
    return answer(out);
}

} // namespace

Created readOrder(Fields &fields, CreatedKind kind)
{
    Created created;
    created.kind = kind;
    created.amount = fields.money("amount", Need::Required);
    created.reference = fields.text("clientReferenceId", Need::Optional, 255);
    created.descriptor = fields.softDescriptor();
    created.requestKey = fields.text("requestKey", Need::Required, longestRequestKey);
    return created;
}

void prepare(World &world, Created &created)
{
    created.number = world.store.created().size();
    created.id = world.merchant.ids().make(IdKind::CreatedTransaction, created.number);
    created.createdAt = world.book.now();
    if (const auto customer = world.book.customer(created.customer))
        created.account = world.book.preferredAccountOf(customer->index).id;
    Dice dice(world.merchant.plan().seed, 1ULL << 34, created.number);
    created.decision = dice.chance(650) ? Decision::AtOnce : Decision::Reviewed;
}

void decideDebit(World &world, Created &created, const Customer &customer)
{
    Dice dice(world.merchant.plan().seed, 1ULL << 33, created.number);
    const FailureReason *failure = nullptr;
    if (customer.testUser == TestUser::Profile08) {
        created.fate = Fate::Declined;
        failure = insufficientFunds();
    } else if (customer.testUser == TestUser::Profile522 && created.amount > testUserLimit) {
        created.fate = Fate::Declined;
        failure = overTheLimit();
    } else if (customer.testUser == TestUser::None && dice.chance(40)) {
        created.fate = dice.chance(500) ? Fate::Returned : Fate::RetriedThenSucceeds;
        failure = created.fate == Fate::Returned ? returnReason(dice) : retryableReason(dice);
    }
    if (failure)
        created.failureCode = failure->code;
    // The documented test users (reference 1.15) are what people try their integration with: never left to chance.
    if (created.fate == Fate::Declined || customer.testUser == TestUser::Profile522)
        created.decision = Decision::AtOnce;
}

std::optional<Transaction> enter(World &world, Created created)
{
    const std::string id = created.id;
    if (!world.store.add(std::move(created)))
        return std::nullopt;
    world.events.follow(id);
    return world.book.asTransaction(*world.store.find(id));
}

Response record(World &world, Created created, int status)
{
    const auto transaction = enter(world, std::move(created));
    if (!transaction)
        return diskRefused();
    // The documented answers are PENDING, AUTHORIZED and TERMINAL_FAILED: the moment of CREATED is not one of
    // them.
    const TransactionState state = transaction->timeline.stateAt(transaction->createdAt);
    JsonWriter out;
    out.beginObject();
    writePaymentId(world, out, transaction->id);
    out.text("paymentStatus", nameOf(state));
    writeReference(out, transaction->reference);
    if (state == TransactionState::TerminalFailed && transaction->timeline.failure)
        out.beginObject("errorDetails").text("errorMessage", transaction->timeline.failure->description).endObject();
    out.endObject();
    return answer(out, status);
}

Response duplicateKey(std::string_view requestKey)
{
    return refusal(
        Problem::DuplicateRequestKey, "A request with the requestKey " + std::string(requestKey) + " already exists");
}

void writePaymentId(const World &world, JsonWriter &out, const std::string &id)
{
    if (world.merchant.ids().paymentIdsAreNumbers())
        out.number("paymentId", id);
    else
        out.text("paymentId", id);
}

std::vector<Route> paymentRoutes()
{
    return {{http::verb::post, "/v1/payments", Access::Payment, createPayment},
        {http::verb::post, "/v1/payments/{}/cancel", Access::Payment, cancelPayment}};
}

} // namespace sandbox

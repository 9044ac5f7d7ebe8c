// SPDX-License-Identifier: GPL-3.0-or-later
//! Reference 1.9. Choices: paymentId in the answer is the refund's own id; only a payment that SUCCEEDED can
//! be refunded, at any age; all its refunds together cannot exceed it, where failed and canceled ones do not
//! count; an unknown paymentId is 400. A paymentId given as a JSON number is accepted, as the payment call
//! may answer with one.
#include "app/sandbox/payments.h"
#include "app/sandbox/router.h"

namespace sandbox {

namespace {

std::string readOriginal(const Json &body, Fields &fields)
{
    const Json *id = body.find("paymentId");
    if (id && id->integer())
        return id->text;
    return fields.text("paymentId", Need::Required);
}

std::optional<Response> refuseOriginal(const World &world, const std::optional<Transaction> &original, Cents wanted)
{
    if (!original)
        return refusal(Problem::PaymentNotFound, "There is no payment with this id");
    if (original->credit)
        return refusal(Problem::PaymentNotRefundable, "A credit cannot be refunded");
    const TransactionState state = original->timeline.stateAt(world.book.now());
    if (state != TransactionState::Succeeded)
        return refusal(
            Problem::PaymentNotRefundable, "A payment that is " + std::string(nameOf(state)) + " cannot be refunded");
    const Cents left = world.book.refundable(*original);
    if (wanted > left)
        return refusal(
            Problem::RefundExceedsPayment, "At most " + decimalOf(left) + " USD of this payment can be refunded");
    return std::nullopt;
}

Response createRefund(World &world, const Request &request)
{
    const auto body = readJsonBody(request);
    if (!body)
        return body.error();
    Fields fields(*body);
    Created created = readOrder(fields, CreatedKind::Refund);
    created.original = readOriginal(*body, fields);
    if (fields.problem())
        return *fields.problem();
    if (world.store.isRepeated(created.requestKey))
        return duplicateKey(created.requestKey);
    const auto original = world.book.transaction(created.original);
    if (auto refused = refuseOriginal(world, original, created.amount))
        return *std::move(refused);
    created.customer = world.merchant.ids().make(IdKind::Customer, original->customer);
    prepare(world, created);
    return record(world, std::move(created), 201);
}

} // namespace

std::vector<Route> refundRoutes()
{
    return {{http::verb::post, "/v1/refunds", Access::Payment, createRefund}};
}

} // namespace sandbox

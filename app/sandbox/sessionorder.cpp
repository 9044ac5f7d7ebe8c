// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sessionorder.h"

#include "app/sandbox/validation.h"

namespace sandbox {

namespace {

std::optional<Cents> amountOf(Fields &owner, std::string_view name)
{
    return owner.has(name) ? std::optional(owner.money(name, Need::Required, AmountRule::ZeroOrMore)) : std::nullopt;
}

// The deprecated call has the same members at its top level, but for the T of subTotalAmount.
void readOrderPart(Fields &owner, SessionOrder &order)
{
    for (Fields &item : owner.objects("items"))
        order.items.push_back(
            {item.text("description", Need::Required), item.money("amount", Need::Required, AmountRule::ZeroOrMore)});
    order.subtotal = amountOf(owner, owner.has("subtotalAmount") ? "subtotalAmount" : "subTotalAmount");
    order.discount = amountOf(owner, "discountAmount");
    order.shipping = amountOf(owner, "shippingAmount");
    order.tax = amountOf(owner, "taxAmount");
    order.total = amountOf(owner, "totalAmount");
}

} // namespace

SessionOrder orderOf(const Session &session)
{
    const Json body = parseJson(session.body).value_or(Json());
    Fields fields(body);
    SessionOrder order;
    order.firstName = fields.text("firstName", Need::Required);
    order.lastName = fields.text("lastName", Need::Required);
    order.email = fields.text("email", Need::Required);
    order.redirectUrl = fields.text("redirectUrl", Need::Optional);
    if (order.redirectUrl.empty())
        order.redirectUrl = session.progress.redirect;
    order.verify = body.textOf("product") == "VERIFY";
    order.doneButton = body.textOf("experienceId") == "ONBOARD_WITH_DONE";
    Fields nested = fields.object("orderDetails", Need::Optional);
    readOrderPart(nested.isPresent() ? nested : fields, order);
    Fields payment = fields.object("paymentDetails", Need::Optional);
    if (payment.isPresent())
        order.payment = payment.money("amount", Need::Required);
    return order;
}

} // namespace sandbox

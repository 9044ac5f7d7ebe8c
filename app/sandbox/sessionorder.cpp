// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sessionorder.h"

#include "app/sandbox/validation.h"

#include <QUrl>

namespace sandbox {

namespace {

std::optional<Cents> amountOf(Fields &owner, std::string_view name)
{
    return owner.has(name) ? std::optional(owner.money(name, Need::Required, AmountRule::ZeroOrMore)) : std::nullopt;
}

void readOrderPart(Fields &owner, std::string_view subtotal, SessionOrder &order)
{
    for (Fields &item : owner.objects("items"))
        order.items.push_back(
            {item.text("description", Need::Required), item.money("amount", Need::Required, AmountRule::ZeroOrMore)});
    order.subtotal = amountOf(owner, subtotal);
    order.discount = amountOf(owner, "discountAmount");
    order.shipping = amountOf(owner, "shippingAmount");
    order.tax = amountOf(owner, "taxAmount");
    order.total = amountOf(owner, "totalAmount");
}

void readNestedOrder(Fields &fields, SessionOrder &order)
{
    Fields details = fields.object("orderDetails", Need::Optional);
    readOrderPart(details, "subtotalAmount", order);
    order.redirectUrl = fields.text("redirectUrl", Need::Optional);
    order.doneButton = fields.text("experienceId", Need::Optional) == "ONBOARD_WITH_DONE";
    Fields payment = fields.object("paymentDetails", Need::Optional);
    if (payment.isPresent())
        order.payment = payment.money("amount", Need::Required);
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
    order.verify = body.textOf("product") == "VERIFY";
    if (!session.deprecated) {
        readNestedOrder(fields, order);
        return order;
    }
    readOrderPart(fields, "subTotalAmount", order);
    order.redirectUrl = session.progress.redirect;
    return order;
}

bool leadsBack(const std::string &address)
{
    const QUrl url(QString::fromStdString(address), QUrl::StrictMode);
    if (!url.isValid() || url.isRelative())
        return false;
    const QString scheme = url.scheme();
    if (scheme == u"https" || scheme == u"http")
        return !url.host().isEmpty();
    return scheme != u"javascript" && scheme != u"data" && scheme != u"file" && scheme != u"about";
}

} // namespace sandbox

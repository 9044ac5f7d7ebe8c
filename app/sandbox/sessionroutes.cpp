// SPDX-License-Identifier: GPL-3.0-or-later
//! Reference 1.4 and 1.5. Choices: redirectUrl is required, guestCheckout is not; paymentDetails and the
//! experience LINK_MANAGED_PAYMENT need each other and do not go with VERIFY; totalAmount may be 0 and need not be the
//! sum of its parts; an address is complete but for its postal code; of the deprecated call only e-mail and the
//! two names are required, and what it does not know, such as paymentDetails, it ignores.
#include "app/sandbox/hostedpages.h"
#include "app/sandbox/payments.h"
#include "app/sandbox/router.h"

#include <QUrl>

namespace sandbox {

namespace {

void readAddress(Fields &owner, std::string_view name)
{
    Fields address = owner.object(name, Need::Optional);
    for (const std::string_view part : {"streetAddress", "city", "stateOrProvince", "country"})
        address.text(part, Need::Required);
    address.text("postalCode", Need::Optional);
}

void readItems(Fields &owner)
{
    for (Fields &item : owner.objects("items")) {
        item.text("description", Need::Required);
        item.money("amount", Need::Required, AmountRule::ZeroOrMore);
        item.choice("goodType", Need::Required, {"DIGITAL", "PHYSICAL"});
    }
}

void readAmounts(Fields &owner, std::string_view subtotal, Need total)
{
    owner.money("totalAmount", total, AmountRule::ZeroOrMore);
    owner.money(subtotal, Need::Optional, AmountRule::ZeroOrMore);
    for (const std::string_view part : {"discountAmount", "shippingAmount", "taxAmount"}) {
        owner.money(part, Need::Optional, AmountRule::ZeroOrMore);
        if (owner.has(part) && !owner.has(subtotal))
            owner.refuse(subtotal, "is required with " + std::string(part));
    }
}

void readOrderDetails(Fields &fields)
{
    Fields order = fields.object("orderDetails", Need::Optional);
    if (!order.isPresent())
        return;
    readItems(order);
    readAmounts(order, "subtotalAmount", Need::Required);
    readAddress(order, "shippingAddress");
}

void readCustomerProfile(Fields &fields)
{
    Fields profile = fields.object("customerProfile", Need::Optional);
    profile.text("id", Need::Optional, 128);
    for (const std::string_view name : {"guestCheckout", "verifiedEmail", "verifiedPhone"})
        profile.boolean(name);
    profile.date("accountCreationDate");
    profile.date("firstTransactionDate");
    profile.count("transactionCount");
}

void readPerson(Fields &fields)
{
    fields.text("firstName", Need::Required);
    fields.text("lastName", Need::Required);
    fields.email("email");
    fields.text("phoneNumber", Need::Optional);
    readAddress(fields, "billingAddress");
}

void readRedirect(Fields &fields)
{
    const std::string url = fields.text("redirectUrl", Need::Required);
    if (fields.has("redirectUrl") && !leadsBack(url))
        fields.refuse("redirectUrl", "must be an absolute URL to come back to");
}

// The requestKey of the payment made inside the session, empty when there is none.
std::string readPaymentDetails(Fields &fields, bool verify)
{
    const std::string experience = fields.choice(
        "experienceId", Need::Optional, {"LINK_MANAGED_PAYMENT", "ONBOARD_WITH_DONE"});
    const bool managed = experience == "LINK_MANAGED_PAYMENT";
    Fields details = fields.object("paymentDetails", managed ? Need::Required : Need::Optional);
    if (!details.isPresent())
        return {};
    if (verify)
        fields.refuse("paymentDetails", "does not go with the product VERIFY");
    if (!managed)
        fields.refuse("paymentDetails", "needs the experienceId LINK_MANAGED_PAYMENT");
    return readOrder(details, CreatedKind::Payment).requestKey;
}

std::optional<Session> keepSession(World &world, Session session)
{
    session.key = world.merchant.ids().make(IdKind::Session, world.store.sessions().size());
    session.createdAt = world.book.now();
    return world.store.add(session) ? std::optional(std::move(session)) : std::nullopt;
}

std::string hostedAddress(const World &world, const std::string &key, const std::string &redirect)
{
    const QByteArray encoded = QUrl::toPercentEncoding(QString::fromStdString(redirect));
    return world.pagesUrl + sessionPath(key) + "?redirect=" + encoded.toStdString()
        + "&version=web-v1.0.0&sessionKey=" + key;
}

Response sessionAnswer(const World &world, const std::string &key, const std::string &address)
{
    const QString &member = world.options.sessionAddressMember;
    JsonWriter out;
    out.beginObject().text("sessionKey", key);
    if (member != QLatin1String("payByLinkUrl"))
        out.text("sessionUrl", address);
    if (member != QLatin1String("sessionUrl"))
        out.text("payByLinkUrl", address);
    out.endObject();
    return answer(out);
}

Response createSession(World &world, const Request &request)
{
    const auto body = readJsonBody(request);
    if (!body)
        return body.error();
    Fields fields(*body);
    readPerson(fields);
    readOrderDetails(fields);
    readCustomerProfile(fields);
    readRedirect(fields);
    const bool verify = fields.choice("product", Need::Optional, {"PAY", "VERIFY"}) == "VERIFY";
    const std::string requestKey = readPaymentDetails(fields, verify);
    if (fields.problem())
        return *fields.problem();
    if (!requestKey.empty() && world.store.isRepeated(requestKey))
        return duplicateKey(requestKey);
    const auto session = keepSession(world, {.key = {}, .body = std::string(request.body()), .requestKey = requestKey});
    if (!session)
        return diskRefused();
    return sessionAnswer(world, session->key, hostedAddress(world, session->key, body->textOf("redirectUrl")));
}

Response createDeprecatedSession(World &world, const Request &request)
{
    const auto body = readJsonBody(request);
    if (!body)
        return body.error();
    Fields fields(*body);
    readPerson(fields);
    readAddress(fields, "shippingAddress");
    readItems(fields);
    readAmounts(fields, "subTotalAmount", Need::Optional);
    fields.choice("product", Need::Optional, {"PAY", "VERIFY"});
    if (fields.problem())
        return *fields.problem();
    const auto session = keepSession(
        world, {.key = {}, .deprecated = true, .body = std::string(request.body()), .requestKey = {}});
    if (!session)
        return diskRefused();
    JsonWriter out;
    out.beginObject().text("sessionKey", session->key).endObject();
    return answer(out);
}

} // namespace

std::vector<Route> sessionRoutes()
{
    return {{http::verb::post, "/v2/sessions", Access::Basic, createSession},
        {http::verb::post, "/v1/sessions", Access::Core, createDeprecatedSession}};
}

} // namespace sandbox

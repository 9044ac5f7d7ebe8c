// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/sessions.h"

#include "api/jsonreader.h"
#include "api/paybybank/bodies.h"

#include <QDateTime>

namespace api {
namespace {

constexpr QLatin1StringView linkManagedPayment("LINK_MANAGED_PAYMENT");

QString productName(SessionRequest::Product product)
{
    switch (product) {
    case SessionRequest::Product::Pay:
        return QStringLiteral("PAY");
    case SessionRequest::Product::Verify:
        return QStringLiteral("VERIFY");
    }
    return {};
}

QString goodName(OrderItem::Good good)
{
    switch (good) {
    case OrderItem::Good::Digital:
        return QStringLiteral("DIGITAL");
    case OrderItem::Good::Physical:
        return QStringLiteral("PHYSICAL");
    }
    return {};
}

QString isoTime(qint64 utcMs)
{
    return utcMs == 0 ? QString() : QDateTime::fromMSecsSinceEpoch(utcMs, Qt::UTC).toString(Qt::ISODateWithMs);
}

void addMoney(Members &to, const QString &key, const std::optional<Money> &money)
{
    if (money)
        to.money(key, *money);
}

void addBool(Members &to, const QString &key, std::optional<bool> value)
{
    if (value)
        to.json(key, Json::fromBool(*value));
}

Json addressJson(const PostalAddress &address)
{
    return Members()
        .text(QStringLiteral("streetAddress"), address.streetAddress)
        .text(QStringLiteral("city"), address.city)
        .text(QStringLiteral("stateOrProvince"), address.stateOrProvince)
        .optionalText(QStringLiteral("postalCode"), address.postalCode)
        .text(QStringLiteral("country"), address.country)
        .take();
}

void addAddress(Members &to, const QString &key, const std::optional<PostalAddress> &address)
{
    if (address)
        to.json(key, addressJson(*address));
}

void addItems(Members &to, const QList<OrderItem> &items)
{
    if (items.isEmpty())
        return;
    std::vector<Json> list;
    for (const OrderItem &item : items) {
        list.push_back(Members()
                .text(QStringLiteral("description"), item.description)
                .money(QStringLiteral("amount"), item.amount)
                .text(QStringLiteral("goodType"), goodName(item.good))
                .take());
    }
    to.json(QStringLiteral("items"), Json::fromItems(std::move(list)));
}

Json orderJson(const OrderDetails &order)
{
    Members members;
    addItems(members, order.items);
    addMoney(members, QStringLiteral("subtotalAmount"), order.subtotal);
    addMoney(members, QStringLiteral("discountAmount"), order.discount);
    addMoney(members, QStringLiteral("shippingAmount"), order.shipping);
    addMoney(members, QStringLiteral("taxAmount"), order.tax);
    members.money(QStringLiteral("totalAmount"), order.total);
    addAddress(members, QStringLiteral("shippingAddress"), order.shippingAddress);
    return members.take();
}

Json profileJson(const CustomerProfile &profile)
{
    Members members;
    members.optionalText(QStringLiteral("id"), profile.id);
    addBool(members, QStringLiteral("guestCheckout"), profile.guestCheckout);
    members.optionalText(QStringLiteral("accountCreationDate"), isoTime(profile.accountCreatedAt));
    if (profile.transactionCount)
        members.json(
            QStringLiteral("transactionCount"), Json::fromNumberText(QString::number(*profile.transactionCount)));
    members.optionalText(QStringLiteral("firstTransactionDate"), isoTime(profile.firstTransactionAt));
    addBool(members, QStringLiteral("verifiedEmail"), profile.verifiedEmail);
    addBool(members, QStringLiteral("verifiedPhone"), profile.verifiedPhone);
    return members.take();
}

Json sessionPaymentJson(const SessionPayment &payment)
{
    return Members()
        .money(QStringLiteral("amount"), payment.amount)
        .text(QStringLiteral("requestKey"), payment.requestKey.text())
        .optionalText(QStringLiteral("softDescriptor"), payment.softDescriptor)
        .optionalText(QStringLiteral("clientReferenceId"), payment.clientReferenceId)
        .take();
}

void addPerson(Members &to, const SessionRequest &session)
{
    to.text(QStringLiteral("firstName"), session.firstName)
        .text(QStringLiteral("lastName"), session.lastName)
        .text(QStringLiteral("email"), session.email)
        .optionalText(QStringLiteral("phoneNumber"), session.phoneNumber);
    addAddress(to, QStringLiteral("billingAddress"), session.billingAddress);
}

//! Reference 1.5: the older body has no nesting and writes subTotalAmount.
void addFlatOrder(Members &to, const OrderDetails &order)
{
    addAddress(to, QStringLiteral("shippingAddress"), order.shippingAddress);
    addItems(to, order.items);
    to.money(QStringLiteral("totalAmount"), order.total);
    addMoney(to, QStringLiteral("subTotalAmount"), order.subtotal);
    addMoney(to, QStringLiteral("discountAmount"), order.discount);
    addMoney(to, QStringLiteral("shippingAmount"), order.shipping);
    addMoney(to, QStringLiteral("taxAmount"), order.tax);
}

//! A file or script address must never be opened or shown as a pay link.
bool isOpenable(const QUrl &url)
{
    const bool web = url.scheme() == QStringLiteral("https") || url.scheme() == QStringLiteral("http");
    return url.isValid() && web && !url.host().isEmpty();
}

Result<Session> readSessionV1(const Json &answer)
{
    JsonReader in(answer);
    return in.finish(Session{.key = in.string(u"sessionKey"), .url = {}});
}

} // namespace

Result<Session> readSession(const Json &answer)
{
    JsonReader in(answer);
    const QString key = in.string(u"sessionKey");
    // Reference 1.4.7: payByLinkUrl is the older name.
    const bool newerName = !answer[u"sessionUrl"].isNull() || answer[u"payByLinkUrl"].isNull();
    const QUrl url(in.string(newerName ? u"sessionUrl" : u"payByLinkUrl"), QUrl::StrictMode);
    if (!isOpenable(url))
        in.adopt(QStringLiteral("sessionUrl: expected a web address, got something else"));
    return in.finish(Session{.key = key, .url = url});
}

Request<Session> createSession(const SessionRequest &session)
{
    Members body;
    addPerson(body, session);
    if (session.order)
        body.json(QStringLiteral("orderDetails"), orderJson(*session.order));
    if (session.profile)
        body.json(QStringLiteral("customerProfile"), profileJson(*session.profile));
    if (session.payment)
        body.json(QStringLiteral("paymentDetails"), sessionPaymentJson(*session.payment));
    const bool paysInPage = session.payment && session.experienceId.isEmpty();
    body.text(QStringLiteral("product"), productName(session.product))
        .optionalText(QStringLiteral("redirectUrl"), session.redirectUrl)
        .optionalText(QStringLiteral("experienceId"), paysInPage ? QString(linkManagedPayment) : session.experienceId);
    return {.data = {.verb = Verb::Post, .path = "/v2/sessions", .body = body.take().toText(), .auth = Auth::Basic},
        .read = readSession};
}

Request<Session> createSessionV1(const SessionRequest &session)
{
    Members body;
    addPerson(body, session);
    if (session.order)
        addFlatOrder(body, *session.order);
    body.text(QStringLiteral("product"), productName(session.product));
    return {.data = {.verb = Verb::Post, .path = "/v1/sessions", .body = body.take().toText(), .auth = Auth::CoreToken},
        .read = readSessionV1};
}

} // namespace api

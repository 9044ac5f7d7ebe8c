// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/payments.h"

#include "api/jsonreader.h"
#include "api/paybybank/bodies.h"

namespace api {
namespace {

constexpr QLatin1StringView customerParty("CUSTOMER");
constexpr QLatin1StringView merchantParty("MERCHANT");

//! Reference 1.9: an object, a string or something else, nobody says.
QString errorDetailsText(const Json &details)
{
    if (details.isNull())
        return {};
    if (details.type() == Json::Type::String)
        return details.text();
    const QString message = details[u"errorMessage"].text();
    return message.isEmpty() ? QString::fromUtf8(details.toText()) : message;
}

//! The tail that payments, credits and refunds have in common.
QByteArray orderBody(Members &&head, const PaymentOrder &order)
{
    return head.money(QStringLiteral("amount"), order.amount)
        .optionalText(QStringLiteral("clientReferenceId"), order.clientReferenceId)
        .optionalText(QStringLiteral("softDescriptor"), order.softDescriptor)
        .text(QStringLiteral("requestKey"), order.requestKey.text())
        .take()
        .toText();
}

Request<PaymentOutcome> moneyRequest(const QByteArray &address, const QByteArray &body)
{
    return {.data = {.verb = Verb::Post, .path = address, .body = body, .auth = Auth::PaymentToken},
        .read = readPaymentOutcome};
}

QString firstText(const Json &answer, std::initializer_list<QStringView> keys)
{
    for (const QStringView key : keys) {
        if (const QString text = answer[key].text(); !text.isEmpty())
            return text;
    }
    return {};
}

//! Reference 1.10: no page describes the answer, so whatever comes is taken; the state is read back anyway.
Result<PaymentOutcome> readCancelOutcome(const Json &answer)
{
    return PaymentOutcome{.id = TransactionId(firstText(answer, {u"paymentId", u"transactionId"})),
        .status = firstText(answer, {u"paymentStatus", u"transactionStatus", u"status"}),
        .clientReferenceId = answer[u"clientReferenceId"].text(),
        .errorText = errorDetailsText(answer[u"errorDetails"])};
}

bool isDescriptorCharacter(QChar character)
{
    const bool letter = (character >= u'a' && character <= u'z') || (character >= u'A' && character <= u'Z');
    return letter || (character >= u'0' && character <= u'9');
}

} // namespace

Result<PaymentOutcome> readPaymentOutcome(const Json &answer)
{
    JsonReader in(answer);
    return in.finish(PaymentOutcome{.id = in.id<TransactionId>(u"paymentId"),
        .status = in.string(u"paymentStatus"),
        .clientReferenceId = in.optionalIdText(u"clientReferenceId"),
        .errorText = errorDetailsText(answer[u"errorDetails"])});
}

Request<PaymentOutcome> makePayment(const PaymentOrder &order)
{
    Members head;
    head.json(QStringLiteral("source"), party(order.customer.text(), customerParty))
        .json(QStringLiteral("destination"), party(order.merchant.text(), merchantParty));
    return moneyRequest("/v1/payments", orderBody(std::move(head), order));
}

Request<PaymentOutcome> issueCredit(const PaymentOrder &order)
{
    Members head;
    head.json(QStringLiteral("source"), party(order.merchant.text(), merchantParty))
        .json(QStringLiteral("destination"), party(order.customer.text(), customerParty));
    return moneyRequest("/v1/payments", orderBody(std::move(head), order));
}

Request<PaymentOutcome> refundPayment(const TransactionId &original, const PaymentOrder &order)
{
    Members head;
    head.text(QStringLiteral("paymentId"), original.text());
    return moneyRequest("/v1/refunds", orderBody(std::move(head), order));
}

Request<PaymentOutcome> cancelPayment(const TransactionId &id)
{
    auto request = moneyRequest(path({u"v1", u"payments", id.text(), u"cancel"}), {});
    request.read = readCancelOutcome;
    return request;
}

std::optional<DescriptorFinding> softDescriptorProblem(QStringView text)
{
    for (qsizetype position = 0; position < text.size(); ++position) {
        const QChar character = text.at(position);
        const bool outerSpace = position == 0 || position + 1 == text.size();
        const bool singleSpace = character == u' ' && !outerSpace && text.at(position - 1) != u' ';
        if (!isDescriptorCharacter(character) && !singleSpace)
            return DescriptorFinding{.problem = DescriptorProblem::ForbiddenCharacter, .position = position};
    }
    if (text.size() > softDescriptorLimit)
        return DescriptorFinding{.problem = DescriptorProblem::TooLong, .position = softDescriptorLimit};
    return std::nullopt;
}

} // namespace api

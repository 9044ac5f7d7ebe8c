// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/intentrequest.h"

#include "api/json.h"

#include <QUuid>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

api::RequestData refundRequest(
    const OutboxEntry &entry, const api::PaymentOrder &order, OutboxOptions::RefundRoute route)
{
    switch (route) {
    case OutboxOptions::RefundRoute::ReversedPayment:
        return api::issueCredit(order).data;
    case OutboxOptions::RefundRoute::RefundsEndpoint:
        return api::refundPayment(entry.original, order).data;
    }
    Q_UNREACHABLE();
}

} // namespace

api::RequestKey newRequestKey()
{
    return api::RequestKey(QUuid::createUuid().toString(QUuid::WithoutBraces));
}

QString newReference(OutboxKind kind)
{
    const QString unique = QUuid::createUuid().toString(QUuid::Id128).first(16).toUpper();
    return (kind == OutboxKind::Payment ? u"PM-"_s : u"CR-"_s) + unique;
}

api::MerchantId merchantOfRequest(const api::RequestData &request)
{
    const auto body = api::Json::parse(request.body);
    if (!body)
        return {};
    for (const char16_t *side : {u"source", u"destination"}) {
        const api::Json party = (*body)[side];
        if (party[u"type"].text() == "MERCHANT"_L1)
            return api::MerchantId(party[u"id"].text());
    }
    return {};
}

api::RequestData requestOfEntry(const OutboxEntry &entry, const OutboxOptions &options)
{
    const api::PaymentOrder order{.customer = entry.customer,
        .merchant = options.merchant,
        .amount = entry.amount,
        .clientReferenceId = entry.reference,
        .softDescriptor = entry.softDescriptor,
        .requestKey = entry.requestKey};
    switch (entry.kind) {
    case OutboxKind::Payment:
        return api::makePayment(order).data;
    case OutboxKind::Credit:
        return api::issueCredit(order).data;
    case OutboxKind::Refund:
        return refundRequest(entry, order, options.refundRoute);
    case OutboxKind::Cancel:
        return api::cancelPayment(entry.original).data;
    }
    Q_UNREACHABLE();
}

} // namespace models

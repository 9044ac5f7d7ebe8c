// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/payouts.h"

#include "api/jsonreader.h"

namespace api {

Result<Payout> readPayout(const Json &answer)
{
    JsonReader in(answer);
    return in.finish(Payout{.id = in.id<PayoutId>(u"payoutId"),
        .clientReferenceId = in.optionalIdText(u"clientReferenceId"),
        .amount = in.money(u"amount"),
        .status = in.string(u"payoutStatus"),
        .descriptor = in.optionalString(u"descriptor"),
        .createdAt = in.optionalTime(u"creationDate")});
}

Request<Payout> getPayout(const PayoutId &id)
{
    return {.data = {.path = path({u"v1", u"payouts", id.text()}), .body = {}}, .read = readPayout};
}

bool payoutCanStillChange(const QString &payoutStatus)
{
    return payoutStatus != QStringLiteral("DISBURSED");
}

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
//! Reference 1.13. Choice: clientReferenceId, which the reference knows from a sample only, is PO- and the
//! day.
#include "app/sandbox/router.h"
#include "app/sandbox/world.h"

namespace sandbox {

namespace {

Response getPayout(World &world, const Request &request)
{
    const auto payout = world.book.payout(request.arguments.front());
    if (!payout)
        return refusal(Problem::NotFound, "There is no payout with this id");
    const std::string date = isoDate(payout->createdAt);
    JsonWriter out;
    out.beginObject().text("payoutId", payout->id).text("clientReferenceId", "PO-" + date);
    out.money("amount", payout->amount).text("payoutStatus", nameOf(payout->state));
    out.text("descriptor", "LINK MONEY PAYOUT " + date)
        .text("creationDate", isoDateTime(payout->createdAt))
        .endObject();
    return answer(out);
}

} // namespace

std::vector<Route> payoutRoutes()
{
    return {{http::verb::get, "/v1/payouts/{}", Access::Core, getPayout}};
}

} // namespace sandbox

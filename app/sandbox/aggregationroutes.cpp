// SPDX-License-Identifier: GPL-3.0-or-later
//! Reference 2.2 and 2.3. Choices: tenantId is required, as the schema says; its scope is the tenant's id;
//! wrong credentials are judged in the order client id, secret, tenant.
#include "app/sandbox/aggregation.h"
#include "app/sandbox/router.h"
#include "app/sandbox/world.h"

#include <algorithm>

namespace sandbox {

namespace {

// The documented reasons of a 401, empty when there is none.
std::string_view tokenRefusal(const Aggregation &family, const Json &body)
{
    const std::string tenant = body.textOf("tenantId");
    if (body.textOf("clientId") != family.clientId())
        return "bad client id";
    if (body.textOf("clientSecret") != family.clientSecret())
        return "bad secret";
    if (tenant == family.foreignTenant().id)
        return "client not authorized for the tenant";
    if (std::ranges::find(family.tenants(), tenant, &Tenant::id) == family.tenants().end())
        return "bad tenant id";
    return {};
}

Response createAggregationToken(World &world, const Request &request)
{
    const auto body = readAggregationBody(request,
        {{"clientId", "string", true}, {"clientSecret", "string", true}, {"tenantId", "string", true},
            {"userId", "string"}});
    if (!body)
        return body.error();
    if (const auto details = tokenRefusal(world.aggregation, *body); !details.empty())
        return aggregationRefusal(401, "Unauthorized", details);
    const AggregationGrant grant{body->textOf("tenantId"), body->textOf("userId")};
    JsonWriter out;
    out.beginObject().text(world.options.aggregationTokenMember.toStdString(), world.aggregation.issue(grant));
    out.text("tokenType", "Bearer").integer("expiresIn", world.aggregation.lifetimeSeconds());
    out.text("scope", grant.tenant).endObject();
    return answer(out);
}

// webhookIds are those of the token's tenant: subscriptions belong to tenants (reference 2.4).
Response getClient(World &world, const Request &request)
{
    const Aggregation &family = world.aggregation;
    JsonWriter out;
    out.beginObject().beginObject("client").text("clientId", family.clientId());
    out.text("clientName", merchantName).text("clientDescription", "Back office of a sandbox merchant");
    out.text("registrationDate", isoDateTime(world.merchant.plan().anchor - 200 * oneDay));
    out.beginArray("webhookIds");
    for (const RegisteredWebhook &webhook : world.store.webhooks()) {
        if (webhook.tenant == request.tenant)
            out.item(webhook.id);
    }
    out.endArray().beginArray("tenants");
    for (const Tenant &tenant : family.tenants())
        out.item(tenant.id);
    out.endArray().endObject().endObject();
    return answer(out);
}

} // namespace

std::vector<Route> aggregationRoutes()
{
    return {{http::verb::post, "/aggregation/api/oauth/token", Access::Open, createAggregationToken},
        {http::verb::get, "/aggregation/api/client", Access::Aggregation, getClient}};
}

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
//! Reference 1.3. Choices: a call without scope gets Link-Core; scopes cannot be combined; wrong credentials
//! get 401; lifetimes count in real seconds, whatever the speed of the sandbox clock, as clients count them.
#include "app/sandbox/router.h"
#include "app/sandbox/world.h"

#include <algorithm>

namespace sandbox {

namespace {

std::optional<Response> refuseClient(const World &world, const std::string &id, const std::string &secret)
{
    if (id.empty())
        return refusal(Problem::MissingField, "client_id is required");
    if (secret.empty())
        return refusal(Problem::MissingField, "client_secret is required");
    if (id != world.merchant.clientId())
        return refusal(Problem::InvalidClient, "The client id is not known");
    if (secret != world.merchant.clientSecret())
        return refusal(Problem::InvalidClient, "The client secret is wrong");
    return std::nullopt;
}

Response grantToken(World &world, const std::string &wanted)
{
    for (const Scope scope : {Scope::Core, Scope::Payment}) {
        if (wanted != nameOf(scope))
            continue;
        if (!world.options.scopes.split(u' ').contains(QString::fromStdString(wanted)))
            return refusal(Problem::InvalidScope, "This client may not ask for the scope " + wanted);
        JsonWriter body;
        body.beginObject().text("token_type", "Bearer").integer("expires_in", world.tokens.lifetimeSeconds());
        body.text("access_token", world.tokens.issue(scope)).text("scope", wanted).endObject();
        return answer(body);
    }
    return refusal(Problem::InvalidScope, "scope must be Link-Core or Link-Payment");
}

Response createToken(World &world, const Request &request)
{
    if (request.contentType() != "application/x-www-form-urlencoded")
        return refusal(Problem::InvalidRequest, "Content-Type must be application/x-www-form-urlencoded");
    const auto fields = formFields(request.body());
    const auto field = [&](std::string_view name) {
        const auto found = std::ranges::find_if(fields, [&](const auto &entry) { return entry.first == name; });
        return found == fields.end() ? std::string() : found->second;
    };
    const std::string grantType = field("grant_type");
    if (grantType.empty())
        return refusal(Problem::MissingField, "grant_type is required");
    if (grantType != "client_credentials")
        return refusal(Problem::UnsupportedGrantType, "grant_type must be client_credentials");
    if (auto refused = refuseClient(world, field("client_id"), field("client_secret")))
        return *std::move(refused);
    const std::string scope = field("scope");
    return grantToken(world, scope.empty() ? std::string(nameOf(Scope::Core)) : scope);
}

} // namespace

std::vector<Route> tokenRoutes()
{
    return {{http::verb::post, "/v1/tokens", Access::Open, createToken}};
}

} // namespace sandbox

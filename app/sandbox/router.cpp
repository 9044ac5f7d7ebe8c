// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/router.h"

#include "app/sandbox/aggregation.h"
#include "app/sandbox/world.h"

#include <QByteArray>

#include <optional>

namespace sandbox {

namespace {

// Fills the arguments as far as it gets: only those of a whole match count.
bool matchesPattern(std::string_view pattern, std::string_view path, std::vector<std::string> &arguments)
{
    arguments.clear();
    while (!pattern.empty() && !path.empty()) {
        if (pattern.starts_with("{}")) {
            const std::string_view segment = path.substr(0, path.find('/'));
            if (segment.empty())
                return false;
            arguments.push_back(percentDecoded(segment));
            pattern.remove_prefix(2);
            path.remove_prefix(segment.size());
        } else if (pattern.front() == path.front()) {
            pattern.remove_prefix(1);
            path.remove_prefix(1);
        } else {
            return false;
        }
    }
    return pattern.empty() && path.empty();
}

std::optional<std::string_view> credentialsAfter(std::string_view scheme, std::string_view header)
{
    if (header.size() <= scheme.size() || header[scheme.size()] != ' '
        || qstrnicmp(header.data(), scheme.data(), scheme.size()) != 0)
        return std::nullopt;
    return header.substr(scheme.size() + 1);
}

std::optional<Response> refuseBasic(const World &world, const Request &request)
{
    const auto given = credentialsAfter("Basic", request.header(http::field::authorization));
    if (!given)
        return refusal(Problem::Unauthorized, "This call needs Basic authorization with client id and secret");
    const std::string expected = world.merchant.clientId() + ':' + world.merchant.clientSecret();
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray(given->data(), static_cast<qsizetype>(given->size())), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.toStdString() != expected)
        return refusal(Problem::InvalidClient, "The client id or the client secret is wrong");
    return std::nullopt;
}

std::optional<Response> refuseBearer(const World &world, const Request &request, Scope scope)
{
    const auto token = credentialsAfter("Bearer", request.header(http::field::authorization));
    if (!token)
        return refusal(Problem::Unauthorized, "This call needs a Bearer token");
    switch (world.tokens.judge(*token, scope)) {
    case TokenVerdict::Good:
        return std::nullopt;
    case TokenVerdict::Unknown:
        return refusal(Problem::Unauthorized, "The access token is not valid");
    case TokenVerdict::Expired:
        return refusal(Problem::Unauthorized, "The access token has expired");
    case TokenVerdict::WrongScope:
        return refusal(
            Problem::InsufficientScope, "This call needs a token with the scope " + std::string(nameOf(scope)));
    }
    return std::nullopt;
}

Response refuseTenantToken(std::string_view details)
{
    return aggregationRefusal(401, "Unauthorized", details);
}

// Leaves in the request who the token was given to.
std::optional<Response> refuseTenant(const World &world, Request &request)
{
    const auto token = credentialsAfter("Bearer", request.header(http::field::authorization));
    if (!token)
        return refuseTenantToken("This call needs a Bearer token");
    const auto [grant, expired] = world.aggregation.find(*token);
    if (!grant)
        return refuseTenantToken("The token is not valid");
    if (expired)
        return refuseTenantToken("The token has expired");
    request.tenant = grant->tenant;
    request.user = grant->user;
    return std::nullopt;
}

std::optional<Response> refuseAccess(const World &world, Request &request, Access access)
{
    switch (access) {
    case Access::Open:
        return std::nullopt;
    case Access::Basic:
        return refuseBasic(world, request);
    case Access::Core:
        return refuseBearer(world, request, Scope::Core);
    case Access::Payment:
        return refuseBearer(world, request, Scope::Payment);
    case Access::Aggregation:
        return refuseTenant(world, request);
    }
    return std::nullopt;
}

Response noSuchPath(const Request &request)
{
    constexpr std::string_view nothing = "There is nothing at this path";
    return isAggregationPath(request.path()) ? aggregationRefusal(404, "Not Found", nothing)
                                             : refusal(Problem::NotFound, nothing);
}

Response noSuchMethod(const Request &request, const std::string &allowed)
{
    const std::string sentence = "This path answers to " + allowed;
    Response response = isAggregationPath(request.path()) ? aggregationRefusal(405, "Method Not Allowed", sentence)
                                                          : refusal(Problem::MethodNotAllowed, sentence);
    response.headers.emplace_back("Allow", allowed);
    return response;
}

} // namespace

Router::Router(World &world)
    : m_world(world)
{
    for (auto *family :
        {transactionRoutes, customerRoutes, payoutRoutes, paymentRoutes, refundRoutes, tokenRoutes, sessionRoutes,
            webhookRoutes, hostedRoutes, fastLinkRoutes, yodleeRoutes, aggregationRoutes, aggregationWebhookRoutes, adminRoutes, deliverRoutes}) {
        const auto routes = family();
        m_routes.insert(m_routes.end(), routes.begin(), routes.end());
    }
}

Response Router::answerTo(Request &request) const
{
    const http::verb verb = request.message.method() == http::verb::head ? http::verb::get : request.message.method();
    std::string allowed;
    for (const Route &route : m_routes) {
        if (!matchesPattern(route.pattern, request.path(), request.arguments))
            continue;
        if (route.verb == verb) {
            auto refused = refuseAccess(m_world, request, route.access);
            return refused ? *std::move(refused) : route.handler(m_world, request);
        }
        allowed += allowed.empty() ? "" : ", ";
        allowed += std::string(http::to_string(route.verb)) + (route.verb == http::verb::get ? ", HEAD" : "");
    }
    return allowed.empty() ? noSuchPath(request) : noSuchMethod(request, allowed);
}

bool isAdminPath(std::string_view path)
{
    return path.starts_with("/sandbox/");
}

} // namespace sandbox

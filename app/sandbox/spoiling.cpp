// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/httpserver.h"

#include "app/sandbox/aggregation.h"

#include <nlohmann/json.hpp>

namespace sandbox {

namespace {

nlohmann::json ofAnotherType(const nlohmann::json &value)
{
    if (value.is_object())
        return nlohmann::json::array({value});
    if (value.is_array())
        return "a list was here";
    if (value.is_string())
        return nlohmann::json::object({{"text", value}});
    return nlohmann::json::array();
}

std::string withOtherTypes(const std::string &body)
{
    auto parsed = nlohmann::json::parse(body, nullptr, false);
    if (!parsed.is_object())
        return "[]";
    for (auto &member : parsed)
        member = ofAnotherType(member);
    return parsed.dump();
}

int statusOr(const FaultRule &rule, int usual)
{
    return rule.status == 0 ? usual : static_cast<int>(rule.status);
}

} // namespace

std::optional<Response> insteadOfWork(const FaultRule &rule)
{
    switch (rule.kind) {
    case FaultKind::Refuse:
        return refusalWithStatus(statusOr(rule, 400), Problem::FaultInjected, "Refused on request");
    case FaultKind::Unauthorized:
        return refusal(Problem::Unauthorized, "The access token is not valid");
    case FaultKind::TooMany: {
        Response response = refusal(Problem::TooManyRequests, "Too many requests");
        response.headers.emplace_back("Retry-After", std::to_string(rule.retryAfter));
        return response;
    }
    case FaultKind::Error:
        return refusalWithStatus(statusOr(rule, 500), Problem::InternalServerError, "Please reach out to Support");
    case FaultKind::Delay:
    case FaultKind::DelayAfter:
    case FaultKind::CutBefore:
    case FaultKind::CutAfter:
    case FaultKind::CutMidBody:
    case FaultKind::ErrorAfter:
    case FaultKind::Garbage:
    case FaultKind::WrongType:
    case FaultKind::Oversized:
        return std::nullopt;
    }
    return std::nullopt;
}

Response spoiled(const FaultRule &rule, Response response)
{
    if (rule.kind == FaultKind::ErrorAfter)
        return refusalWithStatus(statusOr(rule, 500), Problem::InternalServerError, "Please reach out to Support");
    if (rule.kind == FaultKind::Garbage)
        response.body = "<html><body>upstream \xff\xfe{\"paymentId\": ";
    if (rule.kind == FaultKind::WrongType)
        response.body = withOtherTypes(response.body);
    if (rule.kind == FaultKind::Oversized)
        response.body = "{\"padding\":\"" + std::string(static_cast<std::size_t>(rule.bytes), 'x') + "\"}";
    return response;
}

Response asFamilySays(std::string_view path, Response error)
{
    if (!isAggregationPath(path))
        return error;
    const auto body = parseJson(error.body);
    const std::string reason = body ? body->textOf("errorMessage") : std::string();
    error.body = aggregationRefusal(error.status, "Refused", reason).body;
    return error;
}

} // namespace sandbox

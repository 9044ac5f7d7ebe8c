// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/aggregation.h"

#include "app/sandbox/answers.h"
#include "app/sandbox/dice.h"

#include <QDateTime>

#include <cstdio>

namespace sandbox {

namespace {

constexpr std::uint64_t aggregationStream = 1ULL << 35;
constexpr std::string_view aggregationDocumentation = "https://link-money-docs.fingoal.dev";

std::string uuidFrom(Dice &dice)
{
    const std::uint64_t a = dice.next();
    const std::uint64_t b = dice.next();
    char text[40];
    std::snprintf(text, sizeof text, "%08x-%04x-4%03x-%04x-%012llx", static_cast<unsigned>(a >> 32),
        static_cast<unsigned>((a >> 16) & 0xffff), static_cast<unsigned>(a & 0xfff),
        static_cast<unsigned>(0x8000 | ((b >> 48) & 0x3fff)), static_cast<unsigned long long>(b & 0xffff'ffff'ffffULL));
    return text;
}

bool hasType(const Json &value, std::string_view type)
{
    switch (value.kind) {
    case Json::Kind::Text:
        return type == "string";
    case Json::Kind::Boolean:
        return type == "boolean";
    case Json::Kind::Number:
        return type == "integer" && value.integer().has_value();
    case Json::Kind::Array:
        return type == "array";
    case Json::Kind::Object:
    case Json::Kind::Null:
        return false;
    }
    return false;
}

std::optional<std::string> complaintAbout(const Json &body, const ExpectedMember &member)
{
    const std::string name(member.name);
    const Json *value = body.find(member.name);
    if (!value || value->kind == Json::Kind::Null)
        return member.required ? std::optional(name + " is required") : std::nullopt;
    if (!hasType(*value, member.type))
        return name + " must be of the type " + std::string(member.type);
    if (member.required && value->kind == Json::Kind::Text && value->text.empty())
        return name + " must not be empty";
    return std::nullopt;
}

} // namespace

bool isAggregationPath(std::string_view path)
{
    return path.starts_with(aggregationBase)
        && (path.size() == aggregationBase.size() || path[aggregationBase.size()] == '/');
}

Aggregation::Aggregation(std::uint64_t seed, int tokenLifetimeSeconds)
    : m_key(QByteArray::number(static_cast<qulonglong>(mixed(seed + 78))))
    , m_lifetime(tokenLifetimeSeconds)
{
    Dice dice(seed, aggregationStream, 0);
    m_clientId = "CLI-" + uuidFrom(dice);
    m_clientSecret = uuidFrom(dice) + uuidFrom(dice);
    for (const char *name : {"Cedar Valley Credit Union", "Harbor Point Bank"})
        m_tenants.push_back({"TNT-" + uuidFrom(dice), name});
    m_foreign = {"TNT-" + uuidFrom(dice), "Silver Birch Savings"};
}

std::string Aggregation::issue(const AggregationGrant &grant)
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    JsonWriter claims;
    claims.beginObject().text("iss", "linkmoney-sandbox").text("sub", m_clientId).text("tenantId", grant.tenant);
    if (!grant.user.empty())
        claims.text("userId", grant.user);
    claims.integer("iat", now).integer("exp", now + m_lifetime).text("jti", freshTokenId()).endObject();
    std::string token = signedToken(claims.take(), m_key);
    m_tokens.add(token, grant, m_lifetime);
    return token;
}

Response aggregationRefusal(int status, std::string_view message, std::string_view details)
{
    JsonWriter out;
    out.beginObject().beginObject("error").integer("code", status).text("message", message);
    out.text("details", details).endObject().endObject();
    return answer(out, status);
}

Response aggregationDiskRefused()
{
    return aggregationRefusal(500, "Internal Server Error", "Nothing was changed. Try again in a moment");
}

Response aggregationBadRequest(
    const Request &request, const std::vector<std::string> &details, const std::vector<ExpectedMember> &expected)
{
    const auto received = parseJson(request.body());
    const bool object = received && received->kind == Json::Kind::Object;
    JsonWriter out;
    out.beginObject().beginObject("error").integer("code", 400).beginArray("details");
    for (const std::string &detail : details)
        out.item(detail);
    out.endArray().text("documentation", aggregationDocumentation);
    out.document("received", object ? request.body() : std::string_view("{}")).beginObject("expected");
    for (const ExpectedMember &member : expected)
        out.text(member.name, member.type);
    out.endObject().endObject().endObject();
    return answer(out, 400);
}

std::expected<Json, Response> readAggregationBody(const Request &request, const std::vector<ExpectedMember> &expected)
{
    if (request.contentType() != "application/json")
        return std::unexpected(aggregationBadRequest(request, {"Content-Type must be application/json"}, expected));
    auto body = parseJson(request.body());
    if (!body || body->kind != Json::Kind::Object)
        return std::unexpected(aggregationBadRequest(request, {"The body must be a JSON object"}, expected));
    std::vector<std::string> details;
    for (const ExpectedMember &member : expected) {
        if (auto complaint = complaintAbout(*body, member))
            details.push_back(*std::move(complaint));
    }
    if (!details.empty())
        return std::unexpected(aggregationBadRequest(request, details, expected));
    return *std::move(body);
}

} // namespace sandbox

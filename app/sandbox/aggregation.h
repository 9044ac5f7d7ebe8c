// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/calendar.h"
#include "app/sandbox/grants.h"
#include "app/sandbox/http.h"
#include "app/sandbox/json.h"

#include <expected>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

//! Where the aggregation family (reference part 2) begins on this server.
inline constexpr std::string_view aggregationBase = "/aggregation/api";

bool isAggregationPath(std::string_view path);

struct Tenant
{
    std::string id;
    std::string name;
};

//! Who the token was given to.
struct AggregationGrant
{
    std::string tenant;
    std::string user; //!< userId, empty when none was named
};

//! The developer's registration: one client, the tenants it may reach, and its tokens (reference 2.1 to 2.3).
//! Choices: ids carry the prefixes CLI- and TNT-; there is one more tenant that exists and is not the
//! client's.
class Aggregation
{
public:
    Aggregation(std::uint64_t seed, int tokenLifetimeSeconds);

    const std::string &clientId() const { return m_clientId; }
    const std::string &clientSecret() const { return m_clientSecret; }
    const std::vector<Tenant> &tenants() const { return m_tenants; }
    const Tenant &foreignTenant() const { return m_foreign; }
    int lifetimeSeconds() const { return m_lifetime; }

    std::string issue(const AggregationGrant &grant);
    Grants<AggregationGrant>::Found find(std::string_view token) const { return m_tokens.find(token); }

private:
    std::string m_clientId;
    std::string m_clientSecret;
    std::vector<Tenant> m_tenants;
    Tenant m_foreign;
    QByteArray m_key;
    int m_lifetime;
    Grants<AggregationGrant> m_tokens;
};

//! {"error": {"code", "message", "details": text}}: reference 2.1.1 gives it for 401; choice: also for 403, 404
//! and whatever else has no documented body.
Response aggregationRefusal(int status, std::string_view message, std::string_view details);

//! What a full disk looks like from outside.
Response aggregationDiskRefused();

//! A member of a request body, with its type as the error body spells it: string, boolean, integer, array.
struct ExpectedMember
{
    std::string_view name;
    std::string_view type;
    bool required = false;
};

//! 400 {"error": {"code", "details": [text], "documentation", "received", "expected"}} (reference 2.1.1).
Response aggregationBadRequest(
    const Request &request, const std::vector<std::string> &details, const std::vector<ExpectedMember> &expected);

//! The body as an object whose members have the expected types, or the 400. Other members are ignored; null
//! is the same as absent.
std::expected<Json, Response> readAggregationBody(const Request &request, const std::vector<ExpectedMember> &expected);

} // namespace sandbox

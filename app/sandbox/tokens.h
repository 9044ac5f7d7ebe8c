// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/grants.h"

namespace sandbox {

enum class Scope : std::uint8_t { Core, Payment };
std::string_view nameOf(Scope scope); //!< Link-Core, Link-Payment

enum class TokenVerdict { Good, Unknown, Expired, WrongScope };

//! The access tokens given out since the program started: JWTs signed with HS256 (reference 1.3).
class Tokens
{
public:
    Tokens(std::string merchantId, std::uint64_t seed, int lifetimeSeconds);

    std::string issue(Scope scope);
    TokenVerdict judge(std::string_view token, Scope wanted) const;
    int lifetimeSeconds() const { return m_lifetime; }
    void forgetAll() { m_issued.clear(); }

private:
    std::string m_merchantId;
    QByteArray m_key;
    int m_lifetime;
    Grants<Scope> m_issued;
};

} // namespace sandbox

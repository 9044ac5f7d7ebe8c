// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QElapsedTimer>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

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
    struct Issued
    {
        Scope scope = Scope::Core;
        std::int64_t expires = 0; //!< of m_elapsed, real ms
    };
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    void forgetExpired();

    std::string m_merchantId;
    QByteArray m_key;
    int m_lifetime;
    std::uint64_t m_serial = 0;
    QElapsedTimer m_elapsed;
    std::unordered_map<std::string, Issued, Hash, std::equal_to<>> m_issued;
};

} // namespace sandbox

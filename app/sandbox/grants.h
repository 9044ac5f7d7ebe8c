// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QElapsedTimer>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sandbox {

//! What bearer tokens stand for, since the program started. Lifetimes count in real time, as clients count
//! them, whatever the speed of the sandbox clock.
template<typename Grant> class Grants
{
public:
    struct Found
    {
        const Grant *grant = nullptr; //!< null when no such token was given out
        bool expired = false;
    };

    Grants() { m_elapsed.start(); }

    void add(std::string token, Grant grant, std::int64_t lifetimeSeconds)
    {
        forgetExpired();
        m_issued.insert_or_assign(
            std::move(token), Issued{std::move(grant), m_elapsed.elapsed() + lifetimeSeconds * 1000});
    }

    Found find(std::string_view token) const
    {
        const auto found = m_issued.find(token);
        if (found == m_issued.end())
            return {};
        return {&found->second.grant, m_elapsed.elapsed() >= found->second.expires};
    }

    void clear() { m_issued.clear(); }

private:
    struct Issued
    {
        Grant grant;
        std::int64_t expires = 0; //!< of m_elapsed, real ms
    };
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    void forgetExpired()
    {
        // An hour's grace lets an expired token still be told apart from an unknown one.
        const std::int64_t limit = m_elapsed.elapsed() - 3'600'000;
        std::erase_if(m_issued, [limit](const auto &entry) { return entry.second.expires < limit; });
    }

    QElapsedTimer m_elapsed;
    std::unordered_map<std::string, Issued, Hash, std::equal_to<>> m_issued;
};

//! A JWT over those claims, signed with HS256.
std::string signedToken(const std::string &claims, const QByteArray &key);
//! A part of a token that makes it the only one of its kind.
std::string freshTokenId();

} // namespace sandbox

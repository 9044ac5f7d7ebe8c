// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/tokens.h"

#include "app/sandbox/dice.h"
#include "app/sandbox/json.h"

#include <QDateTime>

namespace sandbox {

std::string_view nameOf(Scope scope)
{
    switch (scope) {
    case Scope::Core:
        return "Link-Core";
    case Scope::Payment:
        return "Link-Payment";
    }
    return {};
}

Tokens::Tokens(std::string merchantId, std::uint64_t seed, int lifetimeSeconds)
    : m_merchantId(std::move(merchantId))
    , m_key(QByteArray::number(static_cast<qulonglong>(mixed(seed + 77))))
    , m_lifetime(lifetimeSeconds)
{
}

std::string Tokens::issue(Scope scope)
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    JsonWriter claims;
    claims.beginObject().text("iss", "linkmoney-sandbox").text("sub", m_merchantId).text("scope", nameOf(scope));
    claims.integer("iat", now).integer("exp", now + m_lifetime).text("jti", freshTokenId()).endObject();
    std::string token = signedToken(claims.take(), m_key);
    m_issued.add(token, scope, m_lifetime);
    return token;
}

TokenVerdict Tokens::judge(std::string_view token, Scope wanted) const
{
    const auto [scope, expired] = m_issued.find(token);
    if (!scope)
        return TokenVerdict::Unknown;
    if (expired)
        return TokenVerdict::Expired;
    return *scope == wanted ? TokenVerdict::Good : TokenVerdict::WrongScope;
}

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/tokens.h"

#include "app/sandbox/dice.h"
#include "app/sandbox/json.h"

#include <QDateTime>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

namespace sandbox {

namespace {

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

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
    m_elapsed.start();
}

std::string Tokens::issue(Scope scope)
{
    forgetExpired();
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    JsonWriter claims;
    claims.beginObject().text("iss", "linkmoney-sandbox").text("sub", m_merchantId).text("scope", nameOf(scope));
    claims.integer("iat", now).integer("exp", now + m_lifetime);
    claims.text("jti", std::to_string(++m_serial) + '-' + std::to_string(QRandomGenerator::system()->generate64()));
    const QByteArray signedPart = base64Url(QByteArrayLiteral(R"({"alg":"HS256","typ":"JWT"})")) + '.'
        + base64Url(QByteArray::fromStdString(claims.endObject().take()));
    const QByteArray signature = QMessageAuthenticationCode::hash(signedPart, m_key, QCryptographicHash::Sha256);
    std::string token = (signedPart + '.' + base64Url(signature)).toStdString();
    m_issued.emplace(token, Issued{scope, m_elapsed.elapsed() + m_lifetime * std::int64_t{1000}});
    return token;
}

TokenVerdict Tokens::judge(std::string_view token, Scope wanted) const
{
    const auto found = m_issued.find(token);
    if (found == m_issued.end())
        return TokenVerdict::Unknown;
    if (m_elapsed.elapsed() >= found->second.expires)
        return TokenVerdict::Expired;
    return found->second.scope == wanted ? TokenVerdict::Good : TokenVerdict::WrongScope;
}

void Tokens::forgetExpired()
{
    // An hour's grace lets an expired token still be told apart from an unknown one.
    const std::int64_t limit = m_elapsed.elapsed() - 3'600'000;
    std::erase_if(m_issued, [limit](const auto &entry) { return entry.second.expires < limit; });
}

} // namespace sandbox

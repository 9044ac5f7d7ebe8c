// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/signing.h"

#include <QMessageAuthenticationCode>

#include <algorithm>
#include <array>

namespace sandbox {

namespace {

struct NamedScheme
{
    SignatureScheme scheme;
    std::string_view name;
    std::string_view header;
};

constexpr std::array<NamedScheme, 4> namedSchemes{{
    {SignatureScheme::None, "none", ""},
    {SignatureScheme::HmacSha512Base64, "hmac-sha512-base64", "x-signature"},
    {SignatureScheme::HmacSha256Hex, "hmac-sha256-hex", "X-Webhook-Signature"},
    {SignatureScheme::SharedSecret, "shared-secret", "X-Webhook-Secret"},
}};

QByteArray bytesOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QByteArray macOf(QCryptographicHash::Algorithm algorithm, std::string_view secret, std::string_view message)
{
    return QMessageAuthenticationCode::hash(bytesOf(message), bytesOf(secret), algorithm);
}

HeaderList stampedSignature(const std::string &header, const Signable &what)
{
    const std::string timestamp = std::to_string(what.unixSeconds);
    std::string message(what.uniqueId);
    message.append(".").append(timestamp).append(".").append(what.body);
    const QByteArray mac = macOf(QCryptographicHash::Sha512, what.secret, message);
    return {{header, mac.toBase64().toStdString()}, {header + "-timestamp", timestamp},
        {header + "-uniqueid", std::string(what.uniqueId)}};
}

} // namespace

std::string_view nameOf(SignatureScheme scheme)
{
    return namedSchemes[static_cast<std::size_t>(scheme)].name;
}

std::string_view defaultHeader(SignatureScheme scheme)
{
    return namedSchemes[static_cast<std::size_t>(scheme)].header;
}

std::optional<SignatureScheme> schemeByName(std::string_view name)
{
    for (const NamedScheme &known : namedSchemes) {
        if (known.name == name)
            return known.scheme;
    }
    return std::nullopt;
}

bool isHeaderName(std::string_view text)
{
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [others](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || others.contains(c);
    });
}

HeaderList signatureHeaders(const Signing &signing, const Signable &what)
{
    const std::string header = signing.header.empty() ? std::string(defaultHeader(signing.scheme)) : signing.header;
    switch (signing.scheme) {
    case SignatureScheme::None:
        return {};
    case SignatureScheme::HmacSha512Base64:
        return stampedSignature(header, what);
    case SignatureScheme::HmacSha256Hex:
        return {
            {header, signing.prefix + macOf(QCryptographicHash::Sha256, what.secret, what.body).toHex().toStdString()}};
    case SignatureScheme::SharedSecret:
        return {{header, std::string(what.secret)}};
    }
    return {};
}

} // namespace sandbox

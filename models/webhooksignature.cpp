// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/webhooksignature.h"

#include <QMessageAuthenticationCode>

#include <algorithm>

namespace models {

namespace {

// A Unix time in seconds reaches this in the year 5138, one in milliseconds had it in 1973.
constexpr qint64 firstMilliseconds = 100'000'000'000;
constexpr qsizetype longestTime = 16;

bool isHex(QByteArrayView text)
{
    return text.size() % 2 == 0 && std::ranges::all_of(text, [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F');
    });
}

std::optional<QByteArray> decodedBase64(const QByteArray &text)
{
    const bool urlSafe = text.contains('-') || text.contains('_');
    const auto alphabet = urlSafe ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding;
    auto decoded = QByteArray::fromBase64Encoding(text, alphabet | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(std::move(decoded.decoded)) : std::nullopt;
}

} // namespace

bool equalInConstantTime(QByteArrayView left, QByteArrayView right)
{
    if (left.size() != right.size())
        return false;
    unsigned char difference = 0;
    for (qsizetype i = 0; i < left.size(); ++i)
        difference = static_cast<unsigned char>(difference | (left[i] ^ right[i]));
    return difference == 0;
}

std::optional<QByteArray> decodedSignature(const WebhookScheme &scheme, QByteArray text)
{
    const QByteArray prefix = scheme.prefix.toLatin1();
    if (!prefix.isEmpty() && text.startsWith(prefix))
        text.remove(0, prefix.size());
    if (text.isEmpty())
        return {};
    if (scheme.encoding == WebhookScheme::Encoding::Base64)
        return decodedBase64(text);
    return isHex(text) ? std::optional(QByteArray::fromHex(text)) : std::nullopt;
}

QByteArray expectedSignature(
    const api::WebhookDelivery &delivery, const WebhookScheme &scheme, const QByteArray &secret)
{
    const bool sha512 = scheme.hash == WebhookScheme::Hash::Sha512;
    QMessageAuthenticationCode code(sha512 ? QCryptographicHash::Sha512 : QCryptographicHash::Sha256, secret);
    if (scheme.content == WebhookScheme::Signed::IdTimestampBody)
        code.addData(delivery.header(scheme.idHeader.toLatin1()) + '.');
    if (scheme.content != WebhookScheme::Signed::Body)
        code.addData(delivery.header(scheme.timestampHeader.toLatin1()) + '.');
    code.addData(delivery.body);
    return code.result();
}

std::optional<qint64> signatureTime(const QByteArray &text)
{
    const bool digits = !text.isEmpty() && text.size() <= longestTime
        && std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
    if (!digits)
        return {};
    const qint64 number = text.toLongLong();
    return number >= firstMilliseconds ? number : number * 1000;
}

} // namespace models

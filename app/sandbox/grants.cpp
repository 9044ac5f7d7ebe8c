// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/grants.h"

#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

namespace sandbox {

namespace {

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

std::string signedToken(const std::string &claims, const QByteArray &key)
{
    const QByteArray signedPart = base64Url(QByteArrayLiteral(R"({"alg":"HS256","typ":"JWT"})")) + '.'
        + base64Url(QByteArray::fromStdString(claims));
    const QByteArray signature = QMessageAuthenticationCode::hash(signedPart, key, QCryptographicHash::Sha256);
    return (signedPart + '.' + base64Url(signature)).toStdString();
}

std::string freshTokenId()
{
    QByteArray bytes(16, '\0');
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
    return bytes.toHex().toStdString();
}

} // namespace sandbox

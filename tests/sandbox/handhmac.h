// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>

namespace tests {

//! RFC 2104 written out, so that no library vouches for itself. block: bytes of the hash's block.
inline QByteArray handHmac(
    QCryptographicHash::Algorithm algorithm, qsizetype block, QByteArray key, const QByteArray &text)
{
    if (key.size() > block)
        key = QCryptographicHash::hash(key, algorithm);
    key.append(block - key.size(), '\0');
    QByteArray inner = key;
    QByteArray outer = key;
    for (qsizetype i = 0; i < block; ++i) {
        inner[i] = static_cast<char>(inner[i] ^ 0x36);
        outer[i] = static_cast<char>(outer[i] ^ 0x5c);
    }
    return QCryptographicHash::hash(outer + QCryptographicHash::hash(inner + text, algorithm), algorithm);
}

inline QByteArray handHmacSha256(const QByteArray &key, const QByteArray &text)
{
    return handHmac(QCryptographicHash::Sha256, 64, key, text);
}

inline QByteArray handHmacSha512(const QByteArray &key, const QByteArray &text)
{
    return handHmac(QCryptographicHash::Sha512, 128, key, text);
}

} // namespace tests

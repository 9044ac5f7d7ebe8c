// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <expected>

namespace models {

enum class SealProblem {
    NotSealed,       //!< another kind of file, or cut short
    NewerVersion,    //!< made by a newer console
    WrongPassphrase, //!< or the content was changed: the two cannot be told apart
    NoMemory,        //!< the key could not be derived on this machine
};

QString sealProblemText(SealProblem problem);

//! Bytes that can only be read with a passphrase: the key comes from Argon2id, the content is encrypted and
//! authenticated by XChaCha20-Poly1305 (libsodium). Takes about a second and 256 MiB on purpose: call it off the UI
//! thread. The passphrase is taken as UTF-8 in normalisation form C.
std::expected<QByteArray, SealProblem> seal(const QByteArray &content, const QString &passphrase);
std::expected<QByteArray, SealProblem> unseal(const QByteArray &sealed, const QString &passphrase);

//! URL-safe text of `bytes` random bytes, for secrets and path tokens that nobody has to remember.
QByteArray randomText(int bytes);

} // namespace models

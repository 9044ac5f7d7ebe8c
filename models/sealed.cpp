// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sealed.h"

#include <QCoreApplication>

#include <array>
#include <cstring>
#include <sodium.h>

namespace models {

namespace {

struct Sealed
{
    Q_DECLARE_TR_FUNCTIONS(Sealed)
};

constexpr QByteArrayView fileMark("merchant-console sealed ");
constexpr char newestVersion = '1';

// What the first version derives its key with; a later version may ask for more.
constexpr unsigned long long operations = crypto_pwhash_OPSLIMIT_MODERATE;
constexpr std::size_t memory = crypto_pwhash_MEMLIMIT_MODERATE;

constexpr qsizetype saltSize = crypto_pwhash_SALTBYTES;
constexpr qsizetype nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr qsizetype headSize = fileMark.size() + 2; // the version's digit and a line break

const unsigned char *bytesOf(QByteArrayView text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

unsigned char *bytesIn(QByteArray &text)
{
    return reinterpret_cast<unsigned char *>(text.data());
}

bool isSodiumReady()
{
    return sodium_init() >= 0;
}

//! Wiped when it goes out of scope.
class DerivedKey
{
public:
    DerivedKey() = default;
    ~DerivedKey() { sodium_memzero(m_bytes.data(), m_bytes.size()); }
    Q_DISABLE_COPY_MOVE(DerivedKey)

    bool derive(const QString &passphrase, QByteArrayView salt)
    {
        const QByteArray words = passphrase.normalized(QString::NormalizationForm_C).toUtf8();
        return crypto_pwhash(m_bytes.data(), m_bytes.size(), words.constData(),
                   static_cast<unsigned long long>(words.size()), bytesOf(salt), operations, memory,
                   crypto_pwhash_ALG_ARGON2ID13)
            == 0;
    }
    const unsigned char *data() const { return m_bytes.data(); }

private:
    std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_KEYBYTES> m_bytes{};
};

} // namespace

QString sealProblemText(SealProblem problem)
{
    switch (problem) {
    case SealProblem::NotSealed:
        return Sealed::tr("This is not a file that the console exported, or it was cut short. Choose another file.");
    case SealProblem::NewerVersion:
        return Sealed::tr("This file was made by a newer console. Update this one, then try again.");
    case SealProblem::WrongPassphrase:
        return Sealed::tr("The passphrase does not fit, or the file was changed. Check the passphrase and try again.");
    case SealProblem::NoMemory:
        return Sealed::tr("There is not enough memory to work with the passphrase: 256 MB are needed. Close other "
                          "programs and try again.");
    }
    Q_UNREACHABLE();
}

std::expected<QByteArray, SealProblem> seal(const QByteArray &content, const QString &passphrase)
{
    if (!isSodiumReady())
        return std::unexpected(SealProblem::NoMemory);
    QByteArray sealed = fileMark.toByteArray() + newestVersion + '\n';
    sealed.resize(headSize + saltSize + nonceSize + content.size() + tagSize);
    randombytes_buf(sealed.data() + headSize, static_cast<std::size_t>(saltSize + nonceSize));
    DerivedKey key;
    if (!key.derive(passphrase, QByteArrayView(sealed).sliced(headSize, saltSize)))
        return std::unexpected(SealProblem::NoMemory);
    // Everything before the content is authenticated with it.
    const qsizetype openSize = headSize + saltSize + nonceSize;
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytesIn(sealed) + openSize, nullptr, bytesOf(content),
        static_cast<unsigned long long>(content.size()), bytesOf(sealed), static_cast<unsigned long long>(openSize),
        nullptr, bytesOf(sealed) + headSize + saltSize, key.data());
    return sealed;
}

std::expected<QByteArray, SealProblem> unseal(const QByteArray &sealed, const QString &passphrase)
{
    const qsizetype openSize = headSize + saltSize + nonceSize;
    if (!sealed.startsWith(fileMark) || sealed.size() < openSize + tagSize || sealed.at(headSize - 1) != '\n')
        return std::unexpected(SealProblem::NotSealed);
    if (sealed.at(fileMark.size()) != newestVersion)
        return std::unexpected(SealProblem::NewerVersion);
    DerivedKey key;
    if (!isSodiumReady() || !key.derive(passphrase, QByteArrayView(sealed).sliced(headSize, saltSize)))
        return std::unexpected(SealProblem::NoMemory);
    QByteArray content(sealed.size() - openSize - tagSize, Qt::Uninitialized);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(bytesIn(content), nullptr, nullptr,
        bytesOf(sealed) + openSize, static_cast<unsigned long long>(sealed.size() - openSize), bytesOf(sealed),
        static_cast<unsigned long long>(openSize), bytesOf(sealed) + headSize + saltSize, key.data());
    if (opened != 0)
        return std::unexpected(SealProblem::WrongPassphrase);
    return content;
}

QByteArray randomText(int bytes)
{
    QByteArray random(bytes, Qt::Uninitialized);
    if (!isSodiumReady())
        qFatal("The system gives no random numbers");
    randombytes_buf(random.data(), static_cast<std::size_t>(bytes));
    return random.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace models

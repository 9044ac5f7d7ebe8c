// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/webhooksignature.h"
#include "models/webhookverification.h"

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr std::array triedPrefixes{"sha256="_L1, "sha512="_L1, "v1="_L1, "hmac "_L1};
constexpr qsizetype longestTriedId = 200;

//! Headers that may be a time or an id, by their looks.
struct Candidates
{
    QList<api::HeaderLine> times = {};
    QList<api::HeaderLine> ids = {};
};

Candidates candidatesOf(const api::WebhookDelivery &delivery)
{
    Candidates found;
    for (const api::HeaderLine &line : delivery.headers) {
        if (signatureTime(line.value) && line.value.size() >= 9)
            found.times.append(line);
        else if (!line.value.isEmpty() && line.value.size() <= longestTriedId && !line.value.contains(' '))
            found.ids.append(line);
    }
    return found;
}

class Trials
{
public:
    Trials(const api::WebhookDelivery &delivery, const QByteArray &secret)
        : m_delivery(delivery)
        , m_secret(secret)
        , m_candidates(candidatesOf(delivery))
    {
    }

    QList<SchemeTrial> run()
    {
        for (const api::HeaderLine &line : m_delivery.headers) {
            tryHeader(line);
            if (equalInConstantTime(line.value.trimmed(), m_secret.trimmed()))
                keep({.kind = WebhookScheme::Kind::SharedSecret, .signatureHeader = QString::fromLatin1(line.name)});
        }
        return m_fitting;
    }

private:
    // A header is worth hashing for only when it decodes to as many bytes as the hash has.
    void tryHeader(const api::HeaderLine &line)
    {
        for (const auto hash : {WebhookScheme::Hash::Sha256, WebhookScheme::Hash::Sha512}) {
            for (const auto encoding : {WebhookScheme::Encoding::Hex, WebhookScheme::Encoding::Base64}) {
                WebhookScheme scheme{.kind = WebhookScheme::Kind::Signature,
                    .signatureHeader = QString::fromLatin1(line.name),
                    .prefix = prefixOf(line.value),
                    .hash = hash,
                    .encoding = encoding};
                const auto signature = decodedSignature(scheme, line.value);
                if (signature && signature->size() == (hash == WebhookScheme::Hash::Sha512 ? 64 : 32))
                    tryContents(scheme, *signature);
            }
        }
    }

    static QString prefixOf(const QByteArray &value)
    {
        for (const QLatin1StringView prefix : triedPrefixes) {
            if (value.startsWith(QByteArrayView(prefix)))
                return prefix;
        }
        return {};
    }

    void tryContents(WebhookScheme scheme, const QByteArray &signature)
    {
        tryOne(scheme, signature);
        for (const api::HeaderLine &time : m_candidates.times) {
            scheme.timestampHeader = QString::fromLatin1(time.name);
            scheme.content = WebhookScheme::Signed::TimestampBody;
            tryOne(scheme, signature);
            scheme.content = WebhookScheme::Signed::IdTimestampBody;
            for (const api::HeaderLine &id : m_candidates.ids) {
                scheme.idHeader = QString::fromLatin1(id.name);
                tryOne(scheme, signature);
            }
            scheme.idHeader.clear();
        }
    }

    void tryOne(const WebhookScheme &scheme, const QByteArray &signature)
    {
        if (equalInConstantTime(signature, expectedSignature(m_delivery, scheme, m_secret)))
            keep(scheme);
    }

    void keep(const WebhookScheme &scheme)
    {
        const Verdict verdict = verifyDelivery(m_delivery, scheme, m_secret);
        const bool refused = verdict.kind != VerdictKind::Verified;
        m_fitting.append({.scheme = scheme, .note = refused ? verdict.reason : QString()});
    }

    const api::WebhookDelivery &m_delivery;
    const QByteArray &m_secret;
    Candidates m_candidates;
    QList<SchemeTrial> m_fitting;
};

} // namespace

QList<SchemeTrial> whatWouldMatch(const api::WebhookDelivery &delivery, const QByteArray &secret)
{
    return secret.isEmpty() ? QList<SchemeTrial>() : Trials(delivery, secret).run();
}

} // namespace models

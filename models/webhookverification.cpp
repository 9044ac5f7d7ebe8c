// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/webhookverification.h"

#include "models/webhooksignature.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct VerdictWords
{
    Q_DECLARE_TR_FUNCTIONS(Verdict)
};

Verdict failedVerdict(const QString &reason)
{
    return {.kind = VerdictKind::Failed, .reason = reason};
}

//! What keeps a header from being read: it is missing, or came more than once; empty when there is exactly one.
QString headerProblem(const api::WebhookDelivery &delivery, const QString &name)
{
    const QByteArray wanted = name.toLatin1();
    const auto count = std::ranges::count_if(delivery.headers,
        [&wanted](const api::HeaderLine &line) { return line.name.compare(wanted, Qt::CaseInsensitive) == 0; });
    if (count == 0)
        return VerdictWords::tr("The header %1 is missing.").arg(name);
    return count == 1 ? QString() : VerdictWords::tr("The header %1 came more than once.").arg(name);
}

QString skewProblem(const WebhookScheme &scheme, qint64 signedAt, qint64 receivedAt)
{
    const qint64 limit = qint64(scheme.clockSkewSeconds) * 1000;
    const qint64 difference = receivedAt - signedAt;
    if (limit == 0 || (difference <= limit && difference >= -limit))
        return {};
    const qint64 seconds = (difference < 0 ? -difference : difference) / 1000;
    //: %1 and %2: a number of seconds
    return difference > 0 ? VerdictWords::tr("It was signed %1 s before it arrived; at most %2 s are allowed.")
                                .arg(seconds)
                                .arg(scheme.clockSkewSeconds)
                          : VerdictWords::tr("It was signed %1 s after it arrived; at most %2 s are allowed.")
                                .arg(seconds)
                                .arg(scheme.clockSkewSeconds);
}

Verdict verifySecret(const api::WebhookDelivery &delivery, const WebhookScheme &scheme, const QByteArray &secret)
{
    // HTTP takes white space off both ends of a header's value, so there it cannot count.
    if (!equalInConstantTime(delivery.header(scheme.signatureHeader.toLatin1()).trimmed(), secret.trimmed()))
        return failedVerdict(VerdictWords::tr("The header %1 does not hold the secret.").arg(scheme.signatureHeader));
    return {.kind = VerdictKind::Verified,
        .reason = VerdictWords::tr("The header %1 holds the secret.").arg(scheme.signatureHeader)};
}

Verdict verifySignature(const api::WebhookDelivery &delivery, const WebhookScheme &scheme, const QByteArray &secret)
{
    std::optional<qint64> signedAt;
    if (scheme.content != WebhookScheme::Signed::Body) {
        if (const QString problem = headerProblem(delivery, scheme.timestampHeader); !problem.isEmpty())
            return failedVerdict(problem);
        signedAt = signatureTime(delivery.header(scheme.timestampHeader.toLatin1()));
        if (!signedAt)
            return failedVerdict(VerdictWords::tr("The header %1 holds no time.").arg(scheme.timestampHeader));
    }
    const bool withId = scheme.content == WebhookScheme::Signed::IdTimestampBody;
    if (const QString problem = withId ? headerProblem(delivery, scheme.idHeader) : QString(); !problem.isEmpty())
        return failedVerdict(problem);
    const auto signature = decodedSignature(scheme, delivery.header(scheme.signatureHeader.toLatin1()));
    if (!signature)
        return failedVerdict(
            VerdictWords::tr("The header %1 holds no signature of this kind.").arg(scheme.signatureHeader));
    const QByteArray expected = expectedSignature(delivery, scheme, secret);
    if (signature->size() != expected.size())
        return failedVerdict(VerdictWords::tr("The signature has %1 bytes where %2 are expected.")
                .arg(signature->size())
                .arg(expected.size()));
    if (!equalInConstantTime(*signature, expected))
        return failedVerdict(VerdictWords::tr("The signature does not fit the content."));
    if (const QString problem = signedAt ? skewProblem(scheme, *signedAt, delivery.receivedAt) : QString();
        !problem.isEmpty())
        return failedVerdict(problem);
    return {.kind = VerdictKind::Verified,
        .reason = VerdictWords::tr("The signature fits the content."),
        .signatureId = withId ? delivery.header(scheme.idHeader.toLatin1()) : QByteArray()};
}

} // namespace

QString verdictWord(VerdictKind kind)
{
    switch (kind) {
    case VerdictKind::Verified:
        return u"VERIFIED"_s;
    case VerdictKind::Failed:
        return u"NOT_VERIFIED"_s;
    case VerdictKind::NotChecked:
        return u"NOT_CHECKED"_s;
    }
    Q_UNREACHABLE();
}

VerdictKind verdictOfWord(QStringView word)
{
    for (const VerdictKind kind : {VerdictKind::Verified, VerdictKind::Failed}) {
        if (verdictWord(kind) == word)
            return kind;
    }
    return VerdictKind::NotChecked;
}

Verdict verifyDelivery(const api::WebhookDelivery &delivery, const WebhookScheme &scheme, const QByteArray &secret)
{
    if (scheme.kind == WebhookScheme::Kind::None)
        return {
            .kind = VerdictKind::NotChecked, .reason = VerdictWords::tr("No check is set up for this subscription.")};
    if (secret.isEmpty())
        return {.kind = VerdictKind::NotChecked,
            .reason = VerdictWords::tr("The secret of this subscription is not at hand.")};
    if (const QString problem = headerProblem(delivery, scheme.signatureHeader); !problem.isEmpty())
        return failedVerdict(problem);
    return scheme.kind == WebhookScheme::Kind::SharedSecret ? verifySecret(delivery, scheme, secret)
                                                            : verifySignature(delivery, scheme, secret);
}

} // namespace models

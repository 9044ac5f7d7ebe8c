// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "models/webhookverification.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct SchemeWords
{
    Q_DECLARE_TR_FUNCTIONS(WebhookScheme)
};

constexpr std::array schemeKindWords{"none"_L1, "signature"_L1, "secret"_L1};
constexpr std::array schemeHashWords{"sha256"_L1, "sha512"_L1};
constexpr std::array schemeEncodingWords{"hex"_L1, "base64"_L1};
constexpr std::array schemeContentWords{"body"_L1, "timestamp.body"_L1, "id.timestamp.body"_L1};
constexpr int longestClockSkew = 86'400;

template<typename Value, size_t count>
Value valueOfWord(const std::array<QLatin1StringView, count> &words, const QString &word)
{
    const auto *const found = std::ranges::find(words, word);
    return found == words.end() ? Value() : static_cast<Value>(found - words.begin());
}

template<typename Value, size_t count>
api::Json wordOfValue(const std::array<QLatin1StringView, count> &words, Value value)
{
    return api::Json::fromText(words[static_cast<size_t>(value)]);
}

// RFC 9110: what a header name may be made of.
bool isHeaderName(const QString &name)
{
    static const QString others = u"!#$%&'*+-.^_`|~"_s;
    return !name.isEmpty() && std::ranges::all_of(name, [](QChar letter) {
        return letter.unicode() < 128 && (letter.isLetterOrNumber() || others.contains(letter));
    });
}

bool needsTimestamp(const WebhookScheme &scheme)
{
    return scheme.content != WebhookScheme::Signed::Body;
}

QString hashText(const WebhookScheme &scheme)
{
    return scheme.hash == WebhookScheme::Hash::Sha512 ? u"HMAC-SHA512"_s : u"HMAC-SHA256"_s;
}

WebhookScheme signatureScheme(const QString &header, WebhookScheme::Hash hash, WebhookScheme::Encoding encoding)
{
    return {.kind = WebhookScheme::Kind::Signature, .signatureHeader = header, .hash = hash, .encoding = encoding};
}

SchemePreset nonePreset()
{
    return {.id = u"none"_s,
        .title = SchemeWords::tr("Do not check"),
        .why = SchemeWords::tr("Events are kept and the records they name are read, but nobody knows who sent them.")};
}

SchemePreset sharedSecretPreset()
{
    return {.id = u"shared-secret"_s,
        .title = SchemeWords::tr("The secret itself in a header"),
        .why = SchemeWords::tr("A guess that is in use elsewhere. Whoever sees one delivery knows the secret."),
        .scheme = {.kind = WebhookScheme::Kind::SharedSecret, .signatureHeader = u"x-webhook-secret"_s}};
}

QList<SchemePreset> payByBankPresets()
{
    using enum WebhookScheme::Hash;
    using enum WebhookScheme::Encoding;
    WebhookScheme observed = signatureScheme(u"x-signature"_s, Sha512, Base64);
    observed.content = WebhookScheme::Signed::IdTimestampBody;
    observed.timestampHeader = u"x-signature-timestamp"_s;
    observed.idHeader = u"x-signature-uniqueid"_s;
    WebhookScheme prefixed = signatureScheme(u"x-signature"_s, Sha256, Hex);
    prefixed.prefix = u"sha256="_s;
    return {{.id = u"link-sha512"_s,
                .title = SchemeWords::tr("Link Money, as observed: HMAC-SHA512 over id, time and body"),
                .why = SchemeWords::tr(
                    "Not documented. The strongest lead: seen in a merchant's working code, with a limit of five "
                    "minutes."),
                .scheme = observed},
        {.id = u"body-sha256"_s,
            .title = SchemeWords::tr("HMAC-SHA256 over the body"),
            .why = SchemeWords::tr(
                "Not documented. A guess that is in use elsewhere. Old deliveries can be sent again."),
            .scheme = prefixed},
        sharedSecretPreset(), nonePreset()};
}

QList<SchemePreset> aggregationPresets()
{
    return {{.id = u"fingoal-insights"_s,
                .title = SchemeWords::tr("FinGoal Insights: HMAC-SHA256 over the body"),
                .why = SchemeWords::tr(
                    "Documented for FinGoal's Insights API only, with the client secret as the key. It may not apply "
                    "here."),
                .scheme = signatureScheme(
                    u"x-webhook-verification"_s, WebhookScheme::Hash::Sha256, WebhookScheme::Encoding::Hex)},
        sharedSecretPreset(), nonePreset()};
}

} // namespace

QString storedScheme(const WebhookScheme &scheme)
{
    return QString::fromUtf8(api::Json::fromMembers(
        {{u"kind"_s, wordOfValue(schemeKindWords, scheme.kind)},
            {u"signatureHeader"_s, api::Json::fromText(scheme.signatureHeader)},
            {u"prefix"_s, api::Json::fromText(scheme.prefix)}, {u"hash"_s, wordOfValue(schemeHashWords, scheme.hash)},
            {u"encoding"_s, wordOfValue(schemeEncodingWords, scheme.encoding)},
            {u"signed"_s, wordOfValue(schemeContentWords, scheme.content)},
            {u"timestampHeader"_s, api::Json::fromText(scheme.timestampHeader)},
            {u"idHeader"_s, api::Json::fromText(scheme.idHeader)},
            {u"clockSkewSeconds"_s, api::Json::fromNumberText(QString::number(scheme.clockSkewSeconds))}})
            .toText());
}

WebhookScheme schemeOfStored(const QString &text)
{
    const auto json = api::Json::parse(text.toUtf8());
    if (!json)
        return {};
    const WebhookScheme fallback;
    const api::Json skew = (*json)[u"clockSkewSeconds"];
    return {.kind = valueOfWord<WebhookScheme::Kind>(schemeKindWords, (*json)[u"kind"].text()),
        .signatureHeader = (*json)[u"signatureHeader"].text(),
        .prefix = (*json)[u"prefix"].text(),
        .hash = valueOfWord<WebhookScheme::Hash>(schemeHashWords, (*json)[u"hash"].text()),
        .encoding = valueOfWord<WebhookScheme::Encoding>(schemeEncodingWords, (*json)[u"encoding"].text()),
        .content = valueOfWord<WebhookScheme::Signed>(schemeContentWords, (*json)[u"signed"].text()),
        .timestampHeader = (*json)[u"timestampHeader"].text(),
        .idHeader = (*json)[u"idHeader"].text(),
        .clockSkewSeconds = skew.isNull() ? fallback.clockSkewSeconds
                                          : std::clamp(skew.text().toInt(), 0, longestClockSkew)};
}

QString schemeText(const WebhookScheme &scheme)
{
    switch (scheme.kind) {
    case WebhookScheme::Kind::None:
        return SchemeWords::tr("not checked");
    case WebhookScheme::Kind::SharedSecret:
        return SchemeWords::tr("the secret itself in the header %1").arg(scheme.signatureHeader);
    case WebhookScheme::Kind::Signature:
        break;
    }
    //: %1: HMAC-SHA256, %2: hex or base64, %3: what is signed, such as id.timestamp.body, %4: a header
    return SchemeWords::tr("%1, %2, over %3, in the header %4")
        .arg(hashText(scheme), QString(schemeEncodingWords[static_cast<size_t>(scheme.encoding)]),
            QString(schemeContentWords[static_cast<size_t>(scheme.content)]), scheme.signatureHeader);
}

QString schemeProblem(const WebhookScheme &scheme)
{
    if (scheme.kind == WebhookScheme::Kind::None)
        return {};
    if (!isHeaderName(scheme.signatureHeader))
        return SchemeWords::tr("Enter the name of the header that carries the signature.");
    if (scheme.kind == WebhookScheme::Kind::SharedSecret)
        return {};
    const bool withId = scheme.content == WebhookScheme::Signed::IdTimestampBody;
    if (needsTimestamp(scheme) && !isHeaderName(scheme.timestampHeader))
        return SchemeWords::tr("Enter the name of the header that carries the time.");
    if (withId && !isHeaderName(scheme.idHeader))
        return SchemeWords::tr("Enter the name of the header that carries the id.");
    if (scheme.clockSkewSeconds < 0 || scheme.clockSkewSeconds > longestClockSkew)
        return SchemeWords::tr("Allow a difference of at most one day.");
    return {};
}

QList<SchemePreset> schemePresets(WebhookFamily family)
{
    switch (family) {
    case WebhookFamily::PayByBank:
        return payByBankPresets();
    case WebhookFamily::Aggregation:
        return aggregationPresets();
    }
    Q_UNREACHABLE();
}

} // namespace models

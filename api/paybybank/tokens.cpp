// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/tokens.h"

#include "api/jsonreader.h"

#include <QUrl>

#include <algorithm>

namespace api {
namespace {

//! Used when the answer names no lifetime: short, because a token that is fetched too often still works.
constexpr qint64 assumedLifetimeSeconds = 300;
constexpr qint64 longestLifetimeSeconds = 30LL * 24 * 3600;

QByteArray formField(const char *name, const QByteArray &value)
{
    return name + QByteArray("=") + value.toPercentEncoding();
}

//! The token goes into a header, so it must not be able to end one.
bool isHeaderSafe(const QByteArray &token)
{
    return std::ranges::all_of(token, [](char character) { return character > 0x20 && character < 0x7f; });
}

} // namespace

Result<AccessToken> readAccessToken(const Json &answer)
{
    JsonReader in(answer);
    const QByteArray bearer = in.string(u"access_token").toUtf8();
    const QString lifetimeText = in.optionalIdText(u"expires_in");
    bool isNumber = false;
    qint64 lifetime = lifetimeText.toLongLong(&isNumber);
    if (lifetimeText.isEmpty())
        lifetime = assumedLifetimeSeconds;
    else if (!isNumber)
        in.adopt(QStringLiteral("expires_in: expected seconds, got something else"));
    if (!isHeaderSafe(bearer))
        in.adopt(QStringLiteral("access_token: expected printable characters, got others"));
    return in.finish(
        AccessToken{.bearer = bearer, .lifetimeSeconds = std::clamp<qint64>(lifetime, 1, longestLifetimeSeconds)});
}

Request<AccessToken> requestToken(const Credentials &credentials, const QString &scope)
{
    const QByteArrayList fields{formField("client_id", credentials.clientId.toUtf8()),
        formField("client_secret", credentials.clientSecret), formField("scope", scope.toUtf8()),
        formField("grant_type", "client_credentials")};
    return {.data = {.verb = Verb::Post,
                .path = "/v1/tokens",
                .body = fields.join('&'),
                .contentType = "application/x-www-form-urlencoded",
                .auth = Auth::None},
        .read = readAccessToken};
}

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/accesstoken.h"

#include <algorithm>

namespace api {
namespace {

constexpr qint64 longestLifetimeSeconds = 30LL * 24 * 3600;

//! The token goes into a header, so it must not be able to end one.
bool isHeaderSafe(const QByteArray &token)
{
    return std::ranges::all_of(token, [](char character) { return character > 0x20 && character < 0x7f; });
}

} // namespace

Result<AccessToken> readAccessToken(const Json &answer, const TokenMembers &members)
{
    JsonReader in(answer);
    const QByteArray bearer = in.string(members.token).toUtf8();
    const QString lifetimeText = in.optionalIdText(members.lifetime);
    bool isNumber = false;
    qint64 lifetime = lifetimeText.toLongLong(&isNumber);
    if (lifetimeText.isEmpty())
        lifetime = members.assumedLifetimeSeconds;
    else if (!isNumber)
        in.adopt(QStringLiteral("%1: expected seconds, got something else").arg(members.lifetime));
    if (!isHeaderSafe(bearer))
        in.adopt(QStringLiteral("%1: expected printable characters, got others").arg(members.token));
    return in.finish(
        AccessToken{.bearer = bearer, .lifetimeSeconds = std::clamp<qint64>(lifetime, 1, longestLifetimeSeconds)});
}

} // namespace api

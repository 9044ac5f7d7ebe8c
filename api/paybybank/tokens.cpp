// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/tokens.h"

namespace api {
namespace {

//! Used when the answer names no lifetime: short, because a token that is fetched too often still works.
constexpr qint64 assumedLifetimeSeconds = 300;

QByteArray formField(const char *name, const QByteArray &value)
{
    return name + QByteArray("=") + value.toPercentEncoding();
}

} // namespace

Result<AccessToken> readAccessToken(const Json &answer)
{
    return readAccessToken(answer,
        {.token = u"access_token", .lifetime = u"expires_in", .assumedLifetimeSeconds = assumedLifetimeSeconds});
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

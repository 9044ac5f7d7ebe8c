// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/aggregation/tokens.h"

#include "api/members.h"

namespace api {
namespace {

constexpr qint64 documentedLifetimeSeconds = 3600;

} // namespace

Result<AccessToken> readTenantToken(const Json &answer)
{
    const bool olderName = answer[u"accessToken"].isNull() && !answer[u"token"].isNull();
    return readAccessToken(answer,
        {.token = olderName ? QStringView(u"token") : QStringView(u"accessToken"),
            .lifetime = u"expiresIn",
            .assumedLifetimeSeconds = documentedLifetimeSeconds});
}

Request<AccessToken> requestTenantToken(const Credentials &credentials)
{
    const Json body = Members()
                          .text(QStringLiteral("clientId"), credentials.clientId)
                          .text(QStringLiteral("clientSecret"), QString::fromUtf8(credentials.clientSecret))
                          .optionalText(QStringLiteral("tenantId"), credentials.tenantId)
                          .optionalText(QStringLiteral("userId"), credentials.userId)
                          .take();
    return {.data = {.verb = Verb::Post, .path = "/oauth/token", .body = body.toText(), .auth = Auth::None},
        .read = readTenantToken};
}

} // namespace api

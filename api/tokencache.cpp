// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/tokencache.h"

#include "api/aggregation/tokens.h"
#include "api/paybybank/tokens.h"

#include <utility>

namespace api {

bool TokenCache::needsToken(Auth auth)
{
    return auth == Auth::CoreToken || auth == Auth::PaymentToken || auth == Auth::TenantToken;
}

Request<AccessToken> TokenCache::requestFor(Auth auth, const Credentials &credentials)
{
    if (auth == Auth::TenantToken)
        return requestTenantToken(credentials);
    return requestToken(
        credentials, auth == Auth::PaymentToken ? QStringLiteral("Link-Payment") : QStringLiteral("Link-Core"));
}

TokenCache::Slot &TokenCache::slot(Auth auth)
{
    return m_slots.at(auth == Auth::TenantToken ? 2 : auth == Auth::PaymentToken ? 1 : 0);
}

bool TokenCache::isUsable(Auth auth, qint64 now)
{
    const Slot &token = slot(auth);
    return !token.bearer.isEmpty() && now < token.expiresAt;
}

bool TokenCache::isDueForRenewal(Auth auth, qint64 now)
{
    const Slot &token = slot(auth);
    return !token.fetching && now >= token.renewAt;
}

void TokenCache::store(Auth auth, const AccessToken &token, qint64 now)
{
    Slot &target = slot(auth);
    const qint64 lifetimeMs = token.lifetimeSeconds * 1000;
    target.bearer = token.bearer;
    target.expiresAt = now + lifetimeMs;
    target.renewAt = now + lifetimeMs / 10 * 9;
}

void TokenCache::drop(Auth auth, const QByteArray &bearer)
{
    if (slot(auth).bearer == bearer)
        slot(auth).bearer.clear();
}

void TokenCache::dropAll()
{
    for (Slot &token : m_slots)
        token.bearer.clear();
}

std::deque<FlightPtr> TokenCache::takeWaiting(Auth auth)
{
    return std::exchange(slot(auth).waiting, {});
}

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/jsonreader.h"

#include <QByteArray>

namespace api {

//! Lets requests in, for a while (reference 1.3 and 2.2). Lives in memory only.
struct AccessToken
{
    QByteArray bearer = {};
    qint64 lifetimeSeconds = 0; //!< 1 to 30 days
};

//! Which members a token answer uses, and what a missing lifetime means.
struct TokenMembers
{
    QStringView token;
    QStringView lifetime;
    qint64 assumedLifetimeSeconds = 0;
};

Result<AccessToken> readAccessToken(const Json &answer, const TokenMembers &members);

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/aggregation/ids.h"
#include "api/request.h"

#include <QUrl>

namespace api {

//! The documented ways to ask for a FastLink session (table of reference 2.5). They exclude each other, so the
//! profile chooses; reading accepts every shape.
enum class FastLinkVariant {
    Reference,  //!< POST /yodlee/fastlink/get with loginName
    Quickstart, //!< POST /fastlink/token with loginName
    Guide,      //!< POST /yodlee/fastlink with login_name
};

struct FastLinkSession
{
    QByteArray accessToken = {}; //!< opens FastLink for this one user; without "Bearer ". In memory only
    QUrl url = {};               //!< https (http on loopback only); empty when the answer has a token alone
    QString configName = {};     //!< usually absent

    friend bool operator==(const FastLinkSession &, const FastLinkSession &) = default;
};

Result<FastLinkSession> readFastLinkSession(const Json &answer);

Request<FastLinkSession> createFastLinkSession(const LoginName &loginName, FastLinkVariant variant);

//! https with a host and without credentials; http for this computer only.
bool isFastLinkAddress(const QUrl &url);

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/accesstoken.h"
#include "api/credentials.h"
#include "api/request.h"

namespace api {

//! Reference 1.3.
Result<AccessToken> readAccessToken(const Json &answer);

//! POST /v1/tokens with a form body. The transport calls this by itself; "Test connection" may too.
Request<AccessToken> requestToken(const Credentials &credentials, const QString &scope);

} // namespace api

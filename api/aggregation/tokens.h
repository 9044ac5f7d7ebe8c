// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/accesstoken.h"
#include "api/credentials.h"
#include "api/request.h"

namespace api {

//! Reference 2.2: the token is called accessToken or token; a missing expiresIn counts as 3600 seconds.
Result<AccessToken> readTenantToken(const Json &answer);

//! POST /oauth/token with the client, its secret, the tenant and, if there is one, the user. The transport calls
//! this by itself; "Test connection" may too.
Request<AccessToken> requestTenantToken(const Credentials &credentials);

} // namespace api

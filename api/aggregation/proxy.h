// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/aggregation/ids.h"
#include "api/request.h"

namespace api {

//! How Yodlee's endpoints are reached (reference 2.6): the documents disagree about the prefix, and do not say
//! whether the version header is needed, so both are settings.
struct YodleeProxy
{
    QString prefix = QStringLiteral("/yodlee"); //!< or "/yodlee/v1"
    QString apiVersion = {};                    //!< "1.1"; empty: no Api-Version header
};

//! A read on behalf of one user, who is named by the header loginName. An empty login name, or a prefix or
//! segment that is no path, gives a request that the client refuses unsent. The login name goes out as UTF-8.
RequestData proxyRead(const YodleeProxy &proxy, const LoginName &user, std::initializer_list<QStringView> segments,
    const QByteArray &queryText = {});

} // namespace api

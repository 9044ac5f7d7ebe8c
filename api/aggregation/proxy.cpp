// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/aggregation/proxy.h"

#include <QStringList>

namespace api {
namespace {

QByteArray proxyPath(const YodleeProxy &proxy, std::initializer_list<QStringView> segments)
{
    QByteArray result;
    const QStringList parts = proxy.prefix.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QByteArray encoded = path({part});
        if (encoded.isEmpty())
            return {};
        result += encoded;
    }
    const QByteArray rest = path(segments);
    return rest.isEmpty() ? rest : result + rest;
}

} // namespace

RequestData proxyRead(const YodleeProxy &proxy, const LoginName &user, std::initializer_list<QStringView> segments,
    const QByteArray &queryText)
{
    const QByteArray address = user.isEmpty() ? QByteArray() : proxyPath(proxy, segments);
    RequestData data{.path = address.isEmpty() ? address : address + queryText,
        .body = {},
        .auth = Auth::TenantToken,
        .headers = {{"loginName", user.text().toUtf8()}}};
    if (!proxy.apiVersion.isEmpty())
        data.headers.append({"Api-Version", proxy.apiVersion.toUtf8()});
    return data;
}

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/aggregation/client.h"

#include "api/jsonreader.h"

namespace api {
namespace {

template<typename IdType> QList<IdType> readIdList(JsonReader &in, const Json &object, const QString &key)
{
    QList<IdType> ids;
    if (object[key].isNull())
        return ids;
    const Json list = in.array(key);
    for (const Json &item : list.items()) {
        if (item.text().isEmpty())
            in.adopt(QStringLiteral("%1: expected ids, got something else").arg(key));
        ids.append(IdType(item.text()));
    }
    return ids;
}

} // namespace

Result<AggregationClient> readAggregationClient(const Json &answer)
{
    const Json object = answer[u"client"].isNull() ? answer : answer[u"client"];
    JsonReader in(object);
    return in.finish(AggregationClient{.id = in.idText(u"clientId"),
        .name = in.optionalString(u"clientName"),
        .description = in.optionalString(u"clientDescription"),
        .registeredAt = in.optionalTime(u"registrationDate"),
        .webhooks = readIdList<WebhookId>(in, object, QStringLiteral("webhookIds")),
        .tenants = readIdList<TenantId>(in, object, QStringLiteral("tenants"))});
}

Request<AggregationClient> getAggregationClient()
{
    return {.data = {.path = "/client", .body = {}, .auth = Auth::TenantToken}, .read = readAggregationClient};
}

} // namespace api

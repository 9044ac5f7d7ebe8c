// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/aggregation/ids.h"
#include "api/request.h"

namespace api {

//! The developer's own registration (reference 2.3).
struct AggregationClient
{
    QString id = {};
    QString name = {};
    QString description = {};
    qint64 registeredAt = 0; //!< UTC ms; 0 when absent
    QList<WebhookId> webhooks = {};
    QList<TenantId> tenants = {}; //!< the tenants that this client may reach

    friend bool operator==(const AggregationClient &, const AggregationClient &) = default;
};

//! Wrapped in `client` or bare.
Result<AggregationClient> readAggregationClient(const Json &answer);

Request<AggregationClient> getAggregationClient(); //!< GET /client

} // namespace api

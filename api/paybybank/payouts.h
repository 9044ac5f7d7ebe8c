// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/request.h"

namespace api {

//! Reference 1.13.
struct Payout
{
    PayoutId id = {};
    QString clientReferenceId = {};
    Money amount = {};
    QString status = {}; //!< CREATED, AUTHORIZED, SCHEDULED, INITIATED, DISBURSED, or one we do not know
    QString descriptor = {};
    qint64 createdAt = 0; //!< UTC ms; 0 when absent

    friend bool operator==(const Payout &, const Payout &) = default;
};

Result<Payout> readPayout(const Json &answer);
Request<Payout> getPayout(const PayoutId &id); //!< GET /v1/payouts/{id}, Link-Core
bool payoutCanStillChange(const QString &payoutStatus);

} // namespace api

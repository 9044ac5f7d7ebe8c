// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/outbox.h"

namespace models {

//! Unique for ever; one per intent.
api::RequestKey newRequestKey();

//! A clientReferenceId for an intent whose person gave none: "PM-" or "CR-" and something unique, so that a payment
//! seen later can be told to be this one.
QString newReference(OutboxKind kind);

//! The merchant that the stored bytes name; empty where they name none (cancel, POST /v1/refunds).
api::MerchantId merchantOfRequest(const api::RequestData &request);

//! The exact bytes to send for an entry. `refundRoute` decides how a refund goes (reference 1.8, 1.9).
api::RequestData requestOfEntry(const OutboxEntry &entry, const OutboxOptions &options);

} // namespace models

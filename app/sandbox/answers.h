// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/http.h"
#include "app/sandbox/json.h"

namespace sandbox {

//! Everything that can be wrong. Reference 1.2.2 gives the shape of the error body and no catalogue: ids and
//! codes other than 10003 INTERNAL_SERVER_ERROR are choices of the sandbox.
enum class Problem {
    InvalidRequest,
    Unauthorized,
    InternalServerError,
    InsufficientScope,
    NotFound,
    MethodNotAllowed,
    PayloadTooLarge,
    HeadersTooLarge,
    TooManyRequests,
    InvalidClient,
    InvalidScope,
    UnsupportedGrantType,
    MissingField,
    InvalidField,
    DuplicateRequestKey,
    CustomerNotFound,
    CustomerNotActive,
    MerchantMismatch,
    PaymentNotFound,
    PaymentNotRefundable,
    RefundExceedsPayment,
    PaymentNotCancelable,
    AccountsNotShared,
    SubscriptionNotFound,
    FaultInjected,
};

int statusOf(Problem problem);
Response refusal(Problem problem, std::string_view message);
Response refusalWithStatus(int status, Problem problem, std::string_view message);
Response answer(JsonWriter &body, int status = 200);
//! What a full disk looks like from outside, but for the pages and the aggregation family.
Response diskRefused();

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/answers.h"

#include <algorithm>
#include <array>

namespace sandbox {

namespace {

struct ProblemRow
{
    Problem problem;
    int status;
    int id;
    std::string_view code;
};

// Statuses: reference 1.2.1; 405, 413, 429 and 431 are HTTP's own for what never reaches an endpoint.
constexpr std::array problemRows{
    ProblemRow{Problem::InvalidRequest, 400, 10001, "INVALID_REQUEST"},
    ProblemRow{Problem::Unauthorized, 401, 10002, "UNAUTHORIZED"},
    ProblemRow{Problem::InternalServerError, 500, 10003, "INTERNAL_SERVER_ERROR"},
    ProblemRow{Problem::InsufficientScope, 401, 10004, "INSUFFICIENT_SCOPE"},
    ProblemRow{Problem::NotFound, 404, 10005, "NOT_FOUND"},
    ProblemRow{Problem::MethodNotAllowed, 405, 10006, "METHOD_NOT_ALLOWED"},
    ProblemRow{Problem::PayloadTooLarge, 413, 10007, "PAYLOAD_TOO_LARGE"},
    ProblemRow{Problem::HeadersTooLarge, 431, 10008, "HEADERS_TOO_LARGE"},
    ProblemRow{Problem::TooManyRequests, 429, 10009, "TOO_MANY_REQUESTS"},
    ProblemRow{Problem::InvalidClient, 401, 10010, "INVALID_CLIENT"},
    ProblemRow{Problem::InvalidScope, 400, 10011, "INVALID_SCOPE"},
    ProblemRow{Problem::UnsupportedGrantType, 400, 10012, "UNSUPPORTED_GRANT_TYPE"},
    ProblemRow{Problem::MissingField, 400, 10020, "MISSING_FIELD"},
    ProblemRow{Problem::InvalidField, 400, 10021, "INVALID_FIELD"},
    ProblemRow{Problem::DuplicateRequestKey, 400, 10030, "DUPLICATE_REQUEST_KEY"},
    ProblemRow{Problem::CustomerNotFound, 400, 10031, "CUSTOMER_NOT_FOUND"},
    ProblemRow{Problem::CustomerNotActive, 400, 10032, "CUSTOMER_NOT_ACTIVE"},
    ProblemRow{Problem::MerchantMismatch, 400, 10033, "MERCHANT_MISMATCH"},
    ProblemRow{Problem::PaymentNotFound, 400, 10034, "PAYMENT_NOT_FOUND"},
    ProblemRow{Problem::PaymentNotRefundable, 400, 10035, "PAYMENT_NOT_REFUNDABLE"},
    ProblemRow{Problem::RefundExceedsPayment, 400, 10036, "REFUND_EXCEEDS_PAYMENT"},
    ProblemRow{Problem::PaymentNotCancelable, 400, 10037, "PAYMENT_NOT_CANCELABLE"},
    ProblemRow{Problem::AccountsNotShared, 404, 10038, "ACCOUNTS_NOT_SHARED"},
    ProblemRow{Problem::SubscriptionNotFound, 404, 10039, "SUBSCRIPTION_NOT_FOUND"},
    ProblemRow{Problem::FaultInjected, 400, 19000, "FAULT_INJECTED"},
};

const ProblemRow &rowOf(Problem problem)
{
    return *std::ranges::find(problemRows, problem, &ProblemRow::problem);
}

} // namespace

int statusOf(Problem problem)
{
    return rowOf(problem).status;
}

Response refusal(Problem problem, std::string_view message)
{
    return refusalWithStatus(statusOf(problem), problem, message);
}

Response refusalWithStatus(int status, Problem problem, std::string_view message)
{
    const ProblemRow &row = rowOf(problem);
    JsonWriter body;
    body.beginObject().integer("errorId", row.id).text("errorCode", row.code);
    body.text("errorMessage", message).text("errorSeverity", "ERROR").endObject();
    return answer(body, status);
}

Response answer(JsonWriter &body, int status)
{
    return {.status = status, .body = body.take()};
}

Response diskRefused()
{
    return refusal(Problem::InternalServerError, "Please reach out to Support");
}

} // namespace sandbox

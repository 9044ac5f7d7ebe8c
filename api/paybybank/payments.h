// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/request.h"

namespace api {

//! What moves money, as one value for the four ways of doing it.
struct PaymentOrder
{
    CustomerId customer = {};
    MerchantId merchant = {};
    Money amount = {};
    QString clientReferenceId = {}; //!< optional
    QString softDescriptor = {};    //!< optional, see softDescriptorProblem
    RequestKey requestKey = {};
};

//! The answer to a payment, credit, refund (reference 1.7 to 1.9). A declined payment arrives as HTTP 200
//! with TERMINAL_FAILED.
struct PaymentOutcome
{
    TransactionId id = {};
    QString status = {}; //!< PENDING, AUTHORIZED, TERMINAL_FAILED, or one we do not know
    QString clientReferenceId = {};
    QString errorText = {}; //!< errorDetails in whatever shape it came
};

Result<PaymentOutcome> readPaymentOutcome(const Json &answer);

Request<PaymentOutcome> makePayment(const PaymentOrder &order); //!< POST /v1/payments, 1.7
Request<PaymentOutcome> issueCredit(
    const PaymentOrder &order); //!< POST /v1/payments reversed, 1.8; also the seed's refund
Request<PaymentOutcome> refundPayment(
    const TransactionId &original, const PaymentOrder &order); //!< POST /v1/refunds, 1.9
Request<PaymentOutcome> cancelPayment(
    const TransactionId &id); //!< POST /v1/payments/{id}/cancel, 1.10: no body, answer undocumented

//! Reference 1.4.6: at most 80 alphanumeric characters. We send letters, digits and single spaces only.
enum class DescriptorProblem { TooLong, ForbiddenCharacter };
struct DescriptorFinding
{
    DescriptorProblem problem = DescriptorProblem::TooLong;
    qsizetype position = 0; //!< of the first offending character, from 0
};
//! Nothing when the text may be sent.
std::optional<DescriptorFinding> softDescriptorProblem(QStringView text);
inline constexpr qsizetype softDescriptorLimit = 80;

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/transactions.h"

#include "api/paybybank/accountsummary.h"

#include <algorithm>
#include <array>

namespace api {

BankAccountSummary readAccountSummary(JsonReader &outer)
{
    const Json details = outer.optionalObject(u"accountDetails");
    if (details.isNull())
        return {};
    JsonReader in(details);
    const BankAccountSummary account{.institution = in.optionalString(u"financialInstitutionName"),
        .lastFour = in.optionalIdText(u"accountLastFourDigits"),
        .type = in.optionalString(u"accountType"),
        .status = in.optionalString(u"accountStatus"),
        .preferred = in.optionalBool(u"preferred"),
        .createdAt = in.optionalTime(u"creationDate")};
    outer.adopt(in.problem());
    return account;
}

Result<Transaction> readTransaction(const Json &answer)
{
    JsonReader in(answer);
    Transaction transaction{.id = in.id<TransactionId>(u"transactionId"),
        .type = in.string(u"transactionType"),
        .status = in.string(u"transactionStatus"),
        .customerId = in.optionalId<CustomerId>(u"customerId"),
        .amount = in.money(u"amount"),
        .clientReferenceId = in.optionalIdText(u"clientReferenceId"),
        .account = readAccountSummary(in),
        .descriptor = in.optionalString(u"descriptor"),
        .settlementAt = in.optionalTime(u"settlementDate"),
        .createdAt = in.optionalTime(u"creationDate"),
        .failureCode = {},
        .failureText = {}};
    if (const Json reason = in.optionalObject(u"transactionFailureReason"); !reason.isNull()) {
        JsonReader inReason(reason);
        transaction.failureCode = inReason.optionalIdText(u"code");
        transaction.failureText = inReason.optionalString(u"description");
        in.adopt(inReason.problem());
    }
    return in.finish(std::move(transaction));
}

Request<Transaction> getTransaction(const TransactionId &id)
{
    return {.data = {.path = path({u"v1", u"transactions", id.text()}), .body = {}}, .read = readTransaction};
}

bool canStillChange(const QString &transactionStatus)
{
    constexpr std::array final{u"SUCCEEDED", u"TERMINAL_FAILED", u"CANCELED", u"CANCELLED"};
    return std::ranges::none_of(
        final, [&](const char16_t *status) { return transactionStatus == QStringView(status); });
}

} // namespace api

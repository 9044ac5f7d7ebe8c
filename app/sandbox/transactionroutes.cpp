// SPDX-License-Identifier: GPL-3.0-or-later
//! Reference 1.11. Choices: accountDetails are of the account that was preferred when the transaction was made,
//! and say whether it still is; clientReferenceId and descriptor are left out when none was sent; the failure
//! reason is there while the state is RETRYABLE_FAILED or TERMINAL_FAILED; credits and refunds have the type
//! CREDIT.
#include "app/sandbox/router.h"
#include "app/sandbox/world.h"

namespace sandbox {

namespace {

void writeAccount(JsonWriter &out, const Account &account)
{
    out.beginObject("accountDetails").text("financialInstitutionName", account.institution->name);
    out.text("accountLastFourDigits", account.lastFour());
    out.text("accountType", account.savings ? "savings" : "checking").boolean("preferred", account.preferred);
    out.endObject();
}

void writeFailure(JsonWriter &out, const FailureReason &failure)
{
    out.beginObject("transactionFailureReason").text("code", failure.code);
    out.text("description", failure.description).endObject();
}

Response getTransaction(World &world, const Request &request)
{
    const auto transaction = world.book.transaction(request.arguments.front());
    if (!transaction)
        return refusal(Problem::NotFound, "There is no transaction with this id");
    const TransactionState state = transaction->timeline.stateAt(world.book.now());
    JsonWriter out;
    out.beginObject().text("transactionId", transaction->id);
    out.text("transactionType", transaction->credit ? "CREDIT" : "DEBIT");
    out.text("customerId", world.merchant.ids().make(IdKind::Customer, transaction->customer));
    out.money("amount", transaction->amount);
    if (!transaction->reference.empty())
        out.text("clientReferenceId", transaction->reference);
    out.text("transactionStatus", nameOf(state));
    writeAccount(out, world.book.accountOf(*transaction));
    if (!transaction->descriptor.empty())
        out.text("descriptor", transaction->descriptor);
    out.text("settlementDate", isoDateTime(transaction->timeline.settlement));
    out.text("creationDate", isoDateTime(transaction->createdAt));
    const bool failed = state == TransactionState::RetryableFailed || state == TransactionState::TerminalFailed;
    if (failed && transaction->timeline.failure)
        writeFailure(out, *transaction->timeline.failure);
    out.endObject();
    return answer(out);
}

} // namespace

std::vector<Route> transactionRoutes()
{
    return {{http::verb::get, "/v1/transactions/{}", Access::Core, getTransaction}};
}

} // namespace sandbox

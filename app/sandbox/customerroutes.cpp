// SPDX-License-Identifier: GPL-3.0-or-later
//! Reference 1.12. Choices: accountDetails of a customer without an account is left out, and the list of
//! accounts is then empty; the list carries customerId as the samples do; accountId is a string; verified
//! accounts that were not shared are 404 ACCOUNTS_NOT_SHARED; only checking and savings accounts of an ACH
//! network exist.
#include "app/sandbox/router.h"
#include "app/sandbox/world.h"

namespace sandbox {

namespace {

std::string_view nameOfState(CustomerState state)
{
    switch (state) {
    case CustomerState::Created:
        return "CREATED";
    case CustomerState::Active:
        return "ACTIVE";
    case CustomerState::Inactive:
        return "INACTIVE";
    }
    return {};
}

Response customerNotFound()
{
    return refusal(Problem::NotFound, "There is no customer with this id");
}

void writeCommonPart(JsonWriter &out, const Account &account)
{
    out.text("accountLastFourDigits", account.lastFour());
    out.text("accountType", account.savings ? "savings" : "checking");
    out.text("accountStatus", account.active ? "ACTIVE" : "INACTIVE").boolean("preferred", account.preferred);
    out.text("creationDate", isoDateTime(account.createdAt));
}

Response getCustomer(World &world, const Request &request)
{
    const auto customer = world.book.customer(request.arguments.front());
    if (!customer)
        return customerNotFound();
    JsonWriter out;
    out.beginObject().text("id", customer->id).text("firstName", customer->firstName);
    out.text("lastName", customer->lastName).text("email", customer->email);
    out.text("customerStatus", nameOfState(customer->state));
    if (customer->state != CustomerState::Created) {
        const Account account = world.book.preferredAccountOf(customer->index);
        out.beginObject("accountDetails").text("financialInstitutionName", account.institution->name);
        writeCommonPart(out, account);
        out.endObject();
    }
    out.text("creationDate", isoDateTime(customer->createdAt)).endObject();
    return answer(out);
}

void writeListedAccount(JsonWriter &out, const Account &account)
{
    const std::string pictures = "https://static.example.com/institutions/" + std::string(account.institution->slug);
    out.beginObject().text("accountId", account.id).integer("financialInstitutionId", account.institution->id);
    out.text("financialInstitutionName", account.institution->name).text("logoUrl", pictures + "/logo.png");
    out.text("iconUrl", pictures + "/icon.png").text("routingNumber", account.institution->routing);
    writeCommonPart(out, account);
    out.endObject();
}

Response getAccounts(World &world, const Request &request)
{
    const auto customer = world.book.customer(request.arguments.front());
    if (!customer)
        return customerNotFound();
    JsonWriter out;
    out.beginObject().text("customerId", customer->id).beginArray("accountDetails");
    for (const Account &account : world.book.accountsOf(*customer))
        writeListedAccount(out, account);
    out.endArray().endObject();
    return answer(out);
}

void writeVerifiedAccount(JsonWriter &out, const Account &account)
{
    out.beginObject().beginObject("depositAccount").text("accountId", account.id);
    out.text("accountNumberDisplay", account.lastFour()).endObject();
    out.beginArray("paymentNetworks").beginObject().text("bankId", account.institution->routing);
    out.text("identifier", account.number).text("type", "US_ACH").endObject().endArray().endObject();
}

Response getVerifiedAccounts(World &world, const Request &request)
{
    const auto customer = world.book.customer(request.arguments.front());
    if (!customer)
        return customerNotFound();
    if (!customer->verified)
        return refusal(Problem::AccountsNotShared, "The customer has not shared account numbers in a VERIFY session");
    JsonWriter out;
    out.beginObject().beginArray("accounts");
    for (const Account &account : world.book.accountsOf(*customer)) {
        if (account.shared)
            writeVerifiedAccount(out, account);
    }
    out.endArray().endObject();
    return answer(out);
}

} // namespace

std::vector<Route> customerRoutes()
{
    return {{http::verb::get, "/v1/customers/{}", Access::Core, getCustomer},
        {http::verb::get, "/v1/customers/{}/accounts", Access::Core, getAccounts},
        {http::verb::get, "/v1/customers/{}/account-verifications/accounts", Access::Core, getVerifiedAccounts}};
}

} // namespace sandbox

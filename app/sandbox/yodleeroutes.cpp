// SPDX-License-Identifier: GPL-3.0-or-later
//! Reference 2.6: Yodlee's endpoints, with the user in the loginName header. Members are those of Yodlee Core API
//! 1.1 that a reader can use. Choices: both the paths with v1 and without answer; a missing loginName is 401; a
//! user who linked nothing gets {}, as Yodlee answers; an id of somebody else is 404.
#include "app/sandbox/aggregation.h"
#include "app/sandbox/router.h"
#include "app/sandbox/world.h"

#include <algorithm>

namespace sandbox {

namespace {

struct YodleeUser
{
    std::string tenant;
    std::string loginName;
};

std::expected<YodleeUser, Response> userOf(const Request &request)
{
    const std::string_view loginName = request.header("loginName");
    if (loginName.empty())
        return std::unexpected(aggregationRefusal(401, "Unauthorized", "The loginName header is required"));
    return YodleeUser{request.tenant, std::string(loginName)};
}

std::vector<const ProviderAccount *> linksOf(const World &world, const YodleeUser &user)
{
    std::vector<const ProviderAccount *> links;
    for (const auto &[id, account] : world.store.providerAccounts()) {
        if (account.tenant == user.tenant && account.loginName == user.loginName)
            links.push_back(&account);
    }
    return links;
}

void writeYodleeMoney(JsonWriter &out, std::string_view name, Cents cents)
{
    out.beginObject(name).text("currency", "USD").number("amount", decimalOf(cents)).endObject();
}

void writeDataset(JsonWriter &out, const ProviderAccount &link)
{
    const std::string at = isoDateTime(link.updatedAt);
    out.beginArray("dataset").beginObject().text("name", "BASIC_AGG_DATA");
    out.text("additionalStatus", link.failed ? "USER_ACTION_NEEDED_AT_SITE" : "AVAILABLE_DATA_RETRIEVED");
    out.text("updateEligibility", "ALLOW_UPDATE").text("lastUpdated", at).text("lastUpdateAttempt", at);
    out.text("nextUpdateScheduled", isoDateTime(link.updatedAt + oneDay)).endObject().endArray();
}

void writeYodleeAccount(JsonWriter &out, const ProviderAccount &link, const HeldAccount &account)
{
    const Provider *provider = providerById(link.provider);
    out.beginObject().text("CONTAINER", "bank").integer("providerAccountId", link.id).text("accountName", account.name);
    out.text("accountStatus", "ACTIVE").text("accountNumber", "xxxxxx" + account.lastFour());
    out.text("aggregationSource", "USER").boolean("isAsset", true).integer("id", account.id);
    writeYodleeMoney(out, "balance", account.balance);
    writeYodleeMoney(out, "currentBalance", account.balance);
    writeYodleeMoney(out, "availableBalance", account.balance);
    out.boolean("includeInNetWorth", true).text("providerId", std::to_string(link.provider));
    out.text("providerName", provider->name).boolean("isManual", false);
    out.text("accountType", account.savings ? "SAVINGS" : "CHECKING").text("classification", "PERSONAL");
    out.text("createdDate", isoDateTime(link.createdAt)).text("lastUpdated", isoDateTime(link.updatedAt));
    writeDataset(out, link);
    out.endObject();
}

void writeYodleeVerified(JsonWriter &out, const ProviderAccount &link, const HeldAccount &account)
{
    const Provider *provider = providerById(link.provider);
    out.beginObject().integer("accountId", account.id).integer("providerAccountId", link.id);
    out.text("accountName", account.name).text("accountType", account.savings ? "SAVINGS" : "CHECKING");
    out.text("accountNumber", "xxxxxx" + account.lastFour()).text("verificationStatus", "SUCCESS");
    out.boolean("isSelected", true).text("classification", "PERSONAL").text("currency", "USD");
    out.beginObject("fullAccountNumberList").text("paymentAccountNumber", account.number);
    out.text("unmaskedAccountNumber", account.number).endObject();
    out.beginArray("bankTransferCode").beginObject().text("id", provider->routing).text("type", "ROUTING_NUMBER");
    out.endObject().endArray().text("displayedName", link.loginName);
    out.text("providerId", std::to_string(link.provider)).text("providerName", provider->name);
    writeYodleeMoney(out, "currentBalance", account.balance);
    out.text("verificationDate", isoDateTime(link.updatedAt)).endObject();
}

void writeLink(JsonWriter &out, const ProviderAccount &link)
{
    out.beginObject().integer("id", link.id).text("requestId", link.requestId).integer("providerId", link.provider);
    out.text("aggregationSource", "USER").boolean("isManual", false).text("createdDate", isoDateTime(link.createdAt));
    out.text("status", link.failed ? "FAILED" : "SUCCESS");
    writeDataset(out, link);
    out.endObject();
}

// A filter names one value or several between commas; one that is not given lets everything pass.
bool passes(const FormFields &query, std::string_view name, const std::string &value)
{
    const std::string wanted = ',' + fieldOf(query, name) + ',';
    return wanted == ",," || wanted.find(',' + value + ',') != std::string::npos;
}

using AccountWriter = void (*)(JsonWriter &, const ProviderAccount &, const HeldAccount &);

Response listAccounts(
    World &world, const Request &request, std::string_view list, bool HeldAccount::*shown, AccountWriter write)
{
    const auto user = userOf(request);
    if (!user)
        return user.error();
    const FormFields query = formFields(request.query());
    JsonWriter out;
    bool any = false;
    out.beginObject();
    for (const ProviderAccount *link : linksOf(world, *user)) {
        for (const HeldAccount &account : link->accounts) {
            if (!(account.*shown) || !passes(query, "accountId", std::to_string(account.id))
                || !passes(query, "providerAccountId", std::to_string(link->id))
                || !passes(query, "requestId", link->requestId) || !passes(query, "container", "bank")
                || !passes(query, "status", "ACTIVE") || !passes(query, "isSelectedForAggregation", "true"))
                continue;
            if (!any)
                out.beginArray(list);
            any = true;
            write(out, *link, account);
        }
    }
    if (any)
        out.endArray();
    out.endObject();
    return answer(out);
}

Response getYodleeAccounts(World &world, const Request &request)
{
    return listAccounts(world, request, "account", &HeldAccount::aggregated, writeYodleeAccount);
}

Response getYodleeVerified(World &world, const Request &request)
{
    return listAccounts(world, request, "verifiedAccount", &HeldAccount::verified, writeYodleeVerified);
}

Response getYodleeAccount(World &world, const Request &request)
{
    const auto user = userOf(request);
    if (!user)
        return user.error();
    for (const ProviderAccount *link : linksOf(world, *user)) {
        for (const HeldAccount &account : link->accounts) {
            if (!account.aggregated || std::to_string(account.id) != request.arguments.front())
                continue;
            JsonWriter out;
            out.beginObject().beginArray("account");
            writeYodleeAccount(out, *link, account);
            out.endArray().endObject();
            return answer(out);
        }
    }
    return aggregationRefusal(404, "Not Found", "This user has no account with this id");
}

Response writeLinks(const std::vector<const ProviderAccount *> &links)
{
    JsonWriter out;
    out.beginObject();
    if (!links.empty())
        out.beginArray("providerAccount");
    for (const ProviderAccount *link : links)
        writeLink(out, *link);
    if (!links.empty())
        out.endArray();
    out.endObject();
    return answer(out);
}

Response getProviderAccounts(World &world, const Request &request)
{
    const auto user = userOf(request);
    return user ? writeLinks(linksOf(world, *user)) : user.error();
}

Response getProviderAccount(World &world, const Request &request)
{
    const auto user = userOf(request);
    if (!user)
        return user.error();
    for (const ProviderAccount *link : linksOf(world, *user)) {
        if (std::to_string(link->id) == request.arguments.front())
            return writeLinks({link});
    }
    return aggregationRefusal(404, "Not Found", "This user has no provider account with this id");
}

} // namespace

std::vector<Route> yodleeRoutes()
{
    return {{http::verb::get, "/aggregation/api/yodlee/accounts", Access::Aggregation, getYodleeAccounts},
        {http::verb::get, "/aggregation/api/yodlee/v1/accounts", Access::Aggregation, getYodleeAccounts},
        {http::verb::get, "/aggregation/api/yodlee/accounts/{}", Access::Aggregation, getYodleeAccount},
        {http::verb::get, "/aggregation/api/yodlee/v1/accounts/{}", Access::Aggregation, getYodleeAccount},
        {http::verb::get, "/aggregation/api/yodlee/verification/verifiedAccounts", Access::Aggregation,
            getYodleeVerified},
        {http::verb::get, "/aggregation/api/yodlee/v1/verification/verifiedAccounts", Access::Aggregation,
            getYodleeVerified},
        {http::verb::get, "/aggregation/api/yodlee/providerAccounts", Access::Aggregation, getProviderAccounts},
        {http::verb::get, "/aggregation/api/yodlee/v1/providerAccounts", Access::Aggregation, getProviderAccounts},
        {http::verb::get, "/aggregation/api/yodlee/providerAccounts/{}", Access::Aggregation, getProviderAccount},
        {http::verb::get, "/aggregation/api/yodlee/v1/providerAccounts/{}", Access::Aggregation, getProviderAccount}};
}

} // namespace sandbox

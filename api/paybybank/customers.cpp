// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/paybybank/customers.h"

#include "api/paybybank/accountsummary.h"

#include <utility>

namespace api {
namespace {

LinkedAccount readLinkedAccount(JsonReader &outer, const Json &json)
{
    JsonReader in(json);
    LinkedAccount account{.id = in.id<AccountId>(u"accountId"),
        .institutionId = in.optionalIdText(u"financialInstitutionId"),
        .institution = in.optionalString(u"financialInstitutionName"),
        .lastFour = in.optionalIdText(u"accountLastFourDigits"),
        .type = in.optionalString(u"accountType"),
        .status = in.optionalString(u"accountStatus"),
        .preferred = in.optionalBool(u"preferred"),
        .routingNumber = in.optionalIdText(u"routingNumber"),
        .createdAt = in.optionalTime(u"creationDate")};
    outer.adopt(in.problem());
    return account;
}

VerifiedAccount::Network readNetwork(JsonReader &outer, const Json &json)
{
    JsonReader in(json);
    VerifiedAccount::Network network{.routingNumber = in.idText(u"bankId"),
        .accountNumber = in.idText(u"identifier"),
        .type = in.optionalString(u"type")};
    outer.adopt(in.problem());
    return network;
}

//! The sample nests id and display under `depositAccount`.
VerifiedAccount readVerifiedAccount(JsonReader &outer, const Json &json)
{
    JsonReader in(json);
    JsonReader inDeposit(in.optionalObject(u"depositAccount"));
    VerifiedAccount account{
        .id = inDeposit.id<AccountId>(u"accountId"), .display = inDeposit.optionalIdText(u"accountNumberDisplay")};
    const Json networks = in.array(u"paymentNetworks");
    for (const Json &network : networks.items())
        account.networks.append(readNetwork(in, network));
    outer.adopt(inDeposit.problem());
    outer.adopt(in.problem());
    return account;
}

//! Reference 1.12: the table calls the list an object, so one account may come without a list around it.
std::vector<Json> accountList(JsonReader &in, const Json &answer)
{
    const Json details = answer[u"accountDetails"];
    return details.type() == Json::Type::Object ? std::vector<Json>{details} : in.array(u"accountDetails").items();
}

template<typename T> Request<T> customerRequest(const QByteArray &address, Result<T> (*read)(const Json &))
{
    return {.data = {.path = address, .body = {}}, .read = read};
}

} // namespace

Result<Customer> readCustomer(const Json &answer)
{
    JsonReader in(answer);
    return in.finish(Customer{.id = in.id<CustomerId>(u"id"),
        .firstName = in.optionalString(u"firstName"),
        .lastName = in.optionalString(u"lastName"),
        .email = in.optionalString(u"email"),
        .status = in.string(u"customerStatus"),
        .account = readAccountSummary(in),
        .createdAt = in.optionalTime(u"creationDate")});
}

Result<LinkedAccounts> readLinkedAccounts(const Json &answer)
{
    JsonReader in(answer);
    // Reference 1.12: the sample says customerId, the newer field table says id.
    const bool newerName = answer[u"customerId"].isNull() && !answer[u"id"].isNull();
    LinkedAccounts result{.customerId = in.id<CustomerId>(newerName ? u"id" : u"customerId")};
    for (const Json &account : accountList(in, answer))
        result.accounts.append(readLinkedAccount(in, account));
    return in.finish(std::move(result));
}

Result<QList<VerifiedAccount>> readVerifiedAccounts(const Json &answer)
{
    JsonReader in(answer);
    QList<VerifiedAccount> result;
    const Json accounts = in.array(u"accounts");
    for (const Json &account : accounts.items())
        result.append(readVerifiedAccount(in, account));
    return in.finish(std::move(result));
}

Request<Customer> getCustomer(const CustomerId &id)
{
    return customerRequest(path({u"v1", u"customers", id.text()}), readCustomer);
}

Request<LinkedAccounts> getLinkedAccounts(const CustomerId &id)
{
    return customerRequest(path({u"v1", u"customers", id.text(), u"accounts"}), readLinkedAccounts);
}

Request<QList<VerifiedAccount>> getVerifiedAccounts(const CustomerId &id)
{
    return customerRequest(
        path({u"v1", u"customers", id.text(), u"account-verifications", u"accounts"}), readVerifiedAccounts);
}

} // namespace api

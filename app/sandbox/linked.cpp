// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/linked.h"

namespace sandbox {

namespace {

void writeLinkedAccount(JsonWriter &line, const LinkedAccount &account)
{
    line.beginObject().integer("serial", static_cast<std::int64_t>(account.serial));
    line.integer("institution", account.institution).text("number", account.number);
    line.boolean("savings", account.savings).boolean("shared", account.shared);
    line.boolean("active", account.active).integer("createdAt", account.createdAt).endObject();
}

bool isSet(const Json &object, std::string_view name, bool usual = false)
{
    const Json *value = object.find(name);
    return value ? value->boolean : usual;
}

// A line without the marks: its accounts were as active as their customer.
LinkedAccount readLinkedAccount(const Json &object, bool ownerActive)
{
    return {.serial = static_cast<std::uint64_t>(object.integerOf("serial")),
        .institution = object.integerOf("institution"),
        .number = object.textOf("number"),
        .savings = isSet(object, "savings"),
        .shared = isSet(object, "shared"),
        .active = isSet(object, "active", ownerActive),
        .createdAt = object.integerOf("createdAt")};
}

} // namespace

void revokeConsent(LinkedCustomer &customer)
{
    customer.state = CustomerState::Inactive;
    customer.oldRevoked = true;
    for (LinkedAccount &account : customer.accounts)
        account.active = false;
}

std::string lineOf(const LinkedCustomer &customer)
{
    JsonWriter line;
    line.beginObject().text("type", "customer").integer("index", static_cast<std::int64_t>(customer.index));
    line.text("firstName", customer.firstName).text("lastName", customer.lastName).text("email", customer.email);
    line.integer("state", static_cast<std::int64_t>(customer.state));
    line.integer("testUser", static_cast<std::int64_t>(customer.testUser)).integer("createdAt", customer.createdAt);
    line.boolean("oldRevoked", customer.oldRevoked)
        .integer("preferred", static_cast<std::int64_t>(customer.preferred))
        .beginArray("accounts");
    for (const LinkedAccount &account : customer.accounts)
        writeLinkedAccount(line, account);
    line.endArray().endObject();
    return line.take();
}

LinkedCustomer readLinkedCustomer(const Json &line)
{
    LinkedCustomer customer{.index = static_cast<std::uint64_t>(line.integerOf("index")),
        .firstName = line.textOf("firstName"),
        .lastName = line.textOf("lastName"),
        .email = line.textOf("email"),
        .state = static_cast<CustomerState>(line.integerOf("state")),
        .testUser = static_cast<TestUser>(line.integerOf("testUser")),
        .createdAt = line.integerOf("createdAt"),
        .preferred = static_cast<std::uint64_t>(line.integerOf("preferred"))};
    customer.oldRevoked = isSet(line, "oldRevoked", customer.state == CustomerState::Inactive);
    if (const Json *accounts = line.find("accounts")) {
        for (const Json &account : accounts->items)
            customer.accounts.push_back(readLinkedAccount(account, customer.state == CustomerState::Active));
    }
    return customer;
}

} // namespace sandbox

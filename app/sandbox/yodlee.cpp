// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/yodlee.h"

#include "app/sandbox/testbanks.h"

#include <algorithm>
#include <array>

namespace sandbox {

namespace {

constexpr std::uint64_t heldAccountStream = 1ULL << 37;

constexpr std::array knownProviders{
    Provider{16441, "Dag Site", "999988181"},
    Provider{16442, "Dag Savings and Loan", "999988194"},
    Provider{16486, "Dag OAuth Bank", "999988204", true},
    Provider{16503, "Dag Credit Union", "999988217", false, true},
};

void writeHeldAccount(JsonWriter &line, const HeldAccount &account)
{
    line.beginObject().integer("id", account.id).text("name", account.name).text("number", account.number);
    line.boolean("savings", account.savings).integer("balance", account.balance);
    line.boolean("aggregated", account.aggregated).boolean("verified", account.verified).endObject();
}

bool isTrue(const Json &object, std::string_view name)
{
    const Json *value = object.find(name);
    return value && value->boolean;
}

HeldAccount readHeldAccount(const Json &object)
{
    return {.id = object.integerOf("id"),
        .name = object.textOf("name"),
        .number = object.textOf("number"),
        .savings = isTrue(object, "savings"),
        .balance = object.integerOf("balance"),
        .aggregated = isTrue(object, "aggregated"),
        .verified = isTrue(object, "verified")};
}

} // namespace

std::span<const Provider> providers()
{
    return knownProviders;
}

const Provider *providerById(std::int64_t id)
{
    const auto found = std::ranges::find(knownProviders, id, &Provider::id);
    return found == knownProviders.end() ? nullptr : &*found;
}

std::vector<HeldAccount> heldAccounts(const Provider &provider, std::string_view user, std::int64_t providerAccount)
{
    std::vector<HeldAccount> accounts(testUserNamed(user) == TestUser::Profile522 ? 3 : 2);
    constexpr std::array<std::string_view, 3> names{"Dag Checking", "Dag Saving Plus", "Dag Joint Checking"};
    Dice dice(
        static_cast<std::uint64_t>(provider.id), heldAccountStream, static_cast<std::uint64_t>(testUserNamed(user)));
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        accounts[i].id = providerAccount * 10 + static_cast<std::int64_t>(i);
        accounts[i].name = names.at(i);
        accounts[i].number = std::to_string(dice.between(1'000'000'000, 9'999'999'999));
        accounts[i].savings = i == 1;
        accounts[i].balance = dice.between(1'000, 2'500'000);
    }
    return accounts;
}

std::string lineOf(const ProviderAccount &account)
{
    JsonWriter line;
    line.beginObject().text("type", "providerAccount").integer("id", account.id).text("tenant", account.tenant);
    line.text("loginName", account.loginName).integer("provider", account.provider).text("user", account.user);
    line.text("requestId", account.requestId).boolean("failed", account.failed);
    line.integer("createdAt", account.createdAt).integer("at", account.updatedAt).beginArray("accounts");
    for (const HeldAccount &held : account.accounts)
        writeHeldAccount(line, held);
    line.endArray().endObject();
    return line.take();
}

ProviderAccount readProviderAccount(const Json &line)
{
    ProviderAccount account{.id = line.integerOf("id"),
        .tenant = line.textOf("tenant"),
        .loginName = line.textOf("loginName"),
        .provider = line.integerOf("provider"),
        .user = line.textOf("user"),
        .requestId = line.textOf("requestId"),
        .failed = isTrue(line, "failed"),
        .createdAt = line.integerOf("createdAt"),
        .updatedAt = line.integerOf("at")};
    if (const Json *accounts = line.find("accounts")) {
        for (const Json &held : accounts->items)
            account.accounts.push_back(readHeldAccount(held));
    }
    return account;
}

} // namespace sandbox

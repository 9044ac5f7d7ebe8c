// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/testbanks.h"

#include <algorithm>

namespace sandbox {

namespace {

constexpr std::uint64_t testAccountStream = 1ULL << 36;

} // namespace

std::array<const Institution *, 3> testBanks()
{
    return {&testInstitutionA(), &testInstitutionB(), &testInstitutionOAuth()};
}

bool isTestBank(const Institution &institution)
{
    return std::ranges::any_of(testBanks(), [&](const Institution *bank) { return bank->id == institution.id; });
}

bool signsInElsewhere(const Institution &institution)
{
    return institution.id == testInstitutionOAuth().id;
}

TestUser testUserNamed(std::string_view user)
{
    if (user == "profile_522")
        return TestUser::Profile522;
    return user == "profile_08" ? TestUser::Profile08 : TestUser::None;
}

TestUser signedIn(std::string_view user, std::string_view password)
{
    return password == user ? testUserNamed(user) : TestUser::None;
}

std::vector<OfferedAccount> accountsAt(const Institution &bank, TestUser user)
{
    std::vector<OfferedAccount> accounts{{"Everyday Checking", {}, false}, {"Rainy Day Savings", {}, true}};
    if (user == TestUser::Profile522)
        accounts.push_back({"Joint Checking", {}, false});
    Dice dice(static_cast<std::uint64_t>(bank.id), testAccountStream, static_cast<std::uint64_t>(user));
    for (OfferedAccount &account : accounts)
        account.number = std::to_string(dice.between(1'000'000'000, 9'999'999'999));
    return accounts;
}

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/merchant.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

//! The institutions the hosted pages offer (reference 1.15).
std::array<const Institution *, 3> testBanks();
bool isTestBank(const Institution &institution);
//! The one whose sign-in is a page of its own, in a window of its own.
bool signsInElsewhere(const Institution &institution);

//! Who signed in, None when user or password is wrong. The password is the user name.
TestUser signedIn(std::string_view user, std::string_view password);
TestUser testUserNamed(std::string_view user);

//! An account a test user has at a test bank, before it is linked.
struct OfferedAccount
{
    std::string name;
    std::string number;
    bool savings = false;

    std::string lastFour() const { return number.substr(number.size() - 4); }
};

//! The same bank and user always have the same accounts. Choice: profile_522 has three, profile_08 two.
std::vector<OfferedAccount> accountsAt(const Institution &bank, TestUser user);

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/json.h"
#include "app/sandbox/merchant.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

//! A bank FastLink can link. Choice: beside the vendor's Dag Site there are a savings bank, one that signs in on
//! a page of its own, and one where the customer has to do something first.
struct Provider
{
    std::int64_t id;
    std::string_view name;
    std::string_view routing;
    bool signsInElsewhere = false;
    bool needsAction = false; //!< every sign-in ends with USER_ACTION_NEEDED_AT_SITE
};
std::span<const Provider> providers();
const Provider *providerById(std::int64_t id);

//! An account at a linked provider.
struct HeldAccount
{
    std::int64_t id = 0;
    std::string name;
    std::string number; //!< the full account number
    bool savings = false;
    Cents balance = 0;
    bool aggregated = false; //!< listed by GET accounts
    bool verified = false;   //!< listed by GET verification/verifiedAccounts

    std::string lastFour() const { return number.substr(number.size() - 4); }
};

//! What a user linked at one provider (Yodlee's provider account).
struct ProviderAccount
{
    std::int64_t id = 0;
    std::string tenant;
    std::string loginName;
    std::int64_t provider = 0;
    std::string user; //!< who signed in there
    std::string requestId;
    bool failed = false; //!< USER_ACTION_NEEDED_AT_SITE
    Millis createdAt = 0;
    Millis updatedAt = 0;
    std::vector<HeldAccount> accounts = {};
};

//! The accounts a test user has there, always the same; their ids come from that of the provider account.
std::vector<HeldAccount> heldAccounts(const Provider &provider, std::string_view user, std::int64_t providerAccount);

// As lines of the journal.
std::string lineOf(const ProviderAccount &account);
ProviderAccount readProviderAccount(const Json &line);

} // namespace sandbox

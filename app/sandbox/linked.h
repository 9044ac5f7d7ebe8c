// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/json.h"
#include "app/sandbox/merchant.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sandbox {

//! An account a customer chose in the hosted pages.
struct LinkedAccount
{
    std::uint64_t serial = 0; //!< never given twice; its id is made of it
    std::int64_t institution = 0;
    std::string number; //!< the full account number
    bool savings = false;
    bool shared = false; //!< through a VERIFY session
    bool active = false; //!< since it was linked, until the consent is revoked
    Millis createdAt = 0;
};

//! What the hosted pages know of a customer: a new one with an index beyond the history, or what they changed
//! at one of the history.
struct LinkedCustomer
{
    std::uint64_t index = 0;
    std::string firstName;
    std::string lastName;
    std::string email;
    CustomerState state = CustomerState::Created;
    TestUser testUser = TestUser::None;
    Millis createdAt = 0;
    bool oldRevoked = false;     //!< the accounts of the history were active until a consent was revoked
    std::uint64_t preferred = 0; //!< serial of an account; of no account while the state is Created
    std::vector<LinkedAccount> accounts = {};
};

//! Deactivates the customer and every account there is.
void revokeConsent(LinkedCustomer &customer);

// As lines of the journal.
std::string lineOf(const LinkedCustomer &customer);
LinkedCustomer readLinkedCustomer(const Json &line);

} // namespace sandbox

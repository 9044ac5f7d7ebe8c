// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sessionorder.h"
#include "app/sandbox/testbanks.h"
#include "app/sandbox/world.h"

#include <string>
#include <string_view>

namespace sandbox {

//! Whether a session's pages can be used.
enum class SessionVerdict { Usable, Unknown, Used, Expired };

SessionVerdict judge(const World &world, const std::string &sessionKey);

//! What a step came to.
enum class StepResult {
    Moved,         //!< to another step, or stayed because the form belonged to another one
    WrongPassword, //!< nothing changed: the customer may try again
    DiskRefused,
};

//! One customer's way through one session (reference 1.6 and 1.15). Each step is kept before it is true, and a
//! step that was cut short by a crash can be taken again without linking or paying twice.
//!
//! Choices: signing in makes the customer (CREATED), consenting links the account and makes the customer
//! ACTIVE; a session for an e-mail address that is known links a further account to that customer and prefers
//! it, whose name stays as it was; linking activates no other account; declining the payment or leaving ends with 204.
class HostedFlow
{
public:
    HostedFlow(World &world, const Session &session);

    const Session &session() const { return m_session; }
    const SessionOrder &order() const { return m_order; }
    //! nullptr before one is chosen.
    const Institution *bank() const;
    std::vector<OfferedAccount> accounts() const;
    OfferedAccount chosenAccount() const;

    StepResult chooseBank(std::string_view slug);
    StepResult signIn(std::string_view user, std::string_view password);
    StepResult chooseAccount(std::uint64_t choice);
    //! To the step before, as far as nothing has been agreed to.
    StepResult back();
    StepResult consent();
    StepResult pay();
    StepResult decline();
    StepResult finish();
    StepResult leave();
    StepResult learnRedirect(std::string redirect);

    //! The redirectUrl with the documented parameters; empty when the session has none. Choice: customerId
    //! comes with 200, and with 204 and 500 once an account is linked.
    std::string returnAddress() const;

private:
    StepResult move(Progress progress);
    StepResult end(int status);
    bool emailBelongsElsewhere() const;
    std::string ensureCustomer();
    bool linkAccount();
    void announce(std::string_view type) const;
    std::optional<Transaction> paymentMade() const;

    World &m_world;
    const Session &m_session;
    SessionOrder m_order;
};

//! url with those parameters in its query; its own parameters of other names and its fragment stay.
std::string withParameters(const std::string &url, const std::vector<std::pair<std::string, std::string>> &parameters);

} // namespace sandbox

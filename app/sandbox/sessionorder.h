// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/merchant.h"
#include "app/sandbox/session.h"

#include <optional>
#include <string>
#include <vector>

namespace sandbox {

struct OrderItem
{
    std::string description;
    Cents amount = 0;
};

//! What a session's request asks the hosted pages for; the request was judged when the session was made.
struct SessionOrder
{
    std::string firstName;
    std::string lastName;
    std::string email;
    std::string redirectUrl; //!< empty when a deprecated session has not learnt it
    bool verify = false;     //!< product VERIFY
    bool doneButton = false; //!< ONBOARD_WITH_DONE; never of a deprecated session
    std::vector<OrderItem> items = {};
    std::optional<Cents> subtotal;
    std::optional<Cents> discount;
    std::optional<Cents> shipping;
    std::optional<Cents> tax;
    std::optional<Cents> total;
    std::optional<Cents> payment; //!< LINK_MANAGED_PAYMENT: paid in the pages; never of a deprecated session
};

SessionOrder orderOf(const Session &session);

//! An address a browser can be sent back to: a web address with a host, or a link into an app.
bool leadsBack(const std::string &address);

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/calendar.h"
#include "app/sandbox/json.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sandbox {

//! Where the customer is in the hosted pages.
enum class PageStep : std::uint8_t { Bank, SignIn, Account, Consent, Pay, Done, Refused, Ended };
std::string_view nameOf(PageStep step); //!< bank, signin, account, ...

//! How far a session has come. Everything the pages need to go on after a restart.
struct Progress
{
    PageStep step = PageStep::Bank;
    std::int64_t bank = 0;    //!< id of the institution; 0 before one is chosen
    std::string user;         //!< who signed in there
    std::uint64_t choice = 0; //!< which of that user's accounts
    std::string customer;     //!< id, once there is one
    std::string payment;      //!< id of the payment made here
    int status = 0;           //!< of the redirect, once the step is Ended
    int paymentCode = -1;     //!< paymentStatusCode of the redirect; -1 without a payment
    std::string redirect;     //!< of a deprecated session, which learns it with the first page
};

struct Session
{
    std::string key;
    bool deprecated = false; //!< made by POST /v1/sessions, whose body has another shape
    std::string body;        //!< the request as it came, for the hosted pages
    std::string requestKey;  //!< of its paymentDetails
    Millis createdAt = 0;
    Progress progress = {};
};

// As lines of the journal.
std::string lineOf(const Session &session);
Session readSession(const Json &line);
std::string lineOf(const std::string &sessionKey, const Progress &progress);
Progress readProgress(const Json &line);

} // namespace sandbox

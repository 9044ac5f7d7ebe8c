// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "models/outbox.h"

namespace models {

//! What was asked, as far as it matters for judging the answer.
struct Attempt
{
    OutboxKind kind = OutboxKind::Refund;
    api::TransactionId original = {};
    QString reference = {};             //!< that the answer has to repeat, if it repeats any
    api::Money amount = {};             //!< the same; zero: not compared
    bool earlierMayHaveArrived = false; //!< an attempt before this one could have reached the server
};

//! What an answer means for an entry that is being sent.
struct Outcome
{
    OutboxState state = OutboxState::Unknown; //!< Accepted, Refused, Unknown, or Held when nothing was sent
    api::TransactionId result = {};           //!< the payment the server made, when it said so
    QString answer;                           //!< a sentence

    friend bool operator==(const Outcome &, const Outcome &) = default;
};

//! The server answered that it did nothing. Not for 408, which may come from a machine on the way after the request
//! went on, nor for 409: something is there already, which may be this very request (reference 1.2).
bool refusesTheRequest(const api::Error &error);

//! The rule of the house: refused only when it is certain that nothing happened, accepted only when it is certain that
//! it did, everything else is unknown. Reference 1.2 (request keys), 1.7 to 1.10 (answers).
Outcome outcomeOf(const Attempt &attempt, const api::Result<api::Answer> &answer);

} // namespace models

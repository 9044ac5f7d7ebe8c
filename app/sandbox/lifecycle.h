// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/calendar.h"
#include "app/sandbox/dice.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sandbox {

enum class TransactionState : std::uint8_t {
    Created,
    Pending,
    Authorized,
    Scheduled,
    Initiated,
    Succeeded,
    RetryableFailed,
    TerminalFailed,
    Canceled,
};
std::string_view nameOf(TransactionState state); //!< as reference 1.11 spells it

//! What becomes of a transaction, decided when it is made.
enum class Fate : std::uint8_t {
    Succeeds,
    Declined, //!< refused by the risk decision
    Returned, //!< sent back by the customer's bank
    RetriedThenSucceeds,
    RetriedThenReturned,
    Canceled,
};

struct FailureReason
{
    std::string_view code; //!< an ACH return code, or the sandbox's own code of a declined payment
    std::string_view description;
};

struct TimelineStep
{
    TransactionState state = TransactionState::Created;
    Millis at = 0;
};

//! Every state a transaction goes through and when: the state at any minute is read from it, nothing ever
//! ticks.
class Timeline
{
public:
    void add(TransactionState state, Millis at) { m_steps[m_size++] = {state, at}; }
    //! Drops the steps from then on and ends with Canceled.
    void cancelAt(Millis at);

    const TimelineStep *begin() const { return m_steps.data(); }
    const TimelineStep *end() const { return m_steps.data() + m_size; }

    TransactionState stateAt(Millis now) const;
    std::optional<Millis> succeededAt() const;

    Millis settlement = 0;                  //!< expected, UTC ms
    const FailureReason *failure = nullptr; //!< why it fails, when it does

private:
    std::array<TimelineStep, 10> m_steps = {};
    std::size_t m_size = 0;
};

//! How long the risk decision takes.
enum class Decision : std::uint8_t {
    AtOnce,
    Reviewed, //!< PENDING at once, decided within minutes
    Queued,   //!< stays CREATED for some seconds before that
};

//! Reference 1.16: a decision within 15 minutes, T+1 before the cutoff (choice: 21:00 UTC) and T+2 after it,
//! one more business day to settle; a retry two business days after the failure.
Timeline planTimeline(Millis createdAt, Fate fate, Decision decision, const FailureReason *failure, Dice dice);

const FailureReason *insufficientFunds(); //!< R01
const FailureReason *overTheLimit();      //!< above what the test user may pay
const FailureReason *riskDeclined();
const FailureReason *returnReason(Dice &dice);    //!< any ACH return
const FailureReason *retryableReason(Dice &dice); //!< R01 or R09
//! By its code, for what a journal remembers; nullptr when unknown.
const FailureReason *failureByCode(std::string_view code);

} // namespace sandbox

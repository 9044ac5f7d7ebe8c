// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/lifecycle.h"

#include <algorithm>

namespace sandbox {

namespace {

// NACHA's return codes; the last two are the sandbox's own, for refusals before anything reaches a bank.
constexpr std::array failureReasons{
    FailureReason{"R01", "Insufficient Funds"},
    FailureReason{"R02", "Account Closed"},
    FailureReason{"R03", "No Account/Unable to Locate Account"},
    FailureReason{"R04", "Invalid Account Number Structure"},
    FailureReason{"R07", "Authorization Revoked by Customer"},
    FailureReason{"R08", "Payment Stopped"},
    FailureReason{"R09", "Uncollected Funds"},
    FailureReason{"R10", "Customer Advises Originator is Not Known to Receiver"},
    FailureReason{"R16", "Account Frozen/Entry Returned per OFAC Instruction"},
    FailureReason{"R20", "Non-Transaction Account"},
    FailureReason{"R29", "Corporate Customer Advises Not Authorized"},
    FailureReason{"LIMIT_EXCEEDED", "The amount is above what this account may pay"},
    FailureReason{"RISK_DECLINED", "The payment was declined by the risk decision"},
};

constexpr Millis cutoff = 21 * oneHour;
constexpr Millis submission = 13 * oneHour;
constexpr Millis returnsArrive = 15 * oneHour;
constexpr Millis settles = 18 * oneHour;

Millis spread(Dice &dice, Millis atMost)
{
    return static_cast<Millis>(dice.below(static_cast<std::uint64_t>(atMost)));
}

void planRetry(Timeline &timeline, std::int64_t failedOn, bool succeeds, Millis jitter)
{
    timeline.add(TransactionState::RetryableFailed, startOfBusinessDay(failedOn) + returnsArrive + jitter);
    timeline.add(TransactionState::Initiated, startOfBusinessDay(failedOn + 2) + submission + jitter);
    if (succeeds)
        timeline.add(TransactionState::Succeeded, startOfBusinessDay(failedOn + 3) + settles + jitter);
    else
        timeline.add(TransactionState::TerminalFailed, startOfBusinessDay(failedOn + 3) + returnsArrive + jitter);
}

void planOutcome(Timeline &timeline, Fate fate, std::int64_t settlementDay, Dice &dice)
{
    const Millis jitter = spread(dice, 90 * oneMinute);
    switch (fate) {
    case Fate::Declined:
    case Fate::Canceled:
        break;
    case Fate::Succeeds:
        timeline.add(TransactionState::Succeeded, startOfBusinessDay(settlementDay) + settles + jitter);
        break;
    case Fate::Returned: {
        const auto late = static_cast<std::int64_t>(dice.below(2));
        timeline.add(
            TransactionState::TerminalFailed, startOfBusinessDay(settlementDay + late) + returnsArrive + jitter);
        break;
    }
    case Fate::RetriedThenSucceeds:
    case Fate::RetriedThenReturned:
        planRetry(timeline, settlementDay, fate == Fate::RetriedThenSucceeds, jitter);
        break;
    }
}

} // namespace

std::string_view nameOf(TransactionState state)
{
    switch (state) {
    case TransactionState::Created:
        return "CREATED";
    case TransactionState::Pending:
        return "PENDING";
    case TransactionState::Authorized:
        return "AUTHORIZED";
    case TransactionState::Scheduled:
        return "SCHEDULED";
    case TransactionState::Initiated:
        return "INITIATED";
    case TransactionState::Succeeded:
        return "SUCCEEDED";
    case TransactionState::RetryableFailed:
        return "RETRYABLE_FAILED";
    case TransactionState::TerminalFailed:
        return "TERMINAL_FAILED";
    case TransactionState::Canceled:
        return "CANCELED";
    }
    return {};
}

void Timeline::cancelAt(Millis at)
{
    while (m_size > 0 && m_steps[m_size - 1].at > at)
        --m_size;
    add(TransactionState::Canceled, at);
    failure = nullptr;
}

TransactionState Timeline::stateAt(Millis now) const
{
    TransactionState state = TransactionState::Created;
    for (const TimelineStep &step : *this) {
        if (step.at <= now)
            state = step.state;
    }
    return state;
}

std::optional<Millis> Timeline::succeededAt() const
{
    if (m_size == 0 || m_steps[m_size - 1].state != TransactionState::Succeeded)
        return std::nullopt;
    return m_steps[m_size - 1].at;
}

Timeline planTimeline(Millis createdAt, Fate fate, Decision decision, const FailureReason *failure, Dice dice)
{
    Timeline timeline;
    timeline.failure = failure;
    const std::int64_t scheduledFor = businessDayOf(createdAt + oneDay - cutoff) + 1;
    timeline.settlement = startOfBusinessDay(scheduledFor + 1) + settles;
    const Millis pendingAt = createdAt + (decision == Decision::Queued ? oneSecond + spread(dice, 40 * oneSecond) : 0);
    const Millis decidedAt = pendingAt
        + (decision == Decision::AtOnce ? 0 : 2 * oneSecond + spread(dice, 12 * oneMinute));
    timeline.add(TransactionState::Created, createdAt);
    timeline.add(TransactionState::Pending, pendingAt);
    if (fate == Fate::Declined) {
        timeline.add(TransactionState::TerminalFailed, decidedAt);
        return timeline;
    }
    timeline.add(TransactionState::Authorized, decidedAt);
    const Millis queuedAt = decidedAt + 5 * oneMinute + spread(dice, 30 * oneMinute);
    timeline.add(TransactionState::Scheduled, queuedAt);
    if (fate == Fate::Canceled) {
        timeline.add(TransactionState::Canceled, queuedAt + oneHour + spread(dice, 3 * oneHour));
        return timeline;
    }
    timeline.add(TransactionState::Initiated, startOfBusinessDay(scheduledFor) + submission + spread(dice, oneHour));
    planOutcome(timeline, fate, scheduledFor + 1, dice);
    return timeline;
}

const FailureReason *insufficientFunds()
{
    return failureByCode("R01");
}

const FailureReason *overTheLimit()
{
    return failureByCode("LIMIT_EXCEEDED");
}

const FailureReason *riskDeclined()
{
    return failureByCode("RISK_DECLINED");
}

const FailureReason *returnReason(Dice &dice)
{
    // Insufficient funds is far the most common return.
    return &failureReasons[dice.chance(450) ? 0 : dice.below(failureReasons.size() - 2)];
}

const FailureReason *retryableReason(Dice &dice)
{
    return failureByCode(dice.chance(800) ? "R01" : "R09");
}

const FailureReason *failureByCode(std::string_view code)
{
    const auto *found = std::ranges::find(failureReasons, code, &FailureReason::code);
    return found == failureReasons.end() ? nullptr : found;
}

} // namespace sandbox

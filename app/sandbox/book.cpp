// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/book.h"

#include <numeric>

namespace sandbox {

namespace {

// Choice: a payout is in the merchant's bank one business day after it was put together.
PayoutState payoutStateAt(std::int64_t businessDay, Millis now)
{
    const Millis createdAt = startOfBusinessDay(businessDay) + payoutHour;
    if (now >= startOfBusinessDay(businessDay + 1) + 21 * oneHour)
        return PayoutState::Disbursed;
    if (now >= startOfBusinessDay(businessDay + 1) + 13 * oneHour)
        return PayoutState::Initiated;
    if (now >= createdAt + oneHour)
        return PayoutState::Scheduled;
    return now >= createdAt + 30 * oneMinute ? PayoutState::Authorized : PayoutState::Created;
}

Cents signedAmount(Cents sum, const Transaction &transaction)
{
    return transaction.credit ? sum - transaction.amount : sum + transaction.amount;
}

bool countsAsRefunded(const Transaction &refund, Millis now)
{
    const TransactionState state = refund.timeline.stateAt(now);
    return refund.createdAt <= now && state != TransactionState::TerminalFailed && state != TransactionState::Canceled;
}

} // namespace

std::string_view nameOf(PayoutState state)
{
    switch (state) {
    case PayoutState::Created:
        return "CREATED";
    case PayoutState::Authorized:
        return "AUTHORIZED";
    case PayoutState::Scheduled:
        return "SCHEDULED";
    case PayoutState::Initiated:
        return "INITIATED";
    case PayoutState::Disbursed:
        return "DISBURSED";
    }
    return {};
}

Millis paidOutAt(Millis settled)
{
    return startOfBusinessDay(businessDayOf(settled)) + payoutHour;
}

Book::Book(const Merchant &merchant, const Store &store, const Clock &clock)
    : m_merchant(merchant)
    , m_store(store)
    , m_clock(clock)
{
}

Transaction Book::withCancel(Transaction transaction) const
{
    if (const auto at = m_store.canceledAt(transaction.id))
        transaction.timeline.cancelAt(*at);
    return transaction;
}

Transaction Book::asTransaction(const Created &created) const
{
    Transaction transaction;
    transaction.id = created.id;
    transaction.credit = created.kind != CreatedKind::Payment;
    transaction.customer = m_merchant.ids().indexOf(IdKind::Customer, created.customer).value_or(0);
    transaction.amount = created.amount;
    transaction.reference = created.reference;
    transaction.descriptor = created.descriptor;
    transaction.original = created.original;
    transaction.createdAt = created.createdAt;
    const Dice dice(m_merchant.plan().seed, 1ULL << 32, created.number);
    transaction.timeline = planTimeline(
        created.createdAt, created.fate, created.decision, failureByCode(created.failureCode), dice);
    return withCancel(std::move(transaction));
}

std::optional<Transaction> Book::transaction(std::string_view id) const
{
    const auto index = m_merchant.ids().indexOf(IdKind::Transaction, id);
    if (index && *index < m_merchant.plan().transactions && m_merchant.createdAt(*index) <= now())
        return withCancel(m_merchant.transaction(*index));
    const Created *created = m_store.find(id);
    return created ? std::optional(asTransaction(*created)) : std::nullopt;
}

std::optional<Customer> Book::customer(std::string_view id) const
{
    const auto index = m_merchant.ids().indexOf(IdKind::Customer, id);
    if (!index || *index >= m_merchant.plan().customers)
        return std::nullopt;
    return m_merchant.customer(*index);
}

std::optional<Payout> Book::payout(std::string_view id) const
{
    const auto index = m_merchant.ids().indexOf(IdKind::Payout, id);
    if (!index)
        return std::nullopt;
    Payout payout;
    payout.id = id;
    payout.businessDay = m_merchant.businessDayOfPayout(*index);
    payout.createdAt = startOfBusinessDay(payout.businessDay) + payoutHour;
    if (payout.createdAt > now())
        return std::nullopt;
    payout.state = payoutStateAt(payout.businessDay, now());
    payout.amount = sumOf(payout.businessDay);
    return payout;
}

void Book::addSettled(std::int64_t businessDay, Transaction transaction, std::vector<Transaction> &out) const
{
    const auto at = transaction.timeline.succeededAt();
    if (at && businessDayOf(*at) == businessDay)
        out.push_back(std::move(transaction));
}

std::vector<Transaction> Book::settledOn(std::int64_t businessDay) const
{
    std::vector<Transaction> settled;
    // Nothing settles sooner than the second business day after it was made, nor later than the sixth.
    const std::uint64_t end = m_merchant.firstSince(startOfBusinessDay(businessDay));
    for (std::uint64_t index = m_merchant.firstSince(startOfBusinessDay(businessDay - 7)); index < end; ++index)
        addSettled(businessDay, withCancel(m_merchant.transaction(index)), settled);
    for (const Created &created : m_store.created())
        addSettled(businessDay, asTransaction(created), settled);
    return settled;
}

Cents Book::sumOf(std::int64_t businessDay) const
{
    const std::size_t changes = m_store.created().size() + m_store.cancelCount();
    const auto known = m_sums.find(businessDay);
    if (known != m_sums.end() && known->second.changes == changes)
        return known->second.cents;
    const auto settled = settledOn(businessDay);
    const Cents cents = std::accumulate(settled.begin(), settled.end(), Cents{0}, signedAmount);
    m_sums[businessDay] = {cents, changes};
    return cents;
}

std::vector<Transaction> Book::transactionsOfPayout(const Payout &payout) const
{
    return settledOn(payout.businessDay);
}

Cents Book::refundable(const Transaction &original) const
{
    Cents left = original.amount;
    if (const auto index = m_merchant.ids().indexOf(IdKind::Transaction, original.id)) {
        for (const Transaction &refund : m_merchant.refundsOf(*index))
            left -= countsAsRefunded(withCancel(refund), now()) ? refund.amount : 0;
    }
    for (const Created *created : m_store.refundsOf(original.id))
        left -= countsAsRefunded(asTransaction(*created), now()) ? created->amount : 0;
    return left;
}

} // namespace sandbox

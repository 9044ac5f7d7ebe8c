// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/merchant.h"

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace sandbox {

namespace {

enum MerchantStream : std::uint64_t {
    CustomerStream = 1,
    CustomerPickStream,
    AccountStream,
    AccountCountStream,
    CreationStream,
    AmountStream,
    FateStream,
    TimelineStream,
    SlotStream,
    TargetStream,
    RefundStream,
    CredentialStream,
};

constexpr std::uint64_t blockSize = 16;      // one transaction in sixteen is a refund
constexpr std::int64_t shortestHistory = 22; // business days

std::string hexOf(std::uint64_t value)
{
    char text[20];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(value));
    return text;
}

std::string mailName(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if (std::isalpha(static_cast<unsigned char>(c)))
            out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return out;
}

// Shoppers sleep: a uniform moment of the day becomes one with few orders at night. Hours are UTC, shops are
// in the US.
Millis asShoppersDo(Millis ofDay)
{
    struct Knot
    {
        Millis uniform, shopping;
    };
    static constexpr Knot knots[] = {{0, 0}, {oneDay * 14 / 100, 4 * oneHour}, {oneDay * 18 / 100, 11 * oneHour},
        {oneDay * 42 / 100, 16 * oneHour}, {oneDay * 76 / 100, 21 * oneHour}, {oneDay, oneDay}};
    const Knot *upper = std::ranges::upper_bound(knots, ofDay, {}, &Knot::uniform);
    const Knot *lower = upper - 1;
    return lower->shopping
        + (ofDay - lower->uniform) * (upper->shopping - lower->shopping) / (upper->uniform - lower->uniform);
}

Cents believableCents(Dice dice)
{
    static constexpr Cents endings[] = {99, 95, 0, 50, 49};
    const auto kind = dice.below(100);
    const Cents dollars = kind < 55 ? dice.between(8, 60)
        : kind < 85                 ? dice.between(60, 250)
        : kind < 97                 ? dice.between(250, 1500)
                                    : dice.between(1500, 8900);
    const Cents cents = dice.chance(550) ? endings[dice.below(std::size(endings))] : dice.between(0, 99);
    return dollars * 100 + cents;
}

std::int64_t lastPayoutDay(Millis anchor)
{
    // Monday of the weekend's business day lies ahead of a Saturday, so step back until the payout was made.
    std::int64_t last = businessDayOf(anchor);
    while (startOfBusinessDay(last) + payoutHour > anchor)
        --last;
    return last;
}

} // namespace

Merchant::Merchant(const MerchantPlan &plan)
    : m_plan(plan)
    , m_ids(plan.seed, plan.paymentIds)
    , m_firstPayoutDay(lastPayoutDay(plan.anchor) - static_cast<std::int64_t>(plan.payouts) + 1)
    , m_start(0)
    , m_lag(1)
{
    m_plan.customers = std::max<std::uint64_t>(m_plan.customers, 2); // the two documented test users
    const auto known = std::max(static_cast<std::int64_t>(plan.payouts), shortestHistory);
    m_start = startOfBusinessDay(lastPayoutDay(plan.anchor) - known - 4);
    const auto days = static_cast<std::uint64_t>((plan.anchor - m_start) / oneDay + 1);
    m_lag = std::max<std::uint64_t>(1, (plan.transactions * 7 / days + blockSize - 1) / blockSize);
}

std::string Merchant::merchantId() const
{
    auto bits = dice(CredentialStream, 0);
    return "mer_" + hexOf(bits.next());
}

std::string Merchant::clientId() const
{
    auto bits = dice(CredentialStream, 1);
    return "sandbox-" + hexOf(bits.next());
}

std::string Merchant::clientSecret() const
{
    auto bits = dice(CredentialStream, 2);
    return hexOf(bits.next()) + hexOf(bits.next());
}

Customer Merchant::customer(std::uint64_t index) const
{
    auto bits = dice(CustomerStream, index);
    Customer customer;
    customer.index = index;
    customer.id = m_ids.make(IdKind::Customer, index);
    customer.firstName = firstNames()[bits.below(firstNames().size())];
    customer.lastName = lastNames()[bits.below(lastNames().size())];
    customer.email = mailName(customer.firstName) + '.' + mailName(customer.lastName)
        + (bits.chance(400) ? std::to_string(bits.below(99) + 1) : std::string()) + '@'
        + std::string(mailHosts()[bits.below(mailHosts().size())]);
    customer.createdAt = m_start - static_cast<Millis>(bits.below(static_cast<std::uint64_t>(400 * oneDay)));
    customer.verified = bits.chance(300);
    const auto kind = bits.below(100);
    if (index < 2) {
        customer.testUser = index == 0 ? TestUser::Profile522 : TestUser::Profile08;
        customer.email = index == 0 ? "profile_522@example.com" : "profile_08@example.com";
        customer.verified = index == 0;
    } else if (kind < 3) {
        customer.testUser = TestUser::Profile08;
    } else if (kind < 7) {
        customer.state = CustomerState::Inactive;
    } else if (kind < 10 && index >= m_plan.customers - m_plan.customers / 20) {
        customer.state = CustomerState::Created;
        customer.verified = false;
    }
    return customer;
}

Account Merchant::account(const Customer &customer, std::uint64_t number) const
{
    auto bits = dice(AccountStream, customer.index * 4 + number);
    Account account;
    account.id = m_ids.make(IdKind::Account, customer.index * 4 + number);
    account.institution = customer.testUser == TestUser::Profile522 ? &testInstitutionA()
        : customer.testUser == TestUser::Profile08                  ? &testInstitutionB()
                                                   : &institutions()[bits.below(institutions().size())];
    account.number = std::to_string(bits.between(1'000'000'000, 999'999'999'999));
    account.savings = number > 0 && bits.chance(600);
    account.preferred = number == 0;
    account.shared = customer.verified;
    account.active = customer.state == CustomerState::Active && (number == 0 || bits.chance(850));
    account.createdAt = customer.createdAt + static_cast<Millis>(number) * 17 * oneMinute + 3 * oneMinute;
    return account;
}

std::vector<Account> Merchant::accountsOf(const Customer &customer) const
{
    std::vector<Account> accounts;
    if (customer.state == CustomerState::Created)
        return accounts;
    auto bits = dice(AccountCountStream, customer.index);
    const std::uint64_t count = 1 + (bits.chance(350) ? 1 : 0) + (bits.chance(100) ? 1 : 0);
    for (std::uint64_t number = 0; number < count; ++number)
        accounts.push_back(account(customer, number));
    return accounts;
}

Account Merchant::preferredAccountOf(std::uint64_t index) const
{
    return account(customer(index), 0);
}

std::uint64_t Merchant::customerOf(std::uint64_t index) const
{
    // Squaring favours low indexes: regulars buy often. The newest twentieth has not bought yet.
    const std::uint64_t buyers = std::max<std::uint64_t>(1, m_plan.customers - m_plan.customers / 20);
    auto bits = dice(CustomerPickStream, index);
    const std::uint64_t u = bits.below(1 << 20);
    return (u * u >> 20) * buyers >> 20;
}

Millis Merchant::createdAt(std::uint64_t index) const
{
    auto bits = dice(CreationStream, index);
    const auto span = static_cast<std::uint64_t>(m_plan.anchor - m_start);
    // Each transaction has a slice of the history of its own, so that creation times grow with the index.
    const auto sliceStart = [&](std::uint64_t i) {
        return span / m_plan.transactions * i + span % m_plan.transactions * i / m_plan.transactions;
    };
    const std::uint64_t low = sliceStart(index);
    const std::uint64_t high = sliceStart(index + 1);
    const Millis at = m_start + static_cast<Millis>(low + (high > low ? bits.below(high - low) : 0));
    const Millis today = m_plan.anchor / oneDay * oneDay;
    return at >= today ? at : at / oneDay * oneDay + asShoppersDo(at % oneDay);
}

std::uint64_t Merchant::firstSince(Millis at) const
{
    std::uint64_t low = 0;
    std::uint64_t high = m_plan.transactions;
    while (low < high) {
        const std::uint64_t middle = (low + high) / 2;
        if (createdAt(middle) < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

std::uint64_t Merchant::refundSlot(std::uint64_t block) const
{
    auto bits = dice(SlotStream, block);
    return block * blockSize + bits.below(blockSize);
}

std::optional<Merchant::RefundTarget> Merchant::refundTarget(std::uint64_t block) const
{
    if (block < m_lag)
        return std::nullopt;
    auto bits = dice(TargetStream, block);
    if (bits.chance(200) && block >= 2 * m_lag) {
        const auto first = refundTarget(block - m_lag);
        if (first && !first->second)
            return RefundTarget{first->original, true};
    }
    const std::uint64_t slot = refundSlot(block - m_lag);
    const std::uint64_t candidate = (block - m_lag) * blockSize + bits.below(blockSize - 1);
    return RefundTarget{candidate >= slot ? candidate + 1 : candidate, false};
}

std::optional<Cents> Merchant::refundCents(const Transaction &original, std::uint64_t block, bool second) const
{
    if (second) {
        const auto first = refundCents(original, block - m_lag, false);
        if (!first || *first == original.amount)
            return std::nullopt;
        auto bits = dice(RefundStream, block);
        const Cents rest = original.amount - *first;
        return bits.chance(500) ? rest : std::max<Cents>(1, rest / 2);
    }
    auto bits = dice(RefundStream, block);
    return bits.chance(450) ? original.amount : std::max<Cents>(1, original.amount * bits.between(10, 50) / 100);
}

void Merchant::decide(Transaction &transaction, std::uint64_t index) const
{
    auto bits = dice(FateStream, index);
    const auto roll = bits.below(1000);
    const FailureReason *failure = nullptr;
    Fate fate = Fate::Succeeds;
    if (!transaction.credit && customer(transaction.customer).testUser == TestUser::Profile08) {
        fate = Fate::Returned;
        failure = insufficientFunds();
    } else if (transaction.credit || roll < 918) {
        fate = transaction.credit && roll >= 990 ? Fate::Returned : Fate::Succeeds;
        failure = fate == Fate::Returned ? failureByCode("R02") : nullptr;
    } else if (roll < 933) {
        fate = Fate::Declined;
        failure = riskDeclined();
    } else if (roll < 963) {
        fate = Fate::Returned;
        failure = returnReason(bits);
    } else if (roll < 990) {
        fate = roll < 982 ? Fate::RetriedThenSucceeds : Fate::RetriedThenReturned;
        failure = retryableReason(bits);
    } else {
        fate = Fate::Canceled;
    }
    transaction.timeline = planTimeline(
        transaction.createdAt, fate, Decision::Queued, failure, dice(TimelineStream, index));
}

Transaction Merchant::debit(std::uint64_t index) const
{
    char number[32];
    std::snprintf(number, sizeof number, "%06llu", static_cast<unsigned long long>(index + 1203));
    Transaction transaction;
    transaction.id = m_ids.make(IdKind::Transaction, index);
    transaction.customer = customerOf(index);
    transaction.amount = believableCents(dice(AmountStream, index));
    transaction.createdAt = createdAt(index);
    transaction.reference = "ORD-" + std::to_string(yearOf(transaction.createdAt)) + '-' + number;
    transaction.descriptor = std::string(merchantStatementName) + " ORDER " + number;
    decide(transaction, index);
    return transaction;
}

std::optional<Transaction> Merchant::refund(std::uint64_t index) const
{
    const std::uint64_t block = index / blockSize;
    if (refundSlot(block) != index)
        return std::nullopt;
    const auto target = refundTarget(block);
    if (!target)
        return std::nullopt;
    const Transaction original = debit(target->original);
    const auto cents = refundCents(original, block, target->second);
    const auto settled = original.timeline.succeededAt();
    const Millis at = createdAt(index);
    // A second refund needs the first to have been possible as well.
    const Millis firstAt = target->second ? createdAt(refundSlot(block - m_lag)) : at;
    if (!cents || !settled || *settled > firstAt)
        return std::nullopt;
    Transaction transaction;
    transaction.id = m_ids.make(IdKind::Transaction, index);
    transaction.credit = true;
    transaction.customer = original.customer;
    transaction.amount = *cents;
    transaction.original = original.id;
    transaction.createdAt = at;
    transaction.reference = "RF-" + original.id + (target->second ? "-2" : "-1");
    transaction.descriptor = std::string(merchantStatementName) + " REFUND";
    decide(transaction, index);
    return transaction;
}

Transaction Merchant::goodwill(std::uint64_t index) const
{
    Transaction transaction = debit(index);
    transaction.credit = true;
    transaction.amount = std::min<Cents>(transaction.amount, 2500);
    transaction.reference.replace(0, 3, "GOODWILL");
    transaction.descriptor = std::string(merchantStatementName) + " CREDIT";
    decide(transaction, index);
    return transaction;
}

Transaction Merchant::transaction(std::uint64_t index) const
{
    if (auto found = refund(index))
        return *std::move(found);
    const std::uint64_t block = index / blockSize;
    auto bits = dice(SlotStream, block + (1ULL << 40));
    return refundSlot(block) == index && bits.chance(300) ? goodwill(index) : debit(index);
}

std::vector<Transaction> Merchant::refundsOf(std::uint64_t index) const
{
    std::vector<Transaction> refunds;
    const std::string original = m_ids.make(IdKind::Transaction, index);
    for (std::uint64_t step = 1; step <= 2; ++step) {
        const std::uint64_t slot = refundSlot(index / blockSize + step * m_lag);
        if (slot >= m_plan.transactions)
            break;
        auto candidate = refund(slot);
        if (candidate && candidate->original == original)
            refunds.push_back(*std::move(candidate));
    }
    return refunds;
}

std::int64_t Merchant::businessDayOfPayout(std::uint64_t payout) const
{
    return m_firstPayoutDay + static_cast<std::int64_t>(payout);
}

std::uint64_t Merchant::payoutsUntil(Millis now) const
{
    return static_cast<std::uint64_t>(lastPayoutDay(now) - m_firstPayoutDay + 1);
}

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/book.h"

#include <QByteArray>

#include <algorithm>
#include <numeric>

namespace sandbox {

namespace {

PayoutState payoutStateAt(std::int64_t businessDay, Millis now)
{
    const Millis createdAt = startOfBusinessDay(businessDay) + payoutHour;
    if (now >= disbursedAt(businessDay))
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

constexpr std::uint64_t firstLinkedAccount = 1ULL << 40; // the history's accounts have small indexes

Account asAccount(const Ids &ids, const LinkedAccount &linked, const LinkedCustomer &owner)
{
    Account account;
    account.id = ids.make(IdKind::Account, firstLinkedAccount + linked.serial);
    account.institution = institutionById(linked.institution);
    account.number = linked.number;
    account.savings = linked.savings;
    account.preferred = linked.serial == owner.preferred;
    account.active = linked.active;
    account.shared = linked.shared;
    account.createdAt = linked.createdAt;
    return account;
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

Millis disbursedAt(std::int64_t businessDay)
{
    return startOfBusinessDay(businessDay + 1) + 21 * oneHour;
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
    transaction.account = created.account;
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
    if (!index || (*index >= m_merchant.plan().customers && !m_store.linkedCustomer(*index)))
        return std::nullopt;
    return customerAt(*index);
}

Customer Book::customerAt(std::uint64_t index) const
{
    const bool old = index < m_merchant.plan().customers;
    Customer customer = old ? m_merchant.customer(index) : Customer();
    const LinkedCustomer *linked = m_store.linkedCustomer(index);
    if (!linked)
        return customer;
    if (!old) {
        customer.index = index;
        customer.id = m_merchant.ids().make(IdKind::Customer, index);
        customer.firstName = linked->firstName;
        customer.lastName = linked->lastName;
        customer.email = linked->email;
        customer.createdAt = linked->createdAt;
    }
    customer.state = linked->state;
    customer.testUser = linked->testUser;
    customer.verified = customer.verified || std::ranges::any_of(linked->accounts, &LinkedAccount::shared);
    return customer;
}

std::vector<Account> Book::accountsOf(const Customer &customer) const
{
    const bool old = customer.index < m_merchant.plan().customers;
    std::vector<Account> accounts = old ? m_merchant.accountsOf(m_merchant.customer(customer.index))
                                        : std::vector<Account>();
    const LinkedCustomer *linked = m_store.linkedCustomer(customer.index);
    if (!linked)
        return accounts;
    for (Account &account : accounts) {
        account.preferred = account.preferred && linked->accounts.empty();
        account.active = account.active && !linked->oldRevoked;
    }
    for (const LinkedAccount &account : linked->accounts)
        accounts.push_back(asAccount(m_merchant.ids(), account, *linked));
    std::stable_partition(accounts.begin(), accounts.end(), [](const Account &account) { return account.preferred; });
    return accounts;
}

Account Book::preferredAccountOf(std::uint64_t customer) const
{
    const LinkedCustomer *linked = m_store.linkedCustomer(customer);
    if (!linked)
        return m_merchant.preferredAccountOf(customer);
    return accountsOf(customerAt(customer)).front();
}

Account Book::accountOf(const Transaction &transaction) const
{
    const bool old = m_merchant.ids().indexOf(IdKind::Transaction, transaction.id).has_value();
    const std::string id = old ? m_merchant.preferredAccountOf(transaction.customer).id : transaction.account;
    const auto accounts = accountsOf(customerAt(transaction.customer));
    const auto found = std::ranges::find(accounts, id, &Account::id);
    return found == accounts.end() ? preferredAccountOf(transaction.customer) : *found;
}

std::optional<Customer> Book::customerByEmail(std::string_view email) const
{
    const auto same = [email](std::string_view other) {
        return email.size() == other.size() && qstrnicmp(email.data(), other.data(), email.size()) == 0;
    };
    for (const auto &[index, linked] : m_store.linkedCustomers()) {
        if (same(linked.email))
            return customerAt(index);
    }
    for (std::uint64_t index = 0; index < m_merchant.plan().customers; ++index) {
        if (same(m_merchant.customer(index).email))
            return customerAt(index);
    }
    return std::nullopt;
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

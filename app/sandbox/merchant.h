// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/ids.h"
#include "app/sandbox/lifecycle.h"
#include "app/sandbox/names.h"

#include <string>
#include <vector>

namespace sandbox {

using Cents = std::int64_t;

//! Choice: a payout is put together at this hour of a business day (UTC).
inline constexpr Millis payoutHour = 22 * oneHour;

enum class CustomerState { Created, Active, Inactive };

//! The documented test users (reference 1.15). Every customer that is none of them pays any amount, and a few
//! of these payments fail later.
enum class TestUser { None, Profile522, Profile08 };

struct Customer
{
    std::uint64_t index = 0;
    std::string id;
    std::string firstName;
    std::string lastName;
    std::string email;
    CustomerState state = CustomerState::Active;
    TestUser testUser = TestUser::None;
    bool verified = false; //!< shared the number of an account through a VERIFY session
    Millis createdAt = 0;
};

struct Account
{
    std::string id;
    const Institution *institution = nullptr;
    std::string number; //!< the full account number
    bool savings = false;
    bool active = true;
    bool preferred = false;
    bool shared = false; //!< its number, through a VERIFY session
    Millis createdAt = 0;

    std::string lastFour() const { return number.substr(number.size() - 4); }
};

struct Transaction
{
    std::string id;
    bool credit = false;
    std::uint64_t customer = 0; //!< index
    std::string account;        //!< id; empty for the history's own, and where a state file does not tell
    Cents amount = 0;
    std::string reference;
    std::string descriptor;
    std::string original; //!< id of the payment this refund belongs to; empty for anything else
    Millis createdAt = 0;
    Timeline timeline = {};
};

struct MerchantPlan
{
    std::uint64_t seed = 1;
    std::uint64_t customers = 200;
    std::uint64_t transactions = 5000;
    std::uint64_t payouts = 60;
    Millis anchor = 0; //!< the sandbox minute at which the history ends, UTC ms
    PaymentIds paymentIds = PaymentIds::Text;
};

//! The merchant's history, made from seed and index whenever it is asked for: a million transactions take no
//! memory.
//!
//! Choices: payouts are daily, on business days, over everything that settled that day; a transaction is
//! refunded at most twice; a refund's clientReferenceId is RF-<id of the payment>-<n>. With profile_08
//! customers every debit fails.
class Merchant
{
public:
    explicit Merchant(const MerchantPlan &plan);

    const MerchantPlan &plan() const { return m_plan; }
    const Ids &ids() const { return m_ids; }
    std::string merchantId() const;
    std::string clientId() const;
    std::string clientSecret() const;

    Customer customer(std::uint64_t index) const;
    std::vector<Account> accountsOf(const Customer &customer) const;
    Account preferredAccountOf(std::uint64_t customer) const;
    std::uint64_t testUserIndex(TestUser user) const { return user == TestUser::Profile08 ? 1 : 0; }

    Transaction transaction(std::uint64_t index) const;
    //! The refunds of a transaction in the history itself, oldest first.
    std::vector<Transaction> refundsOf(std::uint64_t index) const;
    Millis createdAt(std::uint64_t index) const;
    //! The first transaction made at or after that minute.
    std::uint64_t firstSince(Millis at) const;

    std::int64_t businessDayOfPayout(std::uint64_t payout) const;
    //! How many payouts there are at that minute; they keep coming after the history ends.
    std::uint64_t payoutsUntil(Millis now) const;

private:
    struct RefundTarget
    {
        std::uint64_t original = 0;
        bool second = false;
    };

    Dice dice(std::uint64_t stream, std::uint64_t index) const { return {m_plan.seed, stream, index}; }
    Account account(const Customer &customer, std::uint64_t number) const;
    std::uint64_t refundSlot(std::uint64_t block) const;
    std::optional<RefundTarget> refundTarget(std::uint64_t block) const;
    std::optional<Cents> refundCents(const Transaction &original, std::uint64_t block, bool second) const;
    Transaction debit(std::uint64_t index) const;
    std::optional<Transaction> refund(std::uint64_t index) const;
    Transaction goodwill(std::uint64_t index) const;
    void decide(Transaction &transaction, std::uint64_t index) const;
    std::uint64_t customerOf(std::uint64_t index) const;

    MerchantPlan m_plan;
    Ids m_ids;
    std::int64_t m_firstPayoutDay;
    Millis m_start;
    std::uint64_t m_lag; //!< in blocks of 16: how far a refund lies behind its payment
};

} // namespace sandbox

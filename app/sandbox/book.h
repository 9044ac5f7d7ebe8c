// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/clock.h"
#include "app/sandbox/merchant.h"
#include "app/sandbox/store.h"

#include <unordered_map>

namespace sandbox {

enum class PayoutState { Created, Authorized, Scheduled, Initiated, Disbursed };
std::string_view nameOf(PayoutState state); //!< as reference 1.13 spells it

struct Payout
{
    std::string id;
    std::int64_t businessDay = 0;
    Millis createdAt = 0;
    PayoutState state = PayoutState::Created;
    Cents amount = 0; //!< settled debits minus settled credits; negative when more was given back than taken
};

//! When the payout over what settled that business day is in the merchant's bank. Choice: one business day after
//! it was put together.
Millis disbursedAt(std::int64_t businessDay);

//! The merchant's records as they are this sandbox minute: the history and what happened through the API
//! together.
class Book
{
public:
    Book(const Merchant &merchant, const Store &store, const Clock &clock);

    Millis now() const { return m_clock.now(); }
    std::optional<Transaction> transaction(std::string_view id) const;
    std::optional<Customer> customer(std::string_view id) const;
    //! The preferred account comes first.
    std::vector<Account> accountsOf(const Customer &customer) const;
    Account preferredAccountOf(std::uint64_t customer) const;
    //! The one it was made with, as it is now; for the history's own the account that was preferred there.
    Account accountOf(const Transaction &transaction) const;
    //! The first with that address, whatever the case of its letters. Reads the whole history.
    std::optional<Customer> customerByEmail(std::string_view email) const;
    std::optional<Payout> payout(std::string_view id) const;
    //! Every transaction a payout pays, for whoever wants to check its sum.
    std::vector<Transaction> transactionsOfPayout(const Payout &payout) const;

    //! What /v1/refunds may still give back: the amount less every refund of it that has not failed or been
    //! canceled.
    Cents refundable(const Transaction &original) const;
    Transaction asTransaction(const Created &created) const;
    //! After the history itself was replaced.
    void forgetSums() { m_sums.clear(); }

private:
    Customer customerAt(std::uint64_t index) const;
    Transaction withCancel(Transaction transaction) const;
    void addSettled(std::int64_t businessDay, Transaction transaction, std::vector<Transaction> &out) const;
    std::vector<Transaction> settledOn(std::int64_t businessDay) const;
    Cents sumOf(std::int64_t businessDay) const;

    struct KnownSum
    {
        Cents cents = 0;
        std::size_t changes = 0;
    };

    const Merchant &m_merchant;
    const Store &m_store;
    const Clock &m_clock;
    mutable std::unordered_map<std::int64_t, KnownSum> m_sums;
};

} // namespace sandbox

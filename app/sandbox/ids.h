// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

enum class IdKind : std::uint8_t {
    Customer,
    Transaction,
    CreatedTransaction,
    Payout,
    Account,
    Session,
    Subscription,
    AggregationWebhook
};

//! How transaction ids look; reference 1.7 has them both as number and as string.
enum class PaymentIds {
    Text,        //!< UUIDs
    Numeric,     //!< ten digits; POST answers carry a JSON number
    HugeNumeric, //!< odd numbers above 2^53, which a double cannot hold; POST answers carry a JSON number
};

//! Turns (kind, index) into an id that looks random, and back, without remembering any.
//! Choice: customers, accounts, payouts and, by default, transactions are lower-case version 4 UUIDs.
class Ids
{
public:
    Ids(std::uint64_t seed, PaymentIds paymentIds);

    std::string make(IdKind kind, std::uint64_t index) const;
    //! Nothing when the text is no id of that kind made with this seed.
    std::optional<std::uint64_t> indexOf(IdKind kind, std::string_view id) const;
    //! True when POST answers carry paymentId as a JSON number.
    bool paymentIdsAreNumbers() const { return m_paymentIds != PaymentIds::Text; }

private:
    bool isNumeric(IdKind kind) const;
    std::uint64_t numberBase(IdKind kind) const;
    std::uint64_t permuted(std::uint64_t value, unsigned halfBits, bool backwards) const;
    std::string uuid(std::uint64_t scrambled) const;

    std::uint64_t m_seed;
    PaymentIds m_paymentIds;
};

} // namespace sandbox

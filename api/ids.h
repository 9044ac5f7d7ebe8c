// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMetaType>
#include <QString>

#include <utility>

namespace api {

//! A string that names one kind of thing. Two kinds never mix by accident; JSON strings and integers are both
//! accepted when reading (reference 1.7: paymentId is a number in older documents).
template<typename Tag> class Id
{
public:
    Id() = default;
    explicit Id(QString text)
        : m_text(std::move(text))
    {
    }

    const QString &text() const { return m_text; }
    bool isEmpty() const { return m_text.isEmpty(); }

    friend bool operator==(const Id &, const Id &) = default;
    friend auto operator<=>(const Id &, const Id &) = default;
    friend size_t qHash(const Id &id, size_t seed = 0) { return ::qHash(id.m_text, seed); }

private:
    QString m_text;
};

using CustomerId = Id<struct CustomerTag>;
using TransactionId = Id<struct TransactionTag>; //!< also the paymentId of reference 1.7: they are the same thing
using PayoutId = Id<struct PayoutTag>;
using AccountId = Id<struct AccountTag>;
using MerchantId = Id<struct MerchantTag>;
using RequestKey = Id<struct RequestKeyTag>;
using SubscriptionKey = Id<struct SubscriptionTag>;

} // namespace api

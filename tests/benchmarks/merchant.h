// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <deque>
#include <vector>

namespace benchmarks {

//! Small, quick and the same everywhere (splitmix64).
class Dice
{
public:
    explicit Dice(quint64 seed)
        : m_state(seed)
    {
    }
    quint64 next();
    qint64 below(qint64 limit) { return static_cast<qint64>(next() % static_cast<quint64>(limit)); }
    bool oneIn(qint64 count) { return below(count) == 0; }
    QString uuid();

private:
    quint64 m_state;
};

struct MadeCustomer
{
    QString id;
    QString firstName;
    QString lastName;
    QString email;
    QString status;
    QString bank;
    QString lastFour;
    QString accountType;

    QString name() const { return firstName + u' ' + lastName; }
};

struct MadeTransaction
{
    QString id;
    bool credit = false;
    QString status;
    size_t customer = 0;
    qint64 cents = 0;
    QString reference;
    QString original; //!< refunds only
    QString descriptor;
    qint64 createdAt = 0;
    qint64 settlementAt = 0;
    QString failureCode;
    QString failureText;
};

//! Makes up customers and their transactions, oldest first.
class Merchant
{
public:
    Merchant(quint64 seed, qint64 customers);

    const std::vector<MadeCustomer> &customers() const { return m_customers; }
    //! `age`: milliseconds before the newest one; what is young has not settled yet.
    MadeTransaction next(qint64 createdAt, qint64 age);
    Dice &dice() { return m_dice; }

private:
    struct Refundable
    {
        QString id;
        size_t customer = 0;
        qint64 cents = 0;
    };
    MadeTransaction refund(MadeTransaction made);
    void settle(MadeTransaction &made, qint64 age);

    Dice m_dice;
    std::vector<MadeCustomer> m_customers;
    std::deque<Refundable> m_refundable;
    qint64 m_orders = 100'000;
};

} // namespace benchmarks

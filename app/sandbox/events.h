// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/book.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <queue>
#include <string>
#include <unordered_map>

namespace sandbox {

//! What an event is about; what happens to an account is told of its customer (reference 1.14.3).
enum class Subject { Payment, Customer };
std::string_view nameOf(Subject subject); //!< payment, customer

//! Something happened to a payment, credit or refund, or to a customer or one of its accounts (reference
//! 1.14.4).
struct Event
{
    std::string type; //!< payment.authorized and the like
    Subject subject = Subject::Payment;
    std::string resource;        //!< id of the payment or of the customer
    std::string reference = {};  //!< clientReferenceId of a payment; empty when none was sent
    std::string returnCode = {}; //!< of payment.failed
    bool credit = false;         //!< of a payment
    int step = -1;               //!< which of the payment's events it is, from 0; -1 for what was announced
    Millis at = 0;               //!< sandbox time; 0: now
};

//! Tells of every state change of what went through the API, when the sandbox clock reaches it, and of what
//! is announced. The history is silent but for what is canceled in it. Choices: a retryable failure has no
//! event, nor has a cancel unless the options give it payment.canceled; payment.disbursed is told of debits only, as
//! their payout is DISBURSED.
class Events : public QObject
{
    Q_OBJECT
public:
    //! since: what happened up to that sandbox minute was told before.
    Events(const Book &book, const Store &store, const Clock &clock, Millis since, bool tellsOfCancels);

    //! Something changed at that payment just now.
    void follow(const std::string &id);
    //! What told of the state a transaction is in, or of the last one that has an event.
    std::optional<Event> latestOf(const Transaction &transaction) const;
    //! Tells at once of what no timeline knows, such as a customer that linked an account. For what is
    //! already true: call it once the store has kept the change.
    void announce(Event event);
    void clockMoved();
    void forgetAll();

    //! The last thousand, oldest first.
    const std::deque<Event> &recent() const { return m_recent; }

signals:
    void happened(const sandbox::Event &event);

private:
    using Due = std::pair<Millis, std::string>;

    std::vector<Event> eventsOf(const Transaction &transaction) const;
    std::size_t toldBefore(const std::string &id) const;
    void look(const std::string &id);
    void tell(Event event);
    void tellDue();
    void schedule();

    const Book &m_book;
    const Store &m_store;
    const Clock &m_clock;
    bool m_tellsOfCancels;
    QTimer m_timer;
    std::unordered_map<std::string, std::size_t> m_told; //!< how many of its events, of what is not over yet
    std::priority_queue<Due, std::vector<Due>, std::greater<>> m_due;
    std::deque<Event> m_recent;
};

} // namespace sandbox

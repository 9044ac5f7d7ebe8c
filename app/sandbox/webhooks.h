// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/burst.h"
#include "app/sandbox/deliverqueue.h"
#include "app/sandbox/events.h"

namespace sandbox {

//! True when the subscription asks for that event. Choice: CUSTOMER and ACCOUNT do not overlap, ACCOUNT is
//! customer.account.*.
bool covers(const Subscription &subscription, std::string_view eventType);

//! The body of a delivery (reference 1.14.3). Choices: times have the offset of the sample, +0200; names of
//! resources are lower case; achReturnCode is only for codes of a bank return.
std::string deliveryBody(const Event &event, const std::string &id, bool flat);

//! Brings every event to the subscriptions of Pay by Bank. Choice: an event has one id, whichever
//! subscription it is delivered to.
class Webhooks : public QObject
{
    Q_OBJECT
public:
    Webhooks(const Store &store, const Book &book, const Merchant &merchant, const Events &events, DeliverQueue &queue);

    void tell(const Event &event);

    //! So many events about what payments are in now; false when nobody is subscribed or there is no payment.
    //! Waits when half of the backlog is used up.
    bool startBurst(std::int64_t count, std::int64_t perSecond);
    void stopBurst() { m_burst.stop(); }
    std::int64_t burstLeft() const { return m_burst.left(); }

private:
    std::string idOf(const Event &event) const;
    void queueFor(const Event &event, const std::string &id);
    std::optional<Event> somePayment();
    bool isCrowded() const;

    const Store &m_store;
    const Book &m_book;
    const Merchant &m_merchant;
    const Events &m_events;
    DeliverQueue &m_queue;
    Burst m_burst;
    std::uint64_t m_drawn = 0;
};

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/aggregationwebhook.h"
#include "app/sandbox/burst.h"
#include "app/sandbox/clock.h"
#include "app/sandbox/deliverqueue.h"
#include "app/sandbox/dice.h"
#include "app/sandbox/store.h"

namespace sandbox {

//! Something happened to a user's linked accounts (reference 2.8).
struct AggregationEvent
{
    std::string tenant;
    AggregationTopic topic = AggregationTopic::Refresh;
    std::string loginName;
    std::string info = {};                   //!< empty: the topic's usual one
    std::int64_t providerAccountId = 0;      //!< 0: the user's link, or made up from the login name
    std::vector<std::int64_t> accounts = {}; //!< ids; empty: the link's, or made up
};

//! The body of a delivery, about what the user linked here or, where that is nothing, about a made-up link. Yodlee's
//! samples have notificationId and loginName inside event, and an array as the data of AUTO_REFRESH_UPDATES. Choices:
//! every notification has an id; what no excerpt shows (challenge deposits, consents) is made up around
//! providerAccountId.
std::string aggregationBody(
    const Store &store, const AggregationEvent &event, const std::string &notificationId, Millis now);

//! The entrance for what happens in the aggregation family: brings it to the tenant's webhooks that ask for
//! it. Now and then an event of a user of somebody else follows, as the tenant may be shared.
class AggregationWebhooks
{
public:
    AggregationWebhooks(const Store &store, const Clock &clock, DeliverQueue &queue);

    //! For what is already true: call it once the store has kept the change. Answers how many webhooks it
    //! went to.
    int announce(const AggregationEvent &event);

    //! So many events about the users who linked a bank in the tenant, or made-up ones where nobody did, of the types
    //! that are asked for; false when nobody asks. Waits when half of the backlog is used up.
    bool startBurst(const std::string &tenant, std::int64_t count, std::int64_t perSecond);
    void stopBurst() { m_burst.stop(); }
    std::int64_t burstLeft() const { return m_burst.left(); }

    //! {"event": {"info": "TEST", ...}}: choice, its content is not documented.
    std::string testBody(const std::string &notificationId) const;

private:
    int queueFor(const AggregationEvent &event);
    std::vector<AggregationTopic> askedTopics(const std::string &tenant) const;
    AggregationEvent someEvent(AggregationTopic topic, Dice &dice) const;
    void tellSome();
    bool isCrowded() const;

    const Store &m_store;
    const Clock &m_clock;
    DeliverQueue &m_queue;
    std::uint64_t m_announced = 0;
    Burst m_burst;
    std::string m_burstTenant;
    std::uint64_t m_drawn = 0;
};

} // namespace sandbox

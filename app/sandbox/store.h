// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/aggregationwebhook.h"
#include "app/sandbox/journal.h"
#include "app/sandbox/linked.h"
#include "app/sandbox/session.h"
#include "app/sandbox/yodlee.h"

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace sandbox {

enum class CreatedKind { Payment, Credit, Refund };
std::string_view nameOf(CreatedKind kind); //!< payment, credit, refund

//! A payment, credit or refund made through the API.
struct Created
{
    std::string id;
    CreatedKind kind = CreatedKind::Payment;
    std::uint64_t number = 0;
    std::string customer; //!< id
    std::string account;  //!< id of the one that was preferred then; empty where a state file does not tell
    Cents amount = 0;
    std::string reference;
    std::string descriptor;
    std::string requestKey;
    std::string original; //!< of a Refund
    std::string session;  //!< key of the session it was made in; empty when it was made by a call
    Millis createdAt = 0;
    Fate fate = Fate::Succeeds;
    Decision decision = Decision::AtOnce;
    std::string failureCode; //!< empty when it succeeds
};

struct Subscription
{
    std::string key;
    std::string url;
    std::string secretKey;
    std::string type; //!< EVENT, CATEGORY, ALL
    std::vector<std::string> details = {};
};

struct RequestKeyUse
{
    std::int64_t accepted = 0;
    std::int64_t rejected = 0; //!< as duplicates, since the program started
};

//! What happened through the API. Every change is on disk (with a state file) before it is true.
class Store
{
public:
    //! Settles the plan: a state file's own seed, counts and anchor win over the given ones.
    std::expected<void, std::string> open(const QString &file, MerchantPlan &plan);
    //! The sandbox minute to go on from, 0 for a fresh store.
    Millis lastSeen() const { return m_lastSeen; }

    const std::deque<Created> &created() const { return m_created; }
    const Created *find(std::string_view id) const;
    std::vector<const Created *> refundsOf(std::string_view original) const;
    std::optional<Millis> canceledAt(const std::string &id) const;
    std::size_t cancelCount() const { return m_canceled.size(); }
    const std::unordered_map<std::string, Session> &sessions() const { return m_sessions; }
    const Session *session(const std::string &key) const;
    //! By index. Those beyond the history were made by the hosted pages.
    const std::map<std::uint64_t, LinkedCustomer> &linkedCustomers() const { return m_linked; }
    const LinkedCustomer *linkedCustomer(std::uint64_t index) const;
    //! What is kept of that customer, or what to keep when it is the first time.
    LinkedCustomer linkedRecord(const Customer &customer) const;
    //! Ever: the serial of the next one.
    std::uint64_t linkedAccountsMade() const { return m_linkedAccountsMade; }
    //! By id.
    const std::map<std::int64_t, ProviderAccount> &providerAccounts() const { return m_providerAccounts; }
    const std::unordered_map<std::string, Subscription> &subscriptions() const { return m_subscriptions; }
    //! Ever, ended ones included: keys are never given twice.
    std::uint64_t subscriptionsMade() const { return m_subscriptionsMade; }
    //! Of every tenant, oldest first.
    const std::vector<RegisteredWebhook> &webhooks() const { return m_webhooks; }
    std::uint64_t webhooksMade() const { return m_webhooksMade; } //!< ever
    const std::unordered_map<std::string, RequestKeyUse> &requestKeys() const { return m_requestKeys; }

    //! True when the key was used; counts the attempt.
    bool isRepeated(const std::string &requestKey);

    // Each answers false, and changes nothing, when the disk refuses.
    bool add(Created created);
    bool cancel(const std::string &id, Millis at);
    bool add(Session session);
    bool keep(const std::string &sessionKey, Progress progress);
    bool keep(LinkedCustomer customer);
    bool keep(ProviderAccount account);
    bool add(Subscription subscription);
    bool removeSubscription(const std::string &key);
    bool put(const RegisteredWebhook &webhook); //!< in place of the one with the same id
    bool removeWebhook(const std::string &id);
    bool noteTime(Millis now);
    bool reset(const MerchantPlan &plan);

private:
    bool replay(const Json &line, MerchantPlan &plan);
    bool replayKnown(const std::string &type, const Json &line);
    void apply(Created created);
    void apply(Session session);
    void apply(LinkedCustomer customer);
    void apply(Subscription subscription);
    void apply(RegisteredWebhook webhook);

    Journal m_journal;
    bool m_hasPlan = false;
    Millis m_lastSeen = 0;
    std::deque<Created> m_created;
    std::unordered_map<std::string_view, const Created *> m_createdById;
    std::unordered_multimap<std::string_view, const Created *> m_refunds;
    std::unordered_map<std::string, Millis> m_canceled;
    std::unordered_map<std::string, Session> m_sessions;
    std::map<std::uint64_t, LinkedCustomer> m_linked;
    std::uint64_t m_linkedAccountsMade = 0;
    std::map<std::int64_t, ProviderAccount> m_providerAccounts;
    std::unordered_map<std::string, Subscription> m_subscriptions;
    std::uint64_t m_subscriptionsMade = 0;
    std::vector<RegisteredWebhook> m_webhooks;
    std::uint64_t m_webhooksMade = 0;
    std::unordered_map<std::string, RequestKeyUse> m_requestKeys;
};

} // namespace sandbox

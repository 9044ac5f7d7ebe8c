// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/store.h"

#include <algorithm>

namespace sandbox {

namespace {

constexpr std::int64_t journalVersion = 1;

std::string planLine(const MerchantPlan &plan)
{
    JsonWriter line;
    line.beginObject().text("type", "plan").integer("version", journalVersion);
    line.text("seed", std::to_string(plan.seed)).integer("customers", static_cast<std::int64_t>(plan.customers));
    line.integer("transactions", static_cast<std::int64_t>(plan.transactions));
    line.integer("payouts", static_cast<std::int64_t>(plan.payouts)).integer("anchor", plan.anchor);
    line.integer("paymentIds", static_cast<std::int64_t>(plan.paymentIds)).endObject();
    return line.take();
}

bool readPlan(const Json &line, MerchantPlan &plan)
{
    if (line.integerOf("version") != journalVersion)
        return false;
    plan.seed = std::strtoull(line.textOf("seed").c_str(), nullptr, 10);
    plan.customers = static_cast<std::uint64_t>(line.integerOf("customers"));
    plan.transactions = static_cast<std::uint64_t>(line.integerOf("transactions"));
    plan.payouts = static_cast<std::uint64_t>(line.integerOf("payouts"));
    plan.anchor = line.integerOf("anchor");
    plan.paymentIds = static_cast<PaymentIds>(line.integerOf("paymentIds"));
    return true;
}

std::string createdLine(const Created &created)
{
    JsonWriter line;
    line.beginObject().text("type", "created").text("id", created.id);
    line.integer("kind", static_cast<std::int64_t>(created.kind));
    line.integer("number", static_cast<std::int64_t>(created.number)).text("customer", created.customer);
    line.text("account", created.account).integer("cents", created.amount).text("reference", created.reference);
    line.text("descriptor", created.descriptor).text("requestKey", created.requestKey);
    line.text("original", created.original).text("session", created.session).integer("at", created.createdAt);
    line.integer("fate", static_cast<std::int64_t>(created.fate));
    line.integer("decision", static_cast<std::int64_t>(created.decision));
    line.text("failure", created.failureCode).endObject();
    return line.take();
}

Created readCreated(const Json &line)
{
    return {
        .id = line.textOf("id"),
        .kind = static_cast<CreatedKind>(line.integerOf("kind")),
        .number = static_cast<std::uint64_t>(line.integerOf("number")),
        .customer = line.textOf("customer"),
        .account = line.textOf("account"),
        .amount = line.integerOf("cents"),
        .reference = line.textOf("reference"),
        .descriptor = line.textOf("descriptor"),
        .requestKey = line.textOf("requestKey"),
        .original = line.textOf("original"),
        .session = line.textOf("session"),
        .createdAt = line.integerOf("at"),
        .fate = static_cast<Fate>(line.integerOf("fate")),
        .decision = static_cast<Decision>(line.integerOf("decision")),
        .failureCode = line.textOf("failure"),
    };
}

std::string subscriptionLine(const Subscription &subscription)
{
    JsonWriter line;
    line.beginObject().text("type", "subscribed").text("key", subscription.key).text("url", subscription.url);
    line.text("secretKey", subscription.secretKey).text("events", subscription.type).beginArray("details");
    for (const std::string &detail : subscription.details)
        line.item(detail);
    line.endArray().endObject();
    return line.take();
}

Subscription readSubscription(const Json &line)
{
    Subscription subscription{.key = line.textOf("key"),
        .url = line.textOf("url"),
        .secretKey = line.textOf("secretKey"),
        .type = line.textOf("events")};
    if (const Json *details = line.find("details")) {
        for (const Json &detail : details->items)
            subscription.details.push_back(detail.text);
    }
    return subscription;
}

} // namespace

std::string_view nameOf(CreatedKind kind)
{
    switch (kind) {
    case CreatedKind::Payment:
        return "payment";
    case CreatedKind::Credit:
        return "credit";
    case CreatedKind::Refund:
        return "refund";
    }
    return {};
}

std::expected<void, std::string> Store::open(const QString &file, MerchantPlan &plan)
{
    auto opened = m_journal.open(file, [&](const Json &line) { return replay(line, plan); });
    if (!opened)
        return opened;
    if (!m_hasPlan && !m_journal.append(planLine(plan)))
        return std::unexpected("cannot write " + file.toStdString());
    return {};
}

bool Store::replay(const Json &line, MerchantPlan &plan)
{
    const std::string type = line.textOf("type");
    m_lastSeen = std::max(m_lastSeen, line.integerOf("at"));
    if (type != "plan")
        return m_hasPlan && replayKnown(type, line);
    m_hasPlan = readPlan(line, plan);
    m_lastSeen = std::max(m_lastSeen, plan.anchor);
    return m_hasPlan;
}

bool Store::replayKnown(const std::string &type, const Json &line)
{
    if (type == "created")
        apply(readCreated(line));
    else if (type == "canceled")
        m_canceled.emplace(line.textOf("id"), line.integerOf("at"));
    else if (type == "session")
        apply(readSession(line));
    else if (type == "progress" && m_sessions.contains(line.textOf("key")))
        m_sessions[line.textOf("key")].progress = readProgress(line);
    else if (type == "customer")
        apply(readLinkedCustomer(line));
    else if (type == "providerAccount")
        m_providerAccounts[line.integerOf("id")] = readProviderAccount(line);
    else if (type == "subscribed")
        apply(readSubscription(line));
    else if (type == "webhook")
        apply(readRegistered(line));
    else if (type == "webhookRemoved")
        std::erase_if(m_webhooks, [&](const RegisteredWebhook &webhook) { return webhook.id == line.textOf("id"); });
    else if (type == "unsubscribed")
        m_subscriptions.erase(line.textOf("key"));
    else
        return type == "time";
    return true;
}

const Created *Store::find(std::string_view id) const
{
    const auto found = m_createdById.find(id);
    return found == m_createdById.end() ? nullptr : found->second;
}

const Session *Store::session(const std::string &key) const
{
    const auto found = m_sessions.find(key);
    return found == m_sessions.end() ? nullptr : &found->second;
}

const LinkedCustomer *Store::linkedCustomer(std::uint64_t index) const
{
    const auto found = m_linked.find(index);
    return found == m_linked.end() ? nullptr : &found->second;
}

LinkedCustomer Store::linkedRecord(const Customer &customer) const
{
    if (const LinkedCustomer *known = linkedCustomer(customer.index))
        return *known;
    return {.index = customer.index,
        .firstName = customer.firstName,
        .lastName = customer.lastName,
        .email = customer.email,
        .state = customer.state,
        .testUser = customer.testUser,
        .createdAt = customer.createdAt};
}

std::vector<const Created *> Store::refundsOf(std::string_view original) const
{
    std::vector<const Created *> refunds;
    const auto [first, last] = m_refunds.equal_range(original);
    for (auto it = first; it != last; ++it)
        refunds.push_back(it->second);
    return refunds;
}

std::optional<Millis> Store::canceledAt(const std::string &id) const
{
    const auto found = m_canceled.find(id);
    return found == m_canceled.end() ? std::nullopt : std::optional(found->second);
}

bool Store::isRepeated(const std::string &requestKey)
{
    const auto found = m_requestKeys.find(requestKey);
    if (found == m_requestKeys.end())
        return false;
    ++found->second.rejected;
    return true;
}

void Store::apply(Created created)
{
    const Created &stored = m_created.emplace_back(std::move(created));
    m_createdById.emplace(stored.id, &stored);
    if (!stored.original.empty())
        m_refunds.emplace(stored.original, &stored);
    // The session's key was accepted when the session was.
    if (stored.session.empty())
        ++m_requestKeys[stored.requestKey].accepted;
}

void Store::apply(Session session)
{
    if (!session.requestKey.empty())
        ++m_requestKeys[session.requestKey].accepted;
    std::string key = session.key;
    m_sessions.emplace(std::move(key), std::move(session));
}

void Store::apply(LinkedCustomer customer)
{
    for (const LinkedAccount &account : customer.accounts)
        m_linkedAccountsMade = std::max(m_linkedAccountsMade, account.serial + 1);
    const std::uint64_t index = customer.index;
    m_linked.insert_or_assign(index, std::move(customer));
}

void Store::apply(Subscription subscription)
{
    std::string key = subscription.key;
    m_subscriptionsMade += m_subscriptions.contains(key) ? 0 : 1;
    m_subscriptions.insert_or_assign(std::move(key), std::move(subscription));
}

void Store::apply(RegisteredWebhook webhook)
{
    const auto known = std::ranges::find(m_webhooks, webhook.id, &RegisteredWebhook::id);
    if (known != m_webhooks.end()) {
        *known = std::move(webhook);
        return;
    }
    ++m_webhooksMade;
    m_webhooks.push_back(std::move(webhook));
}

bool Store::add(Created created)
{
    if (!m_journal.append(createdLine(created)))
        return false;
    apply(std::move(created));
    return true;
}

bool Store::cancel(const std::string &id, Millis at)
{
    JsonWriter line;
    line.beginObject().text("type", "canceled").text("id", id).integer("at", at).endObject();
    if (!m_journal.append(line.take()))
        return false;
    m_canceled.emplace(id, at);
    return true;
}

bool Store::add(Session session)
{
    if (!m_journal.append(lineOf(session)))
        return false;
    apply(std::move(session));
    return true;
}

bool Store::keep(const std::string &sessionKey, Progress progress)
{
    const auto found = m_sessions.find(sessionKey);
    if (found == m_sessions.end() || !m_journal.append(lineOf(sessionKey, progress)))
        return false;
    found->second.progress = std::move(progress);
    return true;
}

bool Store::keep(LinkedCustomer customer)
{
    if (!m_journal.append(lineOf(customer)))
        return false;
    apply(std::move(customer));
    return true;
}

bool Store::keep(ProviderAccount account)
{
    if (!m_journal.append(lineOf(account)))
        return false;
    const std::int64_t id = account.id;
    m_providerAccounts.insert_or_assign(id, std::move(account));
    return true;
}

bool Store::add(Subscription subscription)
{
    if (!m_journal.append(subscriptionLine(subscription)))
        return false;
    apply(std::move(subscription));
    return true;
}

bool Store::removeSubscription(const std::string &key)
{
    JsonWriter line;
    line.beginObject().text("type", "unsubscribed").text("key", key).endObject();
    if (!m_journal.append(line.take()))
        return false;
    m_subscriptions.erase(key);
    return true;
}

bool Store::put(const RegisteredWebhook &webhook)
{
    JsonWriter line;
    line.beginObject().text("type", "webhook");
    writeRegistered(line, webhook);
    line.endObject();
    if (!m_journal.append(line.take()))
        return false;
    apply(webhook);
    return true;
}

bool Store::removeWebhook(const std::string &id)
{
    JsonWriter line;
    line.beginObject().text("type", "webhookRemoved").text("id", id).endObject();
    if (!m_journal.append(line.take()))
        return false;
    std::erase_if(m_webhooks, [&id](const RegisteredWebhook &webhook) { return webhook.id == id; });
    return true;
}

bool Store::noteTime(Millis now)
{
    JsonWriter line;
    line.beginObject().text("type", "time").integer("at", now).endObject();
    return m_journal.append(line.take());
}

bool Store::reset(const MerchantPlan &plan)
{
    if (!m_journal.clear() || !m_journal.append(planLine(plan)))
        return false;
    m_createdById.clear();
    m_refunds.clear();
    m_created.clear();
    m_canceled.clear();
    m_sessions.clear();
    m_linked.clear();
    m_linkedAccountsMade = 0;
    m_providerAccounts.clear();
    m_subscriptions.clear();
    m_subscriptionsMade = 0;
    m_webhooks.clear();
    m_webhooksMade = 0;
    m_requestKeys.clear();
    return true;
}

} // namespace sandbox

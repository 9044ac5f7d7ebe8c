// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/aggregationwebhooks.h"

#include <QUuid>

#include <algorithm>
#include <iterator>

namespace sandbox {

namespace {

constexpr std::int64_t sampleProvider = 16441;        // "Dag Site", reference 2.8
constexpr std::uint64_t firstMadeUpLink = 20'000'000; // beyond those that are linked here
constexpr std::uint64_t strangerStream = 1ULL << 37;
constexpr std::uint64_t burstStream = 1ULL << 38;
constexpr std::uint64_t firstMadeUpMember = 10'001;
constexpr std::uint64_t madeUpMembers = 100;

std::string freshNotificationId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

std::string_view usualInfo(AggregationTopic topic)
{
    if (topic == AggregationTopic::Refresh)
        return "REFRESH.PROCESS_COMPLETED";
    return topic == AggregationTopic::DataUpdates ? "DATA_UPDATES.USER_DATA" : nameOf(topic);
}

// What the user linked here; a made-up link for users who linked nothing.
ProviderAccount linkOf(const Store &store, const AggregationEvent &event, Millis now)
{
    for (const auto &[id, link] : store.providerAccounts()) {
        const bool wanted = event.providerAccountId == 0 || event.providerAccountId == id;
        if (wanted && link.tenant == event.tenant && link.loginName == event.loginName)
            return link;
    }
    const std::uint64_t hash = mixed(std::hash<std::string>{}(event.loginName));
    ProviderAccount made;
    made.id = event.providerAccountId != 0 ? event.providerAccountId
                                           : static_cast<std::int64_t>(firstMadeUpLink + hash % 1'000'000);
    made.provider = sampleProvider;
    made.requestId = freshNotificationId();
    made.createdAt = now;
    made.updatedAt = now;
    for (const std::int64_t number : {1, 2})
        made.accounts.push_back({.id = made.id * 10 + number, .name = {}, .number = {}});
    return made;
}

AggregationEvent completed(AggregationEvent event, const ProviderAccount &link)
{
    event.providerAccountId = link.id;
    if (event.accounts.empty())
        std::ranges::transform(link.accounts, std::back_inserter(event.accounts), &HeldAccount::id);
    return event;
}

void writeRefresh(JsonWriter &out, const ProviderAccount &link)
{
    const std::string at = isoDateTime(link.updatedAt);
    out.beginObject("data").beginArray("providerAccount").beginObject().integer("id", link.id);
    out.integer("providerId", link.provider)
        .boolean("isManual", false)
        .text("createdDate", isoDateTime(link.createdAt));
    out.text("aggregationSource", "USER").text("status", link.failed ? "FAILED" : "SUCCESS");
    out.text("requestId", link.requestId).beginArray("dataset").beginObject().text("name", "BASIC_AGG_DATA");
    out.text("additionalStatus", link.failed ? "USER_ACTION_NEEDED_AT_SITE" : "AVAILABLE_DATA_RETRIEVED");
    out.text("updateEligibility", "ALLOW_UPDATE");
    out.text("lastUpdated", at).text("lastUpdateAttempt", at).endObject().endArray();
    out.endObject().endArray().endObject();
}

void writeDataUpdates(JsonWriter &out, const AggregationEvent &event, Millis now)
{
    const std::string from = isoDateTime(now - oneHour);
    const std::string to = isoDateTime(now);
    out.beginObject("data").integer("userCount", 1).text("fromDate", from).text("toDate", to);
    out.beginArray("userData").beginObject().beginObject("user").text("loginName", event.loginName).endObject();
    out.beginArray("links").beginObject().text("methodType", "GET").text("rel", "getUserData");
    out.text("href", "dataExtracts/userData?fromDate=" + from + "&toDate=" + to + "&loginName=" + event.loginName);
    out.endObject().endArray().endObject().endArray().endObject();
}

void writeAutoRefresh(JsonWriter &out, const AggregationEvent &event, Millis now)
{
    out.text("notificationTime", isoDateTime(now)).beginArray("data").beginObject();
    out.text("loginName", event.loginName).integer("providerAccountId", event.providerAccountId);
    out.beginObject("autoRefresh").text("status", "DISABLED").text("additionalStatus", "ACCOUNT_LOCKED").endObject();
    out.beginArray("accountIds");
    for (const std::int64_t account : event.accounts)
        out.integerItem(account);
    out.endArray().endObject().endArray();
}

// One entry for each account.
void writeAccounts(JsonWriter &out, const AggregationEvent &event, std::string_view list, std::string_view member)
{
    out.beginObject("data").integer("providerAccountId", event.providerAccountId).beginArray(list);
    for (const std::int64_t account : event.accounts) {
        const bool failed = event.accounts.size() > 1 && account == event.accounts.back();
        out.beginObject().integer("accountId", account).text(member, failed ? "FAILED" : "SUCCESS").endObject();
    }
    out.endArray().endObject();
}

void writeConsent(JsonWriter &out, const ProviderAccount &link, std::string_view status, Millis now)
{
    out.beginObject("data").integer("providerAccountId", link.id).beginArray("consent").beginObject();
    out.integer("consentId", link.id % 100'000).integer("providerId", link.provider);
    out.text("consentStatus", status).text("expiryDate", isoDateTime(now + 90 * oneDay)).endObject().endArray();
    out.endObject();
}

void writeData(JsonWriter &out, const AggregationEvent &event, const ProviderAccount &link, Millis now)
{
    switch (event.topic) {
    case AggregationTopic::DataUpdates:
        return writeDataUpdates(out, event, now);
    case AggregationTopic::Refresh:
        return writeRefresh(out, link);
    case AggregationTopic::AutoRefreshUpdates:
        return writeAutoRefresh(out, event, now);
    case AggregationTopic::LatestBalanceUpdates:
        return writeAccounts(out, event, "latestBalanceEvent", "status");
    case AggregationTopic::CdvStatusUpdates:
        return writeAccounts(out, event, "verification", "verificationStatus");
    case AggregationTopic::ObConsent:
        return writeConsent(out, link, "REVOKED", now);
    case AggregationTopic::ObActiveConsentReminder:
        return writeConsent(out, link, "ACTIVE", now);
    }
}

bool carriesLoginName(AggregationTopic topic)
{
    return topic != AggregationTopic::DataUpdates && topic != AggregationTopic::AutoRefreshUpdates;
}

} // namespace

std::string aggregationBody(
    const Store &store, const AggregationEvent &event, const std::string &notificationId, Millis now)
{
    const ProviderAccount link = linkOf(store, event, now);
    JsonWriter out;
    out.beginObject().beginObject("event").text("notificationId", notificationId);
    out.text("info", event.info.empty() ? usualInfo(event.topic) : event.info);
    if (carriesLoginName(event.topic))
        out.text("loginName", event.loginName);
    writeData(out, completed(event, link), link, now);
    out.endObject().endObject();
    return out.take();
}

AggregationWebhooks::AggregationWebhooks(const Store &store, const Clock &clock, DeliverQueue &queue)
    : m_store(store)
    , m_clock(clock)
    , m_queue(queue)
    , m_burst([this] { return isCrowded(); }, [this] { tellSome(); })
{
}

int AggregationWebhooks::announce(const AggregationEvent &event)
{
    Dice dice(0, strangerStream, m_announced++);
    const int told = queueFor(event);
    if (dice.chance(static_cast<std::uint64_t>(m_queue.options().foreignPercent) * 10)) {
        const auto stranger = std::to_string(dice.between(10'000, 99'999));
        queueFor({.tenant = event.tenant, .topic = event.topic, .loginName = "member-" + stranger});
    }
    return told;
}

int AggregationWebhooks::queueFor(const AggregationEvent &event)
{
    const std::string id = freshNotificationId();
    const std::string body = aggregationBody(m_store, event, id, m_clock.now());
    int told = 0;
    for (const RegisteredWebhook &webhook : m_store.webhooks()) {
        const bool asked = std::ranges::find(webhook.topics, event.topic) != webhook.topics.end();
        if (webhook.disabled || webhook.tenant != event.tenant || !asked)
            continue;
        ++told;
        m_queue.add({.id = id,
            .target = webhook.id,
            .eventType = std::string(nameOf(event.topic)),
            .resource = event.loginName,
            .body = body});
    }
    return told;
}

std::vector<AggregationTopic> AggregationWebhooks::askedTopics(const std::string &tenant) const
{
    std::vector<AggregationTopic> asked;
    for (const RegisteredWebhook &webhook : m_store.webhooks()) {
        if (!webhook.disabled && webhook.tenant == tenant)
            asked.insert(asked.end(), webhook.topics.begin(), webhook.topics.end());
    }
    return asked;
}

bool AggregationWebhooks::startBurst(const std::string &tenant, std::int64_t count, std::int64_t perSecond)
{
    if (askedTopics(tenant).empty())
        return false;
    m_burstTenant = tenant;
    m_burst.start(count, perSecond);
    return true;
}

AggregationEvent AggregationWebhooks::someEvent(AggregationTopic topic, Dice &dice) const
{
    std::vector<const ProviderAccount *> links;
    for (const auto &[id, link] : m_store.providerAccounts()) {
        if (link.tenant == m_burstTenant)
            links.push_back(&link);
    }
    if (links.empty())
        return {.tenant = m_burstTenant,
            .topic = topic,
            .loginName = "member-" + std::to_string(firstMadeUpMember + dice.below(madeUpMembers))};
    const ProviderAccount &link = *links[dice.below(links.size())];
    return {.tenant = m_burstTenant, .topic = topic, .loginName = link.loginName, .providerAccountId = link.id};
}

void AggregationWebhooks::tellSome()
{
    const auto asked = askedTopics(m_burstTenant);
    if (asked.empty())
        return m_burst.stop(); // the last one who asked is gone
    Dice dice(0, burstStream, m_drawn++);
    const AggregationTopic topic = asked[dice.below(asked.size())];
    announce(someEvent(topic, dice));
}

bool AggregationWebhooks::isCrowded() const
{
    return std::ranges::any_of(m_store.webhooks(), [this](const RegisteredWebhook &webhook) {
        return webhook.tenant == m_burstTenant && m_queue.waitingFor(webhook.id) > m_queue.options().backlog / 2;
    });
}

std::string AggregationWebhooks::testBody(const std::string &notificationId) const
{
    JsonWriter out;
    out.beginObject().beginObject("event").text("notificationId", notificationId).text("info", "TEST");
    out.beginObject("data").text("message", "A test of this webhook").endObject().endObject().endObject();
    return out.take();
}

} // namespace sandbox

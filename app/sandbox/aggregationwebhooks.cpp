// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/aggregationwebhooks.h"

#include "app/sandbox/dice.h"

#include <QUuid>

#include <algorithm>

namespace sandbox {

namespace {

constexpr std::int64_t sampleProvider = 16441; // "Dag Site", reference 2.8
constexpr std::uint64_t strangerStream = 1ULL << 37;

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

void completeIds(AggregationEvent &event)
{
    const std::uint64_t hash = mixed(std::hash<std::string>{}(event.loginName));
    if (event.providerAccountId == 0)
        event.providerAccountId = static_cast<std::int64_t>(10'000'000 + hash % 1'000'000);
    if (event.accounts.empty())
        event.accounts = {event.providerAccountId * 10 + 1, event.providerAccountId * 10 + 2};
}

void writeRefresh(JsonWriter &out, const AggregationEvent &event, Millis now)
{
    const std::string at = isoDateTime(now);
    out.beginObject("data").beginArray("providerAccount").beginObject().integer("id", event.providerAccountId);
    out.integer("providerId", sampleProvider).boolean("isManual", false).text("createdDate", at);
    out.text("aggregationSource", "USER").text("status", "SUCCESS").text("requestId", freshNotificationId());
    out.beginArray("dataset").beginObject().text("name", "BASIC_AGG_DATA");
    out.text("additionalStatus", "AVAILABLE_DATA_RETRIEVED").text("updateEligibility", "ALLOW_UPDATE");
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

void writeConsent(JsonWriter &out, const AggregationEvent &event, std::string_view status, Millis now)
{
    out.beginObject("data").integer("providerAccountId", event.providerAccountId).beginArray("consent").beginObject();
    out.integer("consentId", event.providerAccountId % 100'000).integer("providerId", sampleProvider);
    out.text("consentStatus", status).text("expiryDate", isoDateTime(now + 90 * oneDay)).endObject().endArray();
    out.endObject();
}

void writeData(JsonWriter &out, const AggregationEvent &event, Millis now)
{
    switch (event.topic) {
    case AggregationTopic::DataUpdates:
        return writeDataUpdates(out, event, now);
    case AggregationTopic::Refresh:
        return writeRefresh(out, event, now);
    case AggregationTopic::AutoRefreshUpdates:
        return writeAutoRefresh(out, event, now);
    case AggregationTopic::LatestBalanceUpdates:
        return writeAccounts(out, event, "latestBalanceEvent", "status");
    case AggregationTopic::CdvStatusUpdates:
        return writeAccounts(out, event, "verification", "verificationStatus");
    case AggregationTopic::ObConsent:
        return writeConsent(out, event, "REVOKED", now);
    case AggregationTopic::ObActiveConsentReminder:
        return writeConsent(out, event, "ACTIVE", now);
    }
}

bool carriesLoginName(AggregationTopic topic)
{
    return topic != AggregationTopic::DataUpdates && topic != AggregationTopic::AutoRefreshUpdates;
}

} // namespace

std::string aggregationBody(const AggregationEvent &event, const std::string &notificationId, Millis now)
{
    JsonWriter out;
    out.beginObject().beginObject("event").text("notificationId", notificationId);
    out.text("info", event.info.empty() ? usualInfo(event.topic) : event.info);
    if (carriesLoginName(event.topic))
        out.text("loginName", event.loginName);
    writeData(out, event, now);
    out.endObject().endObject();
    return out.take();
}

AggregationWebhooks::AggregationWebhooks(const Store &store, const Clock &clock, DeliverQueue &queue)
    : m_store(store)
    , m_clock(clock)
    , m_queue(queue)
{
}

int AggregationWebhooks::announce(AggregationEvent event)
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
    AggregationEvent whole = event;
    completeIds(whole);
    const std::string id = freshNotificationId();
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
            .body = aggregationBody(whole, id, m_clock.now())});
    }
    return told;
}

std::string AggregationWebhooks::testBody(const std::string &notificationId) const
{
    JsonWriter out;
    out.beginObject().beginObject("event").text("notificationId", notificationId).text("info", "TEST");
    out.beginObject("data").text("message", "A test of this webhook").endObject().endObject().endObject();
    return out.take();
}

} // namespace sandbox

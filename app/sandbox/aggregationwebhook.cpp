// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/aggregationwebhook.h"

#include <algorithm>
#include <array>

namespace sandbox {

namespace {

constexpr std::array<std::string_view, 7> topicNames{"DATA_UPDATES", "REFRESH", "AUTO_REFRESH_UPDATES",
    "LATEST_BALANCE_UPDATES", "CDV_STATUS_UPDATES", "OB_CONSENT", "OB_ACTIVE_CONSENT_REMINDER"};

} // namespace

std::string_view nameOf(AggregationTopic topic)
{
    return topicNames[static_cast<std::size_t>(topic)];
}

std::optional<AggregationTopic> topicByName(std::string_view name)
{
    const auto *found = std::ranges::find(topicNames, name);
    if (found == topicNames.end())
        return std::nullopt;
    return static_cast<AggregationTopic>(found - topicNames.begin());
}

std::vector<AggregationTopic> allTopics()
{
    std::vector<AggregationTopic> topics;
    for (std::size_t topic = 0; topic < topicNames.size(); ++topic)
        topics.push_back(static_cast<AggregationTopic>(topic));
    return topics;
}

void writeRegistered(JsonWriter &line, const RegisteredWebhook &webhook)
{
    line.text("id", webhook.id).text("tenant", webhook.tenant).text("uri", webhook.uri);
    line.boolean("disabled", webhook.disabled).beginArray("topics");
    for (const AggregationTopic topic : webhook.topics)
        line.item(nameOf(topic));
    line.endArray();
}

RegisteredWebhook readRegistered(const Json &line)
{
    RegisteredWebhook webhook{.id = line.textOf("id"), .tenant = line.textOf("tenant"), .uri = line.textOf("uri")};
    const Json *disabled = line.find("disabled");
    webhook.disabled = disabled && disabled->boolean;
    if (const Json *topics = line.find("topics")) {
        for (const Json &item : topics->items) {
            if (const auto topic = topicByName(item.text))
                webhook.topics.push_back(*topic);
        }
    }
    return webhook;
}

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/json.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

//! What a registered webhook may ask for (reference 2.4).
enum class AggregationTopic {
    DataUpdates,
    Refresh,
    AutoRefreshUpdates,
    LatestBalanceUpdates,
    CdvStatusUpdates,
    ObConsent,
    ObActiveConsentReminder,
};
std::string_view nameOf(AggregationTopic topic); //!< DATA_UPDATES and the like
std::optional<AggregationTopic> topicByName(std::string_view name);
std::vector<AggregationTopic> allTopics();

//! One entry of a tenant's registry.
struct RegisteredWebhook
{
    std::string id;
    std::string tenant;
    std::string uri;
    std::vector<AggregationTopic> topics = {};
    bool disabled = false;
};

//! For the journal; type and at are the caller's.
void writeRegistered(JsonWriter &line, const RegisteredWebhook &webhook);
RegisteredWebhook readRegistered(const Json &line);

} // namespace sandbox

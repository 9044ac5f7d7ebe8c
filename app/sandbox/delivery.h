// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/calendar.h"
#include "app/sandbox/delivertroubles.h"
#include "app/sandbox/signing.h"

#include <optional>
#include <string>

namespace sandbox {

enum class DeliveryState {
    Waiting,
    Sending,
    Delivered,
    GivenUp, //!< after the last attempt
    Lost,    //!< on request
    Dropped, //!< the subscription ended, or too many waited
};
std::string_view nameOf(DeliveryState state);
std::optional<DeliveryState> deliveryStateByName(std::string_view name);

//! One event on its way to one address.
struct Delivery
{
    std::uint64_t number = 0; //!< from 1; given when it is queued
    std::string id = {};      //!< as the body has it
    std::string target = {};  //!< key of the subscription or id of the registered webhook
    std::string eventType = {};
    std::string resource = {};
    std::string body = {};
    Millis queuedAt = 0; //!< real time
    DeliveryState state = DeliveryState::Waiting;
    int attempts = 0;
    Millis lastAttempt = 0; //!< real time
    int lastStatus = 0;
    std::string lastError = {};
    double lastSeconds = 0;
    Mishaps mishaps = {};
};

//! Where deliveries go now, which may differ from when they were queued.
struct Target
{
    std::string url;
    std::string secret;
    Signing signing;
};

//! How a target has been doing.
struct Health
{
    Millis lastAttempt = 0; //!< real time; 0: never
    int lastStatus = 0;     //!< 0: no answer
    Millis lastSuccess = 0;
    int failuresInARow = 0;
};

} // namespace sandbox

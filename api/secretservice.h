// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QObject;

namespace api {

//! What the Secret Service says about its default ring.
enum class RingState {
    Unlocked,
    Locked,
    NoRing, //!< the service is there but has no default ring yet
    NoService,
    Unsure, //!< no answer in time, or none that can be read
};

//! Asks without blocking and without a prompt. The handler runs through the event loop in the thread of
//! `context`, unless that has died.
void askRingState(QObject *context, std::function<void(RingState)> handler);

} // namespace api

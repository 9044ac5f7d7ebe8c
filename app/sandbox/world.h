// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/aggregation.h"
#include "app/sandbox/aggregationwebhooks.h"
#include "app/sandbox/book.h"
#include "app/sandbox/events.h"
#include "app/sandbox/fastlink.h"
#include "app/sandbox/faults.h"
#include "app/sandbox/options.h"
#include "app/sandbox/pagefaults.h"
#include "app/sandbox/tokens.h"
#include "app/sandbox/webhooks.h"

#include <memory>

namespace sandbox {

//! What the handlers work on. One per program; everything in it belongs to the one thread.
struct World
{
    Options options;
    Clock clock;
    Merchant merchant;
    std::unique_ptr<Store> kept;
    Store &store;
    Book book;
    Tokens tokens;
    Aggregation aggregation;
    Faults faults;
    PageFaults pageFaults;
    FastLink fastLink;
    std::string baseUrl;  //!< without a slash at its end, set once the port is known
    std::string pagesUrl; //!< where the hosted pages are; baseUrl unless they have TLS
    Events events;
    DeliverQueue deliveries;
    Webhooks webhooks;
    AggregationWebhooks aggregationWebhooks;

    //! The plan of the options must have its anchor.
    World(Options given, std::unique_ptr<Store> opened, Millis start);
    World(const World &) = delete;
    World &operator=(const World &) = delete;

    //! Where a delivery goes; nothing when nobody is registered under that key any more.
    std::optional<Target> targetOf(const std::string &key) const;

    //! Back to the first minute of a history that ends now. False when the disk refuses.
    bool reset();
};

//! The minute a fresh history ends at.
Millis freshStart(const Options &options);

} // namespace sandbox

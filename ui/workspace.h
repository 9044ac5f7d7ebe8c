// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/profiles.h"

namespace models {
class Aggregation;
class EventActor;
class Finder;
class GapFinder;
class JobsModel;
class Ledger;
class LookUps;
class Outbox;
class Receiver;
class PayLinks;
class Refresher;
class WebhookVault;
} // namespace models

namespace ui {

class Asker;

//! The open profile's models, by reference: what pages are built from. Everything outlives the window.
struct Workspace
{
    models::ProfileStore &profiles;
    models::Profile profile;
    models::Ledger &ledger;
    models::LookUps &lookUps;
    models::Outbox &outbox;
    models::PayLinks &payLinks;
    models::Refresher &refresher;
    models::Finder &finder;
    models::JobsModel &jobs;
    models::WebhookVault &vault;
    models::GapFinder &gaps;
    models::Receiver &receiver;
    models::EventActor &actor;
    Asker &asker;
    models::Aggregation *aggregation = nullptr; //!< null where the family is not offered
};

} // namespace ui

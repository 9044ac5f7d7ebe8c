// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace models {

//! Migration 3: what is subscribed, what arrived, and what is still to be passed on.
extern const char *const webhookSchema;

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace models {

//! The outbox's table, the view `payment_remainder` and the rules that guard both. Run it after the table
//! `transactions` exists.
extern const char *const outboxSchema;

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace models {

//! Migration 5: people linked through the aggregation family beside the customers of Pay by Bank, with their accounts.
extern const char *const aggregationSchema;

} // namespace models

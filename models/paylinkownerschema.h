// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace models {

//! Migration 7: which console sends a file of pay links.
extern const char *const payLinkOwnerSchema;

} // namespace models

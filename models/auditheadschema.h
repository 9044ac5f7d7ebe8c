// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace models {

//! Migration 6: where the audit trail ends, kept beside it, so that entries cut off its end are missed.
extern const char *const auditHeadSchema;

} // namespace models

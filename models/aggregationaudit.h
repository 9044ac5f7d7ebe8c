// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/aggregation/webhooks.h"
#include "api/error.h"
#include "models/audit.h"

#include <optional>

namespace models {

enum class RegistryDeed { Create, Change, Remove };

//! What the audit trail says of a change to the webhook registry of `tenant` (reference 2.4), before and after it. An
//! answer that never came is told as such; nothing when it is certain that nothing was changed.
std::optional<AuditEntry> auditOfRegistry(RegistryDeed deed, const QString &tenant,
    const std::optional<api::RegisteredWebhook> &before, const api::Result<api::RegisteredWebhook> &result);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/ids.h"

namespace api {

// Reference 2.1: examples carry prefixes (CLI-, TNT-, WBK-) or none, so all of them are opaque.
using TenantId = Id<struct TenantTag>;
using WebhookId = Id<struct WebhookTag>;
using LoginName = Id<struct LoginNameTag>; //!< chosen by us, one per person (reference 2.5)
//! Yodlee's, integers in its answers (reference 2.6).
using AggregatedAccountId = Id<struct AggregatedAccountTag>;
using ProviderAccountId = Id<struct ProviderAccountTag>;

} // namespace api

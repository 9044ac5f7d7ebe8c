// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ledger.h"

namespace models {

//! Writes into the audit trail that full account numbers of a customer are about to be shown, by whom and why. Durable:
//! the handler hears success only after the entry is on disk, and nothing may be shown before. An empty reason is
//! refused by the caller's form, not here.
void recordReveal(Ledger &ledger, const api::CustomerId &customer, const QString &reason, QObject *context,
    std::function<void(DatabaseResult<void>)> handler);

} // namespace models

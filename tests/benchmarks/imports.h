// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/importjob.h"

#include <QStringList>

namespace benchmarks {

//! What an order system would export: transaction ids as CSV.
models::ImportPlan planFor(const QStringList &transactionIds);

//! Runs the import to its end in this thread's event loop, follow-ups included. Gives seconds until everything was in
//! the ledger.
double importAll(const models::ImportPlan &plan, api::Client &client, models::Ledger &ledger);

} // namespace benchmarks

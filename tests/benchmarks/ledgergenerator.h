// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/database.h"

#include <functional>

namespace benchmarks {

//! What to make. The same numbers always give the same ledger.
struct LedgerPlan
{
    qint64 transactions = 0;
    qint64 customers = 0;
    qint64 payouts = 0;
    quint64 seed = 1;
    qint64 lastCreatedAt = 1'763'640'000'000; //!< UTC ms; the newest transaction, the others go back from there
    int secondsApart = 20;                    //!< on average, from one transaction to the next
};

//! Called now and then with the number of transactions that are done.
using LedgerProgress = std::function<void(qint64 done)>;

//! Writes a new ledger file of any size, with full-text tables and indexes: a believable merchant with refunds and
//! failures. Fails when the file exists.
models::DatabaseResult<void> generateLedger(
    const QString &file, const LedgerPlan &plan, const LedgerProgress &progress = {});

} // namespace benchmarks

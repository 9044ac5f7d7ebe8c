// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace benchmarks {

//! A folder for merchant-console --data whose built-in profile has that many transactions; 0 gives an empty folder.
//! Written once by ledger-generator and kept under <build>/benchmark-data until the generator is newer.
QString preparedData(qint64 transactions);

//! The ledger file of the built-in profile in such a folder.
QString ledgerFileIn(const QString &dataDirectory);

//! A copy to write to; `directory` must outlive it.
QString copiedLedger(const QString &file, const QString &directory);

//! A profile that has a ledger but no service to talk to, so that nothing changes while it is watched. Gives its id;
//! its ledger is the built-in profile's own when that exists.
QString offlineProfileIn(const QString &dataDirectory);

} // namespace benchmarks

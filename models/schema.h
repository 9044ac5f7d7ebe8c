// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/database.h"

#include <span>

namespace models {

//! One step from the version before it. Numbered from 1, forward only; its text never changes once it was released.
struct Migration
{
    int version = 0;
    QByteArray sql;
};

//! Marks a SQLite file as a ledger of this console.
inline constexpr qint32 ledgerApplicationId = 0x4d43'4c47;

std::span<const Migration> ledgerMigrations();

//! Looks at the file's first bytes only, so that a damaged or newer file is recognised without touching it or what lies
//! beside it.
DatabaseResult<void> checkLedgerFile(const QString &file, int newestVersion);

//! The schema version in the file's first bytes; 0 for a file that is missing or empty. The file is not touched.
DatabaseResult<int> ledgerFileVersion(const QString &file);

//! Brings the schema up to date after making a copy "<file>.before-<version>". Does nothing when it is.
DatabaseResult<void> migrate(Database &database, std::span<const Migration> migrations);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/database.h"
#include "models/importjob.h"

#include <QList>

#include <optional>
#include <span>

namespace models {

struct ImportLine
{
    qint64 position = 0;
    RecordRef ref = {};
};

struct ImportLineOutcome
{
    qint64 position = 0;
    enum class Kind { Found, NotFound, Failed } kind = Kind::Found;
    QString why = {};
};

struct ImportCounts
{
    qint64 total = 0;
    qint64 found = 0;
    qint64 notFound = 0;
    qint64 failed = 0;
    qint64 followUps = 0; //!< customers that the found payments named, part of total

    qint64 done() const { return found + notFound + failed; }
};

struct StoredImport
{
    qint64 key = 0;
    QString name = {};
    ImportCounts counts = {};
};

//! The imports' two tables. Every function runs inside the caller's transaction or on the caller's reader.
namespace importstore {
DatabaseResult<qint64> create(Database &database, const QString &name, qint64 now);
DatabaseResult<void> addLines(Database &database, qint64 import, qint64 firstPosition, std::span<const RecordRef> refs);
DatabaseResult<void> setState(Database &database, qint64 import, QStringView state);
DatabaseResult<void> setOutcomes(Database &database, qint64 import, const QList<ImportLineOutcome> &outcomes);
DatabaseResult<void> forgetProblems(Database &database, qint64 import); //!< not found and failed become open again
//! Adds the customers that found payments name and the ledger does not know. How many were added.
DatabaseResult<qint64> addUnknownCustomers(Database &database, qint64 import);
DatabaseResult<QList<ImportLine>> openLines(Database &database, qint64 import, qint64 after, int limit);
DatabaseResult<ImportCounts> counts(Database &database, qint64 import);
DatabaseResult<QList<ImportFailure>> failures(Database &database, qint64 import, int limit);
DatabaseResult<QList<StoredImport>> unfinished(Database &database);
DatabaseResult<bool> isLedgerUnused(Database &database); //!< no payment is known and nothing was ever imported
} // namespace importstore

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/database.h"
#include "models/importjob.h"

#include <QList>

#include <span>

namespace models {

struct ImportLine
{
    qint64 position = 0;
    RecordRef ref = {};
    int timeouts = 0; //!< in this run
};

struct ImportLineOutcome
{
    qint64 position = 0;
    enum class Kind { Found, NotFound, Failed } kind = Kind::Found;
    QString why = {}; //!< a sentence; empty for Found
};

struct ImportCounts
{
    qint64 total = 0;     //!< lines of the plan and follow-ups
    qint64 found = 0;     //!< lines of the plan
    qint64 notFound = 0;  //!< follow-ups too
    qint64 failed = 0;    //!< follow-ups too
    qint64 followUps = 0; //!< customers that the found payments named
    qint64 followUpsFound = 0;
    qint64 unwritten = 0; //!< ids of the plan that were never written down, because the console ended before

    qint64 done() const { return found + followUpsFound + notFound + failed; }
};

struct StoredImport
{
    qint64 key = 0;
    QString name = {};
    ImportCounts counts = {};
};

//! The imports' two tables. Every function runs inside the caller's transaction or on the caller's reader.
namespace importstore {
DatabaseResult<qint64> create(Database &database, const QString &name, qint64 expected, qint64 now);
DatabaseResult<void> addLines(Database &database, qint64 import, qint64 firstPosition, std::span<const RecordRef> refs);
DatabaseResult<void> setState(Database &database, qint64 import, QStringView state);
//! Only of lines that are still open; adds what changed to `counts`.
DatabaseResult<void> setOutcomes(
    Database &database, qint64 import, const QList<ImportLineOutcome> &outcomes, ImportCounts &counts);
DatabaseResult<void> forgetProblems(Database &database, qint64 import); //!< not found and failed become open again
DatabaseResult<int> dropOpenLines(Database &database, qint64 import, int limit); //!< how many were dropped
//! Customers that found payments name and neither the ledger nor the import knows. Takes long in a large import.
DatabaseResult<QList<RecordRef>> unknownCustomers(Database &database, qint64 import);
//! Behind all other lines. How many were added.
DatabaseResult<qint64> addFollowUps(Database &database, qint64 import, std::span<const RecordRef> customers);
//! The same for those that neither the ledger nor the import knows.
DatabaseResult<qint64> addUnknownCustomers(Database &database, qint64 import, const QStringList &customers);
enum class Which { OfPlan, FollowUps };
DatabaseResult<QList<ImportLine>> openLines(Database &database, qint64 import, Which which, qint64 after, int limit);
DatabaseResult<ImportCounts> counts(Database &database, qint64 import);
DatabaseResult<QList<ImportFailure>> failures(Database &database, qint64 import, int limit);
DatabaseResult<QList<StoredImport>> unfinished(Database &database);
//! The lines of imports that ended are of no use once nobody can look at them any more. How many were dropped; 0 when
//! none are left.
DatabaseResult<int> dropEndedLines(Database &database, qint64 startedBefore, int limit);
DatabaseResult<bool> isLedgerUnused(Database &database); //!< no payment is known and nothing was ever imported
} // namespace importstore

} // namespace models

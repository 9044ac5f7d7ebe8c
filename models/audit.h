// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/database.h"

#include <QByteArray>
#include <QString>

namespace models {

//! One step in the audit trail. Chained: each entry's hash covers the one before it.
struct AuditEntry
{
    qint64 at = 0;   //!< UTC ms
    QString who;     //!< the desktop user's login name
    QString action;  //!< "refund held", "account number revealed", ...
    QString subject; //!< record or outbox entry id
    QString before;
    QString after;
    QString reason;
};

//! Appends inside the caller's transaction.
DatabaseResult<void> appendAudit(Database &database, AuditEntry entry);

//! About the chain alone.
struct AuditVerdict
{
    qint64 entries = 0;
    bool intact = true;
    qint64 firstBroken = 0; //!< number of the first entry that does not fit, when not intact
    //! Number of the last entry as kept beside the trail; -1 where nothing is kept, in ledgers of earlier versions.
    qint64 kept = -1;
    qint64 lastNumber = 0;
    QByteArray end = {}; //!< hash of the last entry
    bool endFits = true; //!< false: entries were cut off the end, or the last one was exchanged
};

DatabaseResult<AuditVerdict> verifyAudit(Database &database);

//! Login name of the person at this desk.
QString currentUser();

} // namespace models

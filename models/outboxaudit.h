// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/request.h"
#include "models/audit.h"
#include "models/outbox.h"

#include <QStringList>

namespace models {

// How the outbox is written down in the audit trail, and whether it still is what was written down.

//! One step of an entry; before, after and reason are for the caller to fill in.
AuditEntry auditOfOutbox(const OutboxEntry &entry, qint64 at);
//! What is to be done: amount, payment, customer, reference, request key, digest of the request with its service.
QString describedIntent(const OutboxEntry &entry, const api::RequestData &request);
QString describedState(const OutboxEntry &entry);
//! When an accepted transfer failed at the bank later.
AuditEntry auditOfRelease(qint64 key, OutboxState state, const QString &result, qint64 at);

struct OutboxComparison
{
    qint64 entries = 0;
    QStringList problems = {}; //!< one sentence for each entry that is not what the trail says; at most 20
    qint64 more = 0;           //!< problems beyond those
};

//! Compares every entry with what the trail says of it. Reads on the caller's snapshot.
DatabaseResult<OutboxComparison> compareOutboxWithAudit(Database &database);

} // namespace models

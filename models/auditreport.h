// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/audit.h"
#include "models/outboxaudit.h"

namespace models {

//! The whole check: the chain, where it ends, and the outbox against it. It finds what was changed by hand in one
//! place. It cannot prove that nobody rewrote the trail, its end and the outbox together: that takes a copy, or the
//! code of the last entry written down elsewhere.
struct AuditReport
{
    AuditVerdict chain = {};
    OutboxComparison outbox = {};

    bool isSound() const { return chain.intact && chain.endFits && outbox.problems.isEmpty(); }
};

//! Reads on the caller's snapshot; takes as long as reading the trail and the outbox.
DatabaseResult<AuditReport> checkLedgerAudit(Database &database);

//! One sentence about the outcome: what is wrong, or that nothing is.
QString auditSentence(const AuditReport &report);
//! One line each: the problems, what could not be checked, what the check cannot prove.
QStringList auditDetails(const AuditReport &report);

} // namespace models

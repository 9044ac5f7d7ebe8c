// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/outboxstore.h"

#include <QSet>

namespace models {

//! Which instance asks, and what it is sending itself.
struct SweepContext
{
    QString ledgerFile;
    QString instance;
    QSet<qint64> underWay = {};
    qint64 now = 0; //!< UTC ms
};

//! Cheap and read only: true when sweepOutbox may find something to do.
DatabaseResult<bool> outboxNeedsSweep(Database &database, const SweepContext &context);

//! Recovers entries of ended processes, applies what the ledger has learned about unknown outcomes, and records
//! transfers that failed later. Returns the keys of the entries that changed.
DatabaseResult<QList<qint64>> sweepOutbox(Database &database, const SweepContext &context);

DatabaseResult<int> countNeedingPerson(Database &database);

} // namespace models

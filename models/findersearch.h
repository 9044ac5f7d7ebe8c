// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell.h"
#include "models/database.h"

#include <QList>

namespace models {

//! One line of the omnibox.
struct FoundRecord
{
    RecordRef ref = {};
    QString title = {};
    QString subtitle = {};
    Cell cell = {}; //!< the amount; invalid for customers
    QString status = {};
};

//! Best first, one kind after the other: at most five of a kind and twelve in all. `now` is UTC milliseconds. Runs on a
//! reader thread.
DatabaseResult<QList<FoundRecord>> searchLedger(Database &database, const QString &cleaned, qint64 now);

//! Every record that has exactly this id.
DatabaseResult<QList<FoundRecord>> findById(Database &database, const QString &id);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/columns.h"
#include "models/database.h"
#include "models/keydiff.h"
#include "models/recordquery.h"

#include <vector>

namespace models {

//! One decoded row: a cell per column of its kind.
struct RecordRow
{
    qint64 key = 0;
    QString id = {};
    std::vector<Cell> cells = {};
};

//! What a list shows and in which order.
struct RecordQuestion
{
    RecordKind kind = RecordKind::Transaction;
    RecordQuery query = {};
    int sortColumn = 0;
    Qt::SortOrder sortOrder = Qt::DescendingOrder;

    KeyOrder keyOrder() const;
};

struct RecordKeys
{
    KeyVector keys = {};
    qint64 cents = 0; //!< debits minus credits for transactions
};

bool hasAmount(RecordKind kind);

//! The ordered keys; `limit` 0: all of them.
DatabaseResult<RecordKeys> readKeys(Database &database, const RecordQuestion &question, qint64 limit);
//! Rows that are no longer there are left out. In no particular order.
DatabaseResult<std::vector<RecordRow>> readRows(Database &database, RecordKind kind, const KeyVector &keys);

} // namespace models

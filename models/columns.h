// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell.h"

#include <QList>
#include <QString>

#include <span>

namespace models {

//! One column of one record kind: views, filters and exporters all read this table, so that an export cannot differ
//! from the screen.
struct Column
{
    const char *name;  //!< stable name for settings, exports and the filter language
    const char *title; //!< English, translated through columnTitle()
    CellType type;
    const char *sql; //!< expression over the kind's table, for sort and display
    bool shownByDefault;
    int width; //!< pixels at 100 %
};

std::span<const Column> columnsOf(RecordKind kind);
//! The name of the column in whose order the keys lie.
const char *timeColumnOf(RecordKind kind);
QString columnTitle(RecordKind kind, int column);

} // namespace models

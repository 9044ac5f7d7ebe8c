// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/importplan.h"

namespace models {

//! How the lines of a file are taken apart and what their columns mean.
struct ImportLayout
{
    char separator = ',';
    bool hasHeader = false;
    qsizetype width = 1; //!< cells in a complete line
    QStringList headers = {};
    QList<ImportColumn> columns = {};
};

//! Guessed from the first lines; `chosen` overrules what the columns are taken for (empty: guess).
ImportLayout importLayout(QByteArrayView utf8, const QList<ImportColumn> &chosen);

//! What the name of a column says; Ignored when it says nothing.
ImportColumn importColumnOfHeader(QStringView header);
//! The column that holds ids of one kind only.
ImportColumn importColumnOfKind(RecordKind kind);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/database.h"
#include "models/recordkind.h"

#include <QStringList>

namespace models {

//! The words by which a row is found, one text per column of its kind's full-text table. Those tables keep no copy of
//! them, so deleting needs the same texts again: everything that writes or deletes words takes them from here.
DatabaseResult<QStringList> storedWords(Database &database, RecordKind kind, qint64 key);

DatabaseResult<void> addWords(Database &database, RecordKind kind, qint64 key, const QStringList &words);
DatabaseResult<void> removeWords(Database &database, RecordKind kind, qint64 key, const QStringList &words);

} // namespace models

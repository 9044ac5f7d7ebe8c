// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/database.h"
#include "models/recordkind.h"

#include <QStringList>

namespace models {

//! The words by which a row is found, one text per column of its kind's full-text table. Those tables keep no copy of
//! them, so deleting needs the same texts again: everything that writes or deletes words takes them from here.
DatabaseResult<QStringList> storedWords(Database &database, RecordKind kind, qint64 key);

//! An id as it stands in the full-text tables: one word, whatever its groups are joined by. To be applied to what is
//! looked for, too.
QString idWord(const QString &id);

DatabaseResult<void> addWords(Database &database, RecordKind kind, qint64 key, const QStringList &words);
DatabaseResult<void> removeWords(Database &database, RecordKind kind, qint64 key, const QStringList &words);
//! Fills the kind's empty full-text table from its rows, all at once.
DatabaseResult<void> addAllWords(Database &database, RecordKind kind);

} // namespace models

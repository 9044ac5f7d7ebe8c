// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/database.h"
#include "models/recordkind.h"

#include <QStringList>

namespace models {

//! The words by which a row is found. The full-text tables keep no copy of them, so deleting needs the same text again: everything
//! that writes or deletes words must take them from here.
QString transactionWords(const QString &id, const QString &name, const QString &email, qint64 amountCents, const QString &reference,
                         const QString &institution, const QString &lastFour, const QString &descriptor);
QString customerWords(const QString &id, const QString &name, const QString &email, const QString &institution, const QString &lastFour);
QString payoutWords(const QString &id, const QString &reference, qint64 amountCents, const QString &descriptor);

//! The words of a stored row.
DatabaseResult<QString> storedWords(Database &database, RecordKind kind, qint64 key);

DatabaseResult<void> addWords(Database &database, RecordKind kind, qint64 key, const QString &words);
DatabaseResult<void> removeWords(Database &database, RecordKind kind, qint64 key, const QString &words);

} // namespace models

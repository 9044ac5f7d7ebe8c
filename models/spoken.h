// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell.h"

#include <span>

class QAbstractItemModel;

namespace models {

//! The server's and the outbox's words for kinds of orders, as people write them; others stay as they came.
QString orderWordText(const QString &word);

//! A cell as a screen reader says it: what the eye takes from a sign, a colour or dots is said in words.
QString spokenCell(RecordKind kind, int column, const Cell &cell, const QLocale &locale);
//! A whole row as one sentence: "Debit of $12.34 from Ann Lee, Succeeded, 3 May 2026". `cells`: one per column.
QString spokenRow(RecordKind kind, std::span<const Cell> cells, const QLocale &locale);
//! A row of any other table: "Name: Orders. State: Active", without what is empty.
QString spokenRow(const QAbstractItemModel &model, int row);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/importplan.h"

#include <optional>

namespace models {

//! Why a text cannot be an id of the service, as a sentence; empty when it can be one.
QString idProblem(QStringView text);
//! Begins like something that a spreadsheet runs; a signed number does not.
bool isFormula(QStringView cell);
//! Worth taking for an id when nothing but the text says so: holds a digit, and is no amount, date or address.
bool looksLikeId(QStringView text);
bool isUuid(QStringView text);

//! "transaction", "Payments", "customer_id": the kind that people mean.
std::optional<RecordKind> kindOfWord(QStringView word);
//! From the look of an id: a telling beginning such as "cus_", or a UUID, as customers have (reference 1.2).
RecordKind guessedKind(QStringView id);

} // namespace models

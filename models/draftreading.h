// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/money.h"

#include <QStringView>

#include <optional>

namespace models {

//! How the typed text of a draft is read: nothing for an empty text. Zero is an amount here, unlike in a payment.
std::expected<std::optional<qint64>, api::AmountProblem> draftCents(QStringView text);

enum class FlagProblem { NotYesOrNo };

//! "true", "yes", "1" and "false", "no", "0" without regard to case; nothing for an empty text.
std::expected<std::optional<bool>, FlagProblem> draftFlag(QStringView text);

} // namespace models

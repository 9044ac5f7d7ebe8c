// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/outbox.h"

#include <QLocale>
#include <QString>

namespace ui {

//! "Refund", "Payment", "Credit", "Cancellation".
QString outboxKindText(models::OutboxKind kind);
//! "Refund of $128.40 to Ada Lovelace": what an entry is, in one phrase.
QString outboxSummary(const models::OutboxEntry &entry, const QLocale &locale);

} // namespace ui

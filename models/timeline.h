// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recorddetails.h"

namespace models {

//! The record's life, oldest first: what was observed, and the steps of the documented life cycle (reference 1.16) that
//! must lie between, marked inferred with the earliest moment they are known to be true.
DatabaseResult<QList<TimelineEntry>> readTimeline(Database &database, const RecordRef &ref, qint64 createdAt);

//! The same from a list of observed statuses with their times, oldest first.
QList<TimelineEntry> withInferredSteps(RecordKind kind, const QList<TimelineEntry> &observed, qint64 createdAt);

} // namespace models

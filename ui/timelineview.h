// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recorddetails.h"

#include <QWidget>

namespace ui {

//! The steps of a record's life, newest first. What was only inferred looks and reads different from what was seen.
class TimelineView : public QWidget
{
    Q_OBJECT
public:
    TimelineView(models::RecordKind kind, const QList<models::TimelineEntry> &entries, QWidget *parent);
};

//! "by look-up", "by import", ...
QString sourceText(models::Source source);

} // namespace ui

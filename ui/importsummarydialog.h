// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogframe.h"

namespace models {
class ImportJob;
}

namespace ui {

//! The summary of one import in a dialog of its own. Closing it leaves the import running.
class ImportSummaryDialog : public DialogFrame
{
    Q_OBJECT
public:
    ImportSummaryDialog(const models::Profile &profile, models::ImportJob *job, QWidget *parent = nullptr);
};

} // namespace ui

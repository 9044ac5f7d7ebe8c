// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/profiles.h"

#include <QWidget>

namespace console {

//! What stands in the window's place while a profile's ledger is brought up to date for a newer console.
class LedgerProgress : public QWidget
{
    Q_OBJECT
public:
    explicit LedgerProgress(const models::Profile &profile);
};

} // namespace console

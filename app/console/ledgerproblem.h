// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/database.h"
#include "models/profiles.h"

#include <QWidget>

namespace console {

//! What stands in the window's place while a profile's ledger cannot be opened: what happened, and the ways on.
class LedgerProblem : public QWidget
{
    Q_OBJECT
public:
    LedgerProblem(const models::Profile &profile, const models::DatabaseError &error);

signals:
    void retryRequested();
    void setAsideRequested(); //!< keep the file under another name and begin an empty ledger
};

} // namespace console

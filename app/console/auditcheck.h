// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/options.h"

namespace console {

//! Checks the audit trail of the profile without a window; prints the verdict. 0: unbroken, 1: broken, 2: could not be
//! read.
int checkAudit(const Options &options);

} // namespace console

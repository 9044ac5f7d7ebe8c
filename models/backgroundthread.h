// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace models {

//! Lets the window's thread go first whenever the processor is short; for the calling thread, for good. QThread's own
//! priorities do nothing under Linux's usual scheduler.
void giveWayToTheWindow();

} // namespace models

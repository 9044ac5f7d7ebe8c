// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace ui {

//! Lets Tab go through a page or a dialog as one reads it: in the order of its layouts, whatever was made first. To be
//! called once all that is in it is made, hidden things included.
void tabInReadingOrder(QWidget *root);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace ui {

//! Lets a widget that was just shown appear within 120 ms instead of at once; does nothing where the desktop asks for
//! less motion. The widget can be used from the start.
void fadeIn(QWidget *widget);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAbstractButton;

namespace ui {

//! What screen readers are told of widgets for which the toolkit's own guess is wrong. More than once does no harm.
void installAccessibleRoles();

//! A checkable button that opens and closes what is below it; a screen reader says which it is.
void makeDisclosure(QAbstractButton *button);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QComboBox;
class QLabel;
class QProgressBar;
class QVBoxLayout;
class QWidget;

namespace ui {

//! Widths of dialogs, in pixels at 100 %.
namespace dialogwidth {
inline constexpr int narrow = 460, normal = 540, wide = 860;
}

//! Small muted text that wraps.
QLabel *captionLabel(const QString &text, QWidget *parent);
//! Body text that wraps; can be selected, for reading out and copying.
QLabel *paragraphLabel(const QString &text, QWidget *parent);
QLabel *sectionLabel(const QString &text, QWidget *parent);
//! A value in a list of facts: selectable, wraps.
QLabel *valueLabel(const QString &text, QWidget *parent);
//! Moves while something is waited for whose length nobody knows.
QProgressBar *busyBar(QWidget *parent);
//! A sentence about what is wrong with a field, under it; takes no room while it is empty.
QLabel *problemLabel(QWidget *parent);
void showProblem(QLabel *label, const QString &sentence);

//! The text for a label, button or menu, where a lone & would underline the next letter and be gone.
QString withoutMnemonic(const QString &text);
//! Room in a form for one field with its label and hint, close together.
QVBoxLayout *fieldLayout(QVBoxLayout *parent);
//! For a box that has no label beside it: where a label would be looked for, a box says only what is chosen.
void nameBox(QComboBox *box, const QString &name);
//! Label above, field below, hint under it. The label's mnemonic goes to `buddy`, or to the field itself.
QLabel *addField(QVBoxLayout *layout, const QString &label, QWidget *field, QWidget *buddy = nullptr);

//! "3 hours", rounded down to the largest unit that fits; "less than a minute" below one.
QString spanText(qint64 milliseconds);
//! "Nov 20, 2026, 14:02 (3 hours ago)" in local time.
QString momentText(qint64 at, qint64 now);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QString>

class QFontMetrics;
class QPainter;

namespace ui {

//! Text whose digits all take the same room, so that amounts and times line up from row to row. Qt 6.4 cannot ask a
//! font for its tabular figures.
int tabularWidth(const QFontMetrics &metrics, const QString &text);
void drawTabular(QPainter *painter, const QRect &rect, Qt::Alignment alignment, const QString &text);

} // namespace ui

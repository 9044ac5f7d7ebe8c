// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPointF>
#include <QRect>

class QPainter;
class QStyleOption;

//! What the console's style draws its controls from.
namespace ui::stylepieces {

QColor mixed(const QColor &a, const QColor &b, int percentOfB);
QColor focusColour();
//! Stronger than a hairline between things: the edge of what can be typed in must be found in both schemes.
QColor fieldBorder(bool enabled);

//! An invalid colour leaves that part out.
void roundedBox(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &border, int width = 1);
void drawChevron(QPainter *painter, QPointF centre, const QColor &ink, bool up = false);
//! A check box, or a radio button where `round`.
void drawIndicator(const QStyleOption *option, QPainter *painter, bool round);

} // namespace ui::stylepieces

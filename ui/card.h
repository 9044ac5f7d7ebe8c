// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>

class QPainter;

namespace ui {

//! Room that a floating card needs around itself for its shadow.
inline constexpr int cardShadow = 12;

//! A raised card with its shadow, for what floats over a page. `rect` includes the room for the shadow.
void paintCard(QPainter *painter, const QRect &rect);

} // namespace ui

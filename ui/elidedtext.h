// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QString>

class QPainter;

namespace ui {

//! Draws one line of plain text in the painter's font and pen, centred from top to bottom and shortened where it does
//! not fit. The shaped line is kept: a table paints the same words again and again. Returns the width of what was
//! drawn.
int drawElided(QPainter *painter, const QRect &rect, Qt::Alignment alignment, const QString &text,
    Qt::TextElideMode mode = Qt::ElideRight);

//! The whole text, for a tooltip over what was shortened: tooltips read what looks like markup, and this is none.
QString plainToolTip(const QString &text);

} // namespace ui

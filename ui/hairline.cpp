// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/hairline.h"

#include "ui/theme.h"

#include <QPainter>

namespace ui {

Hairline::Hairline(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(1);
}

void Hairline::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::colour(Colour::Hairline));
}

} // namespace ui

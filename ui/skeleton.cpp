// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/skeleton.h"

#include "ui/theme.h"

#include <QPainter>

#include <array>

namespace ui {

Skeleton::Skeleton(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Reading the ledger"));
}

void Skeleton::paintEvent(QPaintEvent *)
{
    constexpr std::array columnWidths{130, 180, 170, 140, 110, 150};
    constexpr int barHeight = 8;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int row = 1; row * metrics::rowHeight < height(); ++row) {
        const int top = row * metrics::rowHeight;
        painter.setPen(Theme::colour(Colour::Hairline));
        painter.drawLine(0, top - 1, width(), top - 1);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::colour(Colour::Hairline));
        int left = spacing::s;
        for (std::size_t column = 0; column < columnWidths.size(); ++column) {
            const int percent = 45 + (row * 17 + static_cast<int>(column) * 29) % 45;
            painter.drawRoundedRect(left, top + (metrics::rowHeight - barHeight) / 2,
                columnWidths[column] * percent / 100, barHeight, barHeight / 2, barHeight / 2);
            left += columnWidths[column];
        }
    }
}

} // namespace ui

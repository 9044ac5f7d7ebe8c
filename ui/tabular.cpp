// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tabular.h"

#include <QFontMetrics>
#include <QPainter>

namespace ui {

namespace {

int digitWidth(const QFontMetrics &metrics)
{
    return metrics.horizontalAdvance(u'0');
}

int advance(const QFontMetrics &metrics, QChar character, int digit)
{
    return character.isDigit() ? digit : metrics.horizontalAdvance(character);
}

} // namespace

int tabularWidth(const QFontMetrics &metrics, const QString &text)
{
    const int digit = digitWidth(metrics);
    int width = 0;
    for (const QChar character : text)
        width += advance(metrics, character, digit);
    return width;
}

void drawTabular(QPainter *painter, const QRect &rect, Qt::Alignment alignment, const QString &text)
{
    const QFontMetrics metrics = painter->fontMetrics();
    const int digit = digitWidth(metrics);
    const int baseline = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) / 2;
    int x = alignment & Qt::AlignRight ? rect.right() + 1 - tabularWidth(metrics, text) : rect.left();
    for (const QChar character : text) {
        const int room = advance(metrics, character, digit);
        painter->drawText(x + (room - metrics.horizontalAdvance(character)) / 2, baseline, QString(character));
        x += room;
    }
}

} // namespace ui

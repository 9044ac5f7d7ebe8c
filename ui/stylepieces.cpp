// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/stylepieces.h"

#include "ui/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace ui::stylepieces {

QColor mixed(const QColor &a, const QColor &b, int percentOfB)
{
    const auto channel = [percentOfB](int from, int to) { return from + (to - from) * percentOfB / 100; };
    return QColor(channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue()));
}

void roundedBox(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &border, int width)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(border.isValid() ? QPen(border, width) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const qreal inset = width / 2.0;
    painter->drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius::control, radius::control);
    painter->restore();
}

void drawChevron(QPainter *painter, QPointF centre, const QColor &ink, bool up)
{
    const qreal direction = up ? -1 : 1;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(QPolygonF{centre + QPointF(-3.5, -2 * direction), centre + QPointF(0, 2 * direction),
        centre + QPointF(3.5, -2 * direction)});
    painter->restore();
}

QColor fieldBorder(bool enabled)
{
    return mixed(Theme::colour(Colour::Hairline), Theme::colour(Colour::MutedInk), enabled ? 40 : 15);
}

QColor focusColour()
{
    return Theme::colour(Colour::Accent);
}

void drawIndicator(const QStyleOption *option, QPainter *painter, bool round)
{
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool set = option->state & (QStyle::State_On | QStyle::State_NoChange);
    const QColor mark = Theme::colour(enabled ? Colour::OnAccent : Colour::Surface);
    const QColor fill = set ? Theme::colour(enabled ? Colour::Accent : Colour::MutedInk)
                            : Theme::colour(enabled ? Colour::Raised : Colour::Canvas);
    const qreal side = qMin(option->rect.width(), option->rect.height()) - 1;
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option->rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(set ? QPen(Qt::NoPen) : QPen(enabled ? Theme::colour(Colour::MutedInk) : fieldBorder(true), 1.2));
    painter->setBrush(fill);
    painter->drawRoundedRect(box, round ? side / 2 : spacing::xs, round ? side / 2 : spacing::xs);
    painter->setPen(QPen(mark, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF centre = box.center();
    if (set && round) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(mark);
        painter->drawEllipse(centre, side / 5, side / 5);
    } else if (option->state & QStyle::State_NoChange) {
        painter->drawLine(centre - QPointF(side / 4, 0), centre + QPointF(side / 4, 0));
    } else if (set) {
        painter->drawPolyline(QPolygonF{centre + QPointF(-side / 4, 0), centre + QPointF(-side / 16, side / 5),
            centre + QPointF(side / 4, -side / 5)});
    }
    painter->restore();
}

} // namespace ui::stylepieces

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statuschip.h"

#include "ui/elidedtext.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QFontMetrics>
#include <QPaintEvent>
#include <QPainter>

namespace ui {

namespace {

constexpr int chipHeight = 22;
constexpr int signSize = 8;

} // namespace

StatusChip::StatusChip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusChip::setStatus(models::RecordKind kind, const QString &status)
{
    setLook(models::statusLook(kind, status));
}

void StatusChip::setLook(const models::StatusLook &look)
{
    m_look = look;
    setAccessibleName(tr("Status: %1").arg(m_look.word));
    updateGeometry();
    update();
}

QSize StatusChip::sizeHint() const
{
    return {widthFor(m_look), chipHeight};
}

int StatusChip::widthFor(const models::StatusLook &look)
{
    return QFontMetrics(Theme::font(Type::Caption)).horizontalAdvance(look.word) + signSize + 3 * spacing::s;
}

int StatusChip::paint(QPainter *painter, const QRect &rect, const models::StatusLook &look, bool selected)
{
    const int width = qMin(widthFor(look), rect.width());
    const QRect chip(rect.left(), rect.center().y() - chipHeight / 2 + 1, width, chipHeight);
    const ToneColours colours = Theme::tone(look.tone);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(selected ? QPen(colours.ink, 1) : QPen(Qt::NoPen));
    painter->setBrush(colours.ground);
    painter->drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), chipHeight / 2.0, chipHeight / 2.0);
    paintSign(painter, QRectF(chip.left() + spacing::s, chip.center().y() + 0.5 - signSize / 2.0, signSize, signSize),
        look.tone, colours.ink);
    painter->setFont(Theme::font(Type::Caption));
    painter->setPen(colours.ink);
    const QRect text = chip.adjusted(2 * spacing::s + signSize - spacing::xs / 2, 0, -spacing::xs, 0);
    drawElided(painter, text, Qt::AlignLeft, look.word);
    painter->restore();
    return width;
}

void StatusChip::paintSign(QPainter *painter, const QRectF &box, models::StatusTone tone, const QColor &ink)
{
    painter->setPen(Qt::NoPen);
    painter->setBrush(ink);
    switch (tone) {
    case models::StatusTone::Done:
        painter->drawEllipse(box);
        break;
    case models::StatusTone::InProgress:
        painter->drawPie(box, 90 * 16, 180 * 16);
        [[fallthrough]];
    case models::StatusTone::Waiting:
        painter->setPen(QPen(ink, 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(box.adjusted(0.75, 0.75, -0.75, -0.75));
        break;
    case models::StatusTone::Failed:
        painter->drawPolygon(QPolygonF{{box.center().x(), box.top()}, box.bottomRight(), box.bottomLeft()});
        break;
    case models::StatusTone::Unknown:
        painter->drawPolygon(QPolygonF{{box.center().x(), box.top()}, {box.right(), box.center().y()},
            {box.center().x(), box.bottom()}, {box.left(), box.center().y()}});
        break;
    case models::StatusTone::Idle:
        painter->drawRect(QRectF(box.left(), box.center().y() - 1, box.width(), 2));
        break;
    }
}

void StatusChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(&painter, rect(), m_look, false);
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timelinerow.h"

#include "ui/statuschip.h"
#include "ui/theme.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int railWidth = 24;
constexpr int signCentre = 10;

} // namespace

TimelineRow::TimelineRow(
    const models::StatusLook &look, const QString &detail, bool inferred, Place place, QWidget *parent)
    : QWidget(parent)
    , m_look(look)
    , m_inferred(inferred)
    , m_place(place)
{
    auto *word = new QLabel(look.word, this);
    word->setFont(Theme::font(place.first ? Type::BodyStrong : Type::Body));
    auto *when = new QLabel(detail, this);
    when->setFont(Theme::font(Type::Caption));
    when->setForegroundRole(QPalette::PlaceholderText);
    when->setWordWrap(true);
    for (QLabel *label : {word, when})
        label->setTextFormat(Qt::PlainText);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(railWidth, 0, 0, place.last ? 0 : spacing::m);
    column->setSpacing(0);
    column->addWidget(word);
    column->addWidget(when);
}

void TimelineRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int x = spacing::s;
    QPen rail(Theme::colour(Colour::Hairline), 2);
    painter.setPen(rail);
    if (!m_place.first)
        painter.drawLine(x, 0, x, signCentre - spacing::s);
    if (!m_place.last)
        painter.drawLine(x, signCentre + spacing::s, x, height());
    constexpr int side = 10;
    const QRectF box(x - side / 2.0, signCentre - side / 2.0, side, side);
    const QColor ink = Theme::tone(m_look.tone).ink;
    if (m_inferred) {
        painter.setPen(QPen(Theme::colour(Colour::MutedInk), 1.5, Qt::DotLine));
        painter.drawEllipse(box);
    } else {
        StatusChip::paintSign(&painter, box, m_look.tone, ink);
    }
}

} // namespace ui

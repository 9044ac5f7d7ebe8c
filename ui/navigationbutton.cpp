// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigationbutton.h"

#include "ui/theme.h"

#include <QLocale>
#include <QPainter>

namespace ui {

namespace {

constexpr int lineHeight = 34;
constexpr int iconSide = 18;

} // namespace

NavigationButton::NavigationButton(const QString &text, const QString &iconName, QWidget *parent)
    : QAbstractButton(parent)
    , m_iconName(iconName)
{
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void NavigationButton::setCount(int count)
{
    m_count = count;
    update();
}

QSize NavigationButton::sizeHint() const
{
    return {metrics::navigationWidth - 2 * spacing::s, lineHeight};
}

void NavigationButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::colour(isChecked() ? Colour::Selection : Colour::Hairline));
        painter.setOpacity(isChecked() ? 1.0 : 0.5);
        painter.drawRoundedRect(rect(), radius::control, radius::control);
        painter.setOpacity(1.0);
    }
    const bool narrow = width() < lineHeight * 2;
    const Colour ink = isChecked() ? Colour::Accent : Colour::MutedInk;
    const int left = narrow ? (width() - iconSide) / 2 : spacing::s;
    Theme::icon(m_iconName, ink).paint(&painter, left, (height() - iconSide) / 2, iconSide, iconSide);
    if (!narrow) {
        painter.setFont(Theme::font(isChecked() ? Type::BodyStrong : Type::Body));
        painter.setPen(Theme::colour(Colour::Ink));
        painter.drawText(
            rect().adjusted(left + iconSide + spacing::s, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
    }
    if (m_count > 0)
        paintCount(&painter, narrow);
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        painter.setPen(QPen(Theme::colour(Colour::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect().adjusted(1, 1, -1, -1), radius::control, radius::control);
    }
}

void NavigationButton::paintCount(QPainter *painter, bool narrow) const
{
    const ToneColours colours = Theme::tone(models::StatusTone::Failed);
    const QString number = locale().toString(m_count);
    painter->setFont(Theme::font(Type::Caption));
    const int pillHeight = narrow ? 16 : 20;
    const int pillWidth = qMax(pillHeight, painter->fontMetrics().horizontalAdvance(number) + spacing::m);
    const QRect pill = narrow
        ? QRect(width() - pillWidth, 0, pillWidth, pillHeight)
        : QRect(width() - pillWidth - spacing::s, (height() - pillHeight) / 2, pillWidth, pillHeight);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colours.ground);
    painter->drawRoundedRect(pill, pillHeight / 2.0, pillHeight / 2.0);
    painter->setPen(colours.ink);
    painter->drawText(pill, Qt::AlignCenter, number);
}

} // namespace ui

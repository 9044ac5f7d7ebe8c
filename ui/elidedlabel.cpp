// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/elidedlabel.h"

#include "ui/elidedtext.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace ui {

ElidedLabel::ElidedLabel(const QString &text, const QFont &font, QWidget *parent)
    : QWidget(parent)
    , m_text(text)
{
    setFont(font);
    setToolTip(plainToolTip(text));
    setAccessibleName(text);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setLink(bool link)
{
    m_link = link;
    setFocusPolicy(link ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(link ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

QString ElidedLabel::text() const
{
    return m_text;
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + spacing::xs, fontMetrics().height() + spacing::xs / 2};
}

QSize ElidedLabel::minimumSizeHint() const
{
    constexpr int leastCharacters = 8;
    return {fontMetrics().averageCharWidth() * leastCharacters, sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(Theme::colour(m_link ? Colour::Accent : Colour::Ink));
    painter.drawText(
        rect(), Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(m_text, Qt::ElideMiddle, width()));
    if (!hasFocus())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), spacing::xs, spacing::xs);
}

void ElidedLabel::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_link && event->button() == Qt::LeftButton && rect().contains(event->pos()))
        emit activated();
}

void ElidedLabel::keyPressEvent(QKeyEvent *event)
{
    const bool pressed = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (m_link && pressed)
        emit activated();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui

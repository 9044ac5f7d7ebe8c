// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/card.h"

#include "ui/theme.h"

#include <QPainter>

namespace ui {

void paintCard(QPainter *painter, const QRect &rect)
{
    const QRectF card = QRectF(rect).adjusted(cardShadow, cardShadow, -cardShadow, -cardShadow);
    const int strength = Theme::scheme() == Theme::Scheme::Light ? 5 : 14;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(QColor(0, 0, 0, strength));
    for (int spread = cardShadow - 2; spread > 0; spread -= 2)
        painter->drawRoundedRect(
            card.adjusted(-spread, -spread + 3, spread, spread), radius::card + spread, radius::card + spread);
    painter->setPen(QPen(Theme::colour(Colour::Hairline), 1));
    painter->setBrush(Theme::colour(Colour::Raised));
    painter->drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), radius::card, radius::card);
    painter->restore();
}

} // namespace ui

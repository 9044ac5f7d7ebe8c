// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fadein.h"

#include "ui/theme.h"

#include <QGraphicsOpacityEffect>
#include <QPropertyAnimation>
#include <QWidget>

namespace ui {

namespace {

constexpr int appearingMs = 120;

} // namespace

void fadeIn(QWidget *widget)
{
    if (Theme::reducedMotion() || !widget->isVisible())
        return;
    auto *effect = new QGraphicsOpacityEffect;
    widget->setGraphicsEffect(effect); // replaces one that is still at work
    auto *animation = new QPropertyAnimation(effect, "opacity", effect);
    animation->setDuration(appearingMs);
    animation->setStartValue(0.0);
    animation->setEndValue(1.0);
    animation->setEasingCurve(QEasingCurve::OutCubic);
    // The effect owns the animation: it goes once the animation has returned.
    QObject::connect(
        animation, &QAbstractAnimation::finished, effect, [widget] { widget->setGraphicsEffect(nullptr); },
        Qt::QueuedConnection);
    animation->start();
}

} // namespace ui

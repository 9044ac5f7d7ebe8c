// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QApplication>
#include <QTest>

//! The first widget of that name that a person can see now, in any window, or the window itself; null when there is
//! none.
template<typename Widget> Widget *onScreen(const char *name)
{
    for (QWidget *top : QApplication::topLevelWidgets()) {
        QList<Widget *> found = top->findChildren<Widget *>(QLatin1StringView(name));
        if (auto *self = qobject_cast<Widget *>(top); self && top->objectName() == QLatin1StringView(name))
            found.prepend(self);
        for (Widget *widget : found) {
            if (widget->isVisible())
                return widget;
        }
    }
    return nullptr;
}

//! False when there is no such button, or it cannot be pressed.
inline bool pressOnScreen(const char *name)
{
    auto *button = onScreen<QAbstractButton>(name);
    if (!button || !button->isEnabled())
        return false;
    QTest::mouseClick(button, Qt::LeftButton);
    return true;
}

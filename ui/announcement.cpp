// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/announcement.h"

#include "ui/accessibleroles.h"

#include <QAccessible>

namespace ui {

Announcement::Announcement(QWidget *window)
    : QWidget(window)
{
    installAccessibleRoles();
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setGeometry(0, 0, 1, 1); // a widget without an extent does not count as shown
    lower();
    show();
}

void Announcement::say(QWidget *where, const QString &text)
{
    if (text.isEmpty() || !QAccessible::isActive() || !where->isVisible())
        return;
    QWidget *window = where->window();
    auto *announcement = window->findChild<Announcement *>(QString(), Qt::FindDirectChildrenOnly);
    if (!announcement)
        announcement = new Announcement(window);
    announcement->setAccessibleName(text);
    for (const QAccessible::Event kind : {QAccessible::ObjectShow, QAccessible::Alert}) {
        QAccessibleEvent event(announcement, kind);
        QAccessible::updateAccessibility(&event);
    }
}

} // namespace ui

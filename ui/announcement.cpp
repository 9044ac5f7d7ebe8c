// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/announcement.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace ui {

namespace {

QAccessibleInterface *announcementInterface(const QString &, QObject *object)
{
    auto *announcement = qobject_cast<Announcement *>(object);
    return announcement ? new QAccessibleWidget(announcement, QAccessible::Notification) : nullptr;
}

} // namespace

Announcement::Announcement(QWidget *window)
    : QWidget(window)
{
    QAccessible::installFactory(&announcementInterface);
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

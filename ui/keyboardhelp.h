// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogframe.h"

class QAction;
class QGridLayout;

namespace ui {

//! The cheat sheet: what actions say of themselves, and what tables, dialogs and web pages do without one.
class KeyboardHelp : public DialogFrame
{
    Q_OBJECT
public:
    struct Shortcut
    {
        QString what;
        QStringList keys = {}; //!< as shown: "Ctrl+K"
    };
    struct Group
    {
        QString title;
        QList<Shortcut> shortcuts = {};
    };

    KeyboardHelp(const models::Profile &profile, const QList<Group> &groups, QWidget *parent = nullptr);

    //! Those of the actions that have a shortcut, in their order.
    static Group groupOf(const QString &title, const QList<QAction *> &actions);
    //! What works without an action of its own, and where.
    static QList<Group> everywhere();

private:
    void addGroup(QGridLayout *layout, const Group &group, int column);
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keyboardhelp.h"

#include "ui/dialogpieces.h"
#include "ui/theme.h"

#include <QAction>
#include <QGridLayout>
#include <QKeySequence>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int helpColumns = 2;

QString keysText(const QKeySequence &keys)
{
    return keys.toString(QKeySequence::NativeText);
}

} // namespace

KeyboardHelp::KeyboardHelp(const models::Profile &profile, const QList<Group> &groups, QWidget *parent)
    : DialogFrame(profile, tr("Keyboard"), parent)
{
    setObjectName(u"keyboardHelp"_s);
    setMinimumWidth(dialogwidth::wide);
    auto *layout = new QGridLayout;
    layout->setHorizontalSpacing(spacing::xxl);
    layout->setVerticalSpacing(spacing::xl);
    int place = 0;
    for (const Group &group : groups) {
        if (!group.shortcuts.isEmpty())
            addGroup(layout, group, place++);
    }
    for (int column = 0; column < helpColumns; ++column)
        layout->setColumnStretch(column, 1);
    body()->addLayout(layout);
    body()->addStretch();
    setPrimary(tr("&Close"));
    setCancel({});
    connect(primary(), &QPushButton::clicked, this, &QDialog::accept);
}

void KeyboardHelp::addGroup(QGridLayout *layout, const Group &group, int place)
{
    auto *box = new QWidget(this);
    auto *rows = new QGridLayout(box);
    rows->setContentsMargins({});
    rows->setHorizontalSpacing(spacing::l);
    rows->setVerticalSpacing(spacing::xs);
    rows->setColumnStretch(1, 1);
    QLabel *title = sectionLabel(group.title, box);
    rows->addWidget(title, 0, 0, 1, 2);
    int row = 0;
    for (const Shortcut &shortcut : group.shortcuts) {
        auto *keys = new QLabel(shortcut.keys.join(tr(" or ")), box);
        keys->setFont(Theme::font(Type::BodyStrong));
        keys->setAccessibleName(u"%1: %2"_s.arg(shortcut.what, keys->text()));
        rows->addWidget(keys, ++row, 0, Qt::AlignTop);
        rows->addWidget(paragraphLabel(shortcut.what, box), row, 1);
    }
    rows->setRowStretch(row + 1, 1);
    layout->addWidget(box, place / helpColumns, place % helpColumns);
}

KeyboardHelp::Group KeyboardHelp::groupOf(const QString &title, const QList<QAction *> &actions)
{
    Group group{.title = title};
    for (const QAction *action : actions) {
        Shortcut shortcut{.what = action->text().remove(u'&').remove(u'…')};
        for (const QKeySequence &keys : action->shortcuts())
            shortcut.keys << keysText(keys);
        if (!shortcut.keys.isEmpty())
            group.shortcuts << shortcut;
    }
    return group;
}

QList<KeyboardHelp::Group> KeyboardHelp::everywhere()
{
    return {{.title = tr("Tables"),
                .shortcuts = {{tr("Open the row"), {keysText(Qt::Key_Return)}},
                    {tr("First and last row"), {keysText(Qt::CTRL | Qt::Key_Home), keysText(Qt::CTRL | Qt::Key_End)}},
                    {tr("A page up or down"), {keysText(Qt::Key_PageUp), keysText(Qt::Key_PageDown)}}}},
        {.title = tr("Customers, transactions, payouts and events"),
            .shortcuts = {{tr("What can be done with the row"),
                              {keysText(Qt::Key_Menu), keysText(Qt::SHIFT | Qt::Key_F10)}},
                {tr("Copy the id of the row"), {keysText(QKeySequence::Copy)}}}},
        {.title = tr("Dialogs"),
            .shortcuts = {{tr("Do what the blue button says"), {keysText(Qt::Key_Return)}},
                {tr("Give up; nothing is sent"), {keysText(Qt::Key_Escape)}},
                {tr("Go to the field with the underlined letter"), {tr("Alt + letter")}},
                {tr("Next and previous field"), {keysText(Qt::Key_Tab), keysText(Qt::SHIFT | Qt::Key_Tab)}}}},
        {.title = tr("Web pages"),
            .shortcuts = {{tr("From the page to its address and back"), {keysText(Qt::Key_F6)}}}}};
}

} // namespace ui

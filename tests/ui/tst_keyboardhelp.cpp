// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/waiting.h"
#include "ui/keyboardhelp.h"

#include <QAction>
#include <QLabel>
#include <QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

class tst_KeyboardHelp : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnAnyWarning(); }

    void whatOnlyRecordsHaveIsNotSaidOfEveryTable()
    {
        for (const ui::KeyboardHelp::Group &group : ui::KeyboardHelp::everywhere()) {
            const bool hasMenu = std::ranges::any_of(group.shortcuts,
                [](const ui::KeyboardHelp::Shortcut &shortcut) { return shortcut.keys.contains(u"Menu"_s); });
            QCOMPARE(hasMenu, group.title.contains(u"transactions"_s));
        }
    }

    void itListsWhatTheActionsSay()
    {
        QAction find(u"&Find anything"_s);
        find.setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::CTRL | Qt::Key_F)});
        QAction silent(u"Without a shortcut"_s);
        QAction refund(u"Refund…"_s);
        refund.setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
        const auto group = ui::KeyboardHelp::groupOf(u"Window"_s, {&find, &silent, &refund});
        QCOMPARE(group.shortcuts.size(), 2);
        QCOMPARE(group.shortcuts.first().what, u"Find anything"_s);
        QCOMPARE(group.shortcuts.first().keys, QStringList({u"Ctrl+K"_s, u"Ctrl+F"_s}));
        ui::KeyboardHelp help({}, ui::KeyboardHelp::everywhere() << group);
        help.setAttribute(Qt::WA_DeleteOnClose, false);
        help.open();
        QStringList shown;
        for (const QLabel *label : help.findChildren<QLabel *>())
            shown << label->text();
        QVERIFY(shown.contains(u"Ctrl+K or Ctrl+F"_s));
        QVERIFY(shown.contains(u"Refund"_s));
        QVERIFY(!shown.contains(u"Without a shortcut"_s));
        QTest::keyClick(&help, Qt::Key_Escape);
        QVERIFY(!help.isVisible());
    }
};

QTEST_MAIN(tst_KeyboardHelp)
#include "tst_keyboardhelp.moc"

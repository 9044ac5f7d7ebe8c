// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregation.h"
#include "tests/ui/dialogbench.h"
#include "ui/inspector.h"
#include "ui/mainwindow.h"
#include "ui/navigation.h"
#include "ui/recordpage.h"
#include "ui/recordtable.h"
#include "ui/refundspage.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

class tst_MainWindow : public QObject
{
    Q_OBJECT

private slots:
    void pagesAreMadeWhenFirstShown();
    void theTitleSaysWhereOneIs();
    void keysReachEveryPage();
    void aRecordOpensOnItsPage();
    void droppedFilesAskForAnImport();
    void aDialogKeepsTheWindowsKeysFromActing();
    void troubleGoesWithItsReasonAndANoticeWhenItIsClosed();
    void everythingInteractiveHasAName();
    void theNavigationSaysHowManyNeedAPerson();
    void anAmpersandInAProfilesNameStays();
    void tenantsAreSwitchedInTheProfileMenu();
};

void tst_MainWindow::pagesAreMadeWhenFirstShown()
{
    DialogBench bench;
    ui::MainWindow window(bench.workspace);
    QCOMPARE(window.findChildren<ui::RecordPage *>().size(), 1);
    QVERIFY(!window.findChild<ui::RefundsPage *>());
    window.showPage(ui::Page::Refunds);
    QVERIFY(window.findChild<ui::RefundsPage *>());
    window.showPage(ui::Page::Customers);
    window.showPage(ui::Page::Customers);
    QCOMPARE(window.findChildren<ui::RecordPage *>().size(), 2);
}

void tst_MainWindow::theTitleSaysWhereOneIs()
{
    DialogBench bench;
    ui::MainWindow window(bench.workspace);
    QCOMPARE(window.windowTitle(), u"Transactions — Acme — Merchant Console"_s);
    window.showPage(ui::Page::Payouts);
    QCOMPARE(window.windowTitle(), u"Payouts — Acme — Merchant Console"_s);
}

void tst_MainWindow::keysReachEveryPage()
{
    DialogBench bench;
    ui::MainWindow window(bench.workspace);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_4, Qt::AltModifier);
    QCOMPARE(window.currentPage(), ui::Page::Refunds);
    QTest::keyClick(&window, Qt::Key_2, Qt::AltModifier);
    QCOMPARE(window.currentPage(), ui::Page::Customers);
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    auto *omnibox = window.findChild<QLineEdit *>(u"omnibox"_s);
    QTRY_VERIFY(omnibox->hasFocus());
    QTest::keyClicks(omnibox, u"a/b"_s);
    QCOMPARE(omnibox->text(), u"a/b"_s);
    QTest::keyClick(omnibox, Qt::Key_F, Qt::ControlModifier);
    const auto *page = window.findChild<ui::RecordPage *>(u"customersPage"_s);
    QVERIFY(page);
    QTRY_VERIFY(page->findChild<QLineEdit *>(u"filterEdit"_s)->hasFocus());
}

void tst_MainWindow::aRecordOpensOnItsPage()
{
    DialogBench bench;
    bench.learn(DialogBench::ada());
    ui::MainWindow window(bench.workspace);
    window.show();
    window.openRecord({models::RecordKind::Customer, u"cus-ada"_s});
    QCOMPARE(window.currentPage(), ui::Page::Customers);
    const auto *inspector = window.findChild<ui::Inspector *>();
    QVERIFY(inspector && inspector->isVisible());
    QTRY_COMPARE(inspector->findChild<QLabel *>(u"inspectorTitle"_s)->text(), u"Ada Lovelace"_s);
    QSignalSpy pay(&window, &ui::MainWindow::payRequested);
    QTRY_VERIFY(inspector->findChild<QPushButton *>(u"payButton"_s)->isVisible());
    inspector->findChild<QPushButton *>(u"payButton"_s)->click();
    QCOMPARE(pay.first().first().value<models::RecordRef>().id, u"cus-ada"_s);
}

void tst_MainWindow::droppedFilesAskForAnImport()
{
    DialogBench bench;
    ui::MainWindow window(bench.workspace);
    QSignalSpy wanted(&window, &ui::MainWindow::importRequested);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(u"/tmp/ids.csv"_s)});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &drop);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().toStringList(), QStringList{u"/tmp/ids.csv"_s});
}

void tst_MainWindow::aDialogKeepsTheWindowsKeysFromActing()
{
    DialogBench bench;
    bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
    ui::MainWindow window(bench.workspace);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    window.showPage(ui::Page::Transactions);
    window.openRecord({models::RecordKind::Transaction, u"pay-1"_s});
    auto *table = window.findChild<ui::RecordTable *>(u"transactionsTable"_s);
    QTRY_COMPARE(table->currentRef().id, u"pay-1"_s);
    QSignalSpy wanted(&window, &ui::MainWindow::refundRequested);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_R);
    QCOMPARE(wanted.size(), 1);
    auto *dialog = new QDialog(&window);
    dialog->open();
    QTest::keyClick(table, Qt::Key_R);
    QTest::keyClick(table, Qt::Key_Escape);
    QCOMPARE(wanted.size(), 1);
    QVERIFY(window.findChild<ui::Inspector *>()->isVisible());
    delete dialog;
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(table, Qt::Key_R);
    QCOMPARE(wanted.size(), 2);
}

void tst_MainWindow::troubleGoesWithItsReasonAndANoticeWhenItIsClosed()
{
    DialogBench bench;
    ui::MainWindow window(bench.workspace);
    window.setConnectionState(u"connected"_s, true);
    QCOMPARE(window.findChild<QLabel *>(u"connectionState"_s)->text(), u"Acme · connected"_s);
    using enum ui::MainWindow::Trouble;
    window.clearTrouble(Disk); // before there was any
    window.showTrouble(Disk, ui::Banner::Kind::Error, u"The disk is full."_s);
    window.showNotice(ui::Banner::Kind::Error, u"The audit trail is broken."_s);
    window.showTrouble(Connection, ui::Banner::Kind::Error, u"Not connected."_s, {}, u"Try again"_s);
    const auto *disk = window.findChild<ui::Banner *>(u"diskTrouble"_s);
    const auto *connection = window.findChild<ui::Banner *>(u"connectionTrouble"_s);
    const auto *notice = window.findChild<ui::Banner *>(u"windowNotice"_s);
    QSignalSpy again(&window, &ui::MainWindow::troubleActionTriggered);
    connection->findChild<QPushButton *>(u"bannerAction"_s)->click();
    QCOMPARE(again.size(), 1);
    window.clearTrouble(Connection);
    QVERIFY(connection->isHidden() && !disk->isHidden() && !notice->isHidden());
    window.clearTrouble(Disk);
    QVERIFY(disk->isHidden() && !notice->isHidden());
    notice->findChild<QToolButton *>(u"bannerClose"_s)->click();
    QVERIFY(notice->isHidden());
}

void tst_MainWindow::everythingInteractiveHasAName()
{
    DialogBench bench;
    bench.learn(DialogBench::ada());
    bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
    ui::MainWindow window(bench.workspace);
    window.show();
    window.openRecord({models::RecordKind::Transaction, u"pay-1"_s});
    QTRY_VERIFY(window.findChild<QPushButton *>(u"refundButton"_s)->isEnabled());
    for (const auto *button : window.findChildren<QAbstractButton *>()) {
        // The icons inside line edits and the corner of a table are Qt's own.
        const bool own = !button->inherits("QLineEditIconButton") && !button->inherits("QTableCornerButton");
        if (own && button->isVisible())
            QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty() || !button->toolTip().isEmpty(),
                qPrintable(button->objectName() + u' ' + QString::fromLatin1(button->metaObject()->className())));
    }
    for (const auto *line : window.findChildren<QLineEdit *>())
        QVERIFY2(!line->accessibleName().isEmpty(), qPrintable(line->objectName()));
}

void tst_MainWindow::theNavigationSaysHowManyNeedAPerson()
{
    ui::Navigation navigation(nullptr);
    navigation.setNeedsPerson(ui::Page::Refunds, 1);
    const auto says = [&navigation](const QString &name) {
        const QList<QAbstractButton *> buttons = navigation.findChildren<QAbstractButton *>();
        return std::ranges::any_of(
            buttons, [&name](const QAbstractButton *button) { return button->accessibleName() == name; });
    };
    QVERIFY(says(u"Refunds, 1 needs a person"_s));
    navigation.setNeedsPerson(ui::Page::Refunds, 2);
    QVERIFY(says(u"Refunds, 2 need a person"_s));
}

void tst_MainWindow::anAmpersandInAProfilesNameStays()
{
    DialogBench bench;
    bench.workspace.profile.name = u"Shop & Sons"_s;
    bench.workspace.profile.environment = models::Environment::LinkSandbox;
    bench.workspace.profile.baseUrl = QUrl(u"https://sandbox.example"_s);
    bench.workspace.profile.clientId = u"client"_s;
    bench.workspace.profile.merchantId = u"merchant"_s;
    QVERIFY(bench.store.save(bench.workspace.profile));
    ui::MainWindow window(bench.workspace);
    const auto *button = window.findChild<QToolButton *>(u"profileButton"_s);
    QCOMPARE(button->text(), u"Shop && Sons"_s);
    emit button->menu()->aboutToShow();
    const QList<QAction *> actions = button->menu()->actions();
    QVERIFY(std::ranges::any_of(
        actions, [](const QAction *action) { return action->text().startsWith(u"Shop && Sons"_s); }));
}

void tst_MainWindow::tenantsAreSwitchedInTheProfileMenu()
{
    DialogBench bench;
    models::Aggregation aggregation(*bench.ledger, api::ClientOptions{.baseUrl = {}});
    bench.workspace.aggregation = &aggregation;
    ui::MainWindow window(bench.workspace);
    QMenu *menu = nullptr;
    for (const QToolButton *button : window.findChildren<QToolButton *>()) {
        if (button->menu() && button->objectName() == u"profileButton"_s)
            menu = button->menu();
    }
    QVERIFY(menu);
    emit menu->aboutToShow();
    QVERIFY(!menu->findChild<QAction *>(u"tenantAction"_s));
    aggregation.configure({.baseUrl = QUrl(u"https://agg.example/api"_s), .tenants = {u"TNT-1"_s, u"TNT-2"_s}}, {});
    emit menu->aboutToShow();
    const QList<QAction *> tenants = menu->findChildren<QAction *>(u"tenantAction"_s);
    QCOMPARE(tenants.size(), 2);
    QVERIFY(tenants.first()->isChecked());
    tenants.last()->trigger();
    QCOMPARE(aggregation.tenant(), u"TNT-2"_s);
}

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"

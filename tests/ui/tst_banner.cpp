// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/banner.h"
#include "ui/theme.h"

#include <QClipboard>
#include <QGraphicsEffect>
#include <QGuiApplication>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

class tst_Banner : public QObject
{
    Q_OBJECT

private slots:
    void isHiddenUntilThereIsSomethingToSay();
    void offersItsAction();
    void copiesTextAndDetails();
    void clearsAway();
    void isClosedByWhoeverHasReadIt();
    void standsOutOnAPage();
    void changesItsColoursWithTheDesktop();
    void appearsWithinAMoment();
    void appearsAtOnceWhereLessMotionIsWanted();
};

void tst_Banner::isHiddenUntilThereIsSomethingToSay()
{
    ui::Banner banner;
    QVERIFY(banner.isHidden());
    banner.showMessage(ui::Banner::Kind::Info, u"Something"_s);
    QVERIFY(!banner.isHidden());
    QCOMPARE(banner.text(), u"Something"_s);
    QCOMPARE(banner.accessibleName(), u"Something"_s);
    for (const QPushButton *button : banner.findChildren<QPushButton *>())
        QVERIFY(button->isHidden());
}

void tst_Banner::offersItsAction()
{
    ui::Banner banner;
    QSignalSpy triggered(&banner, &ui::Banner::actionTriggered);
    banner.showMessage(ui::Banner::Kind::Error, u"It broke"_s, {}, u"Try again"_s);
    auto *action = banner.findChild<QPushButton *>(u"bannerAction"_s);
    QCOMPARE(action->text(), u"Try again"_s);
    action->click();
    QCOMPARE(triggered.count(), 1);
}

void tst_Banner::copiesTextAndDetails()
{
    ui::Banner banner;
    banner.showMessage(ui::Banner::Kind::Error, u"It broke"_s, u"status 503"_s);
    for (QPushButton *button : banner.findChildren<QPushButton *>()) {
        if (!button->isHidden())
            button->click();
    }
    QCOMPARE(QGuiApplication::clipboard()->text(), u"It broke\nstatus 503"_s);
}

void tst_Banner::appearsWithinAMoment()
{
    QWidget page;
    ui::Banner banner(&page);
    page.show();
    banner.showMessage(ui::Banner::Kind::Info, u"Something"_s);
    const QPointer<QGraphicsEffect> first = banner.graphicsEffect();
    QVERIFY(first);
    banner.clear();
    banner.showMessage(ui::Banner::Kind::Info, u"Something else"_s);
    QVERIFY(!first);
    QVERIFY(banner.graphicsEffect());
    QTRY_VERIFY(!banner.graphicsEffect());
    banner.showMessage(ui::Banner::Kind::Info, u"And more"_s); // it is there already
    QVERIFY(!banner.graphicsEffect());
}

void tst_Banner::appearsAtOnceWhereLessMotionIsWanted()
{
    ui::Theme::followMotion(false);
    const auto restored = qScopeGuard([] { ui::Theme::followMotion(true); });
    QWidget page;
    ui::Banner banner(&page);
    page.show();
    banner.showMessage(ui::Banner::Kind::Info, u"Something"_s);
    QVERIFY(!banner.graphicsEffect());
}

void tst_Banner::clearsAway()
{
    ui::Banner banner;
    banner.showMessage(ui::Banner::Kind::Warning, u"Mind this"_s);
    banner.clear();
    QVERIFY(banner.isHidden());
    QVERIFY(banner.text().isEmpty());
}

void tst_Banner::isClosedByWhoeverHasReadIt()
{
    ui::Banner banner;
    banner.makeClosable();
    banner.showMessage(ui::Banner::Kind::Info, u"Something"_s);
    auto *close = banner.findChild<QToolButton *>(u"bannerClose"_s);
    QVERIFY(close->isVisible());
    QVERIFY(!close->accessibleName().isEmpty());
    QTest::keyClick(close, Qt::Key_Space);
    QVERIFY(banner.isHidden());
    banner.showMessage(ui::Banner::Kind::Info, u"Something else"_s);
    QVERIFY(!banner.isHidden());
}

void tst_Banner::standsOutOnAPage()
{
    ui::Theme::followMotion(false);
    const auto restored = qScopeGuard([] { ui::Theme::followMotion(true); });
    QWidget page;
    page.setBackgroundRole(QPalette::Base);
    page.setAutoFillBackground(true);
    ui::Banner banner(&page);
    banner.resize(300, 40);
    page.show();
    banner.showMessage(ui::Banner::Kind::Error, u"It broke"_s);
    QCOMPARE(banner.grab().toImage().pixelColor(2, 2), ui::Theme::tone(models::StatusTone::Failed).ground);
}

void tst_Banner::changesItsColoursWithTheDesktop()
{
    const ui::Theme::Scheme before = ui::Theme::scheme();
    const auto restored = qScopeGuard([before] { ui::Theme::change(before); });
    using enum ui::Theme::Scheme;
    ui::Theme::change(Light);
    ui::Banner banner;
    banner.showMessage(ui::Banner::Kind::Error, u"It broke"_s);
    const QColor light = ui::Theme::tone(models::StatusTone::Failed).ink;
    QCOMPARE(banner.palette().color(QPalette::WindowText), light);
    ui::Theme::change(Dark);
    const QColor dark = ui::Theme::tone(models::StatusTone::Failed).ink;
    QVERIFY(dark != light);
    QCOMPARE(banner.palette().color(QPalette::WindowText), dark);
}

QTEST_MAIN(tst_Banner)
#include "tst_banner.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/dialogbench.h"
#include "ui/omnibox.h"

#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;

class tst_OmniBox : public QObject
{
    Q_OBJECT

private slots:
    void answersWhileTyping();
    void enterRightAfterTypingOpensTheAnswer();
    void arrowsChoose();
    void anUnknownIdIsAskedFor();
    void escapeClears();

private:
    //! A window with the box in it: the popup is a child of the window.
    struct Stage
    {
        explicit Stage(DialogBench &bench)
            : box(new ui::OmniBox(bench.finder, &window))
        {
            window.resize(900, 700);
            box->setGeometry(100, 10, 500, 32);
            window.show();
            if (!QTest::qWaitForWindowActive(&window))
                qWarning("the window did not become active");
            box->start();
        }
        QWidget *popup() const { return window.findChild<QWidget *>(u"omniPopup"_s); }
        bool isOpen() const { return popup() && popup()->isVisible(); }

        QWidget window;
        ui::OmniBox *box;
    };

    static void fill(DialogBench &bench)
    {
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
    }
};

void tst_OmniBox::answersWhileTyping()
{
    DialogBench bench;
    fill(bench);
    Stage stage(bench);
    QTest::keyClicks(stage.box, u"lovel"_s);
    QTRY_VERIFY(bench.finder.rowCount() > 0);
    QTRY_VERIFY(stage.isOpen());
    QVERIFY(stage.window.findChild<QListView *>(u"omniList"_s)->currentIndex().isValid());
}

void tst_OmniBox::enterRightAfterTypingOpensTheAnswer()
{
    DialogBench bench;
    fill(bench);
    Stage stage(bench);
    QSignalSpy opened(stage.box, &ui::OmniBox::openRequested);
    QTest::keyClicks(stage.box, u"pay-1"_s);
    QTest::keyClick(stage.box, Qt::Key_Return);
    QTRY_COMPARE(opened.count(), 1);
    QCOMPARE(opened.first().first().value<models::RecordRef>().id, u"pay-1"_s);
    QVERIFY(!stage.isOpen());
}

void tst_OmniBox::arrowsChoose()
{
    DialogBench bench;
    fill(bench);
    Stage stage(bench);
    QTest::keyClicks(stage.box, u"ada"_s);
    QTRY_VERIFY(bench.finder.rowCount() >= 2);
    QTRY_VERIFY(stage.isOpen());
    const auto *list = stage.window.findChild<QListView *>(u"omniList"_s);
    const int before = list->currentIndex().row();
    QTest::keyClick(stage.box, Qt::Key_Down);
    QCOMPARE(list->currentIndex().row(), before + 1);
    QTest::keyClick(stage.box, Qt::Key_Up);
    QTest::keyClick(stage.box, Qt::Key_Up);
    QCOMPARE(list->currentIndex().row(), 0);
}

void tst_OmniBox::anUnknownIdIsAskedFor()
{
    DialogBench bench;
    Stage stage(bench);
    QSignalSpy opened(stage.box, &ui::OmniBox::openRequested);
    QTest::keyClicks(stage.box, u"cus-nowhere-0001"_s);
    QTRY_COMPARE(bench.finder.state(), models::Finder::State::Ready);
    QTRY_VERIFY(stage.isOpen());
    QVERIFY(stage.window.findChild<QPushButton *>(u"askButton"_s)->isVisible());
    QTest::keyClick(stage.box, Qt::Key_Return);
    QTRY_COMPARE(bench.finder.state(), models::Finder::State::NotFound);
    QTRY_COMPARE(stage.window.findChild<QLabel *>(u"omniMessage"_s)->text(), bench.finder.message());
    QCOMPARE(opened.count(), 0);
}

void tst_OmniBox::escapeClears()
{
    DialogBench bench;
    fill(bench);
    Stage stage(bench);
    QTest::keyClicks(stage.box, u"ada"_s);
    QTRY_VERIFY(stage.isOpen());
    QTest::keyClick(stage.box, Qt::Key_Escape);
    QVERIFY(stage.box->text().isEmpty());
    QTRY_VERIFY(!stage.isOpen());
}

QTEST_MAIN(tst_OmniBox)
#include "tst_omnibox.moc"

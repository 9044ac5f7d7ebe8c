// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/dialogbench.h"
#include "ui/undobar.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;

class tst_UndoBar : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatGoesOut();
    void staysAwayOnceItWasClosed();
    void comesBackWhenSomethingGoesWrong();
    void aProblemDoesNotHideWhatHappens();

private:
    //! The key of an entry that counts down for five minutes.
    static qint64 held(DialogBench &bench)
    {
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
        return bench.heldRefund(u"pay-1"_s, 500, 12'840);
    }
};

void tst_UndoBar::saysWhatGoesOut()
{
    DialogBench bench;
    QWidget window;
    ui::UndoBar bar(*bench.ledger, bench.outbox, &window);
    window.show();
    bar.follow(held(bench));
    QTRY_VERIFY(bar.isVisible());
    QVERIFY2(bar.text().contains(u"$5.00"_s) && bar.text().contains(u"goes out in"_s), qPrintable(bar.text()));
    bar.undo();
    QTRY_VERIFY(bar.text().contains(u"Nothing was sent"_s));
}

void tst_UndoBar::staysAwayOnceItWasClosed()
{
    DialogBench bench;
    QWidget window;
    ui::UndoBar bar(*bench.ledger, bench.outbox, &window);
    window.show();
    const qint64 key = held(bench);
    bar.follow(key);
    QTRY_VERIFY(bar.isVisible());
    QTest::mouseClick(bar.findChild<QPushButton *>(u"undoCloseButton"_s), Qt::LeftButton);
    QVERIFY(!QTest::qWaitFor([&bar] { return bar.isVisible(); }, 1'000)); // some ticks of the countdown
    bar.undo();
    QTRY_VERIFY(bar.text().contains(u"Nothing was sent"_s));
    QVERIFY(!bar.isVisible());
    bar.follow(key);
    QTRY_VERIFY(bar.isVisible());
}

void tst_UndoBar::comesBackWhenSomethingGoesWrong()
{
    DialogBench bench; // its server knows nothing of payments and refuses them
    QWidget window;
    ui::UndoBar bar(*bench.ledger, bench.outbox, &window);
    window.show();
    const qint64 key = held(bench);
    bar.follow(key);
    QTRY_VERIFY(bar.isVisible());
    QTest::mouseClick(bar.findChild<QPushButton *>(u"undoCloseButton"_s), Qt::LeftButton);
    bench.outbox.sendNow(key, this, [](const auto &) { });
    QTRY_VERIFY(bar.isVisible());
    QVERIFY2(bar.text().contains(u"refused"_s), qPrintable(bar.text()));
}

void tst_UndoBar::aProblemDoesNotHideWhatHappens()
{
    DialogBench bench;
    QWidget window;
    ui::UndoBar bar(*bench.ledger, bench.outbox, &window);
    window.show();
    const qint64 key = held(bench);
    bar.follow(key);
    QTRY_VERIFY(bar.isVisible());
    bench.outbox.sendNow(key, this, [](const auto &) { });
    bar.undo(); // too late
    QTRY_VERIFY2(bar.text().contains(u"too late"_s) && bar.text().contains(u"refused"_s), qPrintable(bar.text()));
}

QTEST_MAIN(tst_UndoBar)
#include "tst_undobar.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/dialogbench.h"
#include "ui/banner.h"
#include "ui/outboxinspector.h"

#include <QLabel>
#include <QPushButton>

using namespace Qt::Literals::StringLiterals;

class tst_OutboxInspector : public QObject
{
    Q_OBJECT

private slots:
    void theButtonsBelongToWhatIsShown();
    void anEntryThatIsGoneIsSaid();
    void whatTheServerHasWithoutANumberCanBeSettledBothWays();

private:
    static QList<qint64> held(DialogBench &bench, const QList<qint64> &amounts)
    {
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
        QList<qint64> keys;
        qint64 left = 12'840;
        for (const qint64 cents : amounts) {
            keys.append(bench.heldRefund(u"pay-1"_s, cents, left));
            left -= cents;
        }
        return keys;
    }
    static QPushButton *button(const ui::OutboxInspector &inspector, const QString &name)
    {
        return inspector.findChild<QPushButton *>(name);
    }
};

void tst_OutboxInspector::theButtonsBelongToWhatIsShown()
{
    DialogBench bench;
    const QList<qint64> keys = held(bench, {500, 700});
    QVERIFY(!keys.contains(0));
    ui::OutboxInspector inspector(bench.workspace, nullptr);
    inspector.resize(400, 600);
    inspector.show();
    inspector.setEntry(keys.first());
    QTRY_VERIFY(button(inspector, u"sendNowButton"_s)->isVisible());
    inspector.setEntry(keys.last());
    // Until the other one is read nothing can be pressed for it, and nothing of the first is shown.
    for (const QPushButton *one : inspector.findChildren<QPushButton *>())
        QVERIFY2(!one->isVisible() || one->objectName() == u"closeInspectorButton"_s, qPrintable(one->objectName()));
    QVERIFY(inspector.findChild<QLabel *>(u"nextStep"_s)->text().isEmpty());
    QTRY_VERIFY(button(inspector, u"sendNowButton"_s)->isVisible());
    QCOMPARE(inspector.entry(), keys.last());
}

void tst_OutboxInspector::anEntryThatIsGoneIsSaid()
{
    DialogBench bench;
    const QList<qint64> keys = held(bench, {500});
    QVERIFY(!keys.contains(0));
    ui::OutboxInspector inspector(bench.workspace, nullptr);
    inspector.show();
    inspector.setEntry(keys.first());
    QTRY_VERIFY(button(inspector, u"withdrawButton"_s)->isVisible());
    inspector.setEntry(keys.first() + 100);
    QTRY_VERIFY(inspector.findChild<ui::Banner *>()->isVisible());
    QVERIFY(!button(inspector, u"withdrawButton"_s)->isVisible());
}

void tst_OutboxInspector::whatTheServerHasWithoutANumberCanBeSettledBothWays()
{
    DialogBench bench;
    const QList<qint64> keys = held(bench, {500});
    QVERIFY(!keys.contains(0));
    bench.run("UPDATE outbox SET state = 'ACCEPTED', hold_until = 0, attempts = 2");
    ui::OutboxInspector inspector(bench.workspace, nullptr);
    inspector.show();
    inspector.setEntry(keys.first());
    QTRY_VERIFY(button(inspector, u"settleYesButton"_s)->isVisible());
    QVERIFY(button(inspector, u"settleNoButton"_s)->isVisible());
    const QString next = inspector.findChild<QLabel *>(u"nextStep"_s)->text();
    QVERIFY2(next.contains(u"merchant portal"_s), qPrintable(next));
}

QTEST_MAIN(tst_OutboxInspector)
#include "tst_outboxinspector.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/dialogbench.h"
#include "ui/filterbar.h"

#include <QLabel>
#include <QLineEdit>
#include <QLocale>

using namespace Qt::Literals::StringLiterals;

class tst_FilterBar : public QObject
{
    Q_OBJECT

private slots:
    void totalsReadAsASentence_data();
    void totalsReadAsASentence();
    void typingFiltersTheRows();
    void aMistakeIsShownInPlaceAndKeepsTheRows();
};

void tst_FilterBar::totalsReadAsASentence_data()
{
    QTest::addColumn<models::RecordTotals>("totals");
    QTest::addColumn<QString>("text");
    using Totals = models::RecordTotals;
    QTest::newRow("none") << Totals{.rows = 0, .cents = 0, .hasSum = false, .complete = true} << u"0 rows"_s;
    QTest::newRow("one") << Totals{.rows = 1, .cents = 0, .hasSum = false, .complete = true} << u"1 row"_s;
    QTest::newRow("sum") << Totals{.rows = 412, .cents = 3'820'417, .hasSum = true, .complete = true}
                         << u"412 rows · $38,204.17"_s;
    QTest::newRow("grouped") << Totals{.rows = 1'000'000, .cents = -5, .hasSum = true, .complete = true}
                             << u"1,000,000 rows · -$0.05"_s;
    QTest::newRow("counting") << Totals{.rows = 3, .cents = 0, .hasSum = true, .complete = false}
                              << u"3 rows, counting…"_s;
}

void tst_FilterBar::totalsReadAsASentence()
{
    QFETCH(models::RecordTotals, totals);
    QFETCH(QString, text);
    QCOMPARE(ui::totalsText(totals, QLocale(QLocale::English, QLocale::UnitedStates)), text);
}

void tst_FilterBar::typingFiltersTheRows()
{
    DialogBench bench;
    bench.learn(DialogBench::payment(u"pay-1"_s, 1000));
    bench.learn(DialogBench::payment(u"pay-2"_s, 2500, u"TERMINAL_FAILED"_s));
    models::RecordTableModel model(*bench.ledger, models::RecordKind::Transaction);
    ui::FilterBar bar(model, nullptr);
    QTRY_COMPARE(model.rowCount(), 2);
    QTest::keyClicks(bar.edit(), u"status:failed"_s);
    QTRY_COMPARE(model.rowCount(), 1);
    QTRY_COMPARE(bar.findChild<QLabel *>(u"totals"_s)->text(), u"1 row · $25.00"_s);
    bar.clear();
    QTRY_COMPARE(model.rowCount(), 2);
}

void tst_FilterBar::aMistakeIsShownInPlaceAndKeepsTheRows()
{
    DialogBench bench;
    bench.learn(DialogBench::payment(u"pay-1"_s, 1000));
    models::RecordTableModel model(*bench.ledger, models::RecordKind::Transaction);
    ui::FilterBar bar(model, nullptr);
    QTRY_COMPARE(model.rowCount(), 1);
    bar.setText(u"amount:>abc"_s);
    const auto *problem = bar.findChild<QLabel *>(u"filterProblem"_s);
    QVERIFY(!problem->isHidden());
    QVERIFY2(problem->text().contains(u"abc"_s), qPrintable(problem->text()));
    QCOMPARE(bar.edit()->accessibleDescription(), problem->text());
    QCOMPARE(model.rowCount(), 1);
    bar.setText(u"amount:>5"_s);
    QVERIFY(problem->isHidden());
}

QTEST_MAIN(tst_FilterBar)
#include "tst_filterbar.moc"

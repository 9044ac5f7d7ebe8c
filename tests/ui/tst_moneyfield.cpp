// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/moneyfield.h"

#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

class tst_MoneyField : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void takesAmounts_data();
    void takesAmounts();
    void keepsWhatWasTyped();
    void anEmptyFieldIsNotScolded();
    void theLimitHasItsOwnSentence();
};

void tst_MoneyField::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("part");
    QTest::newRow("comma") << u"1,50"_s << u"1.50"_s;
    QTest::newRow("three decimals") << u"1.005"_s << u"two digits"_s;
    QTest::newRow("negative") << u"-3"_s << u"minus"_s;
    QTest::newRow("zero") << u"0"_s << u"0.01"_s;
    QTest::newRow("zero cents") << u"0.00"_s << u"0.01"_s;
    QTest::newRow("exponent") << u"1e3"_s << u"digits"_s;
    QTest::newRow("word") << u"ten"_s << u"digits"_s;
    QTest::newRow("two points") << u"1.2.3"_s << u"digits"_s;
    QTest::newRow("huge") << u"99999999999999999999"_s << u"more than"_s;
}

void tst_MoneyField::saysWhatIsWrong()
{
    QFETCH(QString, typed);
    QFETCH(QString, part);
    ui::MoneyField field;
    field.edit()->setText(typed);
    QVERIFY(!field.cents());
    QVERIFY2(field.problemText().contains(part), qPrintable(field.problemText()));
    const auto *problem = field.findChild<QLabel *>(u"amountProblem"_s);
    QVERIFY(problem && !problem->isHidden());
    QCOMPARE(problem->text(), field.problemText());
    QCOMPARE(field.edit()->accessibleDescription(), field.problemText());
}

void tst_MoneyField::takesAmounts_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<qint64>("cents");
    QTest::newRow("whole") << u"12"_s << qint64(1200);
    QTest::newRow("one decimal") << u"12.5"_s << qint64(1250);
    QTest::newRow("two decimals") << u"0.01"_s << qint64(1);
    QTest::newRow("sign and groups") << u"$1,234.56"_s << qint64(123456);
}

void tst_MoneyField::takesAmounts()
{
    QFETCH(QString, typed);
    QFETCH(qint64, cents);
    ui::MoneyField field;
    QSignalSpy changed(&field, &ui::MoneyField::changed);
    field.edit()->setText(typed);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(field.cents(), std::optional(cents));
    QVERIFY(field.problemText().isEmpty());
}

void tst_MoneyField::keepsWhatWasTyped()
{
    ui::MoneyField field;
    QTest::keyClicks(field.edit(), u"1,5x"_s);
    QCOMPARE(field.edit()->text(), u"1,5x"_s);
}

void tst_MoneyField::anEmptyFieldIsNotScolded()
{
    ui::MoneyField field;
    field.edit()->setText(u"5"_s);
    field.edit()->clear();
    QVERIFY(field.findChild<QLabel *>(u"amountProblem"_s)->isHidden());
    QVERIFY(!field.cents());
}

void tst_MoneyField::theLimitHasItsOwnSentence()
{
    ui::MoneyField field;
    field.setMaximum(5000, u"Only $50.00 is left."_s);
    field.edit()->setText(u"50.00"_s);
    QCOMPARE(field.cents(), std::optional<qint64>(5000));
    field.edit()->setText(u"50.01"_s);
    QVERIFY(!field.cents());
    QCOMPARE(field.problemText(), u"Only $50.00 is left."_s);
}

QTEST_MAIN(tst_MoneyField)
#include "tst_moneyfield.moc"

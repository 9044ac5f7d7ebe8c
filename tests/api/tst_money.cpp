// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/money.h"

#include <QTest>

using api::AmountProblem;

Q_DECLARE_METATYPE(api::AmountProblem)

class TestMoney : public QObject
{
    Q_OBJECT
private slots:
    void typedAmounts_data();
    void typedAmounts();
    void refusedTypedAmounts_data();
    void refusedTypedAmounts();
    void jsonAmounts_data();
    void jsonAmounts();
    void refusedJsonAmounts_data();
    void refusedJsonAmounts();
    void plainText_data();
    void plainText();
    void everyCentComesBack();
};

void TestMoney::typedAmounts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("cents");
    const auto row = [](const char *text, qint64 cents) { QTest::newRow(text) << QString::fromUtf8(text) << cents; };
    row("12", 1200);
    row("12.5", 1250);
    row("12.50", 1250);
    row(" 12.50 ", 1250);
    row("$1,234.56", 123456);
    row("$ 3", 300);
    row("1,234", 123400);
    row("1,234,567.8", 123456780);
    row(".5", 50);
    row("0.01", 1);
    row("007", 700);
    row("10000000000", api::maximumCents);
    row("10,000,000,000.00", api::maximumCents);
}

void TestMoney::typedAmounts()
{
    QFETCH(const QString, text);
    const auto cents = api::parseTypedAmount(text);
    QVERIFY(cents);
    QTEST(*cents, "cents");
}

void TestMoney::refusedTypedAmounts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<AmountProblem>("problem");
    const auto row = [](const char *text, AmountProblem problem) {
        QTest::addRow("%s, problem %d", text, static_cast<int>(problem)) << QString::fromUtf8(text) << problem;
    };
    row("", AmountProblem::Empty);
    row("   ", AmountProblem::Empty);
    row("1,50", AmountProblem::CommaAsDecimal);
    row("1,5", AmountProblem::CommaAsDecimal);
    row("0,123", AmountProblem::CommaAsDecimal);
    row("1234,567", AmountProblem::CommaAsDecimal);
    row("1.234,56", AmountProblem::CommaAsDecimal);
    row("1.005", AmountProblem::TooManyDecimals);
    row("1.000", AmountProblem::TooManyDecimals);
    row("-3", AmountProblem::Negative);
    row("\u22123", AmountProblem::Negative);
    row("-$3", AmountProblem::Negative);
    row("$-3.50", AmountProblem::Negative);
    row("0", AmountProblem::Zero);
    row("0.00", AmountProblem::Zero);
    row("-0", AmountProblem::Zero);
    row("1e3", AmountProblem::NotANumber);
    row("abc", AmountProblem::NotANumber);
    row("1.2.3", AmountProblem::NotANumber);
    row("1,2,3", AmountProblem::NotANumber);
    row("12,34,567", AmountProblem::NotANumber);
    row(",5", AmountProblem::NotANumber);
    row("5,", AmountProblem::NotANumber);
    row("5.", AmountProblem::NotANumber);
    row(".", AmountProblem::NotANumber);
    row("$", AmountProblem::NotANumber);
    row("--3", AmountProblem::NotANumber);
    row("+3", AmountProblem::NotANumber);
    row("3 $", AmountProblem::NotANumber);
    row("1 000", AmountProblem::NotANumber);
    row("\u0663", AmountProblem::NotANumber);
    row("0x10", AmountProblem::NotANumber);
    row("10000000000.01", AmountProblem::TooLarge);
    row("99999999999999999999999999", AmountProblem::TooLarge);
}

void TestMoney::refusedTypedAmounts()
{
    QFETCH(const QString, text);
    const auto cents = api::parseTypedAmount(text);
    QVERIFY(!cents);
    QTEST(cents.error(), "problem");
}

void TestMoney::jsonAmounts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("cents");
    const auto row = [](const char *text, qint64 cents) { QTest::newRow(text) << QString::fromUtf8(text) << cents; };
    row("12.5", 1250);
    row("12.34", 1234);
    row("0", 0);
    row("-3", -300);
    row("-0.01", -1);
    row("0.07", 7);
    row("10000000000.00", api::maximumCents);
}

void TestMoney::jsonAmounts()
{
    QFETCH(const QString, text);
    const auto cents = api::parseJsonAmount(text);
    QVERIFY(cents);
    QTEST(*cents, "cents");
}

void TestMoney::refusedJsonAmounts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<AmountProblem>("problem");
    const auto row = [](const char *text, AmountProblem problem) {
        QTest::addRow("%s, problem %d", text, static_cast<int>(problem)) << QString::fromUtf8(text) << problem;
    };
    row("", AmountProblem::Empty);
    row("1e2", AmountProblem::NotANumber);
    row("1.5E0", AmountProblem::NotANumber);
    row("1,000", AmountProblem::NotANumber);
    row("--1", AmountProblem::NotANumber);
    row("1.", AmountProblem::NotANumber);
    row("-", AmountProblem::NotANumber);
    row("12.345", AmountProblem::TooManyDecimals);
    row("19.990000000000002", AmountProblem::TooManyDecimals);
    row("10000000000.01", AmountProblem::TooLarge);
    row("-10000000000.01", AmountProblem::TooLarge);
}

void TestMoney::refusedJsonAmounts()
{
    QFETCH(const QString, text);
    const auto cents = api::parseJsonAmount(text);
    QVERIFY(!cents);
    QTEST(cents.error(), "problem");
}

void TestMoney::plainText_data()
{
    QTest::addColumn<qint64>("cents");
    QTest::addColumn<QString>("text");
    QTest::newRow("usual") << qint64(1234) << QStringLiteral("12.34");
    QTest::newRow("cents") << qint64(5) << QStringLiteral("0.05");
    QTest::newRow("zero") << qint64(0) << QStringLiteral("0.00");
    QTest::newRow("negative") << qint64(-5) << QStringLiteral("-0.05");
    QTest::newRow("largest") << std::numeric_limits<qint64>::max() << QStringLiteral("92233720368547758.07");
    QTest::newRow("smallest") << std::numeric_limits<qint64>::min() << QStringLiteral("-92233720368547758.08");
}

void TestMoney::plainText()
{
    QFETCH(const qint64, cents);
    QTEST(api::plainAmount(cents), "text");
}

void TestMoney::everyCentComesBack()
{
    for (qint64 cents = 1; cents < 20'000; ++cents) {
        QCOMPARE(api::parseTypedAmount(api::plainAmount(cents)), cents);
        QCOMPARE(api::parseJsonAmount(api::plainAmount(-cents)), -cents);
    }
}

QTEST_GUILESS_MAIN(TestMoney)
#include "tst_money.moc"

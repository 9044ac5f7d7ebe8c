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
    row("10.500", 1050);
    row("19.990000000000000", 1999);
    row("0.0", 0);
    row("-0.0", 0);
    row("0e5", 0);
    row("0.000e-999999999999999999999", 0);
    row("1e3", 100'000);
    row("1e2", 10'000);
    row("1.5E0", 150);
    row("1.2E7", 1'200'000'000);
    row("1.2e+1", 1200);
    row("1050e-2", 1050);
    row("10500E-3", 1050);
    row("1e-2", 1);
    row("5.0e-02", 5);
    row("-1.25e1", -1250);
    row("1E10", api::maximumCents);
    row("0.0000000001e20", api::maximumCents);
    row("1000000000000000000000e-11", api::maximumCents);
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
    row("1e", AmountProblem::NotANumber);
    row("e2", AmountProblem::NotANumber);
    row("1e+", AmountProblem::NotANumber);
    row("1e2.0", AmountProblem::NotANumber);
    row("1e2e3", AmountProblem::NotANumber);
    row("1e 2", AmountProblem::NotANumber);
    row("NaN", AmountProblem::NotANumber);
    row("10.505", AmountProblem::TooManyDecimals);
    row("1e-3", AmountProblem::TooManyDecimals);
    row("1.5e-2", AmountProblem::TooManyDecimals);
    row("1e-999999999999999999999", AmountProblem::TooManyDecimals);
    row("1e11", AmountProblem::TooLarge);
    row("1e18", AmountProblem::TooLarge);
    row("1e999999999999999999999", AmountProblem::TooLarge);
    row("99999999999999999999999999", AmountProblem::TooLarge);
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

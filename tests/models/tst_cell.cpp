// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cell.h"

#include <QDate>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::Cell;
using models::CellType;
using models::RecordKind;
using models::StatusTone;

class tst_Cell : public QObject
{
    Q_OBJECT

private slots:
    void moneyIsExact_data()
    {
        QTest::addColumn<qint64>("cents");
        QTest::addColumn<QString>("currency");
        QTest::addColumn<int>("sign");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("exported");
        QTest::newRow("plain") << qint64(1234) << u"USD"_s << 0 << u"$12.34"_s << u"12.34"_s;
        QTest::newRow("cents only") << qint64(5) << u"USD"_s << 0 << u"$0.05"_s << u"0.05"_s;
        QTest::newRow("thousands") << qint64(123456789) << u"USD"_s << 0 << u"$1,234,567.89"_s << u"1234567.89"_s;
        QTest::newRow("beyond doubles") << qint64(9'007'199'254'740'993) << u"USD"_s << 0 << u"$90,071,992,547,409.93"_s
                                        << u"90071992547409.93"_s;
        QTest::newRow("credit") << qint64(500) << u"USD"_s << 1 << u"+$5.00 credit"_s << u"-5.00"_s;
        QTest::newRow("negative") << qint64(-500) << u"USD"_s << 0 << u"-$5.00"_s << u"-5.00"_s;
        QTest::newRow("another currency") << qint64(500) << u"CAD"_s << 0 << u"CAD\u00a05.00"_s << u"5.00"_s;
    }

    void moneyIsExact()
    {
        QFETCH(qint64, cents);
        QFETCH(QString, currency);
        QFETCH(int, sign);
        const Cell cell{.type = CellType::Money, .value = cents, .currency = currency, .sign = sign};
        QTEST(models::cellText(cell, QLocale(QLocale::English, QLocale::UnitedStates)), "shown");
        QTEST(models::cellExportText(cell), "exported");
    }

    void moneyFollowsTheLocale()
    {
        const Cell cell{.type = CellType::Money, .value = qint64(123456), .currency = u"USD"_s};
        QCOMPARE(models::cellText(cell, QLocale(QLocale::German)), u"$1.234,56"_s);
        QCOMPARE(models::cellExportText(cell), u"1234.56"_s);
    }

    void timesAreShortInTablesAndWholeElsewhere()
    {
        const QLocale english(QLocale::English, QLocale::UnitedStates);
        const Cell old{.type = CellType::Time, .value = qint64(1'005'573'731'000), .currency = {}};
        QCOMPARE(models::cellText(old, english), u"Nov 12 2001, 14:02"_s);
        QCOMPARE(models::cellLongText(old, english), u"Nov 12 2001, 14:02:11\u00a0UTC"_s);
        QCOMPARE(models::cellExportText(old), u"2001-11-12T14:02:11Z"_s);
        const QDateTime today(QDate::currentDate(), QTime(14, 2));
        const Cell now{.type = CellType::Time, .value = today.toMSecsSinceEpoch(), .currency = {}};
        QVERIFY(models::cellText(now, english).endsWith(u", 14:02"_s));
        QVERIFY(!models::cellText(now, english).contains(QString::number(today.date().year())));
    }

    void lengthsOfTime_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("whole");
        QTest::newRow("milliseconds") << qint64(9'999) << u"9,999 ms"_s << u"9,999 ms"_s;
        QTest::newRow("seconds") << qint64(119'999) << u"119 s"_s << u"119 s"_s;
        QTest::newRow("minutes") << qint64(7'199'999) << u"119 min"_s << u"119 min"_s;
        QTest::newRow("hours") << qint64(172'799'999) << u"47 h"_s << u"47 h"_s;
        QTest::newRow("days") << qint64(172'800'000) << u"2 d"_s << u"2 d"_s;
        QTest::newRow("the sender's clock is ahead")
            << qint64(-122'400'000) << u"34 h ahead"_s << u"Dated 34 h ahead of this computer's clock"_s;
    }

    void lengthsOfTime()
    {
        QFETCH(qint64, milliseconds);
        const QLocale english(QLocale::English, QLocale::UnitedStates);
        const Cell cell{.type = CellType::Duration, .value = milliseconds, .currency = {}};
        QTEST(models::cellText(cell, english), "shown");
        QTEST(models::cellLongText(cell, english), "whole");
        QCOMPARE(models::cellExportText(cell), QString::number(milliseconds));
    }

    void whatIsUnknownIsEmpty()
    {
        const Cell never{.type = CellType::Time, .value = qint64(0), .currency = {}};
        QCOMPARE(models::cellText(never, QLocale::c()), QString());
        QCOMPARE(models::cellLongText(never, QLocale::c()), QString());
        QCOMPARE(models::cellExportText(never), QString());
        QCOMPARE(models::cellText({}, QLocale::c()), QString());
        QCOMPARE(models::cellExportText({}), QString());
    }

    void statusesHaveTheirLook_data()
    {
        QTest::addColumn<RecordKind>("kind");
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("word");
        QTest::addColumn<StatusTone>("tone");
        QTest::newRow("done") << RecordKind::Transaction << u"SUCCEEDED"_s << u"Succeeded"_s << StatusTone::Done;
        QTest::newRow("waits") << RecordKind::Transaction << u"PENDING"_s << u"Pending"_s << StatusTone::Waiting;
        QTest::newRow("failed") << RecordKind::Transaction << u"TERMINAL_FAILED"_s << u"Failed"_s << StatusTone::Failed;
        QTest::newRow("canceled") << RecordKind::Transaction << u"CANCELED"_s << u"Canceled"_s << StatusTone::Idle;
        QTest::newRow("new payout") << RecordKind::Payout << u"CREATED"_s << u"Created"_s << StatusTone::InProgress;
        QTest::newRow("new customer") << RecordKind::Customer << u"CREATED"_s << u"Created"_s << StatusTone::Waiting;
        QTest::newRow("outbox unknown") << RecordKind::OutboxEntry << u"UNKNOWN"_s << u"Unknown"_s
                                        << StatusTone::Unknown;
        QTest::newRow("inferred") << RecordKind::PayLink << u"LINKED?"_s << u"Bank linked?"_s << StatusTone::Unknown;
        QTest::newRow("not heard of") << RecordKind::Transaction << u"ON_MARS"_s << u"ON_MARS"_s << StatusTone::Unknown;
    }

    void statusesHaveTheirLook()
    {
        QFETCH(RecordKind, kind);
        QFETCH(QString, status);
        QTEST(models::statusLook(kind, status).word, "word");
        QTEST(models::statusLook(kind, status).tone, "tone");
    }
};

QTEST_GUILESS_MAIN(tst_Cell)
#include "tst_cell.moc"

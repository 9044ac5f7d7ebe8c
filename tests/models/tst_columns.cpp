// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/columns.h"
#include "models/recordrows.h"
#include "models/recordtables.h"
#include "models/schema.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::Column;
using models::Database;
using models::RecordKind;

class tst_Columns : public QObject
{
    Q_OBJECT

private:
    static void everyKind()
    {
        QTest::addColumn<RecordKind>("kind");
        QTest::newRow("transactions") << RecordKind::Transaction;
        QTest::newRow("customers") << RecordKind::Customer;
        QTest::newRow("payouts") << RecordKind::Payout;
        QTest::newRow("outbox") << RecordKind::OutboxEntry;
        QTest::newRow("events") << RecordKind::Event;
    }

private slots:
    void namesAreUniqueAndTitlesThere_data() { everyKind(); }
    void namesAreUniqueAndTitlesThere()
    {
        QFETCH(RecordKind, kind);
        QSet<QByteArray> names;
        int index = 0;
        for (const Column &column : models::columnsOf(kind)) {
            QVERIFY2(!names.contains(column.name), column.name);
            names.insert(column.name);
            QVERIFY(!models::columnTitle(kind, index++).isEmpty());
            QVERIFY(column.width > 0);
        }
        QCOMPARE(QByteArray(models::columnsOf(kind).front().name), QByteArray(models::timeColumnOf(kind)));
        QCOMPARE(models::columnTitle(kind, -1), QString());
        QCOMPARE(models::columnTitle(kind, index), QString());
    }

    void everyColumnCanBeReadAndSorted_data() { everyKind(); }
    void everyColumnCanBeReadAndSorted()
    {
        QFETCH(RecordKind, kind);
        const QTemporaryDir folder;
        const auto database = *Database::open(folder.filePath(u"ledger.sqlite"_s), Database::Mode::ReadWrite);
        QVERIFY(models::migrate(*database, models::ledgerMigrations()));
        QVERIFY(models::readRows(*database, kind, {1, 2}));
        for (int column = 0; column < int(models::columnsOf(kind).size()); ++column) {
            const models::RecordQuestion question{.kind = kind, .sortColumn = column, .sortOrder = Qt::AscendingOrder};
            const auto keys = models::readKeys(*database, question, 0);
            QVERIFY2(keys.has_value(), keys ? "" : qPrintable(keys.error().message));
        }
    }
};

QTEST_GUILESS_MAIN(tst_Columns)
#include "tst_columns.moc"

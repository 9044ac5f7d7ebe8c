// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/columns.h"
#include "models/spoken.h"

#include <QAbstractTableModel>
#include <QTest>

#include <algorithm>
#include <string_view>

using namespace Qt::Literals::StringLiterals;
using models::Cell;
using models::RecordKind;

namespace {

constexpr qint64 thirdOfMay = 1'777'800'000'000; // 2026-05-03 09:20 UTC

using Values = QList<std::pair<std::string_view, QVariant>>;

std::vector<Cell> cellsOf(RecordKind kind, const Values &values)
{
    std::vector<Cell> cells;
    for (const models::Column &column : models::columnsOf(kind)) {
        Cell cell{.type = column.type, .value = {}, .currency = {}, .sign = 0};
        for (const auto &[name, value] : values) {
            if (name == column.name)
                cell.value = value;
        }
        cells.push_back(cell);
    }
    return cells;
}

//! One row: a name, a state that is drawn as a sign, and no address.
class SubscriptionRow : public QAbstractTableModel
{
    Q_OBJECT
public:
    int rowCount(const QModelIndex & = {}) const override { return 1; }
    int columnCount(const QModelIndex & = {}) const override { return 3; }
    QVariant headerData(int section, Qt::Orientation, int) const override
    {
        return QStringList{u"Name"_s, u"State"_s, u"Address"_s}.at(section);
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role == Qt::AccessibleTextRole)
            return index.column() == 1 ? u"Active"_s : QString();
        return role == Qt::DisplayRole ? QStringList{u"Orders"_s, u"●"_s, QString()}.at(index.column()) : QVariant();
    }
};

} // namespace

Q_DECLARE_METATYPE(Values)

class TestSpoken : public QObject
{
    Q_OBJECT

private slots:
    void aRowIsOneSentence_data();
    void aRowIsOneSentence();
    void aCellSaysWhatTheEyeSees_data();
    void aCellSaysWhatTheEyeSees();
    void anyTableNamesItsColumns();
};

void TestSpoken::aRowIsOneSentence_data()
{
    QTest::addColumn<RecordKind>("kind");
    QTest::addColumn<Values>("values");
    QTest::addColumn<QString>("sentence");
    const Values debit{{"type", u"DEBIT"_s}, {"amount", 1234}, {"customer", u"Ann Lee"_s}, {"status", u"SUCCEEDED"_s},
        {"created", thirdOfMay}};
    QTest::newRow("a payment") << RecordKind::Transaction << debit
                               << u"Debit of $12.34 from Ann Lee, Succeeded, 3 May 2026"_s;
    QTest::newRow("partly refunded") << RecordKind::Transaction << (debit + Values{{"refunded", 200}})
                                     << u"Debit of $12.34 from Ann Lee, Succeeded, $2.00 of it refunded, 3 May 2026"_s;
    QTest::newRow("money to the customer")
        << RecordKind::Transaction << Values{{"type", u"CREDIT"_s}, {"amount", 500}, {"customer", u"Ann Lee"_s}}
        << u"Credit of $5.00 to Ann Lee"_s;
    QTest::newRow("failed, without the server's code")
        << RecordKind::Transaction
        << Values{{"type", u"DEBIT"_s}, {"amount", 500}, {"email", u"ann@example.com"_s},
               {"status", u"TERMINAL_FAILED"_s}, {"failure", u"R01 The account has not enough money"_s}}
        << u"Debit of $5.00 from ann@example.com, Failed, The account has not enough money"_s;
    QTest::newRow("a customer") << RecordKind::Customer
                                << Values{{"customer", u"Ann Lee"_s}, {"email", u"ann@example.com"_s},
                                       {"bank", u"First Bank ··0042"_s}, {"status", u"ACTIVE"_s}}
                                << u"Customer Ann Lee, ann@example.com, First Bank, account ending in 0042, Active"_s;
    QTest::newRow("a customer without a name")
        << RecordKind::Customer << Values{{"id", u"cus-1"_s}} << u"Customer cus-1"_s;
    QTest::newRow("a payout") << RecordKind::Payout
                              << Values{{"amount", 100'000}, {"status", u"DISBURSED"_s}, {"created", thirdOfMay}}
                              << u"Payout of $1,000.00, Disbursed, 3 May 2026"_s;
    QTest::newRow("a refund in the queue") << RecordKind::OutboxEntry
                                           << Values{{"type", u"REFUND"_s}, {"amount", 300}, {"customer", u"Ann Lee"_s},
                                                  {"status", u"HELD"_s}, {"reason", u"Broken"_s}}
                                           << u"Refund of $3.00 to Ann Lee, Held, Broken"_s;
    QTest::newRow("a cancellation") << RecordKind::OutboxEntry
                                    << Values{{"type", u"CANCEL"_s}, {"customer", u"Ann Lee"_s}}
                                    << u"Cancellation for Ann Lee"_s;
    QTest::newRow("an event") << RecordKind::Event
                              << Values{{"type", u"payment.succeeded"_s}, {"resource", u"pay-1"_s},
                                     {"verdict", u"VERIFIED"_s}, {"status", u"READ_BACK"_s}}
                              << u"Payment succeeded, about pay-1, signature: Verified, Read back"_s;
    QTest::newRow("a pay link") << RecordKind::PayLink
                                << Values{{"customer", u"Ann Lee"_s}, {"amount", 1500}, {"status", u"FINISHED?"_s},
                                       {"created", thirdOfMay}}
                                << u"Pay link for Ann Lee over $15.00, Finished, not confirmed, 3 May 2026"_s;
    QTest::newRow("a link that takes no money") << RecordKind::PayLink << Values{} << u"Pay link"_s;
}

void TestSpoken::aRowIsOneSentence()
{
    QFETCH(RecordKind, kind);
    QFETCH(Values, values);
    QFETCH(QString, sentence);
    QCOMPARE(models::spokenRow(kind, cellsOf(kind, values), QLocale(u"en_US"_s)), sentence);
}

void TestSpoken::aCellSaysWhatTheEyeSees_data()
{
    QTest::addColumn<RecordKind>("kind");
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("spoken");
    QTest::newRow("the word of a chip") << RecordKind::Transaction << QByteArray("status") << u"SCHEDULED"_s
                                        << u"Scheduled"_s;
    QTest::newRow("what is only inferred")
        << RecordKind::PayLink << QByteArray("status") << u"EXPIRED?"_s << u"Probably expired, not confirmed"_s;
    QTest::newRow("dots before digits") << RecordKind::Customer << QByteArray("bank") << u"First Bank ··0042"_s
                                        << u"First Bank, account ending in 0042"_s;
    QTest::newRow("a bank without digits")
        << RecordKind::Customer << QByteArray("bank") << u"First Bank"_s << u"First Bank"_s;
    QTest::newRow("a kind of order") << RecordKind::OutboxEntry << QByteArray("type") << u"CANCEL"_s
                                     << u"Cancellation"_s;
    QTest::newRow("a kind nobody knows") << RecordKind::Transaction << QByteArray("type") << u"REVERSAL"_s
                                         << u"REVERSAL"_s;
    QTest::newRow("nothing") << RecordKind::Transaction << QByteArray("status") << QString() << QString();
}

void TestSpoken::aCellSaysWhatTheEyeSees()
{
    QFETCH(RecordKind, kind);
    QFETCH(QByteArray, column);
    QFETCH(QString, value);
    QFETCH(QString, spoken);
    const std::vector<Cell> cells = cellsOf(kind, {{column.toStdString(), value}});
    const std::span<const models::Column> columns = models::columnsOf(kind);
    const auto found = std::ranges::find_if(columns, [&column](const models::Column &c) { return column == c.name; });
    QVERIFY(found != columns.end());
    const auto place = static_cast<int>(found - columns.begin());
    QCOMPARE(models::spokenCell(kind, place, cells[static_cast<size_t>(place)], QLocale(u"en_US"_s)), spoken);
}

void TestSpoken::anyTableNamesItsColumns()
{
    QCOMPARE(models::spokenRow(SubscriptionRow(), 0), u"Name: Orders. State: Active"_s);
}

QTEST_GUILESS_MAIN(TestSpoken)
#include "tst_spoken.moc"

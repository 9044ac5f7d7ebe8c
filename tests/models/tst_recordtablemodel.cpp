// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recordtablemodel.h"
#include "tests/benchmarks/ledgergenerator.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using models::Ledger;
using models::Observation;
using models::RecordKind;
using models::RecordTableModel;

namespace {

constexpr qint64 newest = 1'763'640'000'000;

Observation paid(const QString &id, qint64 createdAt, qint64 cents = 4'200, const QString &status = u"PENDING"_s,
    qint64 seenAt = newest)
{
    const api::Transaction transaction{.id = api::TransactionId(id),
        .type = u"DEBIT"_s,
        .status = status,
        .customerId = {},
        .amount = {.cents = cents, .currency = u"USD"_s},
        .clientReferenceId = u"LIVE-"_s + id,
        .descriptor = {},
        .settlementAt = 0,
        .createdAt = createdAt,
        .failureCode = {},
        .failureText = {}};
    return {.record = transaction, .raw = {}, .observedAt = seenAt};
}

int columnNamed(QByteArrayView name)
{
    const auto columns = models::columnsOf(RecordKind::Transaction);
    return static_cast<int>(std::ranges::find(columns, name, &models::Column::name) - columns.begin());
}

} // namespace

class tst_RecordTableModel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(benchmarks::generateLedger(m_pattern.filePath(u"ledger.sqlite"_s),
            {.transactions = 3'000, .customers = 50, .payouts = 20, .secondsApart = 900}));
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString file = m_folder->filePath(u"ledger.sqlite"_s);
        QVERIFY(QFile::copy(m_pattern.filePath(u"ledger.sqlite"_s), file));
        m_ledger = *Ledger::open(file);
    }

    void cleanup()
    {
        m_ledger.reset();
        m_folder.reset();
    }

    void allRowsArriveNewestFirst()
    {
        RecordTableModel model(*m_ledger, RecordKind::Transaction);
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.state(), RecordTableModel::State::Loading);
        QTRY_COMPARE(model.rowCount(), 3'000);
        QCOMPARE(model.state(), RecordTableModel::State::Ready);
        QVERIFY(model.totals().complete);
        QCOMPARE(model.totals().rows, 3'000);
        for (int row = 1; row < model.rowCount(); ++row)
            QVERIFY(model.keyAt(row - 1) > model.keyAt(row));
        QCOMPARE(model.rowOfKey(model.keyAt(1'234)), 1'234);
        QCOMPARE(model.rowOfKey(5), -1);
    }

    void theFirstRowsComeDecoded()
    {
        RecordTableModel model(*m_ledger, RecordKind::Transaction);
        const QAbstractItemModelTester tester(&model);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QTRY_COMPARE(reset.size(), 1);
        QVERIFY(model.rowCount() >= 200);
        QVERIFY(model.index(0, 0).data(RecordTableModel::LoadedRole).toBool());
        QVERIFY(!model.refAt(0).id.isEmpty());
        QVERIFY(!model.index(0, columnNamed("customer")).data().toString().isEmpty());
        QVERIFY(!model.index(0, columnNamed("amount"))
                .data(RecordTableModel::CellRole)
                .value<models::Cell>()
                .currency.isEmpty());
    }

    void aRowFarDownIsFetchedWhenItIsLookedAt()
    {
        RecordTableModel model(*m_ledger, RecordKind::Transaction);
        const QAbstractItemModelTester tester(&model);
        QTRY_COMPARE(model.rowCount(), 3'000);
        const QModelIndex far = model.index(2'900, 0);
        QVERIFY(!far.data().isValid() || far.data(RecordTableModel::LoadedRole).toBool());
        QTRY_VERIFY(far.data(RecordTableModel::LoadedRole).toBool());
        QCOMPARE(far.data(RecordTableModel::RefRole).value<models::RecordRef>(), model.refAt(2'900));
        model.setVisibleRows(1'000, 1'020);
        QTRY_VERIFY(model.index(1'010, 0).data(RecordTableModel::LoadedRole).toBool());
    }

    void sumAndCountAreThoseOfTheView()
    {
        RecordTableModel model(*m_ledger, RecordKind::Transaction);
        const QAbstractItemModelTester tester(&model);
        model.setFilter(u"status:succeeded"_s);
        QTRY_VERIFY(model.totals().complete && model.rowCount() == model.totals().rows);
        qint64 expected = 0;
        models::LedgerRead read = m_ledger->read<qint64>(
            [](models::Database &database) -> models::DatabaseResult<qint64> {
                const auto statement = database.prepare(
                    "SELECT sum(CASE type WHEN 'CREDIT' THEN -amount_cents ELSE amount_cents END) "
                    "FROM transactions WHERE status = 'SUCCEEDED'");
                if (!statement || !(*statement)->step())
                    return std::unexpected(models::DatabaseError{});
                return (*statement)->integer(0);
            },
            this, [&](models::DatabaseResult<qint64> sum) { expected = sum.value_or(-1); });
        QTRY_VERIFY(expected != 0);
        QVERIFY(model.totals().hasSum);
        QCOMPARE(model.totals().cents, expected);
        QVERIFY(model.totals().rows > 0 && model.totals().rows < 3'000);
    }

    void everyColumnSorts_data()
    {
        QTest::addColumn<int>("column");
        for (int column = 0; column < int(models::columnsOf(RecordKind::Transaction).size()); ++column)
            QTest::newRow(models::columnsOf(RecordKind::Transaction)[size_t(column)].name) << column;
    }

    void everyColumnSorts()
    {
        QFETCH(int, column);
        RecordTableModel model(*m_ledger, RecordKind::Transaction);
        const QAbstractItemModelTester tester(&model);
        QTRY_VERIFY(model.totals().complete);
        const qint64 cents = model.totals().cents;
        model.sort(column, Qt::AscendingOrder);
        QCOMPARE(model.sortColumn(), column);
        QTRY_VERIFY(model.totals().complete);
        QCOMPARE(model.totals().cents, cents);
        QTRY_COMPARE(model.rowCount(), 3'000);
        QTRY_VERIFY(model.index(0, column).data(RecordTableModel::LoadedRole).toBool());
        const auto valueAt = [&](int row) {
            return model.index(row, column).data(RecordTableModel::CellRole).value<models::Cell>().value;
        };
        for (int row = 1; row < 100; ++row) {
            const QVariant left = valueAt(row - 1);
            const QVariant right = valueAt(row);
            if (left.typeId() == QMetaType::QString)
                QVERIFY(left.toString().toUtf8().toLower() <= right.toString().toUtf8().toLower());
            else
                QVERIFY(left.toLongLong() <= right.toLongLong());
        }
    }

    void aMistakeLeavesTheRows()
    {
        RecordTableModel model(*m_ledger, RecordKind::Transaction);
        const QAbstractItemModelTester tester(&model);
        QTRY_COMPARE(model.rowCount(), 3'000);
        QSignalSpy changed(&model, &RecordTableModel::stateChanged);
        model.setFilter(u"amount:banana"_s);
        QCOMPARE(changed.size(), 1);
        QVERIFY(model.problem().has_value());
        QCOMPARE(model.problem()->position, 7);
        QCOMPARE(model.rowCount(), 3'000);
        model.setFilter(u"amount:>1"_s);
        QVERIFY(!model.problem().has_value());
        QTRY_COMPARE(model.state(), RecordTableModel::State::Ready);
    }

    void theNewestQuestionWins()
    {
        RecordTableModel model(*m_ledger, RecordKind::Transaction);
        const QAbstractItemModelTester tester(&model);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        for (const QString &text : {u"a"_s, u"ad"_s, u"ada"_s, u"zzzz"_s})
            model.setFilter(text);
        QTRY_COMPARE(reset.size(), 1);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.totals().rows, 0);
        QVERIFY(model.totals().complete);
        QCOMPARE(model.filter(), u"zzzz"_s);
    }

    void selectionSurvivesLiveChanges()
    {
        RecordTableModel model(*m_ledger, RecordKind::Transaction);
        const QAbstractItemModelTester tester(&model);
        QTRY_COMPARE(model.rowCount(), 3'000);
        QItemSelectionModel selection(&model);
        selection.setCurrentIndex(model.index(100, 0), QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
        const QPersistentModelIndex chosen(model.index(100, 0));
        const qint64 key = model.keyAt(100);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);

        m_ledger->observe(
            {paid(u"top"_s, newest + 5'000), paid(u"bottom"_s, 1'000), paid(u"middle"_s, (model.keyAt(50) >> 20) + 1)});
        QTRY_COMPARE(model.rowCount(), 3'003);
        QCOMPARE(inserted.size(), 3);
        QVERIFY(reset.isEmpty());
        QCOMPARE(chosen.row(), 102);
        QCOMPARE(model.keyAt(selection.currentIndex().row()), key);
        QCOMPARE(model.keyAt(selection.selectedRows().front().row()), key);
        QCOMPARE(model.totals().rows, 3'003);
    }

    void manyScatteredChangesComeAtOnce()
    {
        RecordTableModel model(*m_ledger, RecordKind::Transaction);
        const QAbstractItemModelTester tester(&model);
        QTRY_COMPARE(model.rowCount(), 3'000);
        QItemSelectionModel selection(&model);
        selection.setCurrentIndex(
            model.index(1'000, 0), QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
        const qint64 key = model.keyAt(1'000);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy laidOut(&model, &QAbstractItemModel::layoutChanged);

        QList<models::Observation> scattered;
        for (int row = 0; row < 2'000; row += 10)
            scattered.append(paid(u"scattered-%1"_s.arg(row), (model.keyAt(row) >> 20) + 1));
        m_ledger->observe(scattered);
        QTRY_COMPARE(model.rowCount(), 3'200);
        QCOMPARE(laidOut.size(), 1);
        QVERIFY(inserted.isEmpty() && reset.isEmpty());
        QCOMPARE(model.keyAt(selection.currentIndex().row()), key);
        QCOMPARE(selection.selectedRows().size(), 1);
        QCOMPARE(model.keyAt(selection.selectedRows().front().row()), key);
        QCOMPARE(model.totals().rows, 3'200);
    }

    void aChangedRowIsShownAnewInItsPlace()
    {
        m_ledger->observe({paid(u"mine"_s, newest + 5'000)});
        RecordTableModel model(*m_ledger, RecordKind::Transaction);
        const QAbstractItemModelTester tester(&model);
        QTRY_COMPARE(model.rowCount(), 3'001);
        model.setVisibleRows(0, 20);
        const auto status = [&] {
            return model.index(0, columnNamed("status"))
                .data(RecordTableModel::CellRole)
                .value<models::Cell>()
                .value.toString();
        };
        QTRY_COMPARE(status(), u"PENDING"_s);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        m_ledger->observe({paid(u"mine"_s, newest + 5'000, 4'200, u"SUCCEEDED"_s, newest + 1)});
        QTRY_COMPARE(status(), u"SUCCEEDED"_s);
        QVERIFY(removed.isEmpty());
    }

    void aRowThatNoLongerFitsLeaves()
    {
        m_ledger->observe({paid(u"mine"_s, newest + 5'000)});
        RecordTableModel model(*m_ledger, RecordKind::Transaction);
        const QAbstractItemModelTester tester(&model);
        model.setFilter(u"ref:LIVE status:pending"_s);
        QTRY_COMPARE(model.rowCount(), 1);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        m_ledger->observe({paid(u"mine"_s, newest + 5'000, 4'200, u"SUCCEEDED"_s, newest + 1)});
        QTRY_COMPARE(model.rowCount(), 0);
        QVERIFY(reset.isEmpty());
    }

    void aRowThatMovesInAnotherOrderKeepsTheOthers()
    {
        m_ledger->observe(
            {paid(u"one"_s, newest + 1, 100), paid(u"two"_s, newest + 2, 200), paid(u"three"_s, newest + 3, 300)});
        RecordTableModel model(*m_ledger, RecordKind::Transaction);
        const QAbstractItemModelTester tester(&model);
        model.setFilter(u"ref:LIVE"_s);
        model.sort(columnNamed("amount"), Qt::AscendingOrder);
        QTRY_COMPARE(model.rowCount(), 3);
        const QPersistentModelIndex two(model.index(1, 0));
        m_ledger->observe({paid(u"one"_s, newest + 1, 900, u"PENDING"_s, newest + 1)});
        QTRY_COMPARE(two.row(), 0);
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(model.totals().cents, 1'400);
    }

    void otherKindsHaveTheirRows_data()
    {
        QTest::addColumn<RecordKind>("kind");
        QTest::addColumn<int>("rows");
        QTest::newRow("customers") << RecordKind::Customer << 50;
        QTest::newRow("payouts") << RecordKind::Payout << 20;
        QTest::newRow("outbox") << RecordKind::OutboxEntry << 0;
    }

    void otherKindsHaveTheirRows()
    {
        QFETCH(RecordKind, kind);
        RecordTableModel model(*m_ledger, kind);
        const QAbstractItemModelTester tester(&model);
        QTRY_VERIFY(model.totals().complete);
        QTEST(model.rowCount(), "rows");
    }

    void writesOfAnotherProcessAppear()
    {
        RecordTableModel model(*m_ledger, RecordKind::Transaction);
        const QAbstractItemModelTester tester(&model);
        QTRY_COMPARE(model.rowCount(), 3'000);
        auto other = *Ledger::open(m_ledger->file());
        other->observe({paid(u"theirs"_s, newest + 5'000)});
        QTRY_COMPARE(model.rowCount(), 3'001);
    }

    void itMayDieWhileItIsAsking()
    {
        for (int round = 0; round < 20; ++round) {
            auto model = std::make_unique<RecordTableModel>(*m_ledger, RecordKind::Transaction);
            model->setFilter(u"a"_s);
            QCoreApplication::processEvents();
        }
        RecordTableModel last(*m_ledger, RecordKind::Transaction);
        QTRY_COMPARE(last.rowCount(), 3'000);
    }

private:
    QTemporaryDir m_pattern;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Ledger> m_ledger;
};

QTEST_GUILESS_MAIN(tst_RecordTableModel)
#include "tst_recordtablemodel.moc"

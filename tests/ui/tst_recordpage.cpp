// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/dialogbench.h"
#include "ui/banner.h"
#include "ui/emptystate.h"
#include "ui/fieldrow.h"
#include "ui/inspector.h"
#include "ui/recordpage.h"
#include "ui/recordtable.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;

class tst_RecordPage : public QObject
{
    Q_OBJECT

private slots:
    void anEmptyLedgerOffersTheImport();
    void aFilterWithoutMatchOffersToClearIt();
    void enterOpensTheRecordAndEscapeClosesIt();
    void aRefundStartsFromTheInspector();
    void whatCannotBeRefundedSaysWhy();
    void theKeysActOnTheRecordThatIsShown();
    void theDetailsStayWhileOthersChange();
    void copyTakesTheId();
    void anUnknownRecordIsAskedFor();
    void aListThatCannotBeReadCanBeTriedAgain();
    void columnsAreRemembered();
    void columnsOfAnotherTableAreNotTaken();
    void linkedUsersAreLinkedAndRevealedButNotPaid();

private:
    static ui::RecordTable *tableOf(const ui::RecordPage &page)
    {
        return page.findChild<ui::RecordTable *>(u"transactionsTable"_s);
    }
    static void openFirst(const ui::RecordPage &page)
    {
        ui::RecordTable *table = tableOf(page);
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
    }
    static void show(ui::RecordPage &page)
    {
        page.resize(1200, 700);
        page.show();
    }
    static bool firstRowIsThere(const ui::RecordPage &page)
    {
        return !static_cast<models::RecordTableModel *>(tableOf(page)->model())->refAt(0).id.isEmpty();
    }
};

void tst_RecordPage::anEmptyLedgerOffersTheImport()
{
    DialogBench bench;
    ui::RecordPage page(bench.workspace, models::RecordKind::Transaction, nullptr);
    show(page);
    QSignalSpy wanted(&page, &ui::RecordPage::importRequested);
    QTRY_VERIFY(page.findChild<ui::EmptyState *>());
    QTRY_VERIFY(page.findChild<ui::EmptyState *>()->isVisible());
    page.findChild<QPushButton *>(u"emptyAction"_s)->click();
    QCOMPARE(wanted.count(), 1);
}

void tst_RecordPage::aFilterWithoutMatchOffersToClearIt()
{
    DialogBench bench;
    bench.learn(DialogBench::payment(u"pay-1"_s, 1000));
    ui::RecordPage page(bench.workspace, models::RecordKind::Transaction, nullptr);
    show(page);
    QTRY_COMPARE(tableOf(page)->model()->rowCount(), 1);
    page.setFilter(u"nobody"_s);
    QTRY_VERIFY(page.findChild<ui::EmptyState *>() && page.findChild<ui::EmptyState *>()->isVisible());
    page.findChild<QPushButton *>(u"emptyAction"_s)->click();
    QTRY_COMPARE(tableOf(page)->model()->rowCount(), 1);
    QTRY_VERIFY(tableOf(page)->isVisible());
}

void tst_RecordPage::enterOpensTheRecordAndEscapeClosesIt()
{
    DialogBench bench;
    bench.learn(DialogBench::ada());
    bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
    ui::RecordPage page(bench.workspace, models::RecordKind::Transaction, nullptr);
    show(page);
    QTRY_VERIFY(firstRowIsThere(page));
    openFirst(page);
    auto *inspector = page.findChild<ui::Inspector *>();
    QVERIFY(inspector);
    QTRY_COMPARE(inspector->findChild<QLabel *>(u"headline"_s)->accessibleName(), u"$128.40"_s);
    QCOMPARE(inspector->findChild<QLabel *>(u"inspectorTitle"_s)->text(), u"Ada Lovelace"_s);
    QTRY_VERIFY(inspector->findChild<QLabel *>(u"lastReadLabel"_s)->text().startsWith(u"Last read"_s));
    QVERIFY(QTest::qWaitForWindowActive(&page));
    QTest::keyClick(tableOf(page), Qt::Key_Escape);
    QTRY_VERIFY(!inspector->isVisible());
}

void tst_RecordPage::aRefundStartsFromTheInspector()
{
    DialogBench bench;
    bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
    ui::RecordPage page(bench.workspace, models::RecordKind::Transaction, nullptr);
    show(page);
    QSignalSpy wanted(&page, &ui::RecordPage::refundRequested);
    page.openRecord({models::RecordKind::Transaction, u"pay-1"_s});
    auto *refund = page.findChild<QPushButton *>(u"refundButton"_s);
    QTRY_VERIFY(refund->isEnabled());
    refund->click();
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().value<models::RecordRef>().id, u"pay-1"_s);
    QTRY_COMPARE(tableOf(page)->currentRef().id, u"pay-1"_s);
}

void tst_RecordPage::whatCannotBeRefundedSaysWhy()
{
    DialogBench bench;
    bench.learn(DialogBench::payment(u"pay-1"_s, 12'840, u"INITIATED"_s));
    ui::RecordPage page(bench.workspace, models::RecordKind::Transaction, nullptr);
    show(page);
    page.openRecord({models::RecordKind::Transaction, u"pay-1"_s});
    auto *reason = page.findChild<QLabel *>(u"refundReason"_s);
    QTRY_VERIFY(!reason->text().isEmpty());
    QVERIFY(!page.findChild<QPushButton *>(u"refundButton"_s)->isEnabled());
    QVERIFY(page.findChild<QPushButton *>(u"cancelPaymentButton"_s)->isVisible());
    QCOMPARE(page.findChild<QPushButton *>(u"refundButton"_s)->accessibleDescription(), reason->text());
}

void tst_RecordPage::theKeysActOnTheRecordThatIsShown()
{
    DialogBench bench;
    bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
    bench.learn(DialogBench::payment(u"pay-2"_s, 500));
    ui::RecordPage page(bench.workspace, models::RecordKind::Transaction, nullptr);
    show(page);
    page.setFilter(u"amount:>100"_s);
    QTRY_COMPARE(tableOf(page)->model()->rowCount(), 1);
    QTRY_VERIFY(firstRowIsThere(page));
    openFirst(page);
    page.openRecord({models::RecordKind::Transaction, u"pay-2"_s}); // which the filter keeps out of the table
    QTRY_COMPARE(page.findChild<QLabel *>(u"headline"_s)->accessibleName(), u"$5.00"_s);
    QCOMPARE(tableOf(page)->currentRef().id, u"pay-1"_s);
    QSignalSpy wanted(&page, &ui::RecordPage::refundRequested);
    QVERIFY(QTest::qWaitForWindowActive(&page));
    QTest::keyClick(tableOf(page), Qt::Key_R);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().value<models::RecordRef>().id, u"pay-2"_s);
    QTest::keyClick(tableOf(page), Qt::Key_Escape);
    QTest::keyClick(tableOf(page), Qt::Key_R);
    QCOMPARE(wanted.count(), 2);
    QCOMPARE(wanted.last().first().value<models::RecordRef>().id, u"pay-1"_s);
}

void tst_RecordPage::theDetailsStayWhileOthersChange()
{
    DialogBench bench;
    bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
    ui::RecordPage page(bench.workspace, models::RecordKind::Transaction, nullptr);
    show(page);
    page.openRecord({models::RecordKind::Transaction, u"pay-1"_s});
    QTRY_VERIFY(page.findChild<ui::FieldRow *>());
    const QPointer<ui::FieldRow> row = page.findChild<ui::FieldRow *>();
    bench.learn(DialogBench::payment(u"pay-2"_s, 500));
    QTRY_COMPARE(tableOf(page)->model()->rowCount(), 2);
    QVERIFY(row);
    bench.learn(DialogBench::payment(u"pay-1"_s, 12'840, u"TERMINAL_FAILED"_s));
    QTRY_VERIFY(!row);
}

void tst_RecordPage::copyTakesTheId()
{
    DialogBench bench;
    bench.learn(DialogBench::payment(u"pay-1"_s, 100));
    ui::RecordPage page(bench.workspace, models::RecordKind::Transaction, nullptr);
    show(page);
    QTRY_VERIFY(firstRowIsThere(page));
    tableOf(page)->setCurrentIndex(tableOf(page)->model()->index(0, 0));
    QTest::keyClick(tableOf(page), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"pay-1"_s);
}

void tst_RecordPage::anUnknownRecordIsAskedFor()
{
    DialogBench bench;
    ui::RecordPage page(bench.workspace, models::RecordKind::Transaction, nullptr);
    show(page);
    page.openRecord({models::RecordKind::Transaction, u"pay-404"_s});
    auto *inspector = page.findChild<ui::Inspector *>();
    auto *again = inspector->findChild<QPushButton *>(u"bannerAction"_s);
    QTRY_COMPARE(again->text(), u"Ask Link Money"_s);
    again->click();
    QTRY_COMPARE(again->text(), u"Try again"_s);
    QVERIFY(!inspector->findChild<QLabel *>(u"bannerText"_s)->text().isEmpty());
}

void tst_RecordPage::aListThatCannotBeReadCanBeTriedAgain()
{
    DialogBench bench;
    bench.learn(DialogBench::payment(u"pay-1"_s, 1000));
    bench.run("ALTER TABLE transactions RENAME TO elsewhere");
    ui::RecordPage page(bench.workspace, models::RecordKind::Transaction, nullptr);
    show(page);
    auto *failure = page.findChild<ui::Banner *>(u"listFailure"_s);
    QTRY_VERIFY(failure->isVisible());
    bench.run("ALTER TABLE elsewhere RENAME TO transactions");
    QTest::mouseClick(failure->findChild<QPushButton *>(u"bannerAction"_s), Qt::LeftButton);
    QTRY_COMPARE(tableOf(page)->model()->rowCount(), 1);
    QTRY_VERIFY(failure->isHidden());
}

void tst_RecordPage::columnsAreRemembered()
{
    DialogBench bench;
    const int column = 7; // "Type", not shown at first
    {
        ui::RecordPage page(bench.workspace, models::RecordKind::Transaction, nullptr);
        QVERIFY(tableOf(page)->isColumnHidden(column));
        tableOf(page)->setColumnShown(column, true);
        QTRY_VERIFY(bench.store.viewSetting(u"transactions/columns"_s).isValid());
    }
    ui::RecordPage page(bench.workspace, models::RecordKind::Transaction, nullptr);
    QVERIFY(!tableOf(page)->isColumnHidden(column));
}

void tst_RecordPage::columnsOfAnotherTableAreNotTaken()
{
    DialogBench bench;
    ui::RecordPage page(bench.workspace, models::RecordKind::Transaction, nullptr);
    ui::RecordTable *table = tableOf(page);
    table->setColumnShown(0, false);
    QByteArray state = table->layoutState();
    table->setColumnShown(0, true);
    table->restoreLayoutState("other columns" + state);
    QVERIFY(!table->isColumnHidden(0));
    table->restoreLayoutState(state.left(state.size() / 2)); // cut off
    QVERIFY(!table->isColumnHidden(0));
    table->restoreLayoutState(state);
    QVERIFY(table->isColumnHidden(0));
}

void tst_RecordPage::linkedUsersAreLinkedAndRevealedButNotPaid()
{
    DialogBench bench;
    const models::LinkedUserId user{.tenant = api::TenantId(u"TNT-1"_s), .loginName = api::LoginName(u"shopper"_s)};
    const api::AggregatedAccount account{
        .id = api::AggregatedAccountId(u"1"_s), .provider = u"Dag Site"_s, .number = u"xxxx6789"_s};
    bench.learn(models::LinkedUser{.id = user, .accounts = QList{account}});
    ui::RecordPage page(bench.workspace, models::RecordKind::Customer, nullptr);
    show(page);
    page.setFilter(u"family:aggregation"_s);
    page.openRecord(models::recordOf(user));
    auto *reason = page.findChild<QLabel *>(u"refundReason"_s);
    QTRY_VERIFY(reason->text().contains(u"no money"_s));
    for (const QString &name : {u"payButton"_s, u"creditButton"_s, u"refundButton"_s})
        QVERIFY2(!page.findChild<QPushButton *>(name)->isVisible(), qPrintable(name));
    for (const auto &[name, wish] : {std::pair(u"relinkButton"_s, &ui::RecordPage::relinkRequested),
             std::pair(u"revealButton"_s, &ui::RecordPage::revealRequested)}) {
        QSignalSpy wished(&page, wish);
        QTest::mouseClick(page.findChild<QPushButton *>(name), Qt::LeftButton);
        QCOMPARE(wished.size(), 1);
        QCOMPARE(wished.first().first().value<models::RecordRef>(), models::recordOf(user));
    }
    QStringList texts;
    for (const QLabel *label : page.findChildren<QLabel *>())
        texts.append(label->text());
    QVERIFY2(texts.join(u'|').contains(u"Dag Site ··6789"_s), qPrintable(texts.join(u'|')));
    QTRY_COMPARE(page.findChild<ui::RecordTable *>()->model()->rowCount(), 1);
}

QTEST_MAIN(tst_RecordPage)
#include "tst_recordpage.moc"

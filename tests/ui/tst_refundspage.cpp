// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/dialogbench.h"
#include "ui/outboxinspector.h"
#include "ui/recordtable.h"
#include "ui/refundspage.h"
#include "ui/undobar.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int longHold = 300;

//! The key of a refund that was handed to the outbox.
qint64 refund(DialogBench &bench, qint64 cents, int holdSeconds)
{
    qint64 key = 0;
    QObject context;
    const models::Intent intent{.kind = models::OutboxKind::Refund,
        .customer = api::CustomerId(u"cus-ada"_s),
        .original = api::TransactionId(u"pay-1"_s),
        .amount = {.cents = cents},
        .reason = u"Goods returned"_s,
        .reference = {},
        .softDescriptor = {},
        .drawnRemainderCents = -1,
        .holdSeconds = holdSeconds};
    bench.outbox.submit(intent, &context,
        [&key](const std::expected<qint64, models::IntentRefusal> &result) { key = result.value_or(-1); });
    return QTest::qWaitFor([&key] { return key != 0; }) ? key : -1;
}

} // namespace

class tst_RefundsPage : public QObject
{
    Q_OBJECT

private slots:
    void anEntryIsWithdrawnFromItsDetails();
    void groupsHoldWhatTheySay();
    void whatWasRefusedWaitsForAPerson();
    void theUndoBarCountsDownAndTakesBack();

private:
    static void fill(DialogBench &bench)
    {
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
    }
    static int rows(const ui::RefundsPage &page) { return page.findChild<ui::RecordTable *>()->model()->rowCount(); }
    static QPushButton *button(const QWidget &page, const QString &name) { return page.findChild<QPushButton *>(name); }
};

void tst_RefundsPage::anEntryIsWithdrawnFromItsDetails()
{
    DialogBench bench;
    fill(bench);
    const qint64 key = refund(bench, 500, longHold);
    QVERIFY(key > 0);
    ui::RefundsPage page(bench.workspace, nullptr);
    page.resize(1200, 700);
    page.show();
    page.openEntry(key);
    auto *next = page.findChild<QLabel *>(u"nextStep"_s);
    QVERIFY(next);
    QTRY_VERIFY(!next->text().isEmpty());
    QTRY_VERIFY(button(page, u"withdrawButton"_s)->isVisible());
    QVERIFY(!button(page, u"askAgainButton"_s)->isVisible());
    QSignalSpy changed(&bench.outbox, &models::Outbox::entryChanged);
    button(page, u"withdrawButton"_s)->click();
    QTRY_VERIFY(!button(page, u"withdrawButton"_s)->isVisible());
    QVERIFY(button(page, u"newRefundButton"_s)->isVisible());
    QVERIFY(changed.count() > 0);
    QSignalSpy again(&page, &ui::RefundsPage::refundRequested);
    button(page, u"newRefundButton"_s)->click();
    QCOMPARE(again.first().first().value<models::RecordRef>().id, u"pay-1"_s);
}

void tst_RefundsPage::groupsHoldWhatTheySay()
{
    DialogBench bench;
    fill(bench);
    QVERIFY(refund(bench, 500, longHold) > 0);
    ui::RefundsPage page(bench.workspace, nullptr);
    page.resize(1200, 700);
    page.show();
    page.showGroup(ui::RefundsPage::Group::OnTheWay);
    QTRY_COMPARE(rows(page), 1);
    page.showGroup(ui::RefundsPage::Group::Done);
    QTRY_COMPARE(rows(page), 0);
    page.showGroup(ui::RefundsPage::Group::NeedsYou);
    QTRY_COMPARE(rows(page), 0);
    page.showGroup(ui::RefundsPage::Group::All);
    QTRY_COMPARE(rows(page), 1);
}

void tst_RefundsPage::whatWasRefusedWaitsForAPerson()
{
    DialogBench bench; // its service knows no payments: a refund is refused
    fill(bench);
    ui::RefundsPage page(bench.workspace, nullptr);
    page.resize(1200, 700);
    page.show();
    const qint64 key = refund(bench, 500, 0);
    QTRY_COMPARE(bench.outbox.needsPerson(), 1);
    page.showGroup(ui::RefundsPage::Group::NeedsYou);
    QTRY_COMPARE(rows(page), 1);
    QVERIFY(page.findChild<QTabBar *>()->tabText(0).contains(u'1'));
    page.openEntry(key);
    QTRY_VERIFY(button(page, u"takeNoteButton"_s)->isVisible());
    button(page, u"takeNoteButton"_s)->click();
    QTRY_COMPARE(bench.outbox.needsPerson(), 0);
    page.showGroup(ui::RefundsPage::Group::NeedsYou);
    QTRY_COMPARE(rows(page), 0);
}

void tst_RefundsPage::theUndoBarCountsDownAndTakesBack()
{
    DialogBench bench;
    fill(bench);
    const qint64 key = refund(bench, 500, longHold);
    QWidget window;
    window.resize(900, 600);
    window.show();
    ui::UndoBar bar(*bench.ledger, bench.outbox, &window);
    bar.follow(key);
    QTRY_VERIFY(bar.isVisible());
    QVERIFY2(bar.text().contains(u"$5.00"_s) && bar.text().contains(u"Ada Lovelace"_s), qPrintable(bar.text()));
    bar.findChild<QPushButton *>(u"undoButton"_s)->click();
    QTRY_VERIFY2(bar.text().contains(u"taken back"_s), qPrintable(bar.text()));
    QVERIFY(!bar.findChild<QPushButton *>(u"undoButton"_s)->isVisible());
    QCOMPARE(bar.accessibleName(), bar.text());
}

QTEST_MAIN(tst_RefundsPage)
#include "tst_refundspage.moc"

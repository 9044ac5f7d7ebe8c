// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregation.h"
#include "models/connectiontest.h"
#include "tests/ui/accessiblewalk.h"
#include "tests/ui/dialogbench.h"
#include "ui/aggregationwebhookdialog.h"
#include "ui/canceldialog.h"
#include "ui/creditdialog.h"
#include "ui/endsubscriptiondialog.h"
#include "ui/fastlinkdialog.h"
#include "ui/importdialog.h"
#include "ui/inspector.h"
#include "ui/keyboardhelp.h"
#include "ui/linkbatchdialog.h"
#include "ui/mainwindow.h"
#include "ui/passphrasedialog.h"
#include "ui/paymentdialog.h"
#include "ui/profiledialog.h"
#include "ui/qrdialog.h"
#include "ui/receiverdialog.h"
#include "ui/recordtable.h"
#include "ui/refunddialog.h"
#include "ui/replaydialog.h"
#include "ui/revealdialog.h"
#include "ui/secretdialog.h"
#include "ui/sessiondialog.h"
#include "ui/signaturedialog.h"
#include "ui/statuschip.h"
#include "ui/subscriptiondialog.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>

using namespace Qt::Literals::StringLiterals;

namespace {

//! A dialog over a ledger with a customer and her payments.
struct AccessBench : DialogBench
{
    AccessBench()
        : family(*ledger, {.baseUrl = {}})
    {
        workspace.aggregation = &family;
        learn(ada());
        learn(payment(u"pay-1"_s, 12'840));
        learn(payment(u"pay-2"_s, 500, u"PENDING"_s));
        family.configure({.baseUrl = QUrl(server.url().toString() + u"/api"_s),
                             .clientId = u"client"_s,
                             .tenants = {u"TNT-1"_s, u"TNT-2"_s}},
            "secret");
    }

    static models::WebhookSubscription subscription()
    {
        return {.key = 1,
            .id = u"sub-1"_s,
            .name = u"Shop"_s,
            .url = u"https://shop.example/hooks"_s,
            .state = models::SubscriptionState::Active};
    }

    models::Aggregation family;
    models::ConnectionTest test;
};

using Maker = std::function<QDialog *(AccessBench &)>;
const models::RecordRef adaRecord{models::RecordKind::Customer, u"cus-ada"_s};
const models::RecordRef paidRecord{models::RecordKind::Transaction, u"pay-1"_s};
const models::RecordRef pendingRecord{models::RecordKind::Transaction, u"pay-2"_s};

QString joinedLines(const QStringList &lines)
{
    return u"\n  "_s + lines.join(u"\n  "_s);
}

void everythingIsNamed(QWidget &window)
{
    const QStringList problems = accessibleProblems(window);
    QVERIFY2(problems.isEmpty(), qPrintable(joinedLines(problems)));
}

void everythingIsNamedAndReached(QWidget &window)
{
    everythingIsNamed(window);
    if (QTest::currentTestFailed())
        return;
    const QStringList clashes = mnemonicClashes(window);
    QVERIFY2(clashes.isEmpty(), qPrintable(joinedLines(clashes)));
    const QStringList skipped = skippedByTab(window);
    QVERIFY2(skipped.isEmpty(), qPrintable(joinedLines(skipped)));
}

} // namespace

Q_DECLARE_METATYPE(Maker)

//! Everything that can be reached has a name that can be read aloud, and everything that can be clicked can be reached.
class tst_Accessibility : public QObject
{
    Q_OBJECT

private slots:
    void dialogs_data();
    void dialogs();
    void pages_data();
    void pages();
    void theHelpNamesEveryKey_data() { pages_data(); }
    void theHelpNamesEveryKey();
    void theRowsMenuOpensByKey();
    void details_data();
    void details();
    void aWindowOfItsOwn_data();
    void aWindowOfItsOwn();
};

void tst_Accessibility::dialogs_data()
{
    QTest::addColumn<Maker>("make");
    const auto row = [](const char *name, Maker make) { QTest::newRow(name) << make; };
    row("refund", [](AccessBench &b) { return new ui::RefundDialog(b.workspace, paidRecord); });
    row("cancel", [](AccessBench &b) { return new ui::CancelDialog(b.workspace, pendingRecord); });
    row("credit", [](AccessBench &b) { return new ui::CreditDialog(b.workspace, adaRecord); });
    row("payment", [](AccessBench &b) { return new ui::PaymentDialog(b.workspace, adaRecord); });
    row("reveal", [](AccessBench &b) { return new ui::RevealDialog(b.workspace, adaRecord); });
    row("import", [](AccessBench &b) { return new ui::ImportDialog(b.workspace); });
    row("profiles",
        [](AccessBench &b) { return new ui::ProfileDialog({b.store, b.test, b.asker}, b.store.current()); });
    row("pay link", [](AccessBench &b) { return new ui::SessionDialog(b.workspace, models::PayLinkPurpose::New, {}); });
    row("re-link", [](AccessBench &b) {
        return new ui::SessionDialog(b.workspace, models::PayLinkPurpose::Relink, u"cus-ada"_s);
    });
    row("links from a file", [](AccessBench &b) { return new ui::LinkBatchDialog(b.workspace); });
    row("qr code", [](AccessBench &b) { return new ui::QrDialog(b.workspace, {.key = 1, .name = u"Ada"_s}); });
    row("fastlink",
        [](AccessBench &b) { return new ui::FastLinkDialog(b.family, b.workspace, std::nullopt, nullptr); });
    row("replay", [](AccessBench &b) { return new ui::ReplayDialog(b.workspace, 1, u"Payment failed"_s, nullptr); });
    row("receiver", [](AccessBench &b) {
        auto *dialog = new ui::ReceiverDialog(b.workspace.profile, {}, b.asker, nullptr);
        dialog->setTargets({{.url = QUrl(u"https://shop.example/hooks"_s)}});
        return dialog;
    });
    row("subscribe", [](AccessBench &b) {
        return new ui::SubscriptionDialog(b.workspace.profile, ui::SubscriptionDialog::Mode::Subscribe, {}, nullptr);
    });
    row("add a subscription", [](AccessBench &b) {
        return new ui::SubscriptionDialog(b.workspace.profile, ui::SubscriptionDialog::Mode::AddByKey, {}, nullptr);
    });
    row("end a subscription", [](AccessBench &b) {
        return new ui::EndSubscriptionDialog(b.workspace.profile, AccessBench::subscription(), nullptr);
    });
    row("signature", [](AccessBench &b) {
        return new ui::SignatureDialog(b.workspace.profile, AccessBench::subscription(), nullptr);
    });
    row("aggregation webhook", [](AccessBench &b) {
        return new ui::AggregationWebhookDialog(b.workspace.profile, u"TNT-1"_s, std::nullopt, nullptr);
    });
    row("seal", [](AccessBench &b) {
        return new ui::PassphraseDialog(b.workspace.profile, ui::PassphraseDialog::Purpose::Seal, nullptr);
    });
    row("unseal", [](AccessBench &b) {
        return new ui::PassphraseDialog(b.workspace.profile, ui::PassphraseDialog::Purpose::Open, nullptr);
    });
    row("secret", [](AccessBench &b) { return new ui::SecretDialog(b.workspace.profile, u"No keychain."_s); });
    row("keyboard", [](AccessBench &b) {
        return new ui::KeyboardHelp(b.workspace.profile, ui::KeyboardHelp::everywhere(), nullptr);
    });
}

void tst_Accessibility::dialogs()
{
    QFETCH(Maker, make);
    AccessBench bench;
    const std::unique_ptr<QDialog> dialog(make(bench));
    openOnStack(*dialog);
    everythingIsNamed(*dialog); // while what is read first has not come
    if (QTest::currentTestFailed())
        return;
    QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
    const auto *loading = dialog->findChild<QLabel *>(u"loadingText"_s);
    QTRY_VERIFY(!loading || !loading->isVisible());
    auto *primary = dialog->findChild<QPushButton *>(u"primaryButton"_s);
    QVERIFY(primary && primary->isVisible());

    everythingIsNamedAndReached(*dialog);
    if (QTest::currentTestFailed())
        return;
    const QStringList backwards = backwardsByTab(*dialog);
    QVERIFY2(backwards.isEmpty(), qPrintable(joinedLines(backwards)));
    QVERIFY(dialog->focusWidget() && dialog->focusWidget() != dialog.get());
    if (qEnvironmentVariableIsSet("SHOW_TAB_ORDER")) {
        for (const QWidget *widget : tabOrder(*dialog))
            qInfo() << widget->mapTo(dialog.get(), QPoint()) << widgetLine(*widget);
    }
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
}

void tst_Accessibility::pages_data()
{
    QTest::addColumn<int>("page");
    for (const ui::Page page : ui::allPages)
        QTest::newRow(qPrintable(ui::pageName(page))) << static_cast<int>(page);
}

void tst_Accessibility::pages()
{
    QFETCH(int, page);
    AccessBench bench;
    bench.refundElsewhere(u"pay-1"_s, 100, 12'840);
    ui::MainWindow window(bench.workspace);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    window.showPage(static_cast<ui::Page>(page));
    everythingIsNamedAndReached(window);
    if (QTest::currentTestFailed())
        return;
    if (qEnvironmentVariableIsSet("SHOW_TAB_ORDER")) {
        for (const QWidget *widget : tabOrder(window))
            qInfo() << widget->mapTo(&window, QPoint()) << widgetLine(*widget);
    }
}

void tst_Accessibility::theHelpNamesEveryKey()
{
    QFETCH(int, page);
    AccessBench bench;
    ui::MainWindow window(bench.workspace);
    window.show();
    window.showPage(static_cast<ui::Page>(page));
    if (auto *tabs = window.findChild<QTabBar *>(u"webhookTabs"_s))
        tabs->setCurrentIndex(tabs->count() - 1);
    QStringList listed;
    for (const QAction *action : window.actions() + window.pageActions()) {
        if (!action->shortcut().isEmpty())
            listed << action->shortcut().toString();
        QVERIFY2(action->shortcut().isEmpty() || !action->text().isEmpty(), qPrintable(action->shortcut().toString()));
    }
    for (const QAction *action : window.findChildren<QAction *>()) {
        const auto *owner = qobject_cast<QWidget *>(action->parent());
        if (owner && owner->isVisible() && !action->shortcut().isEmpty())
            QVERIFY2(listed.contains(action->shortcut().toString()), qPrintable(action->text()));
    }
    QCOMPARE(QStringList(listed).removeDuplicates(), 0);
}

void tst_Accessibility::theRowsMenuOpensByKey()
{
    AccessBench bench;
    models::RecordTableModel model(*bench.ledger, models::RecordKind::Transaction);
    ui::RecordTable table(model, nullptr);
    table.resize(800, 600);
    table.show();
    QTRY_COMPARE(model.rowCount(), 2);
    QTRY_VERIFY(model.index(1, 0).data(models::RecordTableModel::LoadedRole).toBool());
    QSignalSpy menu(&table, &ui::RecordTable::menuRequested);
    table.selectRow(1);
    const QPoint middle = table.viewport()->rect().center();
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, middle, table.viewport()->mapToGlobal(middle));
    QCoreApplication::sendEvent(table.viewport(), &byKey);
    QCOMPARE(menu.size(), 1);
    QCOMPARE(menu.first().first().value<models::RecordRef>(), model.refAt(1));
    QVERIFY(
        table.visualRect(model.index(1, 0)).contains(table.viewport()->mapFromGlobal(menu.first().at(1).toPoint())));
}

void tst_Accessibility::details_data()
{
    QTest::addColumn<models::RecordRef>("record");
    QTest::newRow("customer") << adaRecord;
    QTest::newRow("payment") << paidRecord;
    QTest::newRow("refund") << models::RecordRef{models::RecordKind::OutboxEntry, {}};
}

void tst_Accessibility::details()
{
    QFETCH(models::RecordRef, record);
    AccessBench bench;
    const qint64 refund = bench.heldRefund(u"pay-1"_s, 100, 12'840);
    if (record.kind == models::RecordKind::OutboxEntry)
        record.id = QString::number(refund);
    ui::MainWindow window(bench.workspace);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    window.openRecord(record);
    QTRY_VERIFY(window.findChild<ui::StatusChip *>() && window.findChild<ui::StatusChip *>()->isVisible());
    everythingIsNamedAndReached(window);
}

void tst_Accessibility::aWindowOfItsOwn_data()
{
    QTest::addColumn<models::RecordRef>("record");
    QTest::newRow("customer") << adaRecord;
    QTest::newRow("payment") << paidRecord;
}

void tst_Accessibility::aWindowOfItsOwn()
{
    QFETCH(models::RecordRef, record);
    AccessBench bench;
    ui::MainWindow window(bench.workspace);
    window.show();
    QPointer<ui::Inspector> details = new ui::Inspector(bench.workspace, &window);
    details->becomeWindow();
    details->setRecord(record);
    QVERIFY(QTest::qWaitForWindowActive(details));
    QTRY_VERIFY(details->findChild<ui::StatusChip *>()->isVisible());
    everythingIsNamedAndReached(*details);
    if (QTest::currentTestFailed())
        return;
    const QStringList backwards = backwardsByTab(*details);
    QVERIFY2(backwards.isEmpty(), qPrintable(joinedLines(backwards)));
    QTest::keyClick(details.data(), Qt::Key_Escape);
    QTRY_VERIFY(!details);
}

QTEST_MAIN(tst_Accessibility)
#include "tst_accessibility.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregation.h"
#include "models/receiver.h"
#include "tests/ui/dialogbench.h"
#include "ui/banner.h"
#include "ui/coveragefield.h"
#include "ui/emptystate.h"
#include "ui/listtable.h"
#include "ui/passphrasedialog.h"
#include "ui/receiverdialog.h"
#include "ui/subscriptiondialog.h"
#include "ui/subscriptioninspector.h"
#include "ui/vaultfiles.h"
#include "ui/webhookspage.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTreeWidget>

using namespace Qt::Literals::StringLiterals;
using Scope = api::SubscriptionScope;

namespace {

constexpr auto goodUrl = "https://shop.example/webhooks/abc";

template<typename Widget> Widget *part(const QWidget &parent, const QString &name)
{
    return parent.findChild<Widget *>(name);
}

} // namespace

class tst_WebhooksPage : public QObject
{
    Q_OBJECT

private slots:
    void coverageBecomesAScope_data();
    void coverageBecomesAScope();
    void aPartCanBeOfferedAlone();
    void theDialogSaysWhatIsMissing();
    void subscribingFillsTheList();
    void theDetailsActOnWhatTheyShow();
    void aRefusalKeepsWhatWasTyped();
    void theReceiverIsOffUntilTurnedOn();
    void enterAddsAnAddressAndDoesNotSave_data();
    void enterAddsAnAddressAndDoesNotSave();
    void anExportThatIsGivenUpAsksNothingMore();
    void subscriptionsAreExportedAndImported();
    void nothingMissingIsClaimedOnlyWhenItWasLookedFor();
    void aFailedLookIsToldWhereItMatters();
    void anOverduePaymentOpens();
};

void tst_WebhooksPage::coverageBecomesAScope_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QStringList>("details");
    QTest::newRow("everything") << int(Scope::Type::All) << QStringList();
    QTest::newRow("a category") << int(Scope::Type::Category) << QStringList{u"PAYMENT"_s};
    QTest::newRow("two categories") << int(Scope::Type::Category) << QStringList{u"CUSTOMER"_s, u"PAYMENT"_s};
    QTest::newRow("one event") << int(Scope::Type::Event) << QStringList{u"payment.failed"_s};
    QTest::newRow("some events") << int(Scope::Type::Event)
                                 << QStringList{u"customer.created"_s, u"payment.succeeded"_s, u"payment.failed"_s};
}

void tst_WebhooksPage::coverageBecomesAScope()
{
    QFETCH(int, type);
    QFETCH(QStringList, details);
    const Scope scope{.type = static_cast<Scope::Type>(type), .details = details};
    ui::CoverageField field(nullptr);
    field.setScope(scope);
    QCOMPARE(field.scope(), scope);
    QCOMPARE(part<QTreeWidget>(field, u"eventTree"_s)->isEnabled(), scope.type != Scope::Type::All);
}

void tst_WebhooksPage::aPartCanBeOfferedAlone()
{
    ui::CoverageField field(nullptr);
    field.limitTo({.type = Scope::Type::Event, .details = {u"payment.failed"_s, u"customer.created"_s}}, u"All"_s);
    const auto *tree = part<QTreeWidget>(field, u"eventTree"_s);
    int events = 0;
    for (int row = 0; row < tree->topLevelItemCount(); ++row)
        events += tree->topLevelItem(row)->childCount();
    QCOMPARE(events, 2);
    QCOMPARE(part<QRadioButton>(field, u"everythingButton"_s)->text(), u"All"_s);
}

void tst_WebhooksPage::theDialogSaysWhatIsMissing()
{
    DialogBench bench;
    ui::SubscriptionDialog dialog(bench.workspace.profile, ui::SubscriptionDialog::Mode::Subscribe, {}, nullptr);
    openOnStack(dialog);
    const auto *primary = part<QPushButton>(dialog, u"primaryButton"_s);
    QVERIFY(!primary->isEnabled());
    QVERIFY(part<QLineEdit>(dialog, u"secretEdit"_s)->text().size() >= 32); // a strong one is there already
    part<QLineEdit>(dialog, u"urlEdit"_s)->setText(QString::fromLatin1(goodUrl));
    QVERIFY(primary->isEnabled());
    part<QLineEdit>(dialog, u"secretEdit"_s)->setText(u"too short"_s);
    QVERIFY(!primary->isEnabled());
}

void tst_WebhooksPage::subscribingFillsTheList()
{
    DialogBench bench;
    bench.serve("/v1/webhook/subscribe", R"({"subscriptionKey":"key-7"})");
    ui::WebhooksPage page(bench.workspace, nullptr);
    page.resize(1200, 800);
    page.show();
    QTest::mouseClick(part<QPushButton>(page, u"subscribeButton"_s), Qt::LeftButton);
    auto *dialog = page.findChild<ui::SubscriptionDialog *>();
    QVERIFY(dialog);
    part<QLineEdit>(*dialog, u"urlEdit"_s)->setText(QString::fromLatin1(goodUrl));
    part<QLineEdit>(*dialog, u"nameEdit"_s)->setText(u"Shop"_s);
    QSignalSpy accepted(dialog, &QDialog::accepted);
    QTest::mouseClick(part<QPushButton>(*dialog, u"primaryButton"_s), Qt::LeftButton);
    QTRY_COMPARE(accepted.size(), 1);
    auto *list = part<ui::ListTable>(page, u"subscriptionsTable"_s);
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QTRY_COMPARE(list->model()->index(0, models::SubscriptionsModel::StateColumn).data().toString(), u"Active"_s);
    list->selectRow(0);
    emit list->opened(0);
    const auto *inspector = page.findChild<ui::SubscriptionInspector *>();
    QVERIFY(inspector && inspector->isVisible());
    QCOMPARE(part<QLabel>(*inspector, u"inspectorTitle"_s)->text(), u"Shop"_s);
}

void tst_WebhooksPage::theDetailsActOnWhatTheyShow()
{
    DialogBench bench;
    bench.run("INSERT INTO webhook_subscriptions(id, family, remote_key, path_token, state, made_at) "
              "VALUES ('sub-1', 'PAY_BY_BANK', 'key-7', 'token', 'ACTIVE', 1)");
    ui::WebhooksPage page(bench.workspace, nullptr);
    page.resize(1200, 800);
    page.show();
    auto *list = part<ui::ListTable>(page, u"subscriptionsTable"_s);
    QTRY_COMPARE(list->model()->rowCount(), 1);
    list->selectRow(0);
    emit list->opened(0);
    list->setCurrentIndex({}); // as after a change of the order
    const auto *inspector = page.findChild<ui::SubscriptionInspector *>();
    QVERIFY(inspector && inspector->isVisible());
    part<QPushButton>(*inspector, u"renameButton"_s)->click();
    QCOMPARE(bench.asker.questions.size(), 1);
}

void tst_WebhooksPage::aRefusalKeepsWhatWasTyped()
{
    DialogBench bench;
    bench.serve("/v1/webhook/subscribe", R"({"errorMessage":"no such address"})", 400);
    ui::WebhooksPage page(bench.workspace, nullptr);
    page.show();
    QTest::mouseClick(part<QPushButton>(page, u"subscribeButton"_s), Qt::LeftButton);
    auto *dialog = page.findChild<ui::SubscriptionDialog *>();
    part<QLineEdit>(*dialog, u"urlEdit"_s)->setText(QString::fromLatin1(goodUrl));
    const auto *primary = part<QPushButton>(*dialog, u"primaryButton"_s);
    QTest::mouseClick(const_cast<QPushButton *>(primary), Qt::LeftButton);
    QVERIFY(!primary->isEnabled()); // waits for the answer
    QTRY_VERIFY(primary->isEnabled());
    QVERIFY(dialog->isVisible());
    QCOMPARE(part<QLineEdit>(*dialog, u"urlEdit"_s)->text(), QString::fromLatin1(goodUrl));
    QTRY_COMPARE(part<ui::ListTable>(page, u"subscriptionsTable"_s)->model()->rowCount(), 0);
}

void tst_WebhooksPage::theReceiverIsOffUntilTurnedOn()
{
    DialogBench bench;
    ui::WebhooksPage page(bench.workspace, nullptr);
    const auto *text = part<QLabel>(page, u"receiverText"_s);
    QVERIFY2(text->text().contains(u"cannot reach"_s), qPrintable(text->text()));
}

void tst_WebhooksPage::enterAddsAnAddressAndDoesNotSave_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("added");
    QTest::newRow("an address") << QString::fromLatin1(goodUrl) << 1;
    QTest::newRow("not an address") << u"shop"_s << 0;
}

void tst_WebhooksPage::enterAddsAnAddressAndDoesNotSave()
{
    QFETCH(QString, typed);
    QFETCH(int, added);
    DialogBench bench;
    ui::ReceiverDialog dialog(bench.workspace.profile, {}, bench.asker, nullptr);
    openOnStack(dialog);
    QSignalSpy targets(&dialog, &ui::ReceiverDialog::targetAdded);
    QSignalSpy saved(&dialog, &ui::ReceiverDialog::settingsChosen);
    auto *edit = part<QLineEdit>(dialog, u"targetEdit"_s);
    edit->setFocus();
    QTest::keyClicks(edit, typed);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(targets.size(), added);
    QCOMPARE(saved.size(), 0);
    QCOMPARE(part<ui::Banner>(dialog, u"dialogBanner"_s)->isVisible(), added == 0);
}

void tst_WebhooksPage::anExportThatIsGivenUpAsksNothingMore()
{
    DialogBench bench;
    QWidget page;
    ui::VaultFiles files(bench.workspace, &page);
    files.exportVault();
    QVERIFY(!page.findChild<ui::PassphraseDialog *>());
}

void tst_WebhooksPage::subscriptionsAreExportedAndImported()
{
    DialogBench bench;
    QWidget page;
    bench.run("INSERT INTO webhook_subscriptions(id, family, remote_key, path_token, state, made_at) "
              "VALUES ('sub-1', 'PAY_BY_BANK', 'key-7', 'token', 'ACTIVE', 1)");
    ui::VaultFiles files(bench.workspace, &page);
    QSignalSpy told(&files, &ui::VaultFiles::told);
    bench.asker.file = bench.directory.filePath(u"bench.sealed"_s);
    const auto enter = [&page] {
        auto *dialog = page.findChild<ui::PassphraseDialog *>();
        QVERIFY(dialog);
        for (QLineEdit *edit : dialog->findChildren<QLineEdit *>())
            edit->setText(u"four words are enough"_s);
        part<QPushButton>(*dialog, u"primaryButton"_s)->click();
    };
    files.exportVault();
    enter();
    QTRY_COMPARE(told.size(), 1);
    QVERIFY(QFile::exists(bench.asker.file));
    QTRY_VERIFY(!page.findChild<ui::PassphraseDialog *>());
    files.importVault();
    enter();
    QTRY_COMPARE(told.size(), 2);
    QCOMPARE(told.last().at(1).toString(), u"0 added, 1 was here already."_s);
}

void tst_WebhooksPage::nothingMissingIsClaimedOnlyWhenItWasLookedFor()
{
    DialogBench bench;
    ui::WebhooksPage page(bench.workspace, nullptr);
    page.show();
    page.showGroup(ui::WebhooksPage::Group::ToCheck);
    const auto *list = part<ui::ListTable>(page, u"gapsTable"_s);
    QVERIFY(list->isVisible());
    bench.gaps.lookNow();
    QTRY_VERIFY(!list->isVisible());
    QCOMPARE(page.findChild<ui::EmptyState *>()->accessibleName(), u"Nothing is missing"_s);
    bench.run("ALTER TABLE events RENAME COLUMN resource_id TO gone");
    bench.gaps.lookNow();
    QTRY_VERIFY(part<ui::Banner>(page, u"listFailure"_s)->isVisible());
    QVERIFY(list->isVisible());
}

void tst_WebhooksPage::aFailedLookIsToldWhereItMatters()
{
    DialogBench bench;
    models::Aggregation family(*bench.ledger, {.baseUrl = {}});
    bench.workspace.aggregation = &family;
    ui::WebhooksPage page(bench.workspace, nullptr);
    page.show();
    bench.run("ALTER TABLE events RENAME COLUMN resource_id TO gone");
    QSignalSpy looked(&bench.gaps, &models::GapFinder::looked);
    bench.gaps.lookNow();
    QTRY_COMPARE(looked.size(), 1);
    QVERIFY(!bench.gaps.problem().isEmpty());
    const auto *failure = part<ui::Banner>(page, u"listFailure"_s);
    for (const auto group : {ui::WebhooksPage::Group::Subscriptions, ui::WebhooksPage::Group::ToCheck,
             ui::WebhooksPage::Group::Aggregation}) {
        page.showGroup(group);
        QCOMPARE(failure->isVisible(), group == ui::WebhooksPage::Group::ToCheck);
    }
}

void tst_WebhooksPage::anOverduePaymentOpens()
{
    DialogBench bench;
    bench.learn(DialogBench::payment(u"late"_s, 500, u"PENDING"_s));
    ui::WebhooksPage page(bench.workspace, nullptr);
    page.show();
    bench.gaps.lookNow();
    QTRY_COMPARE(bench.gaps.rowCount(), 1);
    page.showGroup(ui::WebhooksPage::Group::ToCheck);
    QTRY_VERIFY(part<QTabBar>(page, u"webhookTabs"_s)->tabText(1).contains(u'1'));
    QSignalSpy opened(&page, &ui::WebhooksPage::openRequested);
    emit part<ui::ListTable>(page, u"gapsTable"_s)->opened(0);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().value<models::RecordRef>(),
        (models::RecordRef{models::RecordKind::Transaction, u"late"_s}));
}

QTEST_MAIN(tst_WebhooksPage)
#include "tst_webhookspage.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregation.h"
#include "models/subscriptionsmodel.h"
#include "tests/ui/dialogbench.h"
#include "ui/aggregationpanel.h"
#include "ui/aggregationwebhookdialog.h"
#include "ui/aggregationwebhookinspector.h"
#include "ui/banner.h"
#include "ui/emptystate.h"
#include "ui/listtable.h"
#include "ui/webhookspage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto listPath = "/api/client/webhooks?limit=50&offset=0";
constexpr auto nextPath = "/api/client/webhooks?limit=50&offset=1";
constexpr auto onePath = "/api/client/webhooks/WBK-1";
constexpr auto testPath = "/api/client/webhooks/WBK-1/fire_test_webhook";

template<typename Widget> Widget *within(const QWidget &parent, const char *name)
{
    return parent.findChild<Widget *>(QLatin1StringView(name));
}

QByteArray hook(const QByteArray &more = {})
{
    return R"({"id":"WBK-1","uri":"https://shop.example/hooks","webhookTypes":["REFRESH","OB_CONSENT"])" + more + "}";
}

QByteArray isoTime(qint64 at)
{
    return QDateTime::fromMSecsSinceEpoch(at, Qt::UTC).toString(Qt::ISODateWithMs).toLatin1();
}

//! The page over a registry with one webhook.
struct PageBench : DialogBench
{
    PageBench()
        : family(*ledger, {.baseUrl = {}})
    {
        serve("/api/oauth/token", R"({"accessToken":"t","expiresIn":3600})");
        serveList(hook());
        workspace.aggregation = &family;
        page = std::make_unique<ui::WebhooksPage>(workspace, nullptr);
        page->resize(1300, 800);
        page->show();
    }

    void serveList(const QByteArray &first)
    {
        serve(listPath, R"({"webhooks":[)" + first + "]}");
        serve(nextPath, R"({"webhooks":[]})");
    }

    models::AggregationSettings settings() const
    {
        return {.baseUrl = QUrl(server.url().toString() + u"/api"_s),
            .clientId = u"client"_s,
            .tenants = {u"TNT-1"_s, u"TNT-2"_s}};
    }

    void useFamily() { family.configure(settings(), "secret"); }
    void showTab() { page->showGroup(ui::WebhooksPage::Group::Aggregation); }
    ui::ListTable *list() const { return within<ui::ListTable>(*page, "registryTable"); }
    ui::EmptyState *empty() const { return within<ui::EmptyState>(*page, "registryEmpty"); }
    QPushButton *button(const char *name) const { return within<QPushButton>(*page, name); }
    void press(const char *name) const { QTest::mouseClick(button(name), Qt::LeftButton); }
    bool hasRows(int rows) const
    {
        return QTest::qWaitFor([this, rows] { return list()->isVisible() && list()->model()->rowCount() == rows; });
    }

    //! Shows the one webhook's details.
    ui::AggregationWebhookInspector *inspect() const
    {
        list()->selectRow(0);
        emit list() -> opened(0);
        return page->findChild<ui::AggregationWebhookInspector *>();
    }

    QJsonObject lastBody(const QByteArray &verb) const
    {
        for (auto request = server.received().crbegin(); request != server.received().crend(); ++request) {
            if (request->head.startsWith(verb + " /api/client"))
                return QJsonDocument::fromJson(request->body).object();
        }
        return {};
    }

    int sent(const QByteArray &verb) const
    {
        int count = 0;
        for (const auto &request : server.received())
            count += request.head.startsWith(verb + " /api/client") ? 1 : 0;
        return count;
    }

    models::Aggregation family;
    std::unique_ptr<ui::WebhooksPage> page;
};

} // namespace

class tst_AggregationPanel : public QObject
{
    Q_OBJECT

private slots:
    void theTabComesWithTheFamily();
    void whatIsMissingIsSaid_data();
    void whatIsMissingIsSaid();
    void healthIsSaidInWords_data();
    void healthIsSaidInWords();
    void anEmptyListOffersTheFirst();
    void aFailureCanBeTriedAgain();
    void oldRowsSayWhenTheyAreFrom();
    void anotherTenantHasAnotherList();
    void aNewWebhookNeedsAnAddressAndATypeAndIsRegistered();
    void aWebhookForOurReceiverIsReceived();
    void aRefusalKeepsWhatWasTyped();
    void onlyWhatIsDifferentIsSent();
    void anUnknownTypeIsKept();
    void switchingOffAndOn();
    void deletingAsksFirst();
    void aTestIsShownInFull();
    void aTestWithoutAnswerSaysSo();
    void aRefusedTestIsExplained();
    void theKeyboardReachesEverything();
};

void tst_AggregationPanel::theTabComesWithTheFamily()
{
    const PageBench bench;
    QCOMPARE(within<QTabBar>(*bench.page, "webhookTabs")->count(), 3);
    DialogBench other;
    const ui::WebhooksPage page(other.workspace, nullptr);
    QCOMPARE(within<QTabBar>(page, "webhookTabs")->count(), 2);
}

void tst_AggregationPanel::whatIsMissingIsSaid_data()
{
    QTest::addColumn<bool>("address");
    QTest::addColumn<bool>("tenant");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QString>("title");
    QTest::newRow("not used") << false << false << QByteArray() << u"This profile does not use account aggregation"_s;
    QTest::newRow("no secret") << true << true << QByteArray() << u"The aggregation client secret is missing"_s;
    QTest::newRow("no tenant") << true << false << QByteArray("secret") << u"No tenant is known"_s;
}

void tst_AggregationPanel::whatIsMissingIsSaid()
{
    QFETCH(bool, address);
    QFETCH(bool, tenant);
    QFETCH(QByteArray, secret);
    QFETCH(QString, title);
    PageBench bench;
    bench.workspace.profile.environment = models::Environment::LinkSandbox;
    bench.page = std::make_unique<ui::WebhooksPage>(bench.workspace, nullptr);
    bench.page->show();
    models::AggregationSettings settings = bench.settings();
    if (!address)
        settings.baseUrl.clear();
    if (!tenant)
        settings.tenants.clear();
    bench.family.configure(settings, secret);
    bench.showTab();
    QVERIFY(bench.empty()->isVisible());
    QCOMPARE(bench.empty()->accessibleName(), title);
    QVERIFY(!bench.button("newRegistryWebhookButton")->isVisible());
    QSignalSpy wanted(bench.page.get(), &ui::WebhooksPage::settingsRequested);
    QTest::mouseClick(within<QPushButton>(*bench.empty(), "emptyAction"), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(bench.sent("GET"), 0);
}

void tst_AggregationPanel::healthIsSaidInWords_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("health");
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto times = [](qint64 attempt, qint64 success) {
        return R"(,"lastAttemptStatus":200,"lastAttempt":")" + isoTime(attempt) + R"(","lastSuccess":")"
            + isoTime(success) + "\"";
    };
    QTest::newRow("new") << QByteArray() << u"On"_s << u"Nothing delivered yet"_s;
    QTest::newRow("healthy") << R"(,"status":"HEALTHY")" + times(now - 185'000, now - 185'000) << u"On"_s
                             << u"Healthy, last delivered 3 minutes ago"_s;
    QTest::newRow("one minute") << R"(,"status":"HEALTHY")" + times(now - 65'000, now - 65'000) << u"On"_s
                                << u"Healthy, last delivered 1 minute ago"_s;
    QTest::newRow("failing") << R"(,"status":"UNHEALTHY")" + times(now, now - 3'650'000 * 3) << u"On"_s
                             << u"Not healthy, last delivered 3 hours ago"_s;
    QTest::newRow("never") << QByteArray(R"(,"status":"UNHEALTHY","lastAttemptStatus":500)") << u"On"_s
                           << u"Not healthy, nothing delivered"_s;
    QTest::newRow("off") << QByteArray(R"(,"webhookDisabled":true)") << u"Off"_s << u"Nothing delivered yet"_s;
}

void tst_AggregationPanel::healthIsSaidInWords()
{
    QFETCH(QByteArray, more);
    QFETCH(QString, state);
    QFETCH(QString, health);
    using Registry = models::AggregationWebhooks;
    PageBench bench;
    bench.serveList(hook(more));
    bench.useFamily();
    bench.showTab();
    QVERIFY(bench.hasRows(1));
    const auto *rows = bench.list()->model();
    const auto word = [rows](int column) {
        return rows->index(0, column).data(Registry::LookRole).value<models::StatusLook>().word;
    };
    QCOMPARE(rows->index(0, Registry::Address).data().toString(), u"https://shop.example/hooks"_s);
    QCOMPARE(word(Registry::State), state);
    QCOMPARE(word(Registry::Health), health);
    QCOMPARE(rows->index(0, Registry::Health).data(Qt::AccessibleTextRole).toString(), health);
}

void tst_AggregationPanel::anEmptyListOffersTheFirst()
{
    PageBench bench;
    bench.serve(listPath, R"({"webhooks":[]})");
    bench.useFamily();
    bench.showTab();
    QTRY_COMPARE(bench.empty()->accessibleName(), u"No webhooks for this tenant"_s);
    QTest::mouseClick(within<QPushButton>(*bench.empty(), "emptyAction"), Qt::LeftButton);
    QVERIFY(bench.page->findChild<ui::AggregationWebhookDialog *>());
}

void tst_AggregationPanel::aFailureCanBeTriedAgain()
{
    PageBench bench;
    bench.serve(listPath, R"({"error":{"code":403}})", 403);
    bench.useFamily();
    bench.showTab();
    QTRY_COMPARE(bench.empty()->accessibleName(), u"The webhooks could not be read"_s);
    QVERIFY(!bench.empty()->accessibleDescription().isEmpty());
    bench.serveList(hook());
    QTest::mouseClick(within<QPushButton>(*bench.empty(), "emptyAction"), Qt::LeftButton);
    QVERIFY(bench.hasRows(1));
}

void tst_AggregationPanel::oldRowsSayWhenTheyAreFrom()
{
    PageBench bench;
    bench.useFamily();
    bench.showTab();
    QVERIFY(bench.hasRows(1));
    QTRY_VERIFY(within<QLabel>(*bench.page, "registryReadTime")->text().startsWith(u"Read "_s));
    bench.serve(listPath, R"({"error":{"code":403}})", 403);
    bench.press("readRegistryButton");
    const auto *banner = within<ui::Banner>(*bench.page, "registryBanner");
    QTRY_VERIFY(banner->isVisible() && banner->text().startsWith(u"This list is from "_s));
    QCOMPARE(bench.list()->model()->rowCount(), 1);
    bench.serveList(hook());
    bench.press("readRegistryButton");
    QTRY_VERIFY(!banner->isVisible());
}

void tst_AggregationPanel::anotherTenantHasAnotherList()
{
    PageBench bench;
    bench.useFamily();
    bench.showTab();
    QVERIFY(bench.hasRows(1));
    const auto *inspector = bench.inspect();
    QVERIFY(inspector->isVisible());
    bench.serve(listPath, R"({"webhooks":[]})");
    auto *tenants = within<QComboBox>(*bench.page, "tenantCombo");
    QCOMPARE(tenants->currentText(), u"TNT-1"_s);
    tenants->setFocus();
    QTest::keyClick(tenants, Qt::Key_Down);
    QCOMPARE(bench.family.tenant(), u"TNT-2"_s);
    QTRY_COMPARE(bench.empty()->accessibleName(), u"No webhooks for this tenant"_s);
    QVERIFY(!inspector->isVisible());
}

void tst_AggregationPanel::aNewWebhookNeedsAnAddressAndATypeAndIsRegistered()
{
    PageBench bench;
    bench.serve(listPath, R"({"webhooks":[]})");
    bench.useFamily();
    bench.showTab();
    QTRY_COMPARE(bench.empty()->accessibleName(), u"No webhooks for this tenant"_s);
    bench.press("newRegistryWebhookButton");
    auto *dialog = bench.page->findChild<ui::AggregationWebhookDialog *>();
    auto *register_ = within<QPushButton>(*dialog, "primaryButton");
    auto *types = within<QListWidget>(*dialog, "typeList");
    QVERIFY(!register_->isEnabled());
    within<QLineEdit>(*dialog, "uriEdit")->setText(u"http://shop.example/hooks"_s);
    QVERIFY(!register_->isEnabled());
    within<QLineEdit>(*dialog, "uriEdit")->setText(u" https://shop.example/hooks "_s);
    QVERIFY(register_->isEnabled());
    for (int row = 0; row < types->count(); ++row) {
        QVERIFY(!types->item(row)->text().contains(u'_')); // in words
        types->setCurrentRow(row);
        QVERIFY(!within<QLabel>(*dialog, "typeMeaning")->text().isEmpty());
        types->item(row)->setCheckState(Qt::Unchecked);
    }
    QVERIFY(!register_->isEnabled());
    types->item(1)->setCheckState(Qt::Checked);
    bench.serve("/api/client/webhooks", R"({"webhook":)" + hook() + "}", 201);
    QSignalSpy accepted(dialog, &QDialog::accepted);
    QTest::mouseClick(register_, Qt::LeftButton);
    QTRY_COMPARE(accepted.size(), 1);
    const QJsonObject body = bench.lastBody("POST");
    QCOMPARE(body[u"uri"_s].toString(), u"https://shop.example/hooks"_s);
    QCOMPARE(body[u"webhookTypes"_s].toArray(), QJsonArray{api::webhookTypes().at(1)});
    QCOMPARE(body[u"webhookDisabled"_s].toBool(true), false);
    QVERIFY(bench.hasRows(1));
    QVERIFY(bench.page->findChild<ui::AggregationWebhookInspector *>()->isVisible());
}

void tst_AggregationPanel::aWebhookForOurReceiverIsReceived()
{
    PageBench bench;
    bench.receiver.apply({.enabled = true, .port = 0, .publicUrl = QUrl(u"https://hooks.example"_s)});
    bench.serve(listPath, R"({"webhooks":[]})");
    bench.useFamily();
    bench.showTab();
    QTRY_COMPARE(bench.empty()->accessibleName(), u"No webhooks for this tenant"_s);
    bench.press("newRegistryWebhookButton");
    auto *dialog = bench.page->findChild<ui::AggregationWebhookDialog *>();
    const QString uri = within<QLineEdit>(*dialog, "uriEdit")->text();
    QVERIFY2(uri.startsWith(u"https://hooks.example/webhooks/"_s), qPrintable(uri));
    const QByteArray made = R"({"id":"WBK-1","uri":")" + uri.toLatin1() + R"(","webhookTypes":["REFRESH"]})";
    bench.serve("/api/client/webhooks", R"({"webhook":)" + made + "}", 201);
    QTest::mouseClick(within<QPushButton>(*dialog, "primaryButton"), Qt::LeftButton);
    const auto *sources = within<ui::ListTable>(*bench.page, "subscriptionsTable")->model();
    QTRY_COMPARE(sources->rowCount(), 1);
    const auto source = [sources](int column) { return sources->index(0, column).data().toString(); };
    QTRY_COMPARE(source(models::SubscriptionsModel::StateColumn), u"Active"_s);
    QCOMPARE(source(models::SubscriptionsModel::CoversColumn), u"Account aggregation"_s);
    QCOMPARE(source(models::SubscriptionsModel::AddressColumn), uri);
    QVERIFY(bench.hasRows(1));
    bench.serve(onePath, made);
    QTRY_VERIFY(bench.button("removeWebhookButton")->isEnabled());
    bench.press("removeWebhookButton");
    QTRY_COMPARE(bench.list()->model()->rowCount(), 0);
    QTRY_COMPARE(source(models::SubscriptionsModel::StateColumn), u"Ended"_s);
}

void tst_AggregationPanel::aRefusalKeepsWhatWasTyped()
{
    PageBench bench;
    bench.useFamily();
    bench.showTab();
    QVERIFY(bench.hasRows(1));
    bench.press("newRegistryWebhookButton");
    auto *dialog = bench.page->findChild<ui::AggregationWebhookDialog *>();
    within<QLineEdit>(*dialog, "uriEdit")->setText(u"https://shop.example/other"_s);
    bench.serve("/api/client/webhooks", R"({"error":{"code":400,"details":["uri is taken"]}})", 400);
    auto *register_ = within<QPushButton>(*dialog, "primaryButton");
    QTest::mouseClick(register_, Qt::LeftButton);
    QVERIFY(!register_->isEnabled());
    QTRY_VERIFY(register_->isEnabled());
    QVERIFY(within<ui::Banner>(*dialog, "dialogBanner")->isVisible());
    QCOMPARE(within<QLineEdit>(*dialog, "uriEdit")->text(), u"https://shop.example/other"_s);
    QCOMPARE(bench.list()->model()->rowCount(), 1);
}

void tst_AggregationPanel::onlyWhatIsDifferentIsSent()
{
    PageBench bench;
    bench.useFamily();
    bench.showTab();
    QVERIFY(bench.hasRows(1));
    QVERIFY(bench.inspect());
    bench.press("changeWebhookButton");
    auto *dialog = bench.page->findChild<ui::AggregationWebhookDialog *>();
    auto *save = within<QPushButton>(*dialog, "primaryButton");
    QVERIFY(!save->isEnabled());
    within<QLineEdit>(*dialog, "uriEdit")->setText(u"https://shop.example/new"_s);
    QVERIFY(save->isEnabled());
    bench.serve(onePath, R"({"id":"WBK-1","uri":"https://shop.example/new","webhookTypes":["REFRESH","OB_CONSENT"]})");
    QSignalSpy accepted(dialog, &QDialog::accepted);
    QTest::mouseClick(save, Qt::LeftButton);
    QTRY_COMPARE(accepted.size(), 1);
    QCOMPARE(bench.lastBody("PATCH").keys(), QStringList{u"uri"_s});
    QCOMPARE(bench.list()->model()->index(0, 0).data().toString(), u"https://shop.example/new"_s);
    QCOMPARE(within<QLabel>(*bench.page->findChild<ui::AggregationWebhookInspector *>(), "inspectorTitle")->text(),
        u"https://shop.example/new"_s);
}

void tst_AggregationPanel::anUnknownTypeIsKept()
{
    const DialogBench bench;
    const api::RegisteredWebhook webhook{.id = api::WebhookId(u"WBK-9"_s), .types = {u"REFRESH"_s, u"SOMETHING_NEW"_s}};
    ui::AggregationWebhookDialog dialog(bench.workspace.profile, u"TNT-1"_s, webhook, nullptr);
    openOnStack(dialog);
    QSignalSpy changes(&dialog, &ui::AggregationWebhookDialog::changeRequested);
    within<QCheckBox>(dialog, "switchedOnBox")->setChecked(false); // the address was not told, and need not be
    QVERIFY(within<QPushButton>(dialog, "primaryButton")->isEnabled());
    within<QListWidget>(dialog, "typeList")->item(0)->setCheckState(Qt::Checked);
    QTest::mouseClick(within<QPushButton>(dialog, "primaryButton"), Qt::LeftButton);
    QCOMPARE(changes.size(), 1);
    const auto change = changes.first().first().value<api::WebhookChange>();
    QVERIFY(!change.uri);
    QCOMPARE(change.disabled, std::optional(true));
    QVERIFY(change.types && change.types->contains(u"SOMETHING_NEW"_s) && change.types->contains(u"DATA_UPDATES"_s));
}

void tst_AggregationPanel::switchingOffAndOn()
{
    PageBench bench;
    bench.useFamily();
    bench.showTab();
    QVERIFY(bench.hasRows(1));
    QVERIFY(bench.inspect());
    QCOMPARE(bench.button("switchWebhookButton")->text(), u"S&witch off"_s);
    bench.serve(onePath, hook(R"(,"webhookDisabled":true)"));
    bench.press("switchWebhookButton");
    QVERIFY(!bench.button("switchWebhookButton")->isEnabled()); // one thing at a time
    QTRY_COMPARE(bench.button("switchWebhookButton")->text(), u"S&witch on"_s);
    QCOMPARE(bench.lastBody("PATCH"), (QJsonObject{{u"webhookDisabled"_s, true}}));
    bench.serve(onePath, hook());
    QTRY_VERIFY(bench.button("switchWebhookButton")->isEnabled());
    bench.press("switchWebhookButton");
    QTRY_COMPARE(bench.button("switchWebhookButton")->text(), u"S&witch off"_s);
    QCOMPARE(bench.lastBody("PATCH"), (QJsonObject{{u"webhookDisabled"_s, false}}));
}

void tst_AggregationPanel::deletingAsksFirst()
{
    PageBench bench;
    bench.useFamily();
    bench.showTab();
    QVERIFY(bench.hasRows(1));
    const auto *inspector = bench.inspect();
    bench.asker.yes = false;
    bench.press("removeWebhookButton");
    QCOMPARE(bench.asker.questions.size(), 1);
    QVERIFY(bench.asker.questions.first().destructive);
    QVERIFY(bench.asker.questions.first().text.contains(u"https://shop.example/hooks"_s));
    QCOMPARE(bench.sent("DELETE"), 0);
    bench.asker.yes = true;
    bench.serve(onePath, hook());
    bench.press("removeWebhookButton");
    QTRY_COMPARE(bench.list()->model()->rowCount(), 0);
    QCOMPARE(bench.sent("DELETE"), 1);
    QVERIFY(!inspector->isVisible());
}

void tst_AggregationPanel::aTestIsShownInFull()
{
    PageBench bench;
    bench.useFamily();
    bench.showTab();
    QVERIFY(bench.hasRows(1));
    const auto *inspector = bench.inspect();
    bench.serve(testPath,
        R"({"receivedResponse":true,"responseCode":204,"firedAt":"2026-03-04T10:00:00Z",)"
        R"("receivedAt":"2026-03-04T10:00:01Z","processingDuration":0.25})");
    bench.serve(onePath, hook(R"(,"status":"HEALTHY","lastSuccess":"2026-03-04T10:00:01Z")"));
    bench.press("fireTestButton");
    const auto says = [inspector](const QString &text) {
        for (const auto *label : inspector->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(says(u"The address answered with 204. It took 250 ms."_s));
    QVERIFY(says(u"250 ms"_s));
    QTRY_VERIFY(within<QLabel>(*inspector, "healthText")->text().startsWith(u"Healthy."_s));
    QTRY_VERIFY(says(u"Last test"_s)); // reading the row anew does not take it away
}

void tst_AggregationPanel::aTestWithoutAnswerSaysSo()
{
    PageBench bench;
    bench.useFamily();
    bench.showTab();
    QVERIFY(bench.hasRows(1));
    const auto *inspector = bench.inspect();
    bench.serve(testPath, R"({"receivedResponse":false,"firedAt":"2026-03-04T10:00:00Z"})");
    bench.serve(onePath, hook(R"(,"status":"UNHEALTHY")"));
    bench.press("fireTestButton");
    QTRY_VERIFY(within<QLabel>(*inspector, "healthText")->text().startsWith(u"Not healthy"_s));
    bool said = false;
    for (const auto *label : inspector->findChildren<QLabel *>())
        said = said || label->text().contains(u"did not answer"_s);
    QVERIFY(said);
}

void tst_AggregationPanel::aRefusedTestIsExplained()
{
    PageBench bench;
    bench.useFamily();
    bench.showTab();
    QVERIFY(bench.hasRows(1));
    const auto *inspector = bench.inspect();
    bench.press("fireTestButton"); // 404
    const auto *banner = within<ui::Banner>(*inspector, "inspectorBanner");
    QTRY_VERIFY(banner->isVisible());
    QVERIFY(!banner->text().isEmpty());
}

void tst_AggregationPanel::theKeyboardReachesEverything()
{
    PageBench bench;
    bench.useFamily();
    bench.showTab();
    QVERIFY(bench.hasRows(1));
    bench.list()->setFocus();
    bench.list()->selectRow(0);
    QTest::keyClick(bench.list(), Qt::Key_Return);
    const auto *inspector = bench.page->findChild<ui::AggregationWebhookInspector *>();
    QVERIFY(inspector && inspector->isVisible());
    QTest::keyClick(bench.list(), Qt::Key_Escape);
    QVERIFY(!inspector->isVisible());
    for (const char *name : {"tenantCombo", "registryTable"})
        QVERIFY(!within<QWidget>(*bench.page, name)->accessibleName().isEmpty());
    bench.asker.yes = false;
    QTest::keyClick(bench.list(), Qt::Key_Delete);
    QCOMPARE(bench.asker.questions.size(), 1);
}

QTEST_MAIN(tst_AggregationPanel)
#include "tst_aggregationpanel.moc"

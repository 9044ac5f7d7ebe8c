// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/dialogbench.h"
#include "ui/banner.h"
#include "ui/fastlinkdialog.h"

#include <QComboBox>
#include <QCompleter>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto fastLinkPath = "/api/yodlee/fastlink/get";
constexpr auto sessionAnswer
    = R"({"fastlinkConfiguration":{"accessToken":"tok3n","fastLinkURL":"https://fastlink.example/start"}})";

template<typename Widget> Widget *piece(const QWidget &parent, const char *name)
{
    return parent.findChild<Widget *>(QLatin1StringView(name));
}

struct FastLinkBench : DialogBench
{
    FastLinkBench()
        : family(*ledger, {.baseUrl = {}})
    {
        serve("/api/oauth/token", R"({"accessToken":"t","expiresIn":3600})");
        workspace.aggregation = &family;
        family.configure(settings(), "secret");
    }

    models::AggregationSettings settings() const
    {
        return {.baseUrl = QUrl(server.url().toString() + u"/api"_s),
            .clientId = u"client"_s,
            .tenants = {u"TNT-1"_s, u"TNT-2"_s}};
    }

    static models::LinkedUserId ada()
    {
        return {.tenant = api::TenantId(u"TNT-2"_s), .loginName = api::LoginName(u"ada"_s)};
    }

    void learnAda(const QString &status)
    {
        learn(models::LinkedUser{.id = ada(),
            .accounts = QList{api::AggregatedAccount{.id = api::AggregatedAccountId(u"1"_s),
                .providerAccountId = api::ProviderAccountId(u"7"_s),
                .provider = u"Dag Site"_s}},
            .links = QList{api::ProviderAccount{.id = api::ProviderAccountId(u"7"_s), .status = status}}});
    }

    std::unique_ptr<ui::FastLinkDialog> dialog(const std::optional<models::LinkedUserId> &user = std::nullopt)
    {
        auto made = std::make_unique<ui::FastLinkDialog>(family, workspace, user, nullptr);
        openOnStack(*made);
        return made;
    }

    models::Aggregation family;
};

} // namespace

class tst_FastLinkDialog : public QObject
{
    Q_OBJECT

private slots:
    void whatIsMissingIsSaid_data();
    void whatIsMissingIsSaid();
    void aNewPersonLinksABank();
    void aBrokenLinkIsRepaired();
    void goodLinksAreOfferedButNotChosen();
    void namesOfTheTenantAreSuggested();
    void aRefusalIsExplained_data();
    void aRefusalIsExplained();
    void everyConfigurationIsExplained();
};

void tst_FastLinkDialog::whatIsMissingIsSaid_data()
{
    QTest::addColumn<bool>("address");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QStringList>("tenants");
    QTest::addColumn<QString>("login");
    QTest::addColumn<QString>("configuration");
    const QStringList tenants{u"TNT-1"_s};
    const auto row = [](const char *name, bool address, const char *secret, const QStringList &ids,
                         const QString &login, const QString &configuration) {
        QTest::newRow(name) << address << QByteArray(secret) << ids << login << configuration;
    };
    row("not used", false, "secret", tenants, u"ada"_s, u"verification"_s);
    row("no secret", true, "", tenants, u"ada"_s, u"verification"_s);
    row("no tenant", true, "secret", {}, u"ada"_s, u"verification"_s);
    row("no login name", true, "secret", tenants, u"  "_s, u"verification"_s);
    row("no configuration", true, "secret", tenants, u"ada"_s, u" "_s);
}

void tst_FastLinkDialog::whatIsMissingIsSaid()
{
    QFETCH(bool, address);
    QFETCH(QByteArray, secret);
    QFETCH(QStringList, tenants);
    QFETCH(QString, login);
    QFETCH(QString, configuration);
    FastLinkBench bench;
    models::AggregationSettings settings = bench.settings();
    settings.tenants = tenants;
    if (!address)
        settings.baseUrl.clear();
    bench.family.configure(settings, secret);
    const auto dialog = bench.dialog();
    piece<QLineEdit>(*dialog, "loginEdit")->setText(login);
    piece<QComboBox>(*dialog, "configurationCombo")->setEditText(configuration);
    QVERIFY(!piece<QPushButton>(*dialog, "primaryButton")->isEnabled());
    bool said = false;
    for (const auto *label : dialog->findChildren<QLabel *>())
        said = said
            || (label->isVisible()
                && (label->text().contains(u"settings"_s) || label->text().startsWith(u"Type a login"_s)
                    || label->text().startsWith(u"Choose a FastLink"_s)));
    QVERIFY(said);
}

void tst_FastLinkDialog::aNewPersonLinksABank()
{
    FastLinkBench bench;
    bench.serve(fastLinkPath, sessionAnswer);
    const auto dialog = bench.dialog();
    piece<QComboBox>(*dialog, "tenantCombo")->setCurrentText(u"TNT-2"_s);
    piece<QLineEdit>(*dialog, "loginEdit")->setText(u" shopper-7 "_s);
    piece<QLineEdit>(*dialog, "providerEdit")->setText(u"16441"_s);
    piece<QComboBox>(*dialog, "configurationCombo")->setCurrentText(u"verification"_s);
    QVERIFY(!piece<QRadioButton>(*dialog, "editButton")->isEnabled());
    QSignalSpy launched(dialog.get(), &ui::FastLinkDialog::launched);
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QTest::mouseClick(piece<QPushButton>(*dialog, "primaryButton"), Qt::LeftButton);
    QTRY_COMPARE(accepted.size(), 1);
    QCOMPARE(launched.size(), 1);
    const auto launch = launched.first().first().value<models::FastLinkLaunch>();
    QCOMPARE(launch.user.tenant.text(), u"TNT-2"_s);
    QCOMPARE(launch.user.loginName.text(), u"shopper-7"_s);
    QCOMPARE(launch.page.accessToken, u"tok3n"_s);
    const QList<std::pair<QString, QString>> expected{
        {u"configName"_s, u"verification"_s}, {u"flow"_s, u"add"_s}, {u"providerId"_s, u"16441"_s}};
    QCOMPARE(launch.page.parameters, expected);
    QVERIFY(launched.first().at(1).toString().contains(u"shopper-7"_s));
    QCOMPARE(bench.family.tenant(), u"TNT-2"_s);
}

void tst_FastLinkDialog::aBrokenLinkIsRepaired()
{
    FastLinkBench bench;
    bench.learnAda(u"FAILED"_s);
    bench.serve(fastLinkPath, sessionAnswer);
    const auto dialog = bench.dialog(FastLinkBench::ada());
    QVERIFY(piece<QLineEdit>(*dialog, "loginEdit")->isReadOnly());
    QCOMPARE(piece<QLineEdit>(*dialog, "loginEdit")->text(), u"ada"_s);
    QCOMPARE(piece<QComboBox>(*dialog, "tenantCombo")->currentText(), u"TNT-2"_s);
    QTRY_VERIFY(piece<QRadioButton>(*dialog, "editButton")->isChecked());
    QVERIFY(piece<QComboBox>(*dialog, "linksCombo")->currentText().startsWith(u"Dag Site"_s));
    piece<QComboBox>(*dialog, "openingCombo")->setCurrentIndex(1);
    QSignalSpy launched(dialog.get(), &ui::FastLinkDialog::launched);
    QTest::mouseClick(piece<QPushButton>(*dialog, "primaryButton"), Qt::LeftButton);
    QTRY_COMPARE(launched.size(), 1);
    const auto launch = launched.first().first().value<models::FastLinkLaunch>();
    QCOMPARE(launch.page.kind, models::PaneRequest::Kind::FastLinkLoader);
    QVERIFY(launch.page.parameters.contains(std::pair(u"flow"_s, u"edit"_s)));
    QVERIFY(launch.page.parameters.contains(std::pair(u"providerAccountId"_s, u"7"_s)));
}

void tst_FastLinkDialog::goodLinksAreOfferedButNotChosen()
{
    FastLinkBench bench;
    bench.learnAda(u"SUCCESS"_s);
    const auto dialog = bench.dialog(FastLinkBench::ada());
    QTRY_VERIFY(piece<QRadioButton>(*dialog, "editButton")->isEnabled());
    QVERIFY(piece<QRadioButton>(*dialog, "addButton")->isChecked());
    QVERIFY(!piece<QComboBox>(*dialog, "linksCombo")->isEnabled());
}

void tst_FastLinkDialog::namesOfTheTenantAreSuggested()
{
    FastLinkBench bench;
    bench.learnAda(u"SUCCESS"_s);
    const auto dialog = bench.dialog();
    const auto *names = piece<QLineEdit>(*dialog, "loginEdit")->completer()->model();
    piece<QComboBox>(*dialog, "tenantCombo")->setCurrentText(u"TNT-2"_s);
    QTRY_COMPARE(names->rowCount(), 1);
    piece<QLineEdit>(*dialog, "loginEdit")->setText(u"ada"_s);
    QTRY_VERIFY(piece<QRadioButton>(*dialog, "editButton")->isEnabled());
    piece<QLineEdit>(*dialog, "loginEdit")->setText(u"adam"_s);
    QTRY_VERIFY(!piece<QRadioButton>(*dialog, "editButton")->isEnabled());
    piece<QComboBox>(*dialog, "tenantCombo")->setCurrentText(u"TNT-1"_s);
    QTRY_COMPARE(names->rowCount(), 0);
}

void tst_FastLinkDialog::aRefusalIsExplained_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("forbidden") << 403 << QByteArray(R"({"error":{"code":403,"message":"no"}})");
    QTest::newRow("unreadable") << 200 << QByteArray("{}");
    QTest::newRow("unsafe address")
        << 200 << QByteArray(R"({"fastlinkConfiguration":{"accessToken":"t","fastLinkURL":"javascript:void 0"}})");
}

void tst_FastLinkDialog::aRefusalIsExplained()
{
    QFETCH(int, status);
    QFETCH(QByteArray, answer);
    FastLinkBench bench;
    bench.serve(fastLinkPath, answer, status);
    const auto dialog = bench.dialog();
    piece<QLineEdit>(*dialog, "loginEdit")->setText(u"ada"_s);
    QSignalSpy launched(dialog.get(), &ui::FastLinkDialog::launched);
    auto *open = piece<QPushButton>(*dialog, "primaryButton");
    QTest::mouseClick(open, Qt::LeftButton);
    QVERIFY(!open->isEnabled());
    QTRY_VERIFY(open->isEnabled());
    const auto *banner = piece<ui::Banner>(*dialog, "dialogBanner");
    QVERIFY(banner->isVisible() && banner->text().size() > 20);
    QCOMPARE(launched.size(), 0);
    QCOMPARE(piece<QLineEdit>(*dialog, "loginEdit")->text(), u"ada"_s);
}

void tst_FastLinkDialog::everyConfigurationIsExplained()
{
    FastLinkBench bench;
    const auto dialog = bench.dialog();
    auto *configurations = piece<QComboBox>(*dialog, "configurationCombo");
    QCOMPARE(configurations->count(), 4);
    QStringList meanings;
    for (int row = 0; row < configurations->count(); ++row) {
        configurations->setCurrentIndex(row);
        meanings.append(piece<QLabel>(*dialog, "configurationMeaning")->text());
    }
    QCOMPARE(meanings.removeDuplicates(), 0);
    configurations->setEditText(u"our_own"_s);
    QVERIFY(!meanings.contains(piece<QLabel>(*dialog, "configurationMeaning")->text()));
}

QTEST_MAIN(tst_FastLinkDialog)
#include "tst_fastlinkdialog.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console.h"
#include "models/knownlinks.h"
#include "tests/app/onscreen.h"
#include "tests/ui/webpanebench.h"
#include "ui/banner.h"
#include "ui/linkpanewindow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int patienceMs = 40'000;
constexpr auto lastRead = "SELECT last_read_at FROM customers WHERE id = ?1";

//! The page that the console shows now.
QWidget *shownPage()
{
    const auto *window = onScreen<ui::LinkPaneWindow>("linkPaneWindow");
    return window && window->pane() ? window->pane()->page() : nullptr;
}

bool pageHas(const QString &selector)
{
    return WebPaneBench::waitFor(
        [&selector] {
            return shownPage()
                && WebPaneBench::runIn(shownPage(), u"document.querySelector('%1') !== null"_s.arg(selector)).toBool();
        },
        patienceMs);
}

void clickOnPage(const QString &selector)
{
    WebPaneBench::runIn(shownPage(), u"document.querySelector('%1')?.click()"_s.arg(selector));
}

} // namespace

//! Yes to every question, after it was asked, so that a pane can be left.
class LeavingAsker : public ui::Asker
{
    Q_OBJECT
public:
    void ask(QWidget *, const Question &, std::function<void(bool yes)> handler) override
    {
        QMetaObject::invokeMethod(this, [handler = std::move(handler)] { handler(true); }, Qt::QueuedConnection);
    }
};

//! From "Link a bank with FastLink" to the accounts in the list and the repaired link: the real window, the real
//! engine, the real sandbox and its pages.
class tst_FastLink : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_console.reset(); }
    void theBankIsLinked();
    void theAccountsAreInTheWindow();
    void theLinkIsRepaired();
    void leavingMidwayIsHarmless();

private:
    qint64 count(const QByteArray &sql);
    bool signIn();
    bool finish(); //!< and closes the pane
    models::RecordRef shopper() const;

    QTemporaryDir m_data;
    std::unique_ptr<console::Console> m_console;
};

void tst_FastLink::initTestCase()
{
    console::Options options;
    options.dataDirectory = m_data.path();
    options.sandboxArguments = {u"--transactions"_s, u"20"_s, u"--customers"_s, u"5"_s, u"--payouts"_s, u"1"_s};
    m_console = std::make_unique<console::Console>(options, std::make_unique<LeavingAsker>());
    m_console->open();
    QVERIFY(QTest::qWaitForWindowExposed(m_console->window()));
    m_console->window()->showPage(ui::Page::Links);
    QTRY_VERIFY_WITH_TIMEOUT(onScreen<QAbstractButton>("fastLinkButton"), patienceMs);
}

models::RecordRef tst_FastLink::shopper() const
{
    ui::Asker asker;
    const QString tenant = m_console->session()->workspace(asker).aggregation->tenant();
    return models::recordOf({.tenant = api::TenantId(tenant), .loginName = api::LoginName(u"shopper-7"_s)});
}

qint64 tst_FastLink::count(const QByteArray &sql)
{
    qint64 found = -1;
    ui::Asker asker;
    QObject context;
    const auto read = m_console->session()->workspace(asker).ledger.read<qint64>(
        [sql, id = shopper().id](models::Database &ledger) -> models::DatabaseResult<qint64> {
            auto statement = ledger.prepareOnce(sql);
            if (!statement)
                return std::unexpected(statement.error());
            if (auto row = statement->bind(0, QStringView(id)).step(); !row)
                return std::unexpected(row.error());
            return statement->integer(0);
        },
        &context, [&found](const models::DatabaseResult<qint64> &result) { found = result.value_or(-2); });
    return WebPaneBench::waitFor([&found] { return found != -1; }, patienceMs) ? found : -3;
}

//! What comes after the bank: the test user, and every account where they are asked for.
bool tst_FastLink::signIn()
{
    if (!pageHas(u"#fl-username"_s))
        return false;
    for (const QString &field : {u"#fl-username"_s, u"#fl-password"_s})
        WebPaneBench::runIn(shownPage(), u"document.querySelector('%1').value = 'profile_522'"_s.arg(field));
    clickOnPage(u"#fl-signin-submit"_s);
    if (!pageHas(u"#fl-accounts-submit, #fl-finish"_s))
        return false;
    clickOnPage(u"#fl-accounts-submit"_s);
    return pageHas(u"#fl-finish"_s);
}

bool tst_FastLink::finish()
{
    clickOnPage(u"#fl-finish"_s);
    const auto ended = [] {
        const auto *window = onScreen<ui::LinkPaneWindow>("linkPaneWindow");
        return window && window->pane() && window->pane()->state() == ui::LinkPane::State::Finished;
    };
    return WebPaneBench::waitFor(ended, patienceMs) && pressOnScreen("paneLeaveButton")
        && WebPaneBench::waitFor([] { return !onScreen<ui::LinkPaneWindow>("linkPaneWindow"); }, patienceMs);
}

void tst_FastLink::theBankIsLinked()
{
    QVERIFY(pressOnScreen("fastLinkButton"));
    QTRY_VERIFY(onScreen<QLineEdit>("loginEdit"));
    onScreen<QLineEdit>("loginEdit")->setText(u"shopper-7"_s);
    onScreen<QComboBox>("configurationCombo")->setCurrentText(u"aggregation_and_verification"_s);
    QVERIFY(pressOnScreen("primaryButton"));
    QVERIFY(pageHas(u"#fl-provider-16441"_s));
    QVERIFY(onScreen<QLabel>("panePurpose")->text().contains(u"shopper-7"_s));
    QVERIFY(!onScreen<QAbstractButton>("paneBrowserButton")); // no plain address
    clickOnPage(u"#fl-provider-16441"_s);
    QVERIFY(signIn());
    QVERIFY(finish());
    QTRY_COMPARE_WITH_TIMEOUT(m_console->window()->currentPage(), ui::Page::Customers, patienceMs);
    QTRY_VERIFY(onScreen<ui::Banner>("windowNotice"));
    QVERIFY(onScreen<ui::Banner>("windowNotice")->text().contains(u"was linked"_s));
}

void tst_FastLink::theAccountsAreInTheWindow()
{
    QTRY_VERIFY_WITH_TIMEOUT(count("SELECT count(*) FROM user_accounts WHERE user_id = ?1") > 0, patienceMs);
    QTRY_COMPARE(count("SELECT count(*) FROM user_links WHERE user_id = ?1"), 1);
    const auto showsBank = [this] {
        const QList<QLabel *> labels = m_console->window()->findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [](const QLabel *label) { return label->isVisible() && label->text().contains(u"Dag"_s); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(showsBank(), patienceMs);
}

void tst_FastLink::theLinkIsRepaired()
{
    QTRY_VERIFY(onScreen<QAbstractButton>("relinkButton"));
    QVERIFY(pressOnScreen("relinkButton"));
    QTRY_VERIFY(onScreen<QRadioButton>("editButton"));
    QCOMPARE(onScreen<QLineEdit>("loginEdit")->text(), u"shopper-7"_s);
    QTRY_VERIFY(onScreen<QRadioButton>("editButton")->isEnabled());
    QTest::mouseClick(onScreen<QRadioButton>("editButton"), Qt::LeftButton, {}, QPoint(8, 8));
    QVERIFY(onScreen<QRadioButton>("editButton")->isChecked());
    QVERIFY(pressOnScreen("primaryButton"));
    QVERIFY(signIn());
    const qint64 before = count(lastRead);
    QVERIFY(finish());
    QTRY_VERIFY_WITH_TIMEOUT(count(lastRead) > before, patienceMs);
    QCOMPARE(count("SELECT count(*) FROM user_links WHERE user_id = ?1"), 1);
}

void tst_FastLink::leavingMidwayIsHarmless()
{
    QTRY_VERIFY(onScreen<QAbstractButton>("relinkButton"));
    QVERIFY(pressOnScreen("relinkButton"));
    QTRY_VERIFY(onScreen<QRadioButton>("addButton"));
    QVERIFY(pressOnScreen("primaryButton"));
    QVERIFY(pageHas(u"#fl-provider-16441"_s));
    const qint64 before = count(lastRead);
    QVERIFY(pressOnScreen("paneLeaveButton"));
    QTRY_VERIFY(!onScreen<ui::LinkPaneWindow>("linkPaneWindow"));
    QTRY_VERIFY_WITH_TIMEOUT(count(lastRead) > before, patienceMs);
    QCOMPARE(count("SELECT count(*) FROM user_links WHERE user_id = ?1"), 1);
}

QTEST_MAIN(tst_FastLink)
#include "tst_fastlink.moc"

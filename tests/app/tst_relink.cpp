// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console.h"
#include "models/recordtablemodel.h"
#include "tests/app/hostedcustomer.h"
#include "tests/app/onscreen.h"
#include "ui/linkinspector.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDesktopServices>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int longMs = 40'000;

} // namespace

//! Takes what would go to the person's own browser.
class Browser : public QObject
{
    Q_OBJECT
public:
    QUrl opened;
public slots:
    void take(const QUrl &url) { opened = url; }
};

//! From "Re-link bank" on a customer to the refreshed list of accounts: the real window, the real sandbox and its
//! pages.
class tst_Relink : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void theFormIsPrefilled();
    void theLinkIsMadeAndOpened();
    void theCustomerLinksABank();
    void theNewAccountIsInTheList();

private:
    models::PayLink link();
    qint64 accounts();

    QTemporaryDir m_data;
    Browser m_browser;
    std::unique_ptr<console::Console> m_console;
    QString m_customer;
    qint64 m_accountsBefore = 0;
};

void tst_Relink::initTestCase()
{
    QDesktopServices::setUrlHandler(u"http"_s, &m_browser, "take");
    console::Options options;
    options.dataDirectory = m_data.path();
    options.sandboxArguments = {u"--transactions"_s, u"40"_s, u"--customers"_s, u"10"_s, u"--payouts"_s, u"2"_s};
    m_console = std::make_unique<console::Console>(options);
    m_console->open();
    QVERIFY(QTest::qWaitForWindowExposed(m_console->window()));
    m_console->window()->showPage(ui::Page::Customers);
    QTRY_VERIFY_WITH_TIMEOUT(onScreen<QTableView>("customersTable"), longMs);
    auto *table = onScreen<QTableView>("customersTable");
    auto *model = qobject_cast<models::RecordTableModel *>(table->model());
    QVERIFY(model);
    QTRY_VERIFY_WITH_TIMEOUT(model->rowCount() >= 10 && !model->refAt(3).id.isEmpty(), longMs);
    m_customer = model->refAt(3).id;
    m_console->window()->openRecord({models::RecordKind::Customer, m_customer});
    QTRY_VERIFY(onScreen<QAbstractButton>("relinkButton"));
    QTRY_VERIFY_WITH_TIMEOUT((m_accountsBefore = accounts()) >= 0, longMs);
}

void tst_Relink::cleanupTestCase()
{
    QDesktopServices::unsetUrlHandler(u"http"_s);
    m_console.reset();
}

qint64 tst_Relink::accounts()
{
    qint64 count = -1;
    ui::Asker asker;
    QObject context;
    const auto read = m_console->session()->workspace(asker).ledger.read<qint64>(
        [id = m_customer](models::Database &ledger) -> models::DatabaseResult<qint64> {
            auto statement = ledger.prepare("SELECT count(*) FROM accounts WHERE customer_id = ?1");
            if (!statement)
                return std::unexpected(statement.error());
            if (auto row = (*statement)->bind(0, QStringView(id)).step(); !row)
                return std::unexpected(row.error());
            return (*statement)->integer(0);
        },
        &context, [&count](const models::DatabaseResult<qint64> &found) { count = found.value_or(-1); });
    return QTest::qWaitFor([&count] { return count >= 0; }) ? count : -1;
}

models::PayLink tst_Relink::link()
{
    const auto *inspector = m_console->window()->findChild<ui::LinkInspector *>();
    return inspector && inspector->link() ? *inspector->link() : models::PayLink{};
}

void tst_Relink::theFormIsPrefilled()
{
    QVERIFY(pressOnScreen("relinkButton"));
    QTRY_VERIFY(onScreen<QLineEdit>("field.email"));
    QTRY_VERIFY(onScreen<QLineEdit>("field.email")->text().contains(u'@'));
    QVERIFY(!onScreen<QLineEdit>("field.firstName")->text().isEmpty());
}

void tst_Relink::theLinkIsMadeAndOpened()
{
    QVERIFY(pressOnScreen("primaryButton"));
    QTRY_COMPARE_WITH_TIMEOUT(m_console->window()->currentPage(), ui::Page::Links, longMs);
    QTRY_VERIFY_WITH_TIMEOUT(onScreen<QAbstractButton>("openOutsideButton"), longMs);
    QCOMPARE(link().state, models::PayLinkState::Ready);
    QCOMPARE(link().forCustomer.text(), m_customer);
    QVERIFY(pressOnScreen("openOutsideButton"));
    QTRY_VERIFY(m_browser.opened.isValid());
    QTRY_COMPARE(link().state, models::PayLinkState::Opened);
}

void tst_Relink::theCustomerLinksABank()
{
    HostedCustomer customer;
    QVERIFY(customer.open(m_browser.opened));
    QVERIFY2(customer.linkAccount(), qPrintable(customer.page().left(2000)));
    QVERIFY(customer.returnedTo().query().contains(u"status=200"_s));
    // The browser is not ours, so nothing tells the console: it has to ask.
    QVERIFY(QTest::qWaitFor([] { return pressOnScreen("readLinkButton"); }));
    QTRY_COMPARE_WITH_TIMEOUT(link().state, models::PayLinkState::Finished, longMs);
    QVERIFY(!link().inferred);
    QCOMPARE(link().customer.text(), m_customer);
    QVERIFY(link().url.isEmpty());
}

void tst_Relink::theNewAccountIsInTheList()
{
    m_console->window()->openRecord({models::RecordKind::Customer, m_customer});
    QTRY_VERIFY_WITH_TIMEOUT(accounts() > m_accountsBefore, longMs);
    const auto showsTestBank = [this] {
        const QList<QLabel *> labels = m_console->window()->findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [](const QLabel *label) { return label->isVisible() && label->text().contains(u"FinBank"_s); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(showsTestBank(), longMs);
}

QTEST_MAIN(tst_Relink)
#include "tst_relink.moc"

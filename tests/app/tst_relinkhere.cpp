// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console.h"
#include "app/quitsignals.h"
#include "models/recordtablemodel.h"
#include "tests/app/onscreen.h"
#include "tests/ui/webpanebench.h"
#include "ui/linkinspector.h"
#include "ui/linkpanewindow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <csignal>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int patienceHere = 40'000;

ui::LinkPaneWindow *paneWindow()
{
    for (QWidget *top : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<ui::LinkPaneWindow *>(top); window && window->isVisible())
            return window;
    }
    return nullptr;
}

QWidget *pageHere()
{
    const ui::LinkPaneWindow *window = paneWindow();
    return window && window->pane() ? window->pane()->page() : nullptr;
}

//! Waits for an element of the page and does something to it, once.
bool onPage(const QString &selector, const QString &act)
{
    const QString script = u"(() => { const e = document.readyState === 'complete' && document.querySelector('%1');"
                           "if (!e || e.dataset.touched) return false; e.dataset.touched = 'yes'; setTimeout(() => "
                           "{%2},"
                           "0); return true; })()"_s.arg(selector, act);
    return WebPaneBench::waitFor(
        [&script] { return pageHere() && WebPaneBench::runIn(pageHere(), script).toBool(); }, patienceHere);
}

} // namespace

//! Keeps the questions and says yes to each.
class NotingAsker : public ui::Asker
{
    Q_OBJECT
public:
    void ask(QWidget *, const Question &question, std::function<void(bool yes)> handler) override
    {
        titles.append(question.title);
        if (answers)
            QMetaObject::invokeMethod(this, [handler = std::move(handler)] { handler(true); }, Qt::QueuedConnection);
    }
    QStringList titles;
    bool answers = true;
};

//! From "Re-link bank" on a customer to the refreshed list of accounts without leaving the console: the real window,
//! the pane with the real engine, the real sandbox and its pages.
class tst_RelinkHere : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_console.reset(); }
    void closingMidwayAsksAndIsNoted();
    void theCustomerLinksABankInThePane();
    void theNewAccountIsInTheList();
    void theEngineIsGivenBack();
    void closingTheConsoleAsksForThePageFirst();
    void aSignalAsksNobody();

private:
    models::PayLink link() const;
    void makeLinkAndOpen();
    bool signIn();
    qint64 accounts();

    QTemporaryDir m_data;
    NotingAsker *m_asker = nullptr; // the console's
    std::unique_ptr<console::Console> m_console;
    QString m_customer;
    qint64 m_accountsBefore = 0;
};

void tst_RelinkHere::initTestCase()
{
    console::Options options;
    options.dataDirectory = m_data.path();
    options.sandboxArguments = {u"--transactions"_s, u"40"_s, u"--customers"_s, u"10"_s, u"--payouts"_s, u"2"_s};
    auto asker = std::make_unique<NotingAsker>();
    m_asker = asker.get();
    m_console = std::make_unique<console::Console>(options, std::move(asker));
    m_console->open();
    QVERIFY(QTest::qWaitForWindowExposed(m_console->window()));
    m_console->window()->showPage(ui::Page::Customers);
    QTRY_VERIFY_WITH_TIMEOUT(onScreen<QTableView>("customersTable"), patienceHere);
    auto *model = qobject_cast<models::RecordTableModel *>(onScreen<QTableView>("customersTable")->model());
    QVERIFY(model);
    QTRY_VERIFY_WITH_TIMEOUT(model->rowCount() >= 10 && !model->refAt(3).id.isEmpty(), patienceHere);
    m_customer = model->refAt(3).id;
    QTRY_VERIFY_WITH_TIMEOUT((m_accountsBefore = accounts()) >= 0, patienceHere);
}

models::PayLink tst_RelinkHere::link() const
{
    const auto *inspector = m_console->window()->findChild<ui::LinkInspector *>();
    return inspector && inspector->link() ? *inspector->link() : models::PayLink{};
}

qint64 tst_RelinkHere::accounts()
{
    qint64 count = -1;
    ui::Asker asker;
    QObject context;
    const auto read = m_console->session()->workspace(asker).ledger.read<qint64>(
        [id = m_customer](models::Database &ledger) -> models::DatabaseResult<qint64> {
            auto statement = ledger.prepareOnce("SELECT count(*) FROM accounts WHERE customer_id = ?1");
            if (!statement)
                return std::unexpected(statement.error());
            if (auto row = statement->bind(0, QStringView(id)).step(); !row)
                return std::unexpected(row.error());
            return statement->integer(0);
        },
        &context, [&count](const models::DatabaseResult<qint64> &found) { count = found.value_or(-1); });
    return WebPaneBench::waitFor([&count] { return count >= 0; }, patienceHere) ? count : -1;
}

void tst_RelinkHere::makeLinkAndOpen()
{
    const auto press = [](const char *name) {
        QVERIFY2(WebPaneBench::waitFor([name] { return pressOnScreen(name); }, patienceHere), name);
    };
    const qint64 before = link().key;
    m_console->window()->openRecord({models::RecordKind::Customer, m_customer});
    press("relinkButton");
    const auto address = [] {
        const auto *field = onScreen<QLineEdit>("field.email");
        return field ? field->text() : QString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(address().contains(u'@'), patienceHere);
    press("primaryButton");
    QTRY_VERIFY_WITH_TIMEOUT(link().key != before, patienceHere);
    QTRY_COMPARE_WITH_TIMEOUT(link().state, models::PayLinkState::Ready, patienceHere);
    press("openHereButton");
    QTRY_VERIFY_WITH_TIMEOUT(pageHere(), patienceHere);
}

bool tst_RelinkHere::signIn()
{
    return onPage(u"#bank-form button"_s, u"e.click()"_s)
        && onPage(u"#signin-form"_s,
            u"e.querySelector(\"#username\").value = e.querySelector(\"#password\").value = \"profile_522\";"
            "e.querySelector(\"#signin-submit\").click()"_s);
}

void tst_RelinkHere::closingMidwayAsksAndIsNoted()
{
    makeLinkAndOpen();
    if (QTest::currentTestFailed())
        return;
    QVERIFY(onPage(u"#bank-form button"_s, u"0"_s));
    QTRY_VERIFY_WITH_TIMEOUT(paneWindow()->pane()->isUnderway(), patienceHere);
    const QPointer<ui::LinkPaneWindow> window = paneWindow();
    const qsizetype asked = m_asker->titles.size();
    window->close();
    QTRY_VERIFY(!window);
    QCOMPARE(m_asker->titles.sliced(asked), QStringList{u"Leave the page?"_s});
    QTRY_COMPARE_WITH_TIMEOUT(link().state, models::PayLinkState::Abandoned, patienceHere);
}

void tst_RelinkHere::theCustomerLinksABankInThePane()
{
    makeLinkAndOpen();
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(link().forCustomer.text(), m_customer);
    QTRY_COMPARE_WITH_TIMEOUT(link().state, models::PayLinkState::Opened, patienceHere);
    QVERIFY(signIn());
    QVERIFY(onPage(u"#account-submit"_s, u"e.click()"_s));
    QVERIFY(onPage(u"#consent-submit"_s, u"e.click()"_s));
    QVERIFY(onPage(u"#done-submit"_s, u"e.click()"_s));
    QTRY_COMPARE_WITH_TIMEOUT(paneWindow()->pane()->state(), ui::LinkPane::State::Finished, patienceHere);
    // Nobody has to ask: the redirect is a hint, and what it says is read back.
    QTRY_COMPARE_WITH_TIMEOUT(link().state, models::PayLinkState::Finished, patienceHere);
    QTRY_VERIFY_WITH_TIMEOUT(!link().inferred, patienceHere);
    QCOMPARE(link().customer.text(), m_customer);
    const qsizetype asked = m_asker->titles.size();
    const QPointer<ui::LinkPaneWindow> window = paneWindow();
    window->close();
    QTRY_VERIFY(!window);
    QCOMPARE(m_asker->titles.size(), asked);
}

void tst_RelinkHere::theNewAccountIsInTheList()
{
    m_console->window()->openRecord({models::RecordKind::Customer, m_customer});
    QTRY_VERIFY_WITH_TIMEOUT(accounts() > m_accountsBefore, patienceHere);
    const auto showsTestBank = [this] {
        const QList<QLabel *> labels = m_console->window()->findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [](const QLabel *label) { return label->isVisible() && label->text().contains(u"FinBank"_s); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(showsTestBank(), patienceHere);
}

void tst_RelinkHere::theEngineIsGivenBack()
{
    QVERIFY(!paneWindow());
    QTRY_VERIFY_WITH_TIMEOUT(pageProcesses().isEmpty(), patienceHere);
}

void tst_RelinkHere::closingTheConsoleAsksForThePageFirst()
{
    makeLinkAndOpen();
    if (QTest::currentTestFailed())
        return;
    QTRY_VERIFY_WITH_TIMEOUT(paneWindow()->pane()->isUnderway(), patienceHere);
    const QPointer<ui::LinkPaneWindow> window = paneWindow();
    const qsizetype asked = m_asker->titles.size();
    QVERIFY(!m_console->window()->close());
    QVERIFY(m_console->window()->isVisible());
    QTRY_VERIFY(!window);
    QCOMPARE(m_asker->titles.sliced(asked), QStringList{u"Leave the page?"_s});
}

void tst_RelinkHere::aSignalAsksNobody()
{
    makeLinkAndOpen();
    if (QTest::currentTestFailed())
        return;
    QTRY_VERIFY_WITH_TIMEOUT(paneWindow()->pane()->isUnderway(), patienceHere);
    emit m_console->window()->settingsRequested();
    QTRY_VERIFY(QApplication::activeModalWidget());
    m_asker->answers = false;
    const qsizetype asked = m_asker->titles.size();
    app::quitOnSignals(this);
    QTimer::singleShot(0, this, [] { ::raise(SIGTERM); });
    QTimer::singleShot(patienceHere, this, [] { QCoreApplication::exit(9); });
    QCOMPARE(QApplication::exec(), 0);
    QCOMPARE(m_asker->titles.size(), asked);
    QVERIFY(paneWindow());
}

QTEST_MAIN(tst_RelinkHere)
#include "tst_relinkhere.moc"

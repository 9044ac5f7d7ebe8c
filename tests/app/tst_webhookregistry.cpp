// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console.h"
#include "tests/app/onscreen.h"
#include "ui/aggregationpanel.h"
#include "ui/aggregationwebhookinspector.h"
#include "ui/listtable.h"
#include "ui/webhookspage.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int registryPatienceMs = 40'000;
constexpr auto nobody = "https://127.0.0.1:1/hooks";

bool says(const QString &text)
{
    const auto *inspector = onScreen<ui::AggregationWebhookInspector>("aggregationWebhookInspector");
    const auto labels = inspector ? inspector->findChildren<QLabel *>() : QList<QLabel *>();
    return std::ranges::any_of(
        labels, [&text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
}

} // namespace

class AgreeingAsker : public ui::Asker
{
    Q_OBJECT
public:
    void ask(QWidget *, const Question &, std::function<void(bool yes)> handler) override { handler(true); }
};

//! The life of an aggregation webhook in the real window against the real sandbox.
class tst_WebhookRegistry : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_console.reset(); }
    void itIsRegistered();
    void aTestSaysThatNobodyAnswers();
    void itIsSwitchedOff();
    void itIsDeleted();

private:
    int rows() const { return m_list->model()->rowCount(); }

    QTemporaryDir m_data;
    std::unique_ptr<console::Console> m_console;
    ui::ListTable *m_list = nullptr;
    int m_before = 0;
};

void tst_WebhookRegistry::initTestCase()
{
    console::Options options;
    options.dataDirectory = m_data.path();
    options.sandboxArguments = {u"--transactions"_s, u"20"_s, u"--customers"_s, u"5"_s, u"--payouts"_s, u"1"_s};
    m_console = std::make_unique<console::Console>(options, std::make_unique<AgreeingAsker>());
    m_console->open();
    QVERIFY(QTest::qWaitForWindowExposed(m_console->window()));
    m_console->window()->showPage(ui::Page::Webhooks);
    auto *page = m_console->window()->findChild<ui::WebhooksPage *>();
    QVERIFY(page);
    page->showGroup(ui::WebhooksPage::Group::Aggregation);
    m_list = page->findChild<ui::ListTable *>(u"registryTable"_s);
    QTRY_VERIFY_WITH_TIMEOUT(onScreen<QAbstractButton>("newRegistryWebhookButton"), registryPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(onScreen<QLabel>("registryReadTime")->text().startsWith(u"Read "_s), registryPatienceMs);
    m_before = rows();
}

void tst_WebhookRegistry::itIsRegistered()
{
    QVERIFY(pressOnScreen("newRegistryWebhookButton"));
    QTRY_VERIFY(onScreen<QLineEdit>("uriEdit"));
    onScreen<QLineEdit>("uriEdit")->setText(QString::fromLatin1(nobody));
    QVERIFY(pressOnScreen("primaryButton"));
    QTRY_COMPARE_WITH_TIMEOUT(rows(), m_before + 1, registryPatienceMs);
    QTRY_VERIFY(says(QString::fromLatin1(nobody)));
    QVERIFY(says(u"Nothing was delivered yet."_s));
}

void tst_WebhookRegistry::aTestSaysThatNobodyAnswers()
{
    QVERIFY(pressOnScreen("fireTestButton"));
    QTRY_VERIFY_WITH_TIMEOUT(says(u"did not answer"_s), registryPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(says(u"Not healthy"_s), registryPatienceMs);
}

void tst_WebhookRegistry::itIsSwitchedOff()
{
    QTRY_VERIFY(onScreen<QAbstractButton>("switchWebhookButton")->isEnabled());
    QVERIFY(pressOnScreen("switchWebhookButton"));
    QTRY_VERIFY_WITH_TIMEOUT(says(u"Switched off"_s), registryPatienceMs);
}

void tst_WebhookRegistry::itIsDeleted()
{
    QTRY_VERIFY(onScreen<QAbstractButton>("removeWebhookButton")->isEnabled());
    QVERIFY(pressOnScreen("removeWebhookButton"));
    QTRY_COMPARE_WITH_TIMEOUT(rows(), m_before, registryPatienceMs);
    QTRY_VERIFY(!onScreen<ui::AggregationWebhookInspector>("aggregationWebhookInspector"));
    QVERIFY(pressOnScreen("readRegistryButton"));
    QTRY_VERIFY(onScreen<QAbstractButton>("readRegistryButton")->isEnabled());
    QCOMPARE(rows(), m_before);
}

QTEST_MAIN(tst_WebhookRegistry)
#include "tst_webhookregistry.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console.h"
#include "models/finder.h"
#include "models/recordtablemodel.h"
#include "tests/app/onscreen.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int importTimeMs = 30'000;
constexpr int answerTimeMs = 20'000;

models::RecordTableModel *transactions()
{
    const auto *table = onScreen<QTableView>("transactionsTable");
    return table ? qobject_cast<models::RecordTableModel *>(table->model()) : nullptr;
}

bool canClick(const char *name)
{
    const auto *button = onScreen<QAbstractButton>(name);
    return button && button->isEnabled();
}

} // namespace

//! The whole main job on the real window, against the real sandbox process: import, find, refund, undo.
class tst_MainJob : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_options.dataDirectory = m_data.path();
        m_options.sandboxArguments = {u"--transactions"_s, u"240"_s, u"--customers"_s, u"30"_s, u"--payouts"_s, u"5"_s};
        models::ProfileStore store(m_data.path());
        models::Profile profile = store.current();
        profile.holdSeconds = 2;
        QVERIFY(store.save(profile));
        m_console = std::make_unique<console::Console>(m_options);
        m_console->open();
        QVERIFY(QTest::qWaitForWindowExposed(m_console->window()));
    }

    void cleanupTestCase() { m_console.reset(); }

    void theWindowFillsItselfFromTheSandbox()
    {
        QTRY_VERIFY_WITH_TIMEOUT(importIsDone(), importTimeMs);
        QTRY_VERIFY_WITH_TIMEOUT(transactions() && transactions()->totals().rows == 240, answerTimeMs);
        QVERIFY(job()->summary().contains(u"275"_s));
    }

    void aFilterNarrowsTheRowsAndItsMistakesAreExplained()
    {
        auto *filter = onScreen<QLineEdit>("filterEdit");
        QVERIFY(filter);
        QTest::keyClicks(filter, u"amount:lots"_s);
        QTRY_VERIFY(transactions()->problem().has_value());
        QTRY_VERIFY(onScreen<QLabel>("filterProblem"));
        filter->clear();
        QTest::keyClicks(filter, u"status:succeeded type:debit amount:>20"_s);
        QTRY_VERIFY(
            !transactions()->problem() && transactions()->totals().complete && transactions()->totals().rows < 240);
        QTRY_VERIFY(transactions()->rowCount() > 0 && !transactions()->refAt(0).id.isEmpty());
        m_payment = transactions()->refAt(0).id;
    }

    void thePaymentIsFoundByItsId()
    {
        QTest::keyClick(m_console->window(), Qt::Key_K, Qt::ControlModifier);
        auto *omnibox = onScreen<QLineEdit>("omnibox");
        QVERIFY(omnibox);
        QTest::keyClicks(omnibox, m_payment);
        QTRY_VERIFY(workspace().finder.rowCount() > 0);
        QTest::keyClick(omnibox, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(canClick("refundButton"), answerTimeMs);
    }

    void noAmountThatIsWrongCanBeRefunded_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char *typed : {"", "1,50", "1.005", "-3", "0", "0.00", "1e3", "abc", "1.2.3", "99999999"})
            QTest::newRow(typed) << QString::fromLatin1(typed);
    }

    void noAmountThatIsWrongCanBeRefunded()
    {
        QFETCH(QString, typed);
        openRefund();
        auto *amount = onScreen<QLineEdit>("amountEdit");
        amount->selectAll();
        QTest::keyClick(amount, Qt::Key_Delete);
        QTest::keyClicks(amount, typed);
        QVERIFY(!canClick("primaryButton"));
        QCOMPARE(amount->text(), typed);
        closeRefund();
    }

    void undoCostsNothing()
    {
        refund(u"1.50"_s);
        QTRY_VERIFY(canClick("undoButton"));
        QTest::mouseClick(onScreen<QAbstractButton>("undoButton"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(newestState() == "WITHDRAWN"_L1, answerTimeMs);
        QCOMPARE(paymentsInSandbox().size(), 0);
    }

    void oneRefundIsMadeHoweverOftenTheButtonIsPressed()
    {
        refund(u"2.25"_s);
        QTRY_VERIFY_WITH_TIMEOUT(newestState() == "ACCEPTED"_L1, answerTimeMs);
        const QJsonArray made = paymentsInSandbox();
        QCOMPARE(made.size(), 1);
        const QJsonObject refund = made.first().toObject();
        QCOMPARE(refund.value("clientReferenceId"_L1).toString(), u"RF-%1-2"_s.arg(m_payment));
    }

    void whatIsLeftIsLess()
    {
        QTRY_VERIFY_WITH_TIMEOUT(canClick("refundButton"), answerTimeMs);
        openRefund();
        const auto proposed = api::parseTypedAmount(onScreen<QLineEdit>("amountEdit")->text());
        QVERIFY(proposed);
        closeRefund();
        const auto remainder = remainderOfPayment();
        QVERIFY(remainder);
        QCOMPARE(*proposed, remainder->left);
        QCOMPARE(remainder->amount.cents - remainder->left, 225);
    }

    void theAuditTrailIsUnbroken()
    {
        const auto database = models::Database::open(ledgerFile(), models::Database::Mode::ReadOnly);
        QVERIFY(database);
        const auto verdict = models::verifyAudit(**database);
        QVERIFY(verdict);
        QVERIFY(verdict->intact);
        QVERIFY(verdict->entries >= 5);
    }

private:
    ui::Workspace workspace() { return m_console->session()->workspace(m_asker); }
    models::Job *job() { return workspace().jobs.jobAt(0); }
    bool importIsDone() { return job() && job()->state() == models::Job::State::Done; }
    QString ledgerFile() const { return QDir(m_data.path()).filePath(u"sandbox/ledger.sqlite"_s); }

    void openRefund()
    {
        QVERIFY(canClick("refundButton"));
        QTest::mouseClick(onScreen<QAbstractButton>("refundButton"), Qt::LeftButton);
        QTRY_VERIFY(onScreen<QLineEdit>("amountEdit") && onScreen<QComboBox>("reasonCombo")->isEnabled());
    }

    void closeRefund()
    {
        QTest::keyClick(onScreen<QLineEdit>("amountEdit")->window(), Qt::Key_Escape);
        QTRY_VERIFY(!onScreen<QLineEdit>("amountEdit"));
    }

    void refund(const QString &amount)
    {
        openRefund();
        auto *edit = onScreen<QLineEdit>("amountEdit");
        edit->selectAll();
        QTest::keyClicks(edit, amount);
        onScreen<QComboBox>("reasonCombo")->setCurrentIndex(1);
        QTRY_VERIFY(canClick("primaryButton"));
        QTest::mouseClick(onScreen<QAbstractButton>("primaryButton"), Qt::LeftButton);
        QTRY_VERIFY(!onScreen<QLineEdit>("amountEdit") && canClick("primaryButton"));
        const QPointer<QAbstractButton> primary = onScreen<QAbstractButton>("primaryButton");
        for (int click = 0; click < 3 && primary; ++click)
            QTest::mouseClick(primary, Qt::LeftButton);
        QTRY_VERIFY(!onScreen<QAbstractButton>("primaryButton"));
    }

    QString newestState() const
    {
        const auto database = models::Database::open(ledgerFile(), models::Database::Mode::ReadOnly);
        if (!database)
            return {};
        auto newest = (*database)->prepare("SELECT state FROM outbox ORDER BY key DESC LIMIT 1");
        return newest && (*newest)->step().value_or(false) ? (*newest)->text(0) : QString();
    }

    std::optional<models::Remainder> remainderOfPayment() const
    {
        const auto database = models::Database::open(ledgerFile(), models::Database::Mode::ReadOnly);
        if (!database)
            return std::nullopt;
        const auto remainder = models::remainderOf(**database, api::TransactionId(m_payment));
        return remainder ? std::optional(*remainder) : std::nullopt;
    }

    QJsonArray paymentsInSandbox()
    {
        QUrl url = m_console->session()->profile().baseUrl;
        url.setPath(u"/sandbox/payments"_s);
        const std::unique_ptr<QNetworkReply> reply(m_network.get(QNetworkRequest(url)));
        if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, answerTimeMs))
            return {};
        const QJsonDocument answer = QJsonDocument::fromJson(reply->readAll());
        return answer.isArray() ? answer.array() : answer.object().value("payments"_L1).toArray();
    }

    QTemporaryDir m_data;
    console::Options m_options;
    ui::Asker m_asker;
    QNetworkAccessManager m_network;
    std::unique_ptr<console::Console> m_console;
    QString m_payment;
};

QTEST_MAIN(tst_MainJob)
#include "tst_mainjob.moc"

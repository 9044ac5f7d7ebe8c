// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/waiting.h"
#include "tests/ui/dialogbench.h"
#include "ui/banner.h"
#include "ui/moneyfield.h"
#include "ui/refunddialog.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using Step = ui::OrderDialog::Step;

namespace {

const models::RecordRef original{models::RecordKind::Transaction, u"pay-1"_s};

QLineEdit *lineEdit(const ui::RefundDialog &dialog, const QString &name)
{
    return dialog.findChild<QLineEdit *>(name);
}

QPushButton *primaryOf(const ui::RefundDialog &dialog)
{
    return dialog.findChild<QPushButton *>(u"primaryButton"_s);
}

QString bannerText(const ui::RefundDialog &dialog)
{
    return dialog.findChild<ui::Banner *>(u"dialogBanner"_s)->text();
}

void fillIn(const ui::RefundDialog &dialog, const QString &amount)
{
    QLineEdit *edit = lineEdit(dialog, u"amountEdit"_s);
    edit->selectAll();
    QTest::keyClicks(edit, amount);
    dialog.findChild<QComboBox *>(u"reasonCombo"_s)->setEditText(u"Goods returned"_s);
    lineEdit(dialog, u"referenceEdit"_s)->setText(u"order 77"_s);
    lineEdit(dialog, u"descriptorEdit"_s)->setText(u"ACME refund"_s);
}

} // namespace

class tst_RefundDialog : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnAnyWarning(); }

    void staysReadableWhenTheDesktopGoesDark()
    {
        const ui::Theme::Scheme before = ui::Theme::scheme();
        const auto restored = qScopeGuard([before] { ui::Theme::change(before); });
        DialogBench bench;
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
        ui::RefundDialog dialog(bench.workspace, original);
        for (const ui::Theme::Scheme scheme : {ui::Theme::Scheme::Light, ui::Theme::Scheme::Dark}) {
            ui::Theme::change(scheme);
            QCOMPARE(dialog.palette().color(QPalette::Window), ui::Theme::colour(ui::Colour::Surface));
        }
    }

    void theWholeRemainderIsOffered()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
        ui::RefundDialog dialog(bench.workspace, original);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        QLineEdit *amount = lineEdit(dialog, u"amountEdit"_s);
        QCOMPARE(api::parseTypedAmount(amount->text()).value_or(0), 12'840);
        QCOMPARE(amount->selectedText(), amount->text());
        QVERIFY(!primaryOf(dialog)->isEnabled());
        dialog.findChild<QComboBox *>(u"reasonCombo"_s)->setEditText(u"Goods returned"_s);
        QVERIFY(primaryOf(dialog)->isEnabled());
        QVERIFY(dialog.findChild<QLabel *>(u"guardScope"_s)->text().contains(u"portal"_s));
    }

    void aBadAmountIsExplainedAndKept_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("comma as decimal point") << u"1,50"_s;
        QTest::newRow("three decimals") << u"1.005"_s;
        QTest::newRow("negative") << u"-3"_s;
        QTest::newRow("nothing") << u"0"_s;
        QTest::newRow("exponent") << u"1e3"_s;
        QTest::newRow("one cent too much") << u"128.41"_s;
        QTest::newRow("words") << u"all of it"_s;
    }

    void aBadAmountIsExplainedAndKept()
    {
        QFETCH(QString, typed);
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
        ui::RefundDialog dialog(bench.workspace, original);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        fillIn(dialog, typed);
        QCOMPARE(lineEdit(dialog, u"amountEdit"_s)->text(), typed);
        QVERIFY(!primaryOf(dialog)->isEnabled());
        fillIn(dialog, u"128.40"_s);
        QVERIFY(primaryOf(dialog)->isEnabled());
    }

    void aPartSaysWhatItLeaves()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
        ui::RefundDialog dialog(bench.workspace, original);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        fillIn(dialog, u"28.40"_s);
        const QString note = dialog.findChild<QLabel *>(u"amountNote"_s)->text();
        QVERIFY2(note.contains(u"100.00"_s) && note.contains(u"128.40"_s), qPrintable(note));
        QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
        QCOMPARE(dialog.step(), Step::Confirm);
        const QString sentence = dialog.findChild<QLabel *>(u"confirmSentence"_s)->text();
        QVERIFY2(
            sentence.contains(u"28.40"_s) && sentence.contains(u"Ada Lovelace"_s) && sentence.contains(u"First Bank"_s),
            qPrintable(sentence));
        QVERIFY(primaryOf(dialog)->text().contains(u"28.40"_s));
    }

    void aBadStatementTextNamesTheCharacter_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("named");
        QTest::newRow("ampersand") << u"Lace & Co"_s << u"“&” at position 6"_s;
        QTest::newRow("umlaut") << u"Müller"_s << u"“ü” at position 2"_s;
        QTest::newRow("one too long") << QString(81, u'a') << u"1 character too many"_s;
    }

    void aBadStatementTextNamesTheCharacter()
    {
        QFETCH(QString, typed);
        QFETCH(QString, named);
        DialogBench bench;
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
        ui::RefundDialog dialog(bench.workspace, original);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        fillIn(dialog, u"10"_s);
        lineEdit(dialog, u"descriptorEdit"_s)->setText(typed);
        const QString problem = dialog.findChild<QLabel *>(u"descriptorProblem"_s)->text();
        QVERIFY2(problem.contains(named), qPrintable(problem));
        QVERIFY(!primaryOf(dialog)->isEnabled());
        QCOMPARE(lineEdit(dialog, u"descriptorEdit"_s)->text(), typed);
    }

    void doubleClicksMakeOneRefund()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
        ui::RefundDialog dialog(bench.workspace, original);
        QSignalSpy submitted(&dialog, &ui::RefundDialog::submitted);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        fillIn(dialog, u"128.40"_s);
        QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
        QTest::mouseDClick(primaryOf(dialog), Qt::LeftButton);
        QCOMPARE(dialog.step(), Step::Confirm);
        QTRY_VERIFY(primaryOf(dialog)->isEnabled());
        QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
        QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
        QTest::mouseDClick(primaryOf(dialog), Qt::LeftButton);
        QTRY_COMPARE(submitted.count(), 1);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
        QCOMPARE(bench.outboxRows(), 1);
    }

    void productionAsksForTheAmountAgain()
    {
        DialogBench bench(models::Environment::Production);
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
        ui::RefundDialog dialog(bench.workspace, original);
        QSignalSpy submitted(&dialog, &ui::RefundDialog::submitted);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        fillIn(dialog, u"100"_s);
        QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
        QLineEdit *again = lineEdit(dialog, u"confirmAmountEdit"_s);
        QVERIFY(again);
        QTRY_VERIFY(again->isVisible());
        again->setText(u"10"_s);
        QVERIFY(!QTest::qWaitFor([&dialog] { return primaryOf(dialog)->isEnabled(); }, 1'000));
        again->setText(u"100.00"_s);
        QTRY_VERIFY(primaryOf(dialog)->isEnabled());
        QTest::keyClick(again, Qt::Key_Return);
        QTRY_COMPARE(submitted.count(), 1);
    }

    //! What is being written down goes out: a dialog that closed would look as if it did not.
    void cannotBeLeftWhileItIsWrittenDown()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
        ui::RefundDialog dialog(bench.workspace, original);
        QSignalSpy submitted(&dialog, &ui::RefundDialog::submitted);
        QSignalSpy rejected(&dialog, &QDialog::rejected);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        fillIn(dialog, u"50"_s);
        QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
        QTRY_VERIFY(primaryOf(dialog)->isEnabled());
        QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
        QCOMPARE(dialog.step(), Step::Submitting);
        QVERIFY(!dialog.findChild<QPushButton *>(u"cancelButton"_s)->isEnabled());
        QTest::keyClick(&dialog, Qt::Key_Escape);
        dialog.close();
        QVERIFY(dialog.isVisible());
        QTRY_COMPARE(submitted.count(), 1);
        QCOMPARE(rejected.count(), 0);
        QVERIFY(!dialog.isVisible());
    }

    void aChangedRemainderLeadsBackToTheForm()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
        ui::RefundDialog dialog(bench.workspace, original);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        fillIn(dialog, u"120"_s);
        QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
        QCOMPARE(dialog.step(), Step::Confirm);
        bench.refundElsewhere(u"pay-1"_s, 2'840, 12'840);
        QTRY_COMPARE(dialog.step(), Step::Form);
        QVERIFY2(bannerText(dialog).contains(u"100.00"_s), qPrintable(bannerText(dialog)));
        QCOMPARE(lineEdit(dialog, u"amountEdit"_s)->text(), u"120"_s);
        QVERIFY(!primaryOf(dialog)->isEnabled());
    }

    void aRefusalKeepsWhatWasTyped()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
        ui::RefundDialog dialog(bench.workspace, original);
        QSignalSpy submitted(&dialog, &ui::RefundDialog::submitted);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        fillIn(dialog, u"50"_s);
        QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
        QTRY_VERIFY(primaryOf(dialog)->isEnabled());
        bench.refundElsewhere(u"pay-1"_s, 2'840, 12'840);
        QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
        QTRY_COMPARE(dialog.step(), Step::Form);
        QVERIFY(!bannerText(dialog).isEmpty());
        QCOMPARE(submitted.count(), 0);
        QCOMPARE(lineEdit(dialog, u"amountEdit"_s)->text(), u"50"_s);
        QCOMPARE(lineEdit(dialog, u"referenceEdit"_s)->text(), u"order 77"_s);
        QCOMPARE(lineEdit(dialog, u"descriptorEdit"_s)->text(), u"ACME refund"_s);
        QCOMPARE(dialog.findChild<QComboBox *>(u"reasonCombo"_s)->currentText(), u"Goods returned"_s);
        QTRY_VERIFY(primaryOf(dialog)->isEnabled());
        QCOMPARE(bench.outboxRows(), 1);
    }

    void whatCannotBeRefundedSaysWhy_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("status");
        QTest::newRow("still on its way") << u"DEBIT"_s << u"PENDING"_s;
        QTest::newRow("failed") << u"DEBIT"_s << u"TERMINAL_FAILED"_s;
        QTest::newRow("a credit") << u"CREDIT"_s << u"SUCCEEDED"_s;
        QTest::newRow("a status nobody knows") << u"DEBIT"_s << u"HALF_DONE"_s;
    }

    void whatCannotBeRefundedSaysWhy()
    {
        QFETCH(QString, type);
        QFETCH(QString, status);
        DialogBench bench;
        api::Transaction transaction = DialogBench::payment(u"pay-1"_s, 12'840, status);
        transaction.type = type;
        bench.learn(transaction);
        ui::RefundDialog dialog(bench.workspace, original);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Blocked);
        QWidget *blocked = dialog.findChild<QWidget *>(u"blockedState"_s);
        QVERIFY(blocked->isVisible());
        QString said;
        for (const QLabel *label : blocked->findChildren<QLabel *>())
            said += label->text();
        QVERIFY2(said.size() > 40, qPrintable(said));
        QVERIFY(!primaryOf(dialog)->isVisible());
    }

    void whatIsWhollyOnItsWaySaysWhereItWent()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840));
        bench.refundElsewhere(u"pay-1"_s, 12'840, 12'840);
        QTRY_COMPARE(bench.outboxRows(), 1);
        ui::RefundDialog dialog(bench.workspace, original);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Blocked);
        QString said;
        for (const QLabel *label : dialog.findChild<QWidget *>(u"blockedState"_s)->findChildren<QLabel *>())
            said += label->text();
        QVERIFY2(said.contains(u"$128.40 on its way"_s), qPrintable(said));
    }

    void oldFactsAreReadAgainFirst()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840), DialogBench::now() - 3'600'000);
        bench.serve("/v1/transactions/pay-1",
            R"({"transactionId":"pay-1","transactionType":"DEBIT","customerId":"cus-ada","amount":{"value":128.40,)"
            R"("currency":"USD"},"transactionStatus":"TERMINAL_FAILED"})");
        ui::RefundDialog dialog(bench.workspace, original);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Blocked);
    }

    void theAmountCanBeTypedAtOnceAfterReadingAgain()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840), DialogBench::now() - 3'600'000);
        bench.serve("/v1/transactions/pay-1",
            R"({"transactionId":"pay-1","transactionType":"DEBIT","customerId":"cus-ada","amount":{"value":128.40,)"
            R"("currency":"USD"},"transactionStatus":"SUCCEEDED"})");
        ui::RefundDialog dialog(bench.workspace, original);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        const auto *amount = dialog.findChild<ui::MoneyField *>();
        QVERIFY(amount);
        QTRY_VERIFY(dialog.focusWidget() == amount || amount->isAncestorOf(dialog.focusWidget()));
        QTest::keyClick(dialog.focusWidget(), Qt::Key_Tab);
        QCOMPARE(dialog.focusWidget()->objectName(), u"reasonCombo"_s);
    }

    void whatIsNotInTheLedgerIsLookedUp()
    {
        DialogBench bench;
        bench.serve("/v1/transactions/pay-1",
            R"({"transactionId":"pay-1","transactionType":"DEBIT","customerId":"cus-ada","amount":{"value":128.40,)"
            R"("currency":"USD"},"transactionStatus":"SUCCEEDED"})");
        ui::RefundDialog dialog(bench.workspace, original);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
    }

    void whenItCannotBeReadAgainThePersonDecides()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-1"_s, 12'840), DialogBench::now() - 3'600'000);
        bench.serve("/v1/transactions/pay-1", R"({"errorCode":"INTERNAL_SERVER_ERROR","errorMessage":"down"})", 500);
        ui::RefundDialog dialog(bench.workspace, original);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        QVERIFY2(bannerText(dialog).contains(u"1 hour ago"_s), qPrintable(bannerText(dialog)));
        fillIn(dialog, u"10"_s);
        QVERIFY(primaryOf(dialog)->isEnabled());
    }
};

QTEST_MAIN(tst_RefundDialog)
#include "tst_refunddialog.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/waiting.h"
#include "tests/ui/dialogbench.h"
#include "ui/banner.h"
#include "ui/canceldialog.h"
#include "ui/creditdialog.h"
#include "ui/paymentdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using Step = ui::OrderDialog::Step;

namespace {

const models::RecordRef adaRef{models::RecordKind::Customer, u"cus-ada"_s};
const models::RecordRef pendingRef{models::RecordKind::Transaction, u"pay-2"_s};

QPushButton *primaryOf(const QDialog &dialog)
{
    return dialog.findChild<QPushButton *>(u"primaryButton"_s);
}

QString textOf(const QDialog &dialog, const QString &label)
{
    return dialog.findChild<QLabel *>(label)->text();
}

bool says(const QDialog &dialog, const QString &part)
{
    const QList<QLabel *> labels = dialog.findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&part](const QLabel *label) { return label->text().contains(part); });
}

void fillIn(const QDialog &dialog, const QString &amount)
{
    dialog.findChild<QLineEdit *>(u"amountEdit"_s)->setText(amount);
    dialog.findChild<QComboBox *>(u"reasonCombo"_s)->setEditText(u"Because"_s);
}

void sayYes(QDialog &dialog)
{
    QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
    QTRY_VERIFY(primaryOf(dialog)->isEnabled());
    QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
}

std::optional<models::OutboxEntry> entryOf(DialogBench &bench, qint64 key)
{
    std::optional<models::OutboxEntry> found;
    bool done = false;
    QObject context;
    using Answer = std::optional<models::OutboxEntry>;
    const auto read = bench.ledger->read<Answer>(
        [key](models::Database &database) { return models::readOutboxEntry(database, key); }, &context,
        [&](models::DatabaseResult<Answer> result) {
            done = true;
            found = result.value_or(std::nullopt);
        });
    return QTest::qWaitFor([&done] { return done; }) ? found : std::nullopt;
}

} // namespace

class tst_OrderDialogs : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnAnyWarning(); }

    void aPaymentNamesTheBankAndIsHeld()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        ui::PaymentDialog dialog(bench.workspace, adaRef);
        QSignalSpy submitted(&dialog, &ui::PaymentDialog::submitted);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        QVERIFY(textOf(dialog, u"amountNote"_s).contains(u"First Bank"_s));
        QVERIFY(!primaryOf(dialog)->isEnabled());
        fillIn(dialog, u"1,234.50"_s);
        sayYes(dialog);
        QTRY_COMPARE(submitted.count(), 1);
        const auto entry = entryOf(bench, submitted.first().first().toLongLong());
        QVERIFY(entry);
        QCOMPARE(entry->kind, models::OutboxKind::Payment);
        QCOMPARE(entry->state, models::OutboxState::Held);
        QCOMPARE(entry->amount.cents, 123'450);
        QCOMPARE(entry->reason, u"Because"_s);
    }

    void aCustomerWhoIsNotActiveCannotBeDebited_data()
    {
        QTest::addColumn<QString>("status");
        QTest::newRow("created") << u"CREATED"_s;
        QTest::newRow("inactive") << u"INACTIVE"_s;
    }

    void aCustomerWhoIsNotActiveCannotBeDebited()
    {
        QFETCH(QString, status);
        DialogBench bench;
        bench.learn(DialogBench::ada(status));
        ui::PaymentDialog dialog(bench.workspace, adaRef);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Blocked);
        QVERIFY(!primaryOf(dialog)->isVisible());
    }

    void aCreditWantsItSaidThatNothingIsGivenBack()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        ui::CreditDialog dialog(bench.workspace, adaRef);
        QSignalSpy submitted(&dialog, &ui::CreditDialog::submitted);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        fillIn(dialog, u"5"_s);
        QVERIFY(!primaryOf(dialog)->isEnabled());
        dialog.findChild<QCheckBox *>(u"noOriginalCheck"_s)->setChecked(true);
        QVERIFY(primaryOf(dialog)->isEnabled());
        sayYes(dialog);
        QTRY_COMPARE(submitted.count(), 1);
        const auto entry = entryOf(bench, submitted.first().first().toLongLong());
        QVERIFY(entry);
        QCOMPARE(entry->kind, models::OutboxKind::Credit);
        QVERIFY(entry->original.isEmpty());
    }

    void aCreditSaysInWordsThatTheLinkIsNotActive()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada(u"INACTIVE"_s));
        ui::CreditDialog dialog(bench.workspace, adaRef);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        fillIn(dialog, u"5"_s);
        dialog.findChild<QCheckBox *>(u"noOriginalCheck"_s)->setChecked(true);
        QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
        QTRY_COMPARE(dialog.step(), Step::Confirm);
        QVERIFY(says(dialog, u"not active (status Inactive)"_s));
    }

    void aCreditOffersARefundInstead()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        ui::CreditDialog dialog(bench.workspace, adaRef);
        QSignalSpy instead(&dialog, &ui::CreditDialog::refundInsteadRequested);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        emit dialog.findChild<ui::Banner *>(u"creditWarning"_s)->actionTriggered();
        QCOMPARE(instead.count(), 1);
        QCOMPARE(dialog.result(), int(QDialog::Rejected));
        QCOMPARE(bench.outboxRows(), 0);
    }

    void aCancellationSaysWhatIsNotKnown()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-2"_s, 990, u"PENDING"_s));
        ui::CancelDialog dialog(bench.workspace, pendingRef);
        QSignalSpy submitted(&dialog, &ui::CancelDialog::submitted);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Form);
        QString said;
        for (const QLabel *label : dialog.findChildren<QLabel *>())
            said += label->text();
        QVERIFY(said.contains(u"Not known"_s));
        QVERIFY(!dialog.findChild<QLineEdit *>(u"amountEdit"_s));
        // "Cancel" would leave open what is canceled, the dialog or the payment.
        QCOMPARE(dialog.findChild<QPushButton *>(u"cancelButton"_s)->text(), u"Keep the payment"_s);
        dialog.findChild<QComboBox *>(u"reasonCombo"_s)->setEditText(u"Entered twice"_s);
        sayYes(dialog);
        QTRY_COMPARE(submitted.count(), 1);
        const auto entry = entryOf(bench, submitted.first().first().toLongLong());
        QVERIFY(entry);
        QCOMPARE(entry->kind, models::OutboxKind::Cancel);
        QCOMPARE(entry->original.text(), u"pay-2"_s);
    }

    void aFinishedPaymentCannotBeCancelled()
    {
        DialogBench bench;
        bench.learn(DialogBench::payment(u"pay-2"_s, 990, u"TERMINAL_FAILED"_s));
        ui::CancelDialog dialog(bench.workspace, pendingRef);
        openOnStack(dialog);
        QTRY_COMPARE(dialog.step(), Step::Blocked);
        QVERIFY(says(dialog, u"(Failed)"_s));
        QVERIFY(!says(dialog, u"TERMINAL_FAILED"_s));
    }

    void aSecondCancellationIsRefusedInWords()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.learn(DialogBench::payment(u"pay-2"_s, 990, u"PENDING"_s));
        for (int round = 0; round < 2; ++round) {
            ui::CancelDialog dialog(bench.workspace, pendingRef);
            QSignalSpy submitted(&dialog, &ui::CancelDialog::submitted);
            openOnStack(dialog);
            QTRY_COMPARE(dialog.step(), Step::Form);
            dialog.findChild<QComboBox *>(u"reasonCombo"_s)->setEditText(u"Entered twice"_s);
            sayYes(dialog);
            if (round == 0) {
                QTRY_COMPARE(submitted.count(), 1);
            } else {
                QTRY_VERIFY(!dialog.findChild<ui::Banner *>(u"dialogBanner"_s)->text().isEmpty());
                QCOMPARE(submitted.count(), 0);
                QCOMPARE(dialog.findChild<QComboBox *>(u"reasonCombo"_s)->currentText(), u"Entered twice"_s);
            }
        }
        QCOMPARE(bench.outboxRows(), 1);
    }
};

QTEST_MAIN(tst_OrderDialogs)
#include "tst_orderdialogs.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/waiting.h"
#include "tests/ui/dialogbench.h"
#include "ui/banner.h"
#include "ui/importdialog.h"
#include "ui/importfailuresmodel.h"
#include "ui/importpreviewmodel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStringEncoder>
#include <QTableView>
#include <QTableWidget>

using namespace Qt::Literals::StringLiterals;

namespace {

QPushButton *primaryOf(const ui::ImportDialog &dialog)
{
    return dialog.findChild<QPushButton *>(u"primaryButton"_s);
}

QString textOf(const ui::ImportDialog &dialog, const QString &label)
{
    return dialog.findChild<QLabel *>(label)->text();
}

QString writeFile(const DialogBench &bench, const QString &name, const QByteArray &bytes)
{
    QFile file(bench.directory.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    return file.fileName();
}

QByteArray utf16(const QString &text)
{
    QStringEncoder encoder(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
    return encoder(text);
}

} // namespace

class tst_ImportDialog : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        failOnAnyWarning();
        qRegisterMetaType<models::ImportPlan>();
    }

    void aFileInUtf16IsReadAndItsBadLinesAreNamed()
    {
        DialogBench bench;
        bench.asker.file = writeFile(bench, u"orders.csv"_s,
            utf16(u"kind,id\r\ntransaction,pay-1\r\ncustomer,cus-1\r\nwindow,abc\r\n"
                  "transaction,pay-1\r\npayout,po-1\r\n"_s));
        ui::ImportDialog dialog(bench.workspace);
        QSignalSpy started(&dialog, &ui::ImportDialog::startRequested);
        openOnStack(dialog);
        QTest::mouseClick(dialog.findChild<QPushButton *>(u"chooseFileButton"_s), Qt::LeftButton);
        auto *preview = dialog.findChild<QTableView *>(u"importPreview"_s);
        QTRY_VERIFY(preview->isVisible());
        QCOMPARE(
            textOf(dialog, u"importCounts"_s), u"3 ids: 1 transaction, 1 customer, 1 payout; 1 repeat left out."_s);
        QVERIFY2(textOf(dialog, u"importSourceText"_s).contains(u"UTF-16"_s),
            qPrintable(textOf(dialog, u"importSourceText"_s)));
        auto *bad = dialog.findChild<QTableWidget *>(u"badLines"_s);
        QCOMPARE(bad->rowCount(), 1);
        QCOMPARE(bad->item(0, 0)->text(), u"4"_s);
        QVERIFY(!bad->item(0, 1)->text().isEmpty());
        QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
        QCOMPARE(started.count(), 1);
        QCOMPARE(started.first().first().value<models::ImportPlan>().records.size(), 3);
    }

    void aColumnCanBeTakenForSomethingElse()
    {
        DialogBench bench;
        ui::ImportDialog dialog(bench.workspace);
        openOnStack(dialog);
        dialog.openFile(writeFile(bench, u"two.csv"_s, "transaction_id,customer_id\npay-1,cus-1\npay-2,cus-1\n"));
        auto *preview = dialog.findChild<QTableView *>(u"importPreview"_s);
        QTRY_VERIFY(preview->isVisible());
        QVERIFY(textOf(dialog, u"importCounts"_s).startsWith(u"3 ids: 2 transactions, 1 customer"_s));
        auto *box = dialog.findChild<QComboBox *>(u"columnCombo1"_s);
        QVERIFY(box);
        const int ignored = box->findData(int(models::ImportColumn::Ignored));
        box->setCurrentIndex(ignored);
        emit box->activated(ignored);
        QTRY_COMPARE(textOf(dialog, u"importCounts"_s), u"2 ids: 2 transactions."_s);
        QTRY_VERIFY(primaryOf(dialog)->isEnabled());
    }

    void aPastedListIsRead()
    {
        DialogBench bench;
        ui::ImportDialog dialog(bench.workspace);
        openOnStack(dialog);
        QVERIFY(!primaryOf(dialog)->isEnabled());
        dialog.findChild<QPlainTextEdit *>(u"pasteEdit"_s)->setPlainText(u"pay-1 pay-2\npay-3"_s);
        QVERIFY(primaryOf(dialog)->isEnabled());
        QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
        QTRY_VERIFY(dialog.findChild<QTableView *>(u"importPreview"_s)->isVisible());
        QVERIFY2(
            textOf(dialog, u"importCounts"_s).startsWith(u"3 ids"_s), qPrintable(textOf(dialog, u"importCounts"_s)));
        QTest::mouseClick(dialog.findChild<QPushButton *>(u"backButton"_s), Qt::LeftButton);
        QTRY_VERIFY(dialog.findChild<QPlainTextEdit *>(u"pasteEdit"_s)->isVisible());
        QCOMPARE(dialog.findChild<QPlainTextEdit *>(u"pasteEdit"_s)->toPlainText(), u"pay-1 pay-2\npay-3"_s);
    }

    void aFileThatCannotBeReadIsSaid()
    {
        DialogBench bench;
        ui::ImportDialog dialog(bench.workspace);
        openOnStack(dialog);
        dialog.openFile(bench.directory.filePath(u"none.csv"_s));
        auto *banner = dialog.findChild<ui::Banner *>(u"dialogBanner"_s);
        QTRY_VERIFY(banner->text().contains(u"none.csv"_s));
        QVERIFY(dialog.findChild<QPushButton *>(u"chooseFileButton"_s)->isVisible());
    }

    void aFormulaAndACutFileAreSaid()
    {
        DialogBench bench;
        ui::ImportDialog dialog(bench.workspace);
        openOnStack(dialog);
        dialog.openFile(writeFile(bench, u"cut.csv"_s, "transaction_id,note\npay-1,=HYPERLINK(1)\npay-2,\"half a val"));
        QTRY_VERIFY(dialog.findChild<QTableView *>(u"importPreview"_s)->isVisible());
        const QString notice = dialog.findChild<ui::Banner *>(u"importNotice"_s)->text();
        QVERIFY2(notice.contains(u"formula"_s) && notice.contains(u"quoted value"_s), qPrintable(notice));
    }

    void thePreviewModelKeepsTheRules()
    {
        ui::ImportPreviewModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto plan = models::planImport("transaction_id,note\npay-1,a\npay-2,b\n", u"x.csv"_s);
        QVERIFY(plan);
        model.setPlan(*plan);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0, 0).data().toString(), ui::importColumnName(models::ImportColumn::TransactionId));
        QCOMPARE(model.index(2, 1).data().toString(), u"b"_s);
        QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), u"note"_s);
    }

    void aCopiedListOfFailuresIsSafeInASpreadsheet()
    {
        const QList<models::ImportFailure> failures{
            {.ref = {models::RecordKind::Transaction, u"pay-1"_s}, .notFound = true, .why = u"Nothing, \"really\""_s},
            {.ref = {models::RecordKind::Customer, u"=cmd"_s}, .notFound = false, .why = u"-refused"_s}};
        QCOMPARE(ui::importFailuresCsv(failures),
            u"kind,id,outcome,why\r\ntransaction,pay-1,not found,\"Nothing, \"\"really\"\"\"\r\n"
            "customer,'=cmd,failed,'-refused\r\n"_s);
        ui::ImportFailuresModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFailures(failures);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(1, ui::ImportFailuresModel::IdColumn).data().toString(), u"=cmd"_s);
    }
};

QTEST_MAIN(tst_ImportDialog)
#include "tst_importdialog.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/dialogbench.h"

#include "ui/linkbatchdialog.h"
#include "ui/linkspage.h"
#include "ui/sessiondialog.h"
#include "ui/sessionform.h"

#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace {

//! What would have gone to the desktop's own programs.
class Desktop : public QObject
{
    Q_OBJECT
public:
    QList<QUrl> opened;
public slots:
    void take(const QUrl &url) { opened << url; }
};

template<typename T> T *named(QWidget &parent, const QString &name)
{
    auto *found = parent.findChild<T *>(name);
    if (!found)
        qFatal("no widget %s", qUtf8Printable(name));
    return found;
}

} // namespace

class TestSessionDialog : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void nothingIsRedBeforeItIsTouched();
    void problemsAppearWhileTyping();
    void theFormShowsWhatGoesWithTheChoice();
    void aMadeLinkIsFollowed();
    void aReLinkComesPrefilled();
    void aTemplateComesBack();
    void theLinkIsCopiedMailedAndNeverShown();
    void aFileIsTriedBeforeItIsSent();

private:
    void fill(ui::SessionDialog &dialog);
    std::unique_ptr<DialogBench> m_bench;
};

void TestSessionDialog::init()
{
    m_bench = std::make_unique<DialogBench>();
    m_bench->serve("/v2/sessions",
        R"({"sessionKey":"sk-1","sessionUrl":")" + m_bench->server.url().toEncoded() + R"(/?sessionKey=sk-1"})");
}

void TestSessionDialog::fill(ui::SessionDialog &dialog)
{
    named<QLineEdit>(dialog, u"field.firstName"_s)->setText(u"Ada"_s);
    named<QLineEdit>(dialog, u"field.lastName"_s)->setText(u"Lovelace"_s);
    named<QLineEdit>(dialog, u"field.email"_s)->setText(u"ada@example.com"_s);
    named<QLineEdit>(dialog, u"field.paymentDetails.amount"_s)->setText(u"12.50"_s);
}

void TestSessionDialog::nothingIsRedBeforeItIsTouched()
{
    ui::SessionDialog dialog(m_bench->workspace, models::PayLinkPurpose::New, {});
    openOnStack(dialog);
    QVERIFY(!named<QLabel>(dialog, u"problem.email"_s)->isVisibleTo(&dialog));
    QTest::mouseClick(named<QPushButton>(dialog, u"primaryButton"_s), Qt::LeftButton);
    QVERIFY(named<QLabel>(dialog, u"problem.email"_s)->isVisibleTo(&dialog));
    QVERIFY(dialog.isVisible());
    QCOMPARE(m_bench->server.writes(), 0);
}

void TestSessionDialog::problemsAppearWhileTyping()
{
    ui::SessionDialog dialog(m_bench->workspace, models::PayLinkPurpose::New, {});
    openOnStack(dialog);
    fill(dialog);
    auto *problem = named<QLabel>(dialog, u"problem.paymentDetails.softDescriptor"_s);
    auto *descriptor = named<QLineEdit>(dialog, u"field.paymentDetails.softDescriptor"_s);
    descriptor->setText(u"Book-Shop"_s);
    QVERIFY(problem->text().contains(u"Character 5"_s));
    descriptor->setText(u"Book Shop"_s);
    QVERIFY(problem->text().isEmpty());
    named<QLineEdit>(dialog, u"field.orderDetails.totalAmount"_s)->setText(u"13"_s);
    QVERIFY(named<QLabel>(dialog, u"problem.paymentDetails.amount"_s)->text().startsWith(u"Please check"_s));
    QVERIFY(named<QPushButton>(dialog, u"primaryButton"_s)->isEnabled());
}

void TestSessionDialog::theFormShowsWhatGoesWithTheChoice()
{
    ui::SessionDialog dialog(m_bench->workspace, models::PayLinkPurpose::New, {});
    openOnStack(dialog);
    fill(dialog);
    auto *amount = named<QLineEdit>(dialog, u"field.paymentDetails.amount"_s);
    auto *product = named<QComboBox>(dialog, u"field.product"_s);
    QVERIFY(amount->isVisibleTo(&dialog));
    product->setCurrentIndex(product->findData(u"VERIFY"_s));
    QVERIFY(!amount->isVisibleTo(&dialog));
    QVERIFY(!named<QComboBox>(dialog, u"field.customerProfile.guestCheckout"_s)->isVisibleTo(&dialog));
    const auto *form = dialog.findChild<ui::SessionForm *>();
    QVERIFY(models::canBeSent(form->findings())); // what is hidden is not sent and not complained about
    product->setCurrentIndex(product->findData(u"PAY"_s));
    QVERIFY(amount->isVisibleTo(&dialog));
    QCOMPARE(amount->text(), u"12.50"_s);
}

void TestSessionDialog::aMadeLinkIsFollowed()
{
    ui::SessionDialog dialog(m_bench->workspace, models::PayLinkPurpose::New, {});
    QSignalSpy created(&dialog, &ui::SessionDialog::created);
    openOnStack(dialog);
    fill(dialog);
    QTest::mouseClick(named<QPushButton>(dialog, u"primaryButton"_s), Qt::LeftButton);
    QTRY_COMPARE(created.size(), 1);
    QVERIFY(!dialog.isVisible());
    ui::LinksPage page(m_bench->workspace, nullptr);
    page.openLink(created.first().first().toLongLong());
    QTRY_VERIFY(page.findChild<QPushButton *>(u"copyLinkButton"_s)->isVisibleTo(&page));
    QCOMPARE(m_bench->server.writes(), 1);
}

void TestSessionDialog::aReLinkComesPrefilled()
{
    m_bench->learn(DialogBench::ada());
    ui::SessionDialog dialog(m_bench->workspace, models::PayLinkPurpose::Relink, u"cus-ada"_s);
    openOnStack(dialog);
    QTRY_COMPARE(named<QLineEdit>(dialog, u"field.email"_s)->text(), u"ada@example.com"_s);
    QCOMPARE(named<QComboBox>(dialog, u"field.experienceId"_s)->currentData().toString(), u"ONBOARD_WITH_DONE"_s);
    QVERIFY(!named<QLineEdit>(dialog, u"field.redirectUrl"_s)->text().isEmpty());
    QVERIFY(models::canBeSent(dialog.findChild<ui::SessionForm *>()->findings()));
}

void TestSessionDialog::aTemplateComesBack()
{
    m_bench->asker.text = u"Tickets"_s;
    {
        ui::SessionDialog dialog(m_bench->workspace, models::PayLinkPurpose::New, {});
        openOnStack(dialog);
        fill(dialog);
        named<QToolButton>(dialog, u"saveTemplateButton"_s)->click();
        QTRY_COMPARE(named<QComboBox>(dialog, u"templateCombo"_s)->currentText(), u"Tickets"_s);
        QTRY_COMPARE(named<QComboBox>(dialog, u"templateCombo"_s)->count(), 2);
    }
    ui::SessionDialog dialog(m_bench->workspace, models::PayLinkPurpose::New, {});
    openOnStack(dialog);
    auto *templates = named<QComboBox>(dialog, u"templateCombo"_s);
    QTRY_COMPARE(templates->count(), 2);
    named<QLineEdit>(dialog, u"field.firstName"_s)->setText(u"Grace"_s);
    templates->setCurrentIndex(1);
    emit templates->activated(1);
    QCOMPARE(named<QLineEdit>(dialog, u"field.paymentDetails.amount"_s)->text(), u"12.50"_s);
    QCOMPARE(named<QLineEdit>(dialog, u"field.firstName"_s)->text(), u"Grace"_s);
    QVERIFY(named<QLineEdit>(dialog, u"field.email"_s)->text().isEmpty());
}

void TestSessionDialog::theLinkIsCopiedMailedAndNeverShown()
{
    Desktop desktop;
    QDesktopServices::setUrlHandler(u"mailto"_s, &desktop, "take");
    ui::SessionDialog dialog(m_bench->workspace, models::PayLinkPurpose::New, {});
    QSignalSpy created(&dialog, &ui::SessionDialog::created);
    openOnStack(dialog);
    fill(dialog);
    QTest::mouseClick(named<QPushButton>(dialog, u"primaryButton"_s), Qt::LeftButton);
    QTRY_COMPARE(created.size(), 1);
    ui::LinksPage page(m_bench->workspace, nullptr);
    page.resize(1200, 700);
    page.show();
    page.openLink(created.first().first().toLongLong());
    auto *copy = named<QPushButton>(page, u"copyLinkButton"_s);
    QTRY_VERIFY(copy->isVisible());
    QTest::mouseClick(copy, Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().endsWith(u"/?sessionKey=sk-1"_s));
    QTest::mouseClick(named<QPushButton>(page, u"mailLinkButton"_s), Qt::LeftButton);
    QCOMPARE(desktop.opened.size(), 1);
    QVERIFY(desktop.opened.first().toEncoded().startsWith("mailto:ada@example.com?subject="));
    QVERIFY(desktop.opened.first().toEncoded().contains("sessionKey%3Dsk-1"));
    QDesktopServices::unsetUrlHandler(u"mailto"_s);
    for (const QLabel *label : page.findChildren<QLabel *>()) {
        QVERIFY(!label->text().contains(u"sk-1"_s));
        QVERIFY(!label->toolTip().contains(u"sk-1"_s));
    }
    QTRY_VERIFY(page.findChild<QWidget *>(u"linkInspector"_s)
            ->findChild<QLabel *>(u"nextStep"_s)
            ->text()
            .startsWith(u"Handed out from here"_s));
}

void TestSessionDialog::aFileIsTriedBeforeItIsSent()
{
    const QString file = m_bench->directory.filePath(u"links.csv"_s);
    QFile csv(file);
    QVERIFY(csv.open(QIODevice::WriteOnly));
    csv.write("firstName,lastName,email,experienceId,paymentDetails.amount,colour\n"
              "Ada,Lovelace,ada@example.com,LINK_MANAGED_PAYMENT,12.50,red\n"
              "=cmd|'/C calc'!A0,Hopper,grace@example.com,LINK_MANAGED_PAYMENT,1,blue\n"
              "Alan,Turing,no address,LINK_MANAGED_PAYMENT,1,green\n");
    csv.close();
    ui::LinkBatchDialog dialog(m_bench->workspace);
    models::PayLinkBatch *batch = nullptr;
    connect(&dialog, &ui::LinkBatchDialog::started, this, [&](models::PayLinkBatch *started) {
        batch = started;
        m_bench->jobs.add(started);
    });
    openOnStack(dialog);
    dialog.openFile(file);
    auto *table = named<QTableWidget>(dialog, u"planTable"_s);
    QCOMPARE(table->rowCount(), 3);
    QCOMPARE(table->item(0, 0)->text(), u"3"_s); // those with a problem come first
    QVERIFY(table->item(0, 4)->text().contains(u"looks like a formula"_s));
    QCOMPARE(named<QLabel>(dialog, u"planTotals"_s)->text(), u"1 line can be sent; 2 have problems and are left out"_s);
    QCOMPARE(m_bench->server.writes(), 0);
    QTest::mouseClick(named<QPushButton>(dialog, u"primaryButton"_s), Qt::LeftButton);
    QTRY_VERIFY(batch && batch->state() == models::Job::State::Done);
    QCOMPARE(m_bench->server.writes(), 1);
    QCOMPARE(batch->summary(), u"1 link made."_s);

    ui::LinkBatchSummary summary(m_bench->workspace, batch);
    m_bench->asker.file = m_bench->directory.filePath(u"result.csv"_s);
    openOnStack(summary);
    QTest::mouseClick(named<QPushButton>(summary, u"primaryButton"_s), Qt::LeftButton);
    QTRY_VERIFY(QFile::exists(m_bench->asker.file));
    QFile result(m_bench->asker.file);
    QVERIFY(result.open(QIODevice::ReadOnly));
    const QByteArray text = result.readAll();
    QVERIFY(text.startsWith("line,name,email,amount,reference,state,answer,link\r\n2,Ada Lovelace,"));
    QVERIFY(text.contains("sessionKey=sk-1"));
}

QTEST_MAIN(TestSessionDialog)
#include "tst_sessiondialog.moc"

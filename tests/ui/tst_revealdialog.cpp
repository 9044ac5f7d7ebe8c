// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregation.h"
#include "models/audit.h"
#include "tests/support/waiting.h"
#include "tests/ui/dialogbench.h"
#include "ui/banner.h"
#include "ui/clipboardguard.h"
#include "ui/revealdialog.h"

#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const models::RecordRef adaRef{models::RecordKind::Customer, u"cus-ada"_s};
constexpr auto verifiedPath = "/v1/customers/cus-ada/account-verifications/accounts";
constexpr auto verifiedJson
    = R"({"accounts":[{"depositAccount":{"accountId":"acc-1","accountNumberDisplay":"6789"},)"
      R"("paymentNetworks":[{"bankId":"111000025","identifier":"000123456789","type":"US_ACH"}]}]})";

QPushButton *primaryOf(const ui::RevealDialog &dialog)
{
    return dialog.findChild<QPushButton *>(u"primaryButton"_s);
}

QString numberShown(const ui::RevealDialog &dialog)
{
    const auto *label = dialog.findChild<QLabel *>(u"accountNumber"_s);
    return label ? label->text().remove(u' ') : QString();
}

void askForIt(const ui::RevealDialog &dialog)
{
    dialog.findChild<QComboBox *>(u"reasonCombo"_s)->setEditText(u"Fraud enquiry"_s);
    QTest::mouseClick(primaryOf(dialog), Qt::LeftButton);
}

qint64 auditEntries(DialogBench &bench)
{
    qint64 entries = -1;
    QObject context;
    const auto read = bench.ledger->read<models::AuditVerdict>(
        [](models::Database &database) { return models::verifyAudit(database); }, &context,
        [&entries](const models::DatabaseResult<models::AuditVerdict> &verdict) {
            entries = verdict ? verdict->entries : -2;
        });
    return QTest::qWaitFor([&entries] { return entries != -1; }) ? entries : -3;
}

} // namespace

class tst_RevealDialog : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnAnyWarning(); }

    void nothingIsAskedForBeforeAReasonAndAYes()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.serve(verifiedPath, verifiedJson);
        bench.asker.yes = false;
        ui::RevealDialog dialog(bench.workspace, adaRef);
        openOnStack(dialog);
        QVERIFY(!primaryOf(dialog)->isEnabled());
        askForIt(dialog);
        QCOMPARE(bench.asker.questions.size(), 1);
        QCOMPARE(auditEntries(bench), 0);
        QVERIFY(bench.server.received().isEmpty());
        QVERIFY(numberShown(dialog).isEmpty());
    }

    void aRevealIsRecordedThenShownThenMasked()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.serve(verifiedPath, verifiedJson);
        ui::RevealDialog dialog(bench.workspace, adaRef, {.shown = 1200ms}, nullptr);
        openOnStack(dialog);
        askForIt(dialog);
        QTRY_COMPARE(numberShown(dialog), u"000123456789"_s);
        QCOMPARE(auditEntries(bench), 1);
        QTRY_VERIFY(!numberShown(dialog).contains(u"12345"_s));
        QVERIFY(numberShown(dialog).endsWith(u"6789"_s));
        QVERIFY(!dialog.findChild<QPushButton *>(u"copyNumberButton"_s));
        askForIt(dialog);
        QTRY_COMPARE(auditEntries(bench), 2);
    }

    void theFullNumberReachesNoFile()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.serve(verifiedPath, verifiedJson);
        {
            ui::RevealDialog dialog(bench.workspace, adaRef);
            openOnStack(dialog);
            askForIt(dialog);
            QTRY_COMPARE(numberShown(dialog), u"000123456789"_s);
        }
        for (const QString &name : {u"ledger.sqlite"_s, u"ledger.sqlite-wal"_s}) {
            QFile file(bench.directory.filePath(name));
            if (file.open(QIODevice::ReadOnly))
                QVERIFY(!file.readAll().contains("000123456789"));
        }
    }

    void aRefusalIsSaidAndNothingIsShown()
    {
        DialogBench bench;
        bench.learn(DialogBench::ada());
        bench.serve(verifiedPath, R"({"errorCode":"FORBIDDEN","errorMessage":"no"})", 403);
        ui::RevealDialog dialog(bench.workspace, adaRef);
        openOnStack(dialog);
        askForIt(dialog);
        QTRY_VERIFY(!dialog.findChild<ui::Banner *>(u"dialogBanner"_s)->text().isEmpty());
        QVERIFY(numberShown(dialog).isEmpty());
        QVERIFY(primaryOf(dialog)->isEnabled());
    }

    void aLinkedUsersNumbersAreRecordedToo_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("said");
        QTest::newRow("verified") << QByteArray(
            R"({"verifiedAccount":[{"accountId":1,"providerAccountId":7,"providerName":"Dag Site","accountName":"Checking",)"
            R"("displayedName":"Ada Lovelace","accountNumber":"xxxx6789","fullAccountNumber":"000123456789",)"
            R"("bankTransferCode":[{"id":"111000025","type":"ROUTING_NUMBER"}]}]})")
                                  << u"000123456789"_s << u"Dag Site"_s;
        QTest::newRow("none") << QByteArray("{}") << QString() << u"No account of this person is verified"_s;
    }

    void aLinkedUsersNumbersAreRecordedToo()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, shown);
        QFETCH(QString, said);
        DialogBench bench;
        const models::LinkedUserId user{.tenant = api::TenantId(u"TNT-1"_s), .loginName = api::LoginName(u"ada"_s)};
        bench.learn(models::LinkedUser{.id = user, .createdAt = DialogBench::now()});
        models::Aggregation family(*bench.ledger, {.baseUrl = {}});
        family.configure({.baseUrl = QUrl(bench.server.url().toString() + u"/api"_s),
                             .clientId = u"client"_s,
                             .tenants = {u"TNT-1"_s}},
            "secret");
        bench.workspace.aggregation = &family;
        bench.serve("/api/oauth/token", R"({"accessToken":"t","expiresIn":3600})");
        bench.serve("/api/yodlee/verification/verifiedAccounts", answer);
        ui::RevealDialog dialog(bench.workspace, models::recordOf(user));
        openOnStack(dialog);
        askForIt(dialog);
        const auto says = [&dialog, &said] {
            const auto labels = dialog.findChildren<QLabel *>();
            return std::ranges::any_of(labels, [&said](const QLabel *label) { return label->text().contains(said); });
        };
        QTRY_VERIFY(says());
        QCOMPARE(numberShown(dialog), shown);
        QCOMPARE(auditEntries(bench), 1);
        dialog.reject();
        QVERIFY(!numberShown(dialog).contains(u"12345"_s));
    }

    void aCopyIsTakenOffTheClipboardIfItIsStillOurs_data()
    {
        QTest::addColumn<QString>("copiedSince");
        QTest::addColumn<QString>("left");
        QTest::newRow("still ours") << QString() << QString();
        QTest::newRow("something else") << u"a shopping list"_s << u"a shopping list"_s;
    }

    void aCopyIsTakenOffTheClipboardIfItIsStillOurs()
    {
        QFETCH(QString, copiedSince);
        QFETCH(QString, left);
        QClipboard *clipboard = QGuiApplication::clipboard();
        ui::ClipboardGuard::copy(u"000123456789"_s, 50ms);
        QCOMPARE(clipboard->text(), u"000123456789"_s);
        if (!copiedSince.isEmpty())
            clipboard->setText(copiedSince);
        QTRY_VERIFY(clipboard->findChildren<ui::ClipboardGuard *>().isEmpty());
        QCOMPARE(clipboard->text(), left);
    }
};

QTEST_MAIN(tst_RevealDialog)
#include "tst_revealdialog.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectiontest.h"
#include "models/database.h"
#include "models/ledger.h"
#include "tests/support/waiting.h"
#include "tests/ui/dialogbench.h"
#include "ui/profiledialog.h"
#include "ui/secretdialog.h"

#include <QComboBox>
#include <QDirIterator>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace {

//! A profile dialog over a store in a temporary folder.
struct ProfileBench
{
    ProfileBench()
        : store(directory.filePath(u"profiles"_s))
        , dialog({store, test, asker}, store.current())
    {
        openOnStack(dialog);
    }

    template<typename Widget> Widget *find(const QString &name) const { return dialog.findChild<Widget *>(name); }

    void click(const QString &name) const { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }

    void addLinkSandbox() const
    {
        click(u"addProfileButton"_s);
        find<QLineEdit>(u"nameEdit"_s)->setText(u"Acme test"_s);
        find<QLineEdit>(u"clientIdEdit"_s)->setText(u"client-1"_s);
        find<QLineEdit>(u"merchantIdEdit"_s)->setText(u"merchant-1"_s);
    }

    QTemporaryDir directory;
    models::ProfileStore store;
    models::ConnectionTest test;
    AnsweringAsker asker;
    ui::ProfileDialog dialog;
};

//! Everything a person, an accessibility client or a screenshot could get out of the dialog.
QString everythingShown(const QWidget &widget)
{
    QString text = widget.windowTitle();
    for (const QWidget *child : widget.findChildren<QWidget *>()) {
        text += child->toolTip() + child->accessibleName() + child->accessibleDescription();
        if (const auto *label = qobject_cast<const QLabel *>(child))
            text += label->text();
        if (const auto *edit = qobject_cast<const QLineEdit *>(child))
            text += edit->text() + edit->placeholderText() + edit->displayText();
    }
    return text;
}

} // namespace

class tst_ProfileDialog : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        failOnAnyWarning();
        qRegisterMetaType<models::Profile>();
    }

    void theBuiltInSandboxNeedsNothing()
    {
        const ProfileBench bench;
        QVERIFY(!bench.find<QLineEdit>(u"clientIdEdit"_s)->isVisible());
        QVERIFY(!bench.find<QPushButton>(u"removeProfileButton"_s)->isVisible());
        QVERIFY(!bench.find<QPushButton>(u"primaryButton"_s)->isEnabled());
    }

    void aNewProfileIsSavedAndItsSecretLeavesAsASignal()
    {
        ProfileBench bench;
        QSignalSpy entered(&bench.dialog, &ui::ProfileDialog::secretEntered);
        bench.addLinkSandbox();
        QVERIFY(!bench.find<QLineEdit>(u"baseUrlEdit"_s)->text().isEmpty());
        bench.find<QLineEdit>(u"secretEdit"_s)->setText(u"hunter2-hunter2"_s);
        bench.click(u"primaryButton"_s);
        QCOMPARE(entered.count(), 1);
        QCOMPARE(entered.first().at(1).toByteArray(), QByteArray("hunter2-hunter2"));
        QCOMPARE(bench.store.profiles().size(), 2);
        const models::Profile saved = bench.store.profiles().last();
        QCOMPARE(saved.name, u"Acme test"_s);
        QCOMPARE(saved.clientId, u"client-1"_s);
        QCOMPARE(entered.first().at(0).toString(), saved.id);
        QVERIFY(bench.find<QLineEdit>(u"secretEdit"_s)->text().isEmpty());
        bench.dialog.showSecretState(saved.id, ui::SecretState::Kept);
        QVERIFY(bench.find<QLabel>(u"secretNote"_s)->text().contains(u"keychain"_s));
        QVERIFY(!everythingShown(bench.dialog).contains(u"hunter2"_s));
        QVERIFY(bench.find<QPushButton>(u"removeSecretButton"_s)->isVisible());
    }

    void theAggregationFamilyIsCollapsedUntilItIsUsed()
    {
        ProfileBench bench;
        auto *toggle = bench.find<QToolButton>(u"aggregationToggle"_s);
        QVERIFY(!toggle->isVisible()); // the built-in sandbox brings its own
        bench.addLinkSandbox();
        QVERIFY(toggle->isVisible());
        QVERIFY(!toggle->isChecked());
        QVERIFY(!bench.find<QLineEdit>(u"aggregationUrlEdit"_s)->isVisible());
        QVERIFY(bench.find<QPushButton>(u"primaryButton"_s)->isEnabled());
    }

    void theAggregationFamilyIsSavedWithItsOwnSecret()
    {
        ProfileBench bench;
        QSignalSpy entered(&bench.dialog, &ui::ProfileDialog::aggregationSecretEntered);
        QSignalSpy other(&bench.dialog, &ui::ProfileDialog::secretEntered);
        bench.addLinkSandbox();
        bench.find<QToolButton>(u"aggregationToggle"_s)->click();
        bench.find<QLineEdit>(u"aggregationUrlEdit"_s)->setText(u"http://agg.example.com/api"_s);
        QVERIFY(!bench.find<QPushButton>(u"primaryButton"_s)->isEnabled());
        QVERIFY(bench.find<QLabel>(u"aggregationUrlProblem"_s)->text().contains(u"https"_s));
        bench.find<QLineEdit>(u"aggregationUrlEdit"_s)->setText(u"https://agg.example.com/api"_s);
        bench.find<QLineEdit>(u"aggregationClientIdEdit"_s)->setText(u"CLI-1"_s);
        QVERIFY(!bench.find<QLabel>(u"aggregationTenantsProblem"_s)->text().isEmpty());
        bench.find<QPlainTextEdit>(u"aggregationTenantsEdit"_s)->setPlainText(u"TNT-1, TNT-2\nTNT-1"_s);
        bench.find<QComboBox>(u"fastLinkVariantCombo"_s)->setCurrentIndex(2);
        bench.find<QLineEdit>(u"aggregationSecretEdit"_s)->setText(u"whisper-whisper"_s);
        bench.click(u"primaryButton"_s);
        const models::Profile saved = bench.store.profiles().last();
        QCOMPARE(saved.aggregation.tenants, QStringList({u"TNT-1"_s, u"TNT-2"_s}));
        QCOMPARE(saved.aggregation.fastLinkVariant, api::FastLinkVariant::Guide);
        QCOMPARE(saved.aggregation.proxyPrefix, u"/yodlee"_s);
        QCOMPARE(entered.count(), 1);
        QCOMPARE(entered.first().at(1).toByteArray(), QByteArray("whisper-whisper"));
        QCOMPARE(other.count(), 0);
        bench.dialog.showAggregationSecretState(saved.id, ui::SecretState::Kept);
        QVERIFY(bench.find<QLabel>(u"aggregationSecretNote"_s)->text().contains(u"keychain"_s));
        QVERIFY(!everythingShown(bench.dialog).contains(u"whisper"_s));
    }

    void theSecretReachesNoFile()
    {
        ProfileBench bench;
        bench.addLinkSandbox();
        bench.find<QLineEdit>(u"secretEdit"_s)->setText(u"hunter2-hunter2"_s);
        bench.click(u"primaryButton"_s);
        int files = 0;
        QDirIterator all(bench.directory.path(), QDir::Files, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(!file.readAll().contains("hunter2"));
            ++files;
        }
        QVERIFY(files > 0);
    }

    void aKeychainProblemIsSaidInTheDialog()
    {
        ProfileBench bench;
        bench.addLinkSandbox();
        bench.find<QLineEdit>(u"secretEdit"_s)->setText(u"hunter2-hunter2"_s);
        bench.click(u"primaryButton"_s);
        bench.dialog.showSecretState(
            bench.store.profiles().last().id, ui::SecretState::Problem, u"The keychain is locked."_s);
        QVERIFY(bench.dialog.isVisible());
        QCOMPARE(bench.find<QLabel>(u"secretNote"_s)->text(), u"The keychain is locked."_s);
    }

    void whatIsWrongIsSaidUnderTheField_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::newRow("no name") << u"name"_s << u""_s;
        QTest::newRow("no client id") << u"clientId"_s << u""_s;
        QTest::newRow("no merchant id") << u"merchantId"_s << u""_s;
        QTest::newRow("plain http") << u"baseUrl"_s << u"http://api.example.com"_s;
        QTest::newRow("no address") << u"baseUrl"_s << u"not an address"_s;
        QTest::newRow("redirect without a scheme") << u"redirectUrl"_s << u"shop.example.com"_s;
    }

    void whatIsWrongIsSaidUnderTheField()
    {
        QFETCH(QString, field);
        QFETCH(QString, typed);
        ProfileBench bench;
        bench.addLinkSandbox();
        auto *environment = bench.find<QComboBox>(u"environmentCombo"_s);
        environment->setCurrentIndex(environment->findData(int(models::Environment::Custom)));
        bench.find<QLineEdit>(u"baseUrlEdit"_s)->setText(u"https://api.example.com"_s);
        QVERIFY(bench.find<QPushButton>(u"primaryButton"_s)->isEnabled());
        auto *edit = bench.find<QLineEdit>(field + u"Edit"_s);
        edit->setText(u"x"_s);
        edit->setText(typed);
        auto *problem = bench.find<QLabel>(field + u"Problem"_s);
        QVERIFY(problem->isVisibleTo(&bench.dialog));
        QVERIFY(!problem->text().isEmpty());
        QVERIFY(!bench.find<QPushButton>(u"primaryButton"_s)->isEnabled());
        QCOMPARE(edit->text(), typed);
    }

    void knownEnvironmentsHaveTheirAddress()
    {
        const ProfileBench bench;
        bench.addLinkSandbox();
        auto *environment = bench.find<QComboBox>(u"environmentCombo"_s);
        environment->setCurrentIndex(environment->findData(int(models::Environment::Production)));
        auto *address = bench.find<QLineEdit>(u"baseUrlEdit"_s);
        QCOMPARE(address->text(), models::defaultBaseUrl(models::Environment::Production).toString());
        QVERIFY(address->isReadOnly());
    }

    void aProfileWithRecordsKeepsItsMerchant()
    {
        ProfileBench bench;
        bench.addLinkSandbox();
        bench.click(u"primaryButton"_s);
        const models::Profile saved = bench.store.profiles().last();
        bench.store.folder(saved.id);
        QVERIFY(models::Ledger::open(bench.store.ledgerFile(saved.id)));
        const auto ledger = models::Database::open(bench.store.ledgerFile(saved.id), models::Database::Mode::ReadWrite);
        QVERIFY((*ledger)->execute("INSERT INTO transactions(key, id, first_seen_at, last_read_at, last_source) "
                                   "VALUES(1, 't1', 1, 1, 'IMPORT')"));
        bench.find<QListWidget>(u"profileList"_s)->setCurrentRow(0);
        bench.find<QListWidget>(u"profileList"_s)->setCurrentRow(1);

        auto *merchant = bench.find<QLineEdit>(u"merchantIdEdit"_s);
        merchant->setText(u"merchant-2"_s);
        QVERIFY(bench.find<QLabel>(u"merchantIdProblem"_s)->text().contains(u"Make a new profile instead"_s));
        QVERIFY(!bench.find<QPushButton>(u"primaryButton"_s)->isEnabled());
        merchant->setText(u"merchant-1"_s);
        auto *environment = bench.find<QComboBox>(u"environmentCombo"_s);
        environment->setCurrentIndex(environment->findData(int(models::Environment::Production)));
        auto *problem = bench.find<QLabel>(u"environmentProblem"_s);
        QVERIFY(problem->isVisibleTo(&bench.dialog));
        QVERIFY(problem->text().contains(u"Link sandbox"_s));
        QVERIFY(!bench.find<QPushButton>(u"primaryButton"_s)->isEnabled());
        environment->setCurrentIndex(environment->findData(int(models::Environment::LinkSandbox)));
        bench.find<QLineEdit>(u"clientIdEdit"_s)->setText(u"client-2"_s);
        QVERIFY(!problem->isVisibleTo(&bench.dialog));
        bench.click(u"primaryButton"_s);
        QCOMPARE(bench.store.profiles().last().clientId, u"client-2"_s);
    }

    void anotherClientOfTheOpenProfileOpensItAnew()
    {
        ProfileBench bench;
        bench.addLinkSandbox();
        bench.click(u"primaryButton"_s);
        const models::Profile saved = bench.store.profiles().last();
        ui::ProfileDialog dialog({bench.store, bench.test, bench.asker}, saved);
        openOnStack(dialog);
        QSignalSpy reopened(&dialog, &ui::ProfileDialog::switchRequested);
        QTest::mouseClick(dialog.findChild<QPushButton *>(u"primaryButton"_s), Qt::LeftButton);
        dialog.findChild<QLineEdit *>(u"nameEdit"_s)->setText(u"Renamed"_s);
        QTest::mouseClick(dialog.findChild<QPushButton *>(u"primaryButton"_s), Qt::LeftButton);
        QCOMPARE(reopened.count(), 0);
        QVERIFY(dialog.isVisible());
        dialog.findChild<QLineEdit *>(u"clientIdEdit"_s)->setText(u"client-2"_s);
        QTest::mouseClick(dialog.findChild<QPushButton *>(u"primaryButton"_s), Qt::LeftButton);
        QCOMPARE(reopened.count(), 1);
        QCOMPARE(reopened.first().first().toString(), saved.id);
        QVERIFY(!dialog.isVisible());
    }

    void leavingAsksFirst()
    {
        ProfileBench bench;
        bench.addLinkSandbox();
        bench.asker.yes = false;
        bench.dialog.reject();
        QVERIFY(bench.dialog.isVisible());
        QCOMPARE(bench.find<QLineEdit>(u"nameEdit"_s)->text(), u"Acme test"_s);
        bench.asker.yes = true;
        bench.dialog.reject();
        QVERIFY(!bench.dialog.isVisible());
        QCOMPARE(bench.store.profiles().size(), 1);
    }

    void aProfileIsRemovedAfterAQuestionAndItsSecretToo()
    {
        ProfileBench bench;
        bench.addLinkSandbox();
        bench.click(u"primaryButton"_s);
        QCOMPARE(bench.store.profiles().size(), 2);
        const QString id = bench.store.profiles().last().id;
        QSignalSpy removed(&bench.dialog, &ui::ProfileDialog::removeSecretRequested);
        bench.click(u"removeProfileButton"_s);
        QCOMPARE(bench.asker.questions.size(), 1);
        QVERIFY(bench.asker.questions.first().destructive);
        QCOMPARE(bench.store.profiles().size(), 1);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(removed.first().first().toString(), id);
        QCOMPARE(bench.find<QListWidget>(u"profileList"_s)->count(), 1);
    }

    void theConnectionIsTestedWithWhatIsTyped()
    {
        ProfileBench bench;
        QSignalSpy asked(&bench.dialog, &ui::ProfileDialog::testRequested);
        bench.addLinkSandbox();
        bench.find<QLineEdit>(u"secretEdit"_s)->setText(u"hunter2-hunter2"_s);
        bench.click(u"testButton"_s);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().at(0).value<models::Profile>().clientId, u"client-1"_s);
        QCOMPARE(asked.first().at(1).toByteArray(), QByteArray("hunter2-hunter2"));
        bench.test.start(QUrl(u"http://127.0.0.1:1"_s), {.clientId = u"client-1"_s, .clientSecret = "hunter2-hunter2"});
        QTRY_VERIFY(bench.find<QWidget>(u"connectionStep1"_s));
        QTRY_VERIFY(!bench.test.isRunning());
        QVERIFY(bench.find<QWidget>(u"connectionStep1"_s)->accessibleName().contains(u"Failed"_s));
        QVERIFY(!everythingShown(*bench.find<QWidget>(u"connectionTestView"_s)).contains(u"hunter2"_s));
    }

    void anAmpersandInAProfilesNameStays()
    {
        models::Profile profile;
        profile.id = u"p"_s;
        profile.name = u"Shop & Sons"_s;
        const ui::SecretDialog dialog(profile, {});
        const auto *edit = dialog.findChild<QLineEdit *>(u"secretEdit"_s);
        QCOMPARE(edit->accessibleName(), u"Client secret of Shop & Sons"_s);
        const QList<QLabel *> labels = dialog.findChildren<QLabel *>();
        const auto label = std::ranges::find(labels, edit, &QLabel::buddy);
        QVERIFY(label != labels.end());
        QCOMPARE((*label)->text(), u"Client &secret of Shop && Sons"_s);
    }

    void withoutAKeychainTheSecretIsTypedForThisRun()
    {
        models::Profile profile;
        profile.id = u"p"_s;
        profile.name = u"Acme"_s;
        ui::SecretDialog dialog(profile, u"There is no keychain on this computer."_s);
        QSignalSpy entered(&dialog, &ui::SecretDialog::secretEntered);
        openOnStack(dialog);
        auto *primary = dialog.findChild<QPushButton *>(u"primaryButton"_s);
        QVERIFY(!primary->isEnabled());
        auto *edit = dialog.findChild<QLineEdit *>(u"secretEdit"_s);
        QTest::keyClicks(edit, u" hunter2 "_s);
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(entered.count(), 1);
        QCOMPARE(entered.first().at(1).toByteArray(), QByteArray("hunter2"));
        QVERIFY(edit->text().isEmpty());
        QVERIFY(!dialog.isVisible());
    }
};

QTEST_MAIN(tst_ProfileDialog)
#include "tst_profiledialog.moc"

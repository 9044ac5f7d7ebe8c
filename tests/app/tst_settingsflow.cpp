// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/session.h"
#include "app/console/settingsflow.h"
#include "tests/app/onscreen.h"
#include "tests/ui/answeringasker.h"
#include "ui/mainwindow.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

models::Profile linkSandbox()
{
    models::Profile profile;
    profile.id = u"acme"_s;
    profile.name = u"Acme"_s;
    profile.environment = models::Environment::LinkSandbox;
    profile.baseUrl = QUrl(u"http://127.0.0.1:1"_s); // nobody listens there
    profile.clientId = u"client-1"_s;
    profile.merchantId = u"merchant-1"_s;
    return profile;
}

//! An open profile on a computer without a secret service.
struct Desk
{
    Desk()
        : profiles(folder.filePath(u"profiles"_s))
        , session(open())
        , window(session->workspace(asker))
        , settings(profiles, *session, asker, window)
    {
    }

    std::unique_ptr<console::Session> open()
    {
        const models::Profile profile = linkSandbox();
        const bool saved = profiles.save(profile).has_value();
        auto opened = saved ? console::Session::open(profiles, profile, {}) : std::unexpected(models::DatabaseError());
        return opened ? std::move(*opened) : nullptr;
    }

    QTemporaryDir folder;
    AnsweringAsker asker;
    models::ProfileStore profiles;
    std::unique_ptr<console::Session> session;
    ui::MainWindow window;
    console::SettingsFlow settings;
};

bool saysOfTheSecret(const QString &part)
{
    return QTest::qWaitFor([&part] {
        const auto *note = onScreen<QLabel>("secretNote");
        return note && note->text().contains(part);
    });
}

} // namespace

class tst_SettingsFlow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"); }

    void aSecretTypedForThisRunIsStillKnownWhenSettingsReopen()
    {
        Desk desk;
        desk.session->useSecretForThisRun("hunter2-hunter2");
        desk.window.show();
        desk.settings.open();
        QVERIFY(saysOfTheSecret(u"Known until the console is closed"_s));
    }

    void aConnectionTestBeginsWithoutAnotherClick()
    {
        Desk desk;
        desk.session->useSecretForThisRun("hunter2-hunter2");
        desk.window.show();
        desk.settings.openAndTest();
        QTRY_VERIFY(onScreen<QWidget>("connectionStep1"));
    }

    void withoutOneTheKeychainIsSaidToBeTheProblem()
    {
        Desk desk;
        desk.window.show();
        desk.settings.open();
        QVERIFY(saysOfTheSecret(u"no keychain service"_s));
    }
};

QTEST_MAIN(tst_SettingsFlow)
#include "tst_settingsflow.moc"

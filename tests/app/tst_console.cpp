// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console.h"
#include "tests/app/onscreen.h"
#include "tests/ui/answeringasker.h"
#include "ui/importdialog.h"
#include "ui/mainwindow.h"

#include <QFile>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

//! A profile whose server nobody is.
models::Profile acme()
{
    models::Profile profile;
    profile.id = u"acme"_s;
    profile.name = u"Acme"_s;
    profile.environment = models::Environment::LinkSandbox;
    profile.baseUrl = QUrl(u"http://127.0.0.1:1"_s);
    profile.clientId = u"client-1"_s;
    profile.merchantId = u"merchant-1"_s;
    return profile;
}

QString fileWithIds(const QTemporaryDir &folder, const QString &name, const QByteArray &ids)
{
    QFile file(folder.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(ids) == ids.size() ? file.fileName() : QString();
}

} // namespace

class tst_Console : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"); }

    void everyDroppedFileIsImported()
    {
        const QTemporaryDir folder;
        console::Options options;
        options.dataDirectory = folder.filePath(u"profiles"_s);
        options.profile = u"acme"_s;
        QVERIFY(models::ProfileStore(options.dataDirectory).save(acme()));
        console::Console console(options, std::make_unique<AnsweringAsker>());
        console.open();
        emit console.window()->importRequested(
            {fileWithIds(folder, u"one.csv"_s, "tx-1\n"), fileWithIds(folder, u"two.csv"_s, "tx-2\ntx-3\n")});
        for (const QString &label : {u"&Look up 1 id"_s, u"&Look up 2 ids"_s}) {
            ui::ImportDialog *dialog = nullptr;
            QTRY_VERIFY((dialog = onScreen<ui::ImportDialog>("importDialog")));
            auto *start = dialog->findChild<QPushButton *>(u"primaryButton"_s);
            QTRY_COMPARE(start->text(), label);
            start->click();
        }
        QTRY_VERIFY(!onScreen<ui::ImportDialog>("importDialog"));
    }
};

QTEST_MAIN(tst_Console)
#include "tst_console.moc"

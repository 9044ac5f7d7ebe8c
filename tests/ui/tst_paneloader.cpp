// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxunderuse.h"
#include "ui/linkpane.h"
#include "ui/paneloader.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using State = ui::LinkPane::State;

namespace {

bool engineIsLoaded()
{
    QFile maps(u"/proc/self/maps"_s);
    return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("libQt6WebEngineCore");
}

QByteArray neededBy(const QString &program)
{
    QProcess readelf;
    readelf.start(u"readelf"_s, {u"-d"_s, program});
    return readelf.waitForFinished() && readelf.exitCode() == 0 ? readelf.readAllStandardOutput() : QByteArray();
}

} // namespace

//! The engine comes with the first page and not before, in a program that does not link it.
class tst_PaneLoader : public QObject
{
    Q_OBJECT

private slots:
    void theConsoleDoesNotLinkTheEngine()
    {
        const QByteArray console = neededBy(QStringLiteral(CONSOLE));
        QVERIFY2(console.contains("libQt6Widgets"), console.constData());
        QVERIFY2(!console.contains("WebEngine") && !console.contains("Quick"), console.constData());
        QVERIFY(neededBy(QStringLiteral(WEB_PANE)).contains("libQt6WebEngineCore"));
    }

    void withoutThePluginThereIsASentence()
    {
        ui::PaneLoader loader(u"/nowhere/webpane.so"_s);
        const auto engines = loader.engines();
        QVERIFY(!engines.has_value());
        QVERIFY(engines.error().contains("merchant-console-webpane is not installed"_L1));
        QVERIFY(!loader.isLoaded());
    }

    void anotherLibraryIsNoPlugin()
    {
        ui::PaneLoader loader(QStringLiteral(CONSOLE));
        const auto engines = loader.engines();
        QVERIFY(!engines.has_value());
        QVERIFY2(engines.error().contains("again"_L1), qPrintable(engines.error()));
    }

    void rootIsTurnedAway()
    {
        if (geteuid() != 0)
            QSKIP("only root is turned away");
        qunsetenv("QTWEBENGINE_DISABLE_SANDBOX");
        ui::PaneLoader loader(QStringLiteral(WEB_PANE));
        const auto engines = loader.engines();
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
        QVERIFY(!engines.has_value());
        QVERIFY(engines.error().contains("system administrator"_L1));
        QVERIFY(!engineIsLoaded());
    }

    //! This program, put where the packages put the console, finds the plugin where they put that.
    void soHasTheInstalledPlace()
    {
        QTemporaryDir prefix;
        QCOMPARE(
            QProcess::execute(QStringLiteral(CMAKE),
                {u"--install"_s, QStringLiteral(BUILD), u"--prefix"_s, prefix.path(), u"--component"_s, u"webpane"_s}),
            0);
        QVERIFY(QDir(prefix.path()).mkdir(u"bin"_s));
        const QString program = prefix.filePath(u"bin/installed"_s);
        QVERIFY(QFile::copy(QCoreApplication::applicationFilePath(), program));
        QProcess installed;
        installed.start(program, {u"theUsualPlaceHasIt"_s});
        QVERIFY(installed.waitForFinished());
        QVERIFY2(installed.exitCode() == 0, installed.readAllStandardOutput().constData());
    }

    void theFirstPageBringsTheEngine()
    {
        tests::SandboxUnderUse sandbox;
        QVERIFY(sandbox.start());
        ui::PaneLoader loader(QStringLiteral(WEB_PANE));
        QVERIFY(!engineIsLoaded());
        const auto engines = loader.engines();
        QVERIFY2(engines.has_value(), engines ? "" : qPrintable(engines.error()));
        QVERIFY(engineIsLoaded());
        ui::LinkPane pane(**engines);
        pane.show();
        pane.open(
            {.address = QUrl(sandbox.ready()[u"pagesUrl"_s].toString() + u"/client"_s), .hosts = {u"127.0.0.1"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(pane.state(), State::Shown, 15'000);
        pane.leave();
        QCOMPARE(pane.state(), State::Abandoned);
    }

    void theUsualPlaceHasIt()
    {
        ui::PaneLoader loader;
        const auto engines = loader.engines();
        QVERIFY2(engines.has_value(), engines ? "" : qPrintable(engines.error()));
    }
};

QTEST_MAIN(tst_PaneLoader)
#include "tst_paneloader.moc"

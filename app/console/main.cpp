// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/auditcheck.h"
#include "app/console/console.h"
#include "app/console/desktoptheme.h"
#include "app/console/options.h"
#include "app/quitsignals.h"

#include <QApplication>
#include <QTemporaryDir>

#include <optional>

using namespace Qt::Literals::StringLiterals;

int main(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(u"merchant-console"_s);
    QCoreApplication::setApplicationVersion(u"" CONSOLE_VERSION ""_s);
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const console::OptionsOrExit read = console::readOptions(arguments);
    if (!read.options)
        return read.exitCode;
    if (read.options->verifyAudit)
        return console::checkAudit(*read.options);

    QApplication application(argc, argv);
    QApplication::setApplicationDisplayName(QApplication::translate("main", "Merchant Console"));
    QApplication::setDesktopFileName(u"merchant-console"_s);
    QApplication::setQuitOnLastWindowClosed(true);
    ui::Theme::install(application, read.options->theme);
    if (console::DesktopTheme::hasSessionBus())
        new console::DesktopTheme(QDBusConnection::sessionBus(), &application);
    app::quitOnSignals(&application);
    console::Options options = *read.options;
    std::optional<QTemporaryDir> walkFolder; // outlives the window, and is removed behind it
    if (options.dataDirectory.isEmpty())
        options.dataDirectory = walkFolder.emplace().path();
    console::Console composition(options);
    composition.open();
    return QApplication::exec();
}

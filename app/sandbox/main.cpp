// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/parentwatch.h"
#include "app/sandbox/sandbox.h"

#include <QCoreApplication>

#include <cstdio>
#include <memory>

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("linkmoney-sandbox"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CONSOLE_VERSION));

    auto options = sandbox::readOptions(QCoreApplication::arguments());
    if (!options) {
        const auto &[text, exitCode] = options.error();
        std::fputs(qPrintable(text), exitCode == 0 ? stdout : stderr);
        return exitCode;
    }
    sandbox::quitOnSignals(&application);
    std::unique_ptr<sandbox::ParentWatch> watch;
    if (options->exitWithParent) {
        watch = std::make_unique<sandbox::ParentWatch>();
        QObject::connect(watch.get(), &sandbox::ParentWatch::parentGone, &application, &QCoreApplication::quit);
    }
    const auto running = sandbox::Sandbox::start(*std::move(options));
    if (!running) {
        std::fprintf(stderr, "linkmoney-sandbox: %s\n", running.error().c_str());
        return 1;
    }
    std::printf("%s\n", (*running)->readyLine().c_str());
    std::fflush(stdout);
    return QCoreApplication::exec();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quitsignals.h"
#include "app/receiver/service.h"

#include <QCoreApplication>
#include <QTextStream>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"webhook-receiver"_s);
    QCoreApplication::setApplicationVersion(u"" CONSOLE_VERSION ""_s);
    receiver::OptionsOrExit read = receiver::readOptions(QCoreApplication::arguments());
    if (!read.options)
        return read.exitCode;
    if (read.options->exportEvents)
        return receiver::exportEvents(read.options->ledger);
    auto ledger = models::Ledger::open(read.options->ledger);
    if (!ledger) {
        QTextStream(stderr) << models::databaseErrorText(ledger.error()) << '\n';
        return 1;
    }
    receiver::Service service(std::move(*read.options), std::move(*ledger));
    QObject::connect(
        &service, &receiver::Service::failed, &application, [] { QCoreApplication::exit(1); }, Qt::QueuedConnection);
    app::quitOnSignals(&application);
    service.start();
    return QCoreApplication::exec();
}

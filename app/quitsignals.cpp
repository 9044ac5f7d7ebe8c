// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quitsignals.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <tuple>
#include <unistd.h>

namespace app {

namespace {

// A pipe and not a blocked mask: a mask would be inherited by every program that is started from here.
int signalPipeEnd = -1;

void passSignalOn(int)
{
    const char byte = 0;
    std::ignore = ::write(signalPipeEnd, &byte, 1);
}

} // namespace

void quitOnSignals(QObject *context)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    signalPipeEnd = ends[1];
    auto *notifier = new QSocketNotifier(ends[0], QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context, [notifier] {
        notifier->setEnabled(false);
        // Not quit(): that asks every window, and one that asks the person something first would refuse.
        QCoreApplication::exit(0);
    });
    struct sigaction action = {};
    action.sa_handler = passSignalOn;
    action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND); // the second one ends a program that hangs
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        ::sigaction(number, &action, nullptr);
}

} // namespace app

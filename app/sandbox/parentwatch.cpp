// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/parentwatch.h"

#include <QCoreApplication>

#include <cerrno>
#include <csignal>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace sandbox {

ParentWatch::ParentWatch(QObject *parent)
    : QObject(parent)
    , m_input(STDIN_FILENO, QSocketNotifier::Read)
{
    connect(&m_input, &QSocketNotifier::activated, this, &ParentWatch::drain);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
}

void ParentWatch::drain()
{
    char block[256];
    const ssize_t got = ::read(STDIN_FILENO, block, sizeof block);
    if (got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN)))
        return;
    m_input.setEnabled(false);
    emit parentGone();
}

void quitOnSignals(QObject *context)
{
    sigset_t signalsHandled;
    sigemptyset(&signalsHandled);
    sigaddset(&signalsHandled, SIGTERM);
    sigaddset(&signalsHandled, SIGINT);
    sigprocmask(SIG_BLOCK, &signalsHandled, nullptr);
    const int descriptor = ::signalfd(-1, &signalsHandled, SFD_NONBLOCK | SFD_CLOEXEC);
    auto *notifier = new QSocketNotifier(descriptor, QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context, [] { QCoreApplication::quit(); });
}

} // namespace sandbox

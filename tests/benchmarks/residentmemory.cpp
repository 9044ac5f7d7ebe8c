// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/residentmemory.h"

#include "tests/benchmarks/figures.h"

#include <QFile>
#include <QThread>

using namespace Qt::Literals::StringLiterals;

namespace benchmarks {

namespace {

Memory memoryOf(pid_t pid)
{
    QFile file(u"/proc/%1/smaps_rollup"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        cannotRun(u"the console ended: "_s + file.errorString());
    Memory memory;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const double mebibytes = line.simplified().split(' ').value(1).toDouble() / 1024;
        if (line.startsWith("Rss:"))
            memory.resident = mebibytes;
        else if (line.startsWith("Anonymous:"))
            memory.anonymous = mebibytes;
    }
    return memory;
}

} // namespace

Memory settledMemory(pid_t pid)
{
    constexpr int step = 250;
    constexpr int quietSteps = 12;
    constexpr int maximumSteps = 240;
    Memory highest;
    int quiet = 0;
    for (int i = 0; i < maximumSteps && quiet < quietSteps; ++i) {
        QThread::msleep(step);
        const Memory now = memoryOf(pid);
        quiet = now.resident > highest.resident + 0.1 ? 0 : quiet + 1;
        if (now.resident > highest.resident)
            highest = now;
    }
    return memoryOf(pid);
}

} // namespace benchmarks

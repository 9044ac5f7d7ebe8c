// SPDX-License-Identifier: GPL-3.0-or-later
// What the installed web pane costs somebody who does not open it: time to start and memory of the console with the
// plugin beside it, against the same program without.
#include "tests/benchmarks/childprocess.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/ledgers.h"
#include "tests/benchmarks/residentmemory.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;

namespace {

using benchmarks::cannotRun;

constexpr int startRounds = 21;
constexpr int memoryRounds = 3;
constexpr double limit = 1.02;
constexpr qint64 rows = 1'000;

//! A folder as the packages leave it.
class Installation
{
public:
    Installation(const QString &root, const QString &name, bool withPane)
        : m_folder(root + u'/' + name)
    {
        QStringList programs{u"merchant-console"_s, u"linkmoney-sandbox"_s};
        if (withPane)
            programs.append(u"webpane.so"_s);
        if (!QDir().mkpath(m_folder))
            cannotRun(u"%1 cannot be made"_s.arg(m_folder));
        for (const QString &program : programs) {
            if (!QFile::copy(benchmarks::programPath(program), m_folder + u'/' + program))
                cannotRun(u"%1 cannot be copied"_s.arg(program));
        }
    }

    void start()
    {
        using namespace std::chrono;
        auto child = run({u"--data"_s, benchmarks::preparedData(rows), u"--measure-start"_s});
        const auto line = child.readLine(60'000);
        const duration<double, std::milli> taken = steady_clock::now() - child.startedAt();
        if (!line || !line->startsWith("painted") || child.wait() != 0)
            cannotRun(m_folder + u" painted nothing"_s);
        milliseconds.push_back(taken.count());
    }

    void settle(const QString &profile)
    {
        const auto child = run({u"--data"_s, benchmarks::preparedData(rows), u"--profile"_s, profile});
        mebibytes.push_back(benchmarks::settledMemory(child.pid()).resident);
    }

    std::vector<double> milliseconds = {};
    std::vector<double> mebibytes = {};

private:
    benchmarks::ChildProcess run(const QStringList &arguments) const
    {
        auto child = benchmarks::ChildProcess::start(
            QStringList{m_folder + "/merchant-console"_L1} + arguments, {u"QT_QPA_PLATFORM=offscreen"_s});
        if (!child)
            cannotRun(child.error());
        return std::move(*child);
    }

    QString m_folder;
};

void compare(
    const QString &name, const QString &unit, const std::vector<double> &with, const std::vector<double> &without)
{
    const double ours = benchmarks::median(with);
    const double baseline = benchmarks::median(without);
    benchmarks::printFigure({.name = name,
        .unit = unit,
        .ours = ours,
        .baseline = baseline,
        .baselineName = u"same without the plugin"_s,
        .ratio = ours / baseline,
        .target = u"at most %1×"_s.arg(limit),
        .met = ours / baseline <= limit,
        .note = u"with %1; without %2"_s.arg(benchmarks::spread(with), benchmarks::spread(without))});
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QTemporaryDir root;
    Installation with(root.path(), u"with"_s, true);
    Installation without(root.path(), u"without"_s, false);
    const QString profile = benchmarks::offlineProfileIn(benchmarks::preparedData(rows));
    for (Installation *warmUp : {&with, &without}) {
        warmUp->start();
        warmUp->milliseconds.clear();
    }
    for (int round = 0; round < startRounds; ++round) {
        // Whoever comes second finds warmer caches.
        Installation *first = round % 2 == 0 ? &with : &without;
        first->start();
        (first == &with ? &without : &with)->start();
    }
    for (int round = 0; round < memoryRounds; ++round) {
        for (Installation *installation : {&without, &with})
            installation->settle(profile);
    }
    compare(u"Start with the web pane installed"_s, u"ms"_s, with.milliseconds, without.milliseconds);
    compare(u"Resident memory, web pane installed"_s, u"MiB"_s, with.mebibytes, without.mebibytes);
    return 0;
}

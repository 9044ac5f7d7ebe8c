// SPDX-License-Identifier: GPL-3.0-or-later
// What a million rows cost the running console: its resident memory with them, minus the same window with an empty
// ledger.
#include "tests/benchmarks/childprocess.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/ledgers.h"
#include "tests/benchmarks/residentmemory.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace {

using benchmarks::cannotRun;
using benchmarks::Memory;

constexpr int rounds = 3;
constexpr double limitMiB = 60;

Memory consoleMemory(const QString &directory, const QString &profile)
{
    auto child = benchmarks::ChildProcess::start(
        {benchmarks::programPath(u"merchant-console"_s), u"--data"_s, directory, u"--profile"_s, profile},
        {u"QT_QPA_PLATFORM=offscreen"_s});
    if (!child)
        cannotRun(child.error());
    return benchmarks::settledMemory(child->pid());
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QString full = benchmarks::preparedData(1'000'000);
    const QString empty = benchmarks::preparedData(0);
    const QString profile = benchmarks::offlineProfileIn(full);
    benchmarks::offlineProfileIn(empty);

    std::vector<double> withRows;
    std::vector<double> without;
    std::vector<double> anonymous;
    for (int round = 0; round < rounds; ++round) {
        const Memory base = consoleMemory(empty, profile);
        const Memory loaded = consoleMemory(full, profile);
        without.push_back(base.resident);
        withRows.push_back(loaded.resident);
        anonymous.push_back(loaded.anonymous - base.anonymous);
    }
    const double ours = benchmarks::median(withRows);
    const double baseline = benchmarks::median(without);
    benchmarks::printFigure({.name = u"Resident memory, 1,000,000 rows open"_s,
        .unit = u"MiB"_s,
        .ours = ours,
        .baseline = baseline,
        .baselineName = u"same window, empty ledger"_s,
        .ratio = ours / baseline,
        .target = u"at most %1 MiB more"_s.arg(limitMiB),
        .met = ours - baseline <= limitMiB,
        .note = u"%1 MiB more, %2 of them anonymous; %3 rounds of the real program"_s.arg(ours - baseline, 0, 'f', 1)
            .arg(benchmarks::median(anonymous), 0, 'f', 1)
            .arg(rounds)});
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// From posix_spawn to the first painted window with rows in it.
#include "tests/benchmarks/childprocess.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/ledgers.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace {

using benchmarks::cannotRun;

struct Candidate
{
    QStringList command;
    bool hasRows = false;
    std::vector<double> milliseconds = {};
};

void startOnce(Candidate &candidate, const QString &platform, bool counts)
{
    using namespace std::chrono;
    auto child = benchmarks::ChildProcess::start(candidate.command, {u"QT_QPA_PLATFORM="_s + platform});
    if (!child)
        cannotRun(child.error());
    const auto line = child->readLine(60'000);
    const duration<double, std::milli> taken = steady_clock::now() - child->startedAt();
    if (!line || !line->startsWith("painted"))
        cannotRun(u"%1 painted nothing (exit code %2)"_s.arg(candidate.command.join(u' ')).arg(child->wait()));
    if (candidate.hasRows && line->mid(8).toLongLong() <= 0)
        cannotRun(u"%1 painted no rows"_s.arg(candidate.command.join(u' ')));
    if (const int code = child->wait(); code != 0)
        cannotRun(u"%1 ended with %2"_s.arg(candidate.command.first()).arg(code));
    if (counts)
        candidate.milliseconds.push_back(taken.count());
}

Candidate consoleOn(qint64 rows)
{
    return {.command = {benchmarks::programPath(u"merchant-console"_s), u"--data"_s, benchmarks::preparedData(rows),
                u"--measure-start"_s},
        .hasRows = true};
}

void report(
    const QString &name, const Candidate &ours, const Candidate &baseline, const QString &baselineName, double limit)
{
    const double mine = benchmarks::median(ours.milliseconds);
    const double theirs = benchmarks::median(baseline.milliseconds);
    benchmarks::printFigure({.name = name,
        .unit = u"ms"_s,
        .ours = mine,
        .baseline = theirs,
        .baselineName = baselineName,
        .ratio = mine / theirs,
        .target = u"at most %1×"_s.arg(limit),
        .met = mine / theirs <= limit,
        .note = u"ours %1; baseline %2"_s.arg(
            benchmarks::spread(ours.milliseconds), benchmarks::spread(baseline.milliseconds))});
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption platform(
        u"platform"_s, u"Qt platform plug-in of the started programs."_s, u"name"_s, u"offscreen"_s);
    const QCommandLineOption rounds(u"rounds"_s, u"How often each program starts."_s, u"count"_s, u"21"_s);
    parser.addOptions({platform, rounds});
    parser.addHelpOption();
    parser.process(application);

    const QString plugin = parser.value(platform);
    Candidate bare{.command = {benchmarks::programPath(u"bare-window"_s)}};
    Candidate thousand = consoleOn(1'000);
    Candidate million = consoleOn(1'000'000);
    for (int round = -1; round < parser.value(rounds).toInt(); ++round) {
        for (Candidate *candidate : {&bare, &million, &thousand})
            startOnce(*candidate, plugin, round >= 0);
    }
    report(u"Start to painted rows, 1,000,000, %1"_s.arg(plugin), million, bare, u"bare QMainWindow"_s, 2);
    report(u"Start, 1,000,000 against 1,000, %1"_s.arg(plugin), million, thousand, u"same with 1,000"_s, 1.2);
    return 0;
}

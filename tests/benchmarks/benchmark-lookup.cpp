// SPDX-License-Identifier: GPL-3.0-or-later
// Bulk look-up: the whole import with its ledger against curl (a service that takes its time) and against a bare Qt
// loop (one that does not).
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/imports.h"
#include "tests/benchmarks/managerloop.h"
#include "tests/benchmarks/sandboxprocess.h"

#include <QCoreApplication>
#include <QMutex>
#include <QMutexLocker>
#include <QTemporaryDir>
#include <QThread>

using namespace Qt::Literals::StringLiterals;

namespace {

using benchmarks::cannotRun;

constexpr int inFlight = 32;

struct Case
{
    QString name;
    QStringList sandboxArguments;
    qsizetype ids;
    int rounds;
    QString baselineName;
    double (*baseline)(const QList<QUrl> &, const QByteArray &, int);
    double least; //!< share of the baseline
};

struct Import
{
    double seconds = 0;
    QList<QUrl> urls = {}; //!< what it asked, customers that payments name included; only when it was listened to
};

//! As the console does it: the network on a thread of its own, the ledger new.
Import importOnce(const models::ImportPlan &plan, const benchmarks::SandboxProcess &sandbox, bool listen)
{
    const QTemporaryDir directory;
    auto ledger = models::Ledger::open(directory.filePath(u"ledger.sqlite"_s));
    if (!ledger)
        cannotRun(models::databaseErrorText(ledger.error()));
    QThread network;
    network.start();
    Import import;
    QMutex mutex;
    {
        api::Client client(
            {.baseUrl = sandbox.url(), .maximumInFlight = inFlight, .thread = &network}, sandbox.credentials());
        if (listen) {
            client.setJournal([&mutex, &import](const api::JournalEntry &entry) {
                const QMutexLocker lock(&mutex);
                if (entry.verb == api::Verb::Get)
                    import.urls.append(QUrl(entry.url));
            });
        }
        import.seconds = benchmarks::importAll(plan, client, **ledger);
    }
    network.quit();
    network.wait();
    return import;
}

void measure(const Case &which)
{
    benchmarks::say(which.name);
    const benchmarks::SandboxProcess sandbox(2 * which.ids, which.sandboxArguments);
    const models::ImportPlan plan = benchmarks::planFor(sandbox.transactionIds(which.ids));
    const QByteArray token = sandbox.bearerToken();
    const QList<QUrl> urls = importOnce(plan, sandbox, true).urls;

    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < which.rounds; ++round) {
        ours.push_back(static_cast<double>(urls.size()) / importOnce(plan, sandbox, false).seconds);
        theirs.push_back(which.baseline(urls, token, inFlight));
    }
    const double mine = benchmarks::median(ours);
    const double baseline = benchmarks::median(theirs);
    benchmarks::printFigure({.name = which.name,
        .unit = u"req/s"_s,
        .ours = mine,
        .baseline = baseline,
        .baselineName = which.baselineName,
        .ratio = mine / baseline,
        .target = u"at least %1×"_s.arg(which.least),
        .met = mine / baseline >= which.least,
        .note = u"%1 ids, %2 requests, %3 in flight; ours %4; baseline %5"_s.arg(which.ids)
            .arg(urls.size())
            .arg(inFlight)
            .arg(benchmarks::spread(ours), benchmarks::spread(theirs))});
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    measure({.name = u"Bulk look-up, service answers after 50 ms"_s,
        .sandboxArguments = {u"--delay"_s, u"50"_s},
        .ids = 3'200,
        .rounds = 5,
        .baselineName = u"curl --parallel"_s,
        .baseline = benchmarks::curlParallel,
        .least = 0.9});
    measure({.name = u"Bulk look-up, no delay"_s,
        .sandboxArguments = {},
        .ids = 10'000,
        .rounds = 7,
        .baselineName = u"bare QNetworkAccessManager loop"_s,
        .baseline = benchmarks::managerLoop,
        .least = 0.85});
    return 0;
}

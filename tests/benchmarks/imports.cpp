// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/imports.h"

#include "tests/benchmarks/figures.h"

#include <QElapsedTimer>
#include <QEventLoop>

using namespace Qt::Literals::StringLiterals;

namespace benchmarks {

models::ImportPlan planFor(const QStringList &transactionIds)
{
    QByteArray csv("kind,id\n");
    for (const QString &id : transactionIds)
        csv += "transaction," + id.toUtf8() + '\n';
    auto plan = models::planImport(csv, u"ids.csv"_s);
    if (!plan)
        cannotRun(plan.error());
    if (plan->records.size() != transactionIds.size())
        cannotRun(u"the import understood %1 of %2 ids"_s.arg(plan->records.size()).arg(transactionIds.size()));
    return std::move(*plan);
}

double importAll(const models::ImportPlan &plan, api::Client &client, models::Ledger &ledger)
{
    QObject owner;
    QEventLoop loop;
    QElapsedTimer timer;
    timer.start();
    models::ImportJob *job = models::ImportJob::start(plan, client, ledger, &owner);
    QObject::connect(job, &models::Job::changed, &loop, [&] {
        if (job->state() != models::Job::State::Running)
            loop.quit();
    });
    loop.exec();
    const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    if (job->state() != models::Job::State::Done || job->found() < plan.records.size()
        || job->failed() + job->notFound() > 0)
        cannotRun(u"the import found %1 of %2: %3"_s.arg(job->found()).arg(plan.records.size()).arg(job->summary()));
    return seconds;
}

} // namespace benchmarks

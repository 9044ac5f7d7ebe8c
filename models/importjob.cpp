// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/importjob.h"

#include "models/backgroundthread.h"
#include "models/importworker.h"
#include "models/plurals.h"

#include <QDateTime>
#include <QLocale>
#include <QThread>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace models {

class ImportJob::Private
{
public:
    Private(api::Client &client, Ledger &ledgerToUse, QString nameToShow)
        : ledger(ledgerToUse)
        , name(std::move(nameToShow))
        , worker(new ImportWorker(client, ledgerToUse))
    {
        worker->moveToThread(&thread);
        QObject::connect(&thread, &QThread::finished, worker, &QObject::deleteLater);
        QObject::connect(&thread, &QThread::started, worker, &giveWayToTheWindow);
        thread.setObjectName(u"import"_s);
        thread.start();
    }

    ~Private()
    {
        thread.quit();
        thread.wait();
    }
    Q_DISABLE_COPY_MOVE(Private)

    template<typename Task> void tell(Task task) const
    {
        QMetaObject::invokeMethod(worker, [target = worker, task = std::move(task)] { task(*target); });
    }

    Ledger &ledger;
    QString name;
    QThread thread;
    ImportWorker *worker; //!< lives on the thread and dies with it
    qint64 key = 0;
    ImportProgress progress;
    std::vector<LedgerRead> reads;
};

namespace {

QString problemsText(const ImportCounts &counts)
{
    QStringList parts;
    if (counts.notFound > 0)
        parts.append(counted(counts.notFound, ImportJob::tr("1 not found"), ImportJob::tr("%1 not found")));
    if (counts.failed > 0)
        parts.append(
            counted(counts.failed, ImportJob::tr("1 could not be asked"), ImportJob::tr("%1 could not be asked")));
    return parts.join(u", "_s);
}

QString foundText(const ImportCounts &counts)
{
    QStringList parts{counted(counts.found, ImportJob::tr("1 record found"), ImportJob::tr("%1 records found"))};
    if (counts.followUpsFound > 0)
        parts.append(counted(counts.followUpsFound, ImportJob::tr("1 customer named by them read too"),
            ImportJob::tr("%1 customers named by them read too")));
    if (const QString problems = problemsText(counts); !problems.isEmpty())
        parts.append(problems);
    return parts.join(u", "_s);
}

//! Nothing is left out silently: what the ledger never got has to be imported again.
QString unwrittenText(const ImportCounts &counts)
{
    if (counts.unwritten <= 0)
        return {};
    return u' '
        + counted(counts.unwritten,
            ImportJob::tr("1 id was not written down before the console ended: import the file again for it."),
            ImportJob::tr("%1 ids were not written down before the console ended: import the file again for them."));
}

//! A day, because another window may still show an import that ended and try its failures again.
constexpr qint64 endedLinesKeptMs = 86'400'000;
constexpr int endedLinesAtOnce = 20'000;

void dropEndedLines(Ledger &ledger)
{
    auto dropped = std::make_shared<int>(0);
    ledger.write(
        [dropped](Database &database) -> DatabaseResult<void> {
            const qint64 before = QDateTime::currentMSecsSinceEpoch() - endedLinesKeptMs;
            const auto lines = importstore::dropEndedLines(database, before, endedLinesAtOnce);
            *dropped = lines.value_or(0);
            return lines ? DatabaseResult<void>() : std::unexpected(lines.error());
        },
        Ledger::Durability::Normal, &ledger,
        [&ledger, dropped](const DatabaseResult<void> &) {
            if (*dropped > 0)
                dropEndedLines(ledger);
        });
}

} // namespace

ImportJob::ImportJob(std::unique_ptr<Private> parts, QObject *parent)
    : Job(parent)
    , d(std::move(parts))
{
    connect(d->worker, &ImportWorker::progressed, this, [this](const ImportProgress &progress) {
        d->progress = progress;
        emit changed();
    });
    connect(d->worker, &ImportWorker::keyKnown, this, [this](qint64 key) { d->key = key; });
}

ImportJob::~ImportJob() = default;

ImportJob *ImportJob::start(const ImportPlan &plan, api::Client &client, Ledger &ledger, QObject *parent)
{
    auto *job = new ImportJob(std::make_unique<Private>(client, ledger, plan.name), parent);
    job->d->progress.state = State::Running;
    job->d->progress.counts.total = plan.records.size();
    job->d->tell([name = plan.name, records = plan.records](ImportWorker &worker) { worker.write(name, records); });
    return job;
}

void ImportJob::restore(
    api::Client &client, Ledger &ledger, QObject *context, std::function<void(QList<ImportJob *>)> handler)
{
    dropEndedLines(ledger);
    auto read = std::make_shared<LedgerRead>();
    *read = ledger.read<QList<StoredImport>>(importstore::unfinished, context,
        [&client, &ledger, context, handler = std::move(handler), read](
            const DatabaseResult<QList<StoredImport>> &imports) {
            const LedgerRead done = std::exchange(*read, {});
            QList<ImportJob *> jobs;
            for (const StoredImport &import : imports.value_or(QList<StoredImport>())) {
                auto *job = new ImportJob(std::make_unique<Private>(client, ledger, import.name), context);
                job->d->progress.counts = import.counts;
                job->d->tell([import](ImportWorker &worker) { worker.adopt(import); });
                jobs.append(job);
            }
            handler(jobs);
        });
}

QString ImportJob::title() const
{
    return tr("Import of %1").arg(d->name);
}

Job::State ImportJob::state() const
{
    return d->progress.state;
}

qint64 ImportJob::done() const
{
    return d->progress.counts.done();
}

qint64 ImportJob::total() const
{
    return d->progress.counts.total;
}

int ImportJob::perSecond() const
{
    return d->progress.perSecond;
}

QString ImportJob::summary() const
{
    const ImportCounts &counts = d->progress.counts;
    const QString done = QLocale().toString(counts.done());
    const QString total = QLocale().toString(counts.total);
    const QString &problem = d->progress.problem;
    switch (d->progress.state) {
    case State::Running:
        return tr("%1 of %2 looked up.").arg(done, total) + unwrittenText(counts);
    case State::Paused:
        return (problem.isEmpty() ? tr("Paused after %1 of %2.").arg(done, total)
                                  : tr("Paused after %1 of %2: %3").arg(done, total, problem))
            + unwrittenText(counts);
    case State::Done:
        return foundText(counts) + u'.' + unwrittenText(counts);
    case State::Cancelled:
        return tr("Canceled after %1 of %2: %3.").arg(done, total, foundText(counts));
    case State::Failed:
        return problem;
    }
    Q_UNREACHABLE();
}

void ImportJob::pause()
{
    d->tell([](ImportWorker &worker) { worker.pause(); });
}

void ImportJob::resume()
{
    d->tell([](ImportWorker &worker) { worker.resume(); });
}

void ImportJob::cancel()
{
    d->tell([](ImportWorker &worker) { worker.cancel(); });
}

qint64 ImportJob::found() const
{
    return d->progress.counts.found;
}

qint64 ImportJob::notFound() const
{
    return d->progress.counts.notFound;
}

qint64 ImportJob::failed() const
{
    return d->progress.counts.failed;
}

void ImportJob::failures(int limit, QObject *context, std::function<void(QList<ImportFailure>)> handler)
{
    std::erase_if(d->reads, [](const LedgerRead &read) { return !read.isActive(); });
    d->reads.push_back(d->ledger.read<QList<ImportFailure>>(
        [key = d->key, limit](Database &database) { return importstore::failures(database, key, limit); }, context,
        [handler = std::move(handler)](const DatabaseResult<QList<ImportFailure>> &failures) {
            handler(failures.value_or(QList<ImportFailure>()));
        }));
}

void ImportJob::retryFailed()
{
    d->tell([](ImportWorker &worker) { worker.retryProblems(); });
}

} // namespace models

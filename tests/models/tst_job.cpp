// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/job.h"

#include <QAbstractItemModelTester>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using models::Job;
using models::JobsModel;

namespace {

class CountingJob : public Job
{
    Q_OBJECT
public:
    explicit CountingJob(QString name)
        : m_name(std::move(name))
    {
    }

    QString title() const override { return m_name; }
    State state() const override { return m_state; }
    qint64 done() const override { return 3; }
    qint64 total() const override { return 10; }
    int perSecond() const override { return 0; }
    QString summary() const override { return u"3 of 10"_s; }
    void pause() override { become(State::Paused); }
    void resume() override { become(State::Running); }
    void cancel() override { become(State::Cancelled); }

    void become(State state)
    {
        m_state = state;
        emit changed();
    }

private:
    QString m_name;
    State m_state = State::Running;
};

QString titlesOf(const JobsModel &jobs)
{
    QStringList titles;
    for (int row = 0; row < jobs.rowCount(); ++row)
        titles.append(jobs.index(row).data().toString());
    return titles.join(u' ');
}

} // namespace

class TestJob : public QObject
{
    Q_OBJECT
private slots:
    void listsNewestFirst();
    void tellsWhichJobChanged();
    void namesTheNewestActive();
    void ownsItsJobs();
    void forgetsAJobDeletedElsewhere();
};

void TestJob::listsNewestFirst()
{
    JobsModel jobs;
    const QAbstractItemModelTester tester(&jobs, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QSignalSpy activity(&jobs, &JobsModel::activityChanged);
    auto *first = new CountingJob(u"first"_s);
    jobs.add(first);
    jobs.add(new CountingJob(u"second"_s));
    QCOMPARE(titlesOf(jobs), u"second first"_s);
    QCOMPARE(jobs.jobAt(1), first);
    QCOMPARE(jobs.jobAt(2), nullptr);
    QCOMPARE(jobs.jobAt(-1), nullptr);
    QCOMPARE(jobs.index(1).data(JobsModel::JobRole).value<Job *>(), first);
    QCOMPARE(jobs.index(1).data(Qt::ToolTipRole).toString(), u"3 of 10"_s);
    QCOMPARE(activity.size(), 2);
}

void TestJob::tellsWhichJobChanged()
{
    JobsModel jobs;
    auto *first = new CountingJob(u"first"_s);
    jobs.add(first);
    jobs.add(new CountingJob(u"second"_s));
    const QSignalSpy changed(&jobs, &JobsModel::dataChanged);
    first->pause();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toModelIndex().row(), 1);
}

void TestJob::namesTheNewestActive()
{
    JobsModel jobs;
    QCOMPARE(jobs.newestActive(), nullptr);
    auto *first = new CountingJob(u"first"_s);
    auto *second = new CountingJob(u"second"_s);
    jobs.add(first);
    jobs.add(second);
    QCOMPARE(jobs.newestActive(), second);
    second->become(Job::State::Done);
    QCOMPARE(jobs.newestActive(), first);
    first->pause();
    QCOMPARE(jobs.newestActive(), first);
    first->cancel();
    QCOMPARE(jobs.newestActive(), nullptr);
}

void TestJob::ownsItsJobs()
{
    QObject before;
    QPointer<CountingJob> job = new CountingJob(u"first"_s);
    job->setParent(&before);
    {
        JobsModel jobs;
        jobs.add(job);
        QCOMPARE(job->parent(), &jobs);
    }
    QVERIFY(job.isNull());
}

void TestJob::forgetsAJobDeletedElsewhere()
{
    JobsModel jobs;
    const QAbstractItemModelTester tester(&jobs, QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto *second = new CountingJob(u"second"_s);
    jobs.add(new CountingJob(u"first"_s));
    jobs.add(second);
    jobs.add(new CountingJob(u"third"_s));
    delete second;
    QCOMPARE(titlesOf(jobs), u"third first"_s);
    QCOMPARE(jobs.newestActive()->title(), u"third"_s);
}

QTEST_GUILESS_MAIN(TestJob)
#include "tst_job.moc"

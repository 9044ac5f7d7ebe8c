// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/dialogbench.h"
#include "ui/footer.h"
#include "ui/jobspopup.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace {

//! Does nothing but say what it was told.
class PlainJob : public models::Job
{
    Q_OBJECT
public:
    using Job::Job;

    QString title() const override { return u"Importing"_s; }
    State state() const override { return m_state; }
    qint64 done() const override { return m_done; }
    qint64 total() const override { return 5260; }
    int perSecond() const override { return 0; }
    QString summary() const override { return u"5,240 found, 20 not found."_s; }
    void pause() override { become(State::Paused); }
    void resume() override { become(State::Running); }
    void cancel() override { become(State::Cancelled); }

    void become(State state)
    {
        m_state = state;
        emit changed();
    }
    void advance(qint64 done)
    {
        m_done = done;
        emit changed();
    }

private:
    State m_state = State::Running;
    qint64 m_done = 0;
};

QToolButton *tool(const QWidget &parent, const QString &name)
{
    return parent.findChild<QToolButton *>(name);
}

} // namespace

class tst_Jobs : public QObject
{
    Q_OBJECT

private slots:
    void theFooterFollowsTheRunningJob()
    {
        DialogBench bench;
        ui::Footer footer(bench.workspace, nullptr);
        QVERIFY(tool(footer, u"footerJob"_s)->isHidden());
        auto *job = new PlainJob;
        bench.jobs.add(job);
        QTRY_VERIFY(!tool(footer, u"footerJob"_s)->isHidden());
        job->advance(3120);
        QTRY_COMPARE(tool(footer, u"footerJob"_s)->text(), u"Importing · 3,120 of 5,260"_s);
        QCOMPARE(footer.findChild<QProgressBar *>()->value(), 593);
    }

    void itPausesGoesOnAndCancels()
    {
        DialogBench bench;
        ui::Footer footer(bench.workspace, nullptr);
        auto *job = new PlainJob;
        bench.jobs.add(job);
        tool(footer, u"pauseJobButton"_s)->click();
        QCOMPARE(job->state(), models::Job::State::Paused);
        QTRY_COMPARE(tool(footer, u"pauseJobButton"_s)->accessibleName(), u"Go on with this job"_s);
        tool(footer, u"pauseJobButton"_s)->click();
        QCOMPARE(job->state(), models::Job::State::Running);
        tool(footer, u"cancelJobButton"_s)->click();
        QCOMPARE(job->state(), models::Job::State::Cancelled);
        QTRY_COMPARE(tool(footer, u"footerJob"_s)->text(), job->summary());
        QVERIFY(tool(footer, u"cancelJobButton"_s)->isHidden());
    }

    void theTimeOfTheLastGoodAnswerIsShown()
    {
        DialogBench bench;
        ui::Footer footer(bench.workspace, nullptr);
        const auto *label = footer.findChild<QLabel *>(u"lastRead"_s);
        QVERIFY(label->isHidden());
        emit bench.lookUps.succeeded(1'763'733'731'000); // 2025-11-21 14:02:11 UTC
        QTRY_COMPARE(label->text(), u"· last read 14:02:11"_s);
    }

    void thePopupListsJobsAndOpensTheirDetails()
    {
        DialogBench bench;
        auto *job = new PlainJob;
        bench.jobs.add(job);
        QWidget window;
        window.resize(600, 400);
        window.show();
        ui::JobsPopup popup(bench.jobs, &window);
        popup.showUnder(&window);
        QSignalSpy opened(&popup, &ui::JobsPopup::jobOpened);
        QPushButton *details = nullptr;
        for (QPushButton *button : popup.findChildren<QPushButton *>())
            details = button->text().startsWith(u"Details"_s) ? button : details;
        QVERIFY(details);
        details->click();
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.first().first().value<models::Job *>(), job);
        QVERIFY(!popup.isVisible());
    }
};

QTEST_MAIN(tst_Jobs)
#include "tst_jobs.moc"

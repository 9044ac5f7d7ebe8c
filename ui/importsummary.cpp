// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/importsummary.h"

#include "ui/dialogpieces.h"
#include "ui/importfailuresmodel.h"
#include "ui/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <chrono>
#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

namespace {

constexpr int shownFailures = 1'000;
constexpr int idColumnWidth = 290; //!< a whole id

QLabel *importCountLabel(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setFont(Theme::font(Type::Title));
    return label;
}

void addImportCount(QHBoxLayout *layout, QLabel *count, const QString &word, QWidget *parent)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(count);
    column->addWidget(captionLabel(word, parent));
    layout->addLayout(column, 1);
}

bool isUnderWay(const models::Job &job)
{
    return job.state() == models::Job::State::Running || job.state() == models::Job::State::Paused;
}

} // namespace

ImportSummary::ImportSummary(QWidget *parent)
    : QWidget(parent)
    , m_model(new ImportFailuresModel(this))
{
    setObjectName(u"importSummary"_s);
    m_failuresTimer.setSingleShot(true);
    m_failuresTimer.setInterval(500ms);
    build();
    wire();
    showState();
}

void ImportSummary::build()
{
    m_title = sectionLabel({}, this);
    m_title->setObjectName(u"importTitle"_s);
    m_sentence = paragraphLabel({}, this);
    m_sentence->setObjectName(u"importSentence"_s);
    m_progress = new QProgressBar(this);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the import"));
    m_failures = new QTableView(this);
    m_failures->setObjectName(u"importFailures"_s);
    m_failures->setAccessibleName(tr("Ids that were not found or failed, and why"));
    m_failures->setModel(m_model);
    m_failures->setFrameShape(QFrame::NoFrame);
    m_failures->setShowGrid(false);
    m_failures->setWordWrap(false);
    m_failures->setTextElideMode(Qt::ElideRight);
    m_failures->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_failures->setTabKeyNavigation(false);
    m_failures->verticalHeader()->hide();
    m_failures->verticalHeader()->setDefaultSectionSize(metrics::rowHeight - spacing::s);
    m_failures->horizontalHeader()->setStretchLastSection(true);
    m_failures->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_failures->setColumnWidth(ImportFailuresModel::IdColumn, idColumnWidth);
    m_more = captionLabel({}, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::m);
    layout->addWidget(m_title);
    layout->addWidget(m_sentence);
    layout->addWidget(m_progress);
    layout->addWidget(buildCounts());
    layout->addWidget(m_failures, 1);
    layout->addWidget(m_more);
    layout->addWidget(buildButtons());
}

QWidget *ImportSummary::buildCounts()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    m_found = importCountLabel(u"foundCount"_s, row);
    m_notFound = importCountLabel(u"notFoundCount"_s, row);
    m_failed = importCountLabel(u"failedCount"_s, row);
    addImportCount(layout, m_found, tr("found and read"), row);
    addImportCount(layout, m_notFound, tr("not found at Link Money"), row);
    addImportCount(layout, m_failed, tr("could not be asked for"), row);
    return row;
}

QWidget *ImportSummary::buildButtons()
{
    auto *row = new QWidget(this);
    m_retry = new QPushButton(tr("&Try these again"), row);
    m_retry->setObjectName(u"retryButton"_s);
    m_copy = new QPushButton(tr("&Copy as CSV"), row);
    m_copy->setObjectName(u"copyButton"_s);
    m_pause = new QPushButton(row);
    m_pause->setObjectName(u"pauseButton"_s);
    m_cancel = new QPushButton(tr("&Stop the import"), row);
    m_cancel->setObjectName(u"stopButton"_s);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::s);
    for (QPushButton *button : {m_retry, m_copy, m_pause, m_cancel}) {
        button->setAutoDefault(false);
        layout->addWidget(button);
    }
    layout->addStretch();
    return row;
}

void ImportSummary::wire()
{
    connect(&m_failuresTimer, &QTimer::timeout, this, &ImportSummary::loadFailures);
    connect(m_copy, &QPushButton::clicked, this, &ImportSummary::copyFailures);
    connect(m_retry, &QPushButton::clicked, this, [this] { m_job->retryFailed(); });
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_job->cancel(); });
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_job->state() == models::Job::State::Paused)
            m_job->resume();
        else
            m_job->pause();
    });
}

void ImportSummary::setJob(models::ImportJob *job)
{
    if (m_job)
        disconnect(m_job, nullptr, this, nullptr);
    m_job = job;
    m_shownProblems = -1;
    m_model->setFailures({});
    if (job) {
        connect(job, &models::Job::changed, this, &ImportSummary::showState);
        connect(job, &QObject::destroyed, this, &ImportSummary::showState);
    }
    showState();
}

void ImportSummary::showState()
{
    setEnabled(!m_job.isNull());
    if (!m_job)
        return;
    const QLocale locale;
    m_title->setText(m_job->title());
    m_sentence->setText(m_job->summary());
    m_progress->setVisible(isUnderWay(*m_job));
    m_progress->setRange(0, 1'000);
    m_progress->setValue(m_job->total() > 0 ? int(m_job->done() * 1'000 / m_job->total()) : 0);
    m_found->setText(locale.toString(m_job->found()));
    m_notFound->setText(locale.toString(m_job->notFound()));
    m_failed->setText(locale.toString(m_job->failed()));
    const qint64 problems = m_job->notFound() + m_job->failed();
    m_failures->setVisible(problems > 0);
    m_more->setVisible(problems > shownFailures);
    m_more->setText(tr("The first %1 are listed; the copy holds all %2.")
            .arg(locale.toString(shownFailures), locale.toString(problems)));
    if (problems != m_shownProblems && !m_failuresTimer.isActive())
        m_failuresTimer.start();
    showButtons();
}

void ImportSummary::showButtons()
{
    const bool problems = m_job->notFound() + m_job->failed() > 0;
    const bool running = isUnderWay(*m_job);
    m_retry->setVisible(problems && !running);
    m_copy->setVisible(problems);
    m_pause->setVisible(running && m_job->canPause());
    m_pause->setText(m_job->state() == models::Job::State::Paused ? tr("&Resume") : tr("&Pause"));
    m_cancel->setVisible(running);
}

void ImportSummary::loadFailures()
{
    if (!m_job)
        return;
    m_shownProblems = m_job->notFound() + m_job->failed();
    m_job->failures(
        shownFailures, this, [this](const QList<models::ImportFailure> &failures) { m_model->setFailures(failures); });
}

void ImportSummary::copyFailures()
{
    m_job->failures(std::numeric_limits<int>::max(), this, [](const QList<models::ImportFailure> &failures) {
        QGuiApplication::clipboard()->setText(importFailuresCsv(failures));
    });
}

} // namespace ui

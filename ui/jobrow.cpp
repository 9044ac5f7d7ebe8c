// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobrow.h"

#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::Literals::StringLiterals;

namespace ui {

JobRow::JobRow(models::Job *job, QWidget *parent)
    : QWidget(parent)
    , m_job(job)
    , m_title(new QLabel(job->title(), this))
    , m_summary(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_pause(new QPushButton(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_details(new QPushButton(tr("Details…"), this))
{
    build();
    wire();
    showState();
}

void JobRow::build()
{
    constexpr int progressHeight = 6;
    for (QLabel *label : {m_title, m_summary})
        label->setTextFormat(Qt::PlainText);
    m_title->setFont(Theme::font(Type::BodyStrong));
    m_title->setWordWrap(true);
    m_summary->setFont(Theme::font(Type::Caption));
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_summary->setWordWrap(true);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(progressHeight);
    m_progress->setAccessibleName(m_job->title());
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(spacing::s);
    for (QPushButton *button : {m_pause, m_cancel, m_details}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::l, spacing::m, spacing::l, spacing::m);
    column->setSpacing(spacing::s);
    column->addWidget(m_title);
    column->addWidget(m_progress);
    column->addWidget(m_summary);
    column->addLayout(buttons);
}

void JobRow::wire()
{
    constexpr int gatherMs = 100;
    m_gather.setSingleShot(true);
    m_gather.setInterval(gatherMs);
    connect(&m_gather, &QTimer::timeout, this, &JobRow::showState);
    connect(m_job, &models::Job::changed, this, [this] {
        if (!m_gather.isActive())
            m_gather.start();
    });
    connect(m_pause, &QPushButton::clicked, m_job, [job = m_job] {
        if (job->state() == models::Job::State::Paused)
            job->resume();
        else
            job->pause();
    });
    connect(m_cancel, &QPushButton::clicked, m_job, &models::Job::cancel);
    connect(m_details, &QPushButton::clicked, m_job, [this] { emit opened(m_job); });
}

void JobRow::showState()
{
    if (!m_job)
        return;
    const bool paused = m_job->state() == models::Job::State::Paused;
    const bool active = paused || m_job->state() == models::Job::State::Running;
    constexpr int steps = 1000;
    m_progress->setVisible(active);
    m_progress->setRange(0, m_job->total() > 0 ? steps : 0);
    m_progress->setValue(m_job->total() > 0 ? static_cast<int>(m_job->done() * steps / m_job->total()) : 0);
    const int rate = m_job->perSecond();
    const bool showsRate = m_job->state() == models::Job::State::Running && rate > 0;
    m_summary->setText(
        showsRate ? tr("%1 %2 a second.").arg(m_job->summary(), locale().toString(rate)) : m_job->summary());
    m_pause->setVisible(active && m_job->canPause());
    m_pause->setText(paused ? tr("Go on") : tr("Pause"));
    m_cancel->setVisible(active);
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/footer.h"

#include "models/lookups.h"
#include "ui/announcement.h"
#include "ui/theme.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

constexpr int gatherMs = 100; //!< jobs report far more often than a person can read

QToolButton *footerButton(const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setFixedHeight(metrics::statusHeight - spacing::xs);
    return button;
}

} // namespace

Footer::Footer(const Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_jobs(workspace.jobs)
    , m_profile(workspace.profile)
    , m_connection(new QLabel(this))
    , m_lastRead(new QLabel(this))
    , m_jobText(footerButton(u"footerJob"_s, this))
    , m_progress(new QProgressBar(this))
    , m_pause(footerButton(u"pauseJobButton"_s, this))
    , m_cancel(footerButton(u"cancelJobButton"_s, this))
{
    build();
    connect(&workspace.lookUps, &models::LookUps::succeeded, this, &Footer::noteRead);
    wire();
    followJob();
}

void Footer::build()
{
    constexpr int progressWidth = 120;
    constexpr int progressHeight = 6;
    setFixedHeight(metrics::statusHeight);
    setObjectName(u"footer"_s);
    setFont(Theme::font(Type::Caption));
    m_connection->setObjectName(u"connectionState"_s);
    m_lastRead->setObjectName(u"lastRead"_s);
    for (QLabel *label : {m_connection, m_lastRead}) {
        label->setTextFormat(Qt::PlainText);
        label->setForegroundRole(QPalette::PlaceholderText);
    }
    m_progress->setObjectName(u"jobProgress"_s);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(progressWidth, progressHeight);
    m_cancel->setIcon(Theme::icon(u"edit-delete-remove"_s, Colour::MutedInk));
    m_cancel->setToolTip(tr("Cancel this job"));
    m_cancel->setAccessibleName(tr("Cancel this job"));
    m_jobText->setToolTip(tr("Show all jobs"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::m + spacing::l, 1, spacing::s, 0);
    row->setSpacing(spacing::xs);
    row->addWidget(m_connection);
    row->addWidget(m_lastRead);
    row->addStretch();
    row->addWidget(m_jobText);
    row->addWidget(m_progress);
    row->addWidget(m_pause);
    row->addWidget(m_cancel);
    setConnection(tr("starting"), false);
}

void Footer::wire()
{
    m_gather.setSingleShot(true);
    m_gather.setInterval(gatherMs);
    connect(&m_gather, &QTimer::timeout, this, &Footer::showState);
    connect(&m_jobs, &models::JobsModel::activityChanged, this, &Footer::followJob);
    connect(m_jobText, &QToolButton::clicked, this, &Footer::jobsRequested);
    connect(m_pause, &QToolButton::clicked, this, &Footer::togglePause);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (m_job)
            m_job->cancel();
    });
}

void Footer::setConnection(const QString &text, bool connected)
{
    const QString shown = m_profile.name + u" · "_s + text;
    if (shown == m_connection->text() && connected == m_connected)
        return;
    const bool isNews = m_connected != connected;
    m_connected = connected;
    m_connection->setText(shown);
    m_connection->setAccessibleName(tr("Profile and connection: %1").arg(m_connection->text()));
    if (isNews)
        Announcement::say(this, m_connection->accessibleName());
    update();
}

void Footer::noteRead(qint64 at)
{
    m_lastReadAt = qMax(at, m_lastReadAt);
    gather();
}

void Footer::gather()
{
    if (!m_gather.isActive())
        m_gather.start();
}

void Footer::followJob()
{
    models::Job *active = m_jobs.newestActive();
    if (active && active != m_job) {
        if (m_job)
            m_job->disconnect(this);
        m_job = active;
        m_saidState.reset();
        connect(active, &models::Job::changed, this, &Footer::gather);
    }
    showState();
}

void Footer::showState()
{
    m_lastRead->setVisible(m_lastReadAt > 0);
    m_lastRead->setText(
        u"· "_s + tr("last read %1").arg(QDateTime::fromMSecsSinceEpoch(m_lastReadAt).toString(u"HH:mm:ss")));
    showJob();
}

void Footer::showJob()
{
    const bool running = m_job && m_job->state() == models::Job::State::Running;
    const bool paused = m_job && m_job->state() == models::Job::State::Paused;
    const qint64 total = m_job ? m_job->total() : 0;
    m_jobText->setVisible(m_job);
    m_progress->setVisible((running || paused) && total > 0);
    m_pause->setVisible((running || paused) && m_job->canPause());
    m_cancel->setVisible(running || paused);
    if (!m_job)
        return;
    const QString progress = total > 0 ? tr("%1 of %2").arg(locale().toString(m_job->done()), locale().toString(total))
                                       : QString();
    m_jobText->setText(running ? (progress.isEmpty() ? m_job->title() : m_job->title() + u" · "_s + progress)
            : paused           ? tr("%1 · paused at %2").arg(m_job->title(), progress)
                               : m_job->summary());
    constexpr int steps = 1000;
    m_progress->setRange(0, steps);
    m_progress->setValue(total > 0 ? static_cast<int>(m_job->done() * steps / total) : 0);
    m_progress->setAccessibleName(m_jobText->text());
    const QString what = paused ? tr("Go on with this job") : tr("Pause this job");
    m_pause->setIcon(Theme::icon(paused ? u"media-playback-start"_s : u"media-playback-pause"_s, Colour::MutedInk));
    m_pause->setToolTip(what);
    m_pause->setAccessibleName(what);
    sayJob();
}

//! Beginning, pause and end; not each step of the way.
void Footer::sayJob()
{
    if (m_saidState == m_job->state())
        return;
    m_saidState = m_job->state();
    Announcement::say(this, m_jobText->text());
}

void Footer::togglePause()
{
    if (!m_job)
        return;
    if (m_job->state() == models::Job::State::Paused)
        m_job->resume();
    else
        m_job->pause();
}

void Footer::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colour(Colour::Surface));
    painter.setPen(Theme::colour(Colour::Hairline));
    painter.drawLine(rect().topLeft(), rect().topRight());
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = Theme::tone(m_connected ? models::StatusTone::Done : models::StatusTone::Waiting).ink;
    const QRectF dot(spacing::m, height() / 2.0 - 3.5, 8, 8);
    painter.setPen(QPen(ink, 1.5));
    painter.setBrush(m_connected ? QBrush(ink) : QBrush(Qt::NoBrush));
    painter.drawEllipse(dot);
}

} // namespace ui

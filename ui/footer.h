// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/job.h"
#include "ui/workspace.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QProgressBar;
class QToolButton;

namespace ui {

//! Always true, always in sight: profile, connection, time of the last good answer, the job that runs.
class Footer : public QWidget
{
    Q_OBJECT
public:
    Footer(const Workspace &workspace, QWidget *parent);

    void setConnection(const QString &text, bool connected);

signals:
    void jobsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    void wire();
    void noteRead(qint64 at);
    void gather();
    void followJob();
    void showState();
    void showJob();
    void sayJob();
    void togglePause();

    models::JobsModel &m_jobs;
    models::Profile m_profile;
    QPointer<models::Job> m_job;
    std::optional<models::Job::State> m_saidState; //!< of m_job
    QLabel *m_connection;
    QLabel *m_lastRead;
    QToolButton *m_jobText;
    QProgressBar *m_progress;
    QToolButton *m_pause;
    QToolButton *m_cancel;
    QTimer m_gather;
    qint64 m_lastReadAt = 0; //!< UTC ms
    bool m_connected = false;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/job.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace ui {

//! One job: what it is, how far, and pause, cancel or details.
class JobRow : public QWidget
{
    Q_OBJECT
public:
    JobRow(models::Job *job, QWidget *parent);

signals:
    void opened(models::Job *job);

private:
    void build();
    void wire();
    void showState();

    QPointer<models::Job> m_job;
    QTimer m_gather;
    QLabel *m_title;
    QLabel *m_summary;
    QProgressBar *m_progress;
    QPushButton *m_pause;
    QPushButton *m_cancel;
    QPushButton *m_details;
};

} // namespace ui

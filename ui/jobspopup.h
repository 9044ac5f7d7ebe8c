// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/job.h"

#include <QFrame>

class QScrollArea;

namespace ui {

//! Every job with its progress, and what can be done about it. Closes on Escape and on a click elsewhere.
class JobsPopup : public QFrame
{
    Q_OBJECT
public:
    JobsPopup(models::JobsModel &jobs, QWidget *parent);

    void showUnder(const QWidget *anchor);

signals:
    void jobOpened(models::Job *job); //!< the person wants to see what came of it

private:
    void fill();

    models::JobsModel &m_jobs;
    QScrollArea *m_area;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/job.h"

#include <QFrame>
#include <QHash>

class QVBoxLayout;

namespace ui {

class JobRow;

//! Every job with its progress, and what can be done about it. Closes when it loses the keyboard.
class JobsPopup : public QFrame
{
    Q_OBJECT
public:
    JobsPopup(models::JobsModel &jobs, QWidget *parent);

    void showUnder(QWidget *anchor);

signals:
    void jobOpened(models::Job *job); //!< the person wants to see what came of it

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    void fill();

    models::JobsModel &m_jobs;
    QVBoxLayout *m_rows;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/importjob.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace ui {

class ImportFailuresModel;

//! How an import goes and how it ended: found, not found, failed, which and why; pause, cancel, retry of only those,
//! copy as CSV.
class ImportSummary : public QWidget
{
    Q_OBJECT
public:
    explicit ImportSummary(QWidget *parent = nullptr);
    void setJob(models::ImportJob *job); //!< may be null

private:
    void build();
    QWidget *buildCounts();
    QWidget *buildButtons();
    void wire();
    void showState();
    void showButtons();
    void loadFailures();
    void copyFailures();

    QPointer<models::ImportJob> m_job;
    QTimer m_failuresTimer; //!< the list is read anew at most twice a second while the import runs
    qint64 m_shownProblems = -1;
    ImportFailuresModel *m_model;
    QLabel *m_title = nullptr;
    QLabel *m_sentence = nullptr;
    QProgressBar *m_progress = nullptr;
    QLabel *m_found = nullptr;
    QLabel *m_notFound = nullptr;
    QLabel *m_failed = nullptr;
    QTableView *m_failures = nullptr;
    QLabel *m_more = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_retry = nullptr;
    QPushButton *m_copy = nullptr;
};

} // namespace ui

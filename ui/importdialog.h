// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogframe.h"
#include "ui/importplanner.h"
#include "ui/workspace.h"

class QStackedWidget;

namespace ui {

class Banner;
class ImportReview;
class ImportSource;

//! Chooses a file or a pasted list of ids, shows how it is understood, and hands the plan on. Looks nothing up itself.
class ImportDialog : public DialogFrame
{
    Q_OBJECT
public:
    explicit ImportDialog(const Workspace &workspace, QWidget *parent = nullptr);

    void openFile(const QString &file); //!< as if it had been chosen, for files dropped on the window

signals:
    void startRequested(const models::ImportPlan &plan); //!< the dialog closes right after

private:
    void build();
    QWidget *buildReading();
    void wire();
    void showState();
    void advance();
    void took(const models::ImportPlan &plan);
    void failed(const QString &sentence);
    void startOver();

    Asker &m_asker;
    ImportPlanner m_planner;
    std::optional<models::ImportPlan> m_plan;
    QString m_reading; //!< name of what is being read
    Banner *m_banner = nullptr;
    QStackedWidget *m_stack = nullptr;
    ImportSource *m_source = nullptr;
    ImportReview *m_review = nullptr;
    QLabel *m_readingText = nullptr;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/paylinkbatch.h"
#include "ui/dialogframe.h"
#include "ui/workspace.h"

class QTableWidget;

namespace ui {

class Banner;

//! Makes many pay links from a file: the dry run names every line with its problems before anything is sent.
class LinkBatchDialog : public DialogFrame
{
    Q_OBJECT
public:
    explicit LinkBatchDialog(const Workspace &workspace, QWidget *parent = nullptr);

    void openFile(const QString &file); //!< as if it had been chosen

signals:
    void started(models::PayLinkBatch *batch); //!< without a parent yet

private:
    void build();
    void wire();
    void showState();
    void showPlan();
    void addLine(const models::PlannedLink &link);
    void start();

    Workspace m_workspace;
    std::optional<models::LinkPlan> m_plan;
    bool m_starting = false;
    Banner *m_banner = nullptr;
    QLabel *m_about = nullptr;
    QLabel *m_totals = nullptr;
    QPushButton *m_choose = nullptr;
    QTableWidget *m_table = nullptr;
};

//! How a batch went, and its result as a file.
class LinkBatchSummary : public DialogFrame
{
    Q_OBJECT
public:
    LinkBatchSummary(const Workspace &workspace, models::PayLinkBatch *batch, QWidget *parent = nullptr);

signals:
    void listRequested(qint64 batch); //!< its links on the Links page

private:
    void save();
    void write(const QString &file);

    Workspace m_workspace;
    qint64 m_batch;
    models::LedgerRead m_read;
    Banner *m_banner = nullptr;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordtablemodel.h"
#include "ui/nextsteps.h"
#include "ui/workspace.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QStackedWidget;
class QTabBar;

namespace ui {

class EmptyState;
class InspectorSplitter;
class OutboxInspector;
class RecordTable;

//! The outbox as a work queue: what needs a person, what is on its way, what is done, each with its next step in plain
//! words.
class RefundsPage : public QWidget
{
    Q_OBJECT
public:
    enum class Group { NeedsYou, OnTheWay, Done, All };

    RefundsPage(const Workspace &workspace, QWidget *parent);

    void showGroup(Group group);
    void openEntry(qint64 key); //!< selects it and shows its details

signals:
    void openRequested(const models::RecordRef &ref);
    void refundRequested(const models::RecordRef &transaction);

private:
    void build();
    void buildTable();
    void wire();
    void showState();
    void showEmptyState();
    void showTabs();
    void tellVisible();
    void selectWanted();
    void showEntry(qint64 key);
    void closeInspector();
    Group group() const;

    Workspace m_workspace;
    models::RecordTableModel m_model;
    NextSteps m_nextSteps;
    QTimer m_tick;
    qint64 m_wanted = 0; //!< to be selected as soon as its row is there
    QTabBar *m_tabs = nullptr;
    QLabel *m_totals = nullptr;
    QStackedWidget *m_stack = nullptr;
    InspectorSplitter *m_splitter = nullptr;
    RecordTable *m_table = nullptr;
    EmptyState *m_empty = nullptr;
    OutboxInspector *m_inspector = nullptr; //!< made on first use
};

} // namespace ui

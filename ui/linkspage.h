// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordtablemodel.h"
#include "ui/workspace.h"

#include <QWidget>

class QPushButton;
class QStackedWidget;

namespace ui {

class EmptyState;
class FilterBar;
class InspectorSplitter;
class LinkInspector;
class RecordTable;

//! Every pay link with its life: which wait for the customer, which are done, what to do next.
class LinksPage : public QWidget
{
    Q_OBJECT
public:
    LinksPage(const Workspace &workspace, QWidget *parent);

    void openLink(qint64 key); //!< selects it and shows its details
    void setFilter(const QString &text);

signals:
    void newRequested();
    void fileRequested();
    void fastLinkRequested();
    void anotherRequested(qint64 key);
    void openHereRequested(qint64 key);
    void codeRequested(qint64 key);
    void openRequested(const models::RecordRef &ref);
    void revealRequested(const models::RecordRef &customer);

private:
    void build();
    QWidget *buildHead();
    void buildTable();
    void wire();
    void addActions();
    void showState();
    void showEmptyState();
    void showFastLink();
    void showLink(qint64 key);
    void makeInspector();
    void closeInspector();
    void selectWanted();

    Workspace m_workspace;
    models::RecordTableModel m_model;
    qint64 m_wanted = 0; //!< to be selected as soon as its row is there
    QPushButton *m_new = nullptr;
    QPushButton *m_file = nullptr;
    QPushButton *m_fastLink = nullptr; //!< hidden while the profile does not use the aggregation family
    FilterBar *m_filter = nullptr;
    InspectorSplitter *m_splitter = nullptr;
    QStackedWidget *m_stack = nullptr;
    RecordTable *m_table = nullptr;
    EmptyState *m_empty = nullptr;
    LinkInspector *m_inspector = nullptr; //!< made on first use
};

} // namespace ui

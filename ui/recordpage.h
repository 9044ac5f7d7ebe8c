// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordtablemodel.h"
#include "ui/banner.h"
#include "ui/workspace.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace ui {

class EmptyState;
class FilterBar;
class Inspector;
class InspectorSplitter;
class RecordTable;
class Skeleton;

//! The one master-detail pattern: a kind's table, its filter, and what is known about the chosen record.
class RecordPage : public QWidget
{
    Q_OBJECT
public:
    RecordPage(const Workspace &workspace, models::RecordKind kind, QWidget *parent);

    void openRecord(const models::RecordRef &ref); //!< in the inspector, and in the table when it is among its rows
    void setFilter(const QString &text);
    QList<QAction *> pageActions() const; //!< for the list of shortcuts

signals:
    void importRequested();
    void openRequested(const models::RecordRef &ref); //!< a record that may belong to another page
    void listRequested(models::RecordKind kind, const QString &filter);
    void refundRequested(const models::RecordRef &transaction);
    void cancelRequested(const models::RecordRef &transaction);
    void payRequested(const models::RecordRef &customer);
    void creditRequested(const models::RecordRef &customer);
    void revealRequested(const models::RecordRef &customer);
    void relinkRequested(const models::RecordRef &customer);
    void payAgainRequested(const models::RecordRef &transaction);

protected:
    void showEvent(QShowEvent *event) override;

    //! What stands where rows would be while the ledger has none of this kind.
    struct NothingYet
    {
        QString icon = {};
        QString title = {};
        QString text = {};
        QString action = {}; //!< leaves as importRequested
    };
    virtual NothingYet nothingYet() const;
    //! What can be done with one record of this kind alone.
    virtual void fillKindMenu(QMenu *menu, const models::RecordRef &ref);

    void addHeadButton(QPushButton *button);
    void setImportText(const QString &text, const QString &what);
    const Workspace &workspace() const { return m_workspace; }
    const models::RecordTableModel &model() const { return m_model; }
    //! A message of the page itself. It stays until it is closed or another takes its place.
    void tell(Banner::Kind kind, const QString &sentence);

private:
    void build();
    QWidget *buildHead();
    void buildTable();
    void wire();
    void addActions();
    QAction *addPageAction(const QString &text, const QList<QKeySequence> &keys, void (RecordPage::*act)());
    void showState();
    void showEmptyState();
    void tellShowing();
    void showRecord(const models::RecordRef &ref);
    void makeInspector();
    void wireInspector(Inspector *inspector);
    void selectOpened();
    void detach(const models::RecordRef &ref);
    void closeInspector();
    void focusFilter();
    void readAgain();
    models::RecordRef shownRecord() const;
    void refundShown();
    void relinkShown();
    void fillMenu(QMenu *menu, const models::RecordRef &ref);
    void saveView();
    QString columnsSetting() const;

    Workspace m_workspace;
    models::RecordKind m_kind;
    models::RecordTableModel m_model;
    models::RecordRef m_opened; //!< not yet selected in the table
    QTimer m_showing;
    QTimer m_saving;
    QHBoxLayout *m_head = nullptr;
    QPushButton *m_import = nullptr;
    QToolButton *m_columns = nullptr;
    FilterBar *m_filter = nullptr;
    Banner *m_notice = nullptr; //!< made on first use
    InspectorSplitter *m_splitter = nullptr;
    QStackedWidget *m_stack = nullptr;
    RecordTable *m_table = nullptr;
    Skeleton *m_skeleton = nullptr;
    EmptyState *m_empty = nullptr;    //!< made on first use
    Inspector *m_inspector = nullptr; //!< made on first use
};

} // namespace ui

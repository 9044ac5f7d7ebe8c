// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordtablemodel.h"

#include <QTableView>

namespace ui {

//! The table every record kind is shown in: whole rows, hairlines, sorting by header click; tells its model which rows
//! are on screen.
class RecordTable : public QTableView
{
    Q_OBJECT
public:
    RecordTable(models::RecordTableModel &model, QWidget *parent);

    models::RecordRef currentRef() const; //!< empty id when nothing is selected
    QList<models::RecordRef> visibleRefs() const;
    void selectKey(qint64 key); //!< scrolls to it when it is there

    //! Which columns, in which order and how wide, for the settings. One that was made for other columns is not
    //! restored.
    QByteArray layoutState() const;
    void restoreLayoutState(const QByteArray &state);
    void setColumnShown(int column, bool shown);
    void showDefaultColumns();

signals:
    void currentRefChanged(const models::RecordRef &ref);
    void opened(const models::RecordRef &ref); //!< Enter or double click
    void menuRequested(const models::RecordRef &ref, const QPoint &at);
    void visibleRowsChanged();
    void layoutStateChanged();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void tellVisibleRows();
    void sayArrived();

    models::RecordTableModel &m_model;
    bool m_saidUnread = false; //!< a screen reader was told of a row that had not been read yet
};

} // namespace ui

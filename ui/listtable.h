// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace ui {

//! A short list that is wholly in memory, in the looks of the record tables: whole rows, hairlines, a chip wherever the
//! model has a models::StatusLook under `lookRole`.
class ListTable : public QTableView
{
    Q_OBJECT
public:
    //! A `lookRole` below zero: no chips.
    ListTable(QAbstractItemModel &model, int lookRole, QWidget *parent);

    int currentRow() const; //!< -1 when nothing is selected

signals:
    void currentRowChanged(int row);
    void opened(int row); //!< Enter, double click

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace ui

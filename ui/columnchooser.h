// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

namespace ui {

class RecordTable;

//! Which columns a table shows. Stays open while columns are ticked.
class ColumnChooser : public QMenu
{
    Q_OBJECT
public:
    ColumnChooser(RecordTable *table, QWidget *parent);

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void fill();
    RecordTable *m_table;
};

} // namespace ui

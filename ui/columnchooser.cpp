// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/columnchooser.h"

#include "ui/recordtable.h"

#include <QKeyEvent>
#include <QMouseEvent>

namespace ui {

ColumnChooser::ColumnChooser(RecordTable *table, QWidget *parent)
    : QMenu(tr("Columns"), parent)
    , m_table(table)
{
    setObjectName(QStringLiteral("columnChooser"));
    connect(this, &QMenu::aboutToShow, this, &ColumnChooser::fill);
}

void ColumnChooser::fill()
{
    clear();
    for (int column = 0; column < m_table->model()->columnCount(); ++column) {
        QAction *choice = addAction(m_table->model()->headerData(column, Qt::Horizontal).toString());
        choice->setCheckable(true);
        choice->setChecked(!m_table->isColumnHidden(column));
        connect(choice, &QAction::toggled, m_table,
            [table = m_table, column](bool shown) { table->setColumnShown(column, shown); });
    }
    addSeparator();
    connect(addAction(tr("Usual columns")), &QAction::triggered, m_table, &RecordTable::showDefaultColumns);
}

void ColumnChooser::mouseReleaseEvent(QMouseEvent *event)
{
    QAction *under = actionAt(event->pos());
    if (under && under->isCheckable())
        under->toggle();
    else
        QMenu::mouseReleaseEvent(event);
}

void ColumnChooser::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && activeAction() && activeAction()->isCheckable())
        activeAction()->toggle();
    else
        QMenu::keyPressEvent(event);
}

} // namespace ui

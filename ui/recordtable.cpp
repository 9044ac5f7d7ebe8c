// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recordtable.h"

#include "ui/recorddelegate.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

using namespace Qt::Literals::StringLiterals;

namespace ui {

namespace {

//! A header keeps its columns by number: with other columns the numbers would mean other ones.
QByteArray columnNames(models::RecordKind kind)
{
    QByteArray names;
    for (const models::Column &column : models::columnsOf(kind))
        names.append(column.name).append(' ');
    return names.append('\n');
}

} // namespace

RecordTable::RecordTable(models::RecordTableModel &model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setItemDelegate(new RecordDelegate(this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(metrics::rowHeight);
    verticalHeader()->setMinimumSectionSize(metrics::rowHeight);
    setModel(&m_model);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setFixedHeight(metrics::rowHeight);
    horizontalHeader()->setSortIndicator(m_model.sortColumn(), m_model.sortOrder());
    showDefaultColumns();
    setSortingEnabled(true);

    connect(this, &QTableView::doubleClicked, this, [this] { emit opened(currentRef()); });
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, &RecordTable::layoutStateChanged);
    connect(horizontalHeader(), &QHeaderView::sectionMoved, this, &RecordTable::layoutStateChanged);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &RecordTable::layoutStateChanged);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &RecordTable::sayArrived);
    connect(&m_model, &models::RecordTableModel::stateChanged, this, &RecordTable::tellVisibleRows);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &RecordTable::tellVisibleRows, Qt::QueuedConnection);
}

void RecordTable::showDefaultColumns()
{
    const std::span<const models::Column> columns = models::columnsOf(m_model.kind());
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const models::Column &about = columns[static_cast<std::size_t>(column)];
        setColumnWidth(column, about.width);
        setColumnHidden(column, !about.shownByDefault);
    }
    emit layoutStateChanged();
}

void RecordTable::setColumnShown(int column, bool shown)
{
    setColumnHidden(column, !shown);
    if (shown && columnWidth(column) < horizontalHeader()->minimumSectionSize())
        setColumnWidth(column, models::columnsOf(m_model.kind())[static_cast<std::size_t>(column)].width);
    emit layoutStateChanged();
}

models::RecordRef RecordTable::currentRef() const
{
    return currentIndex().isValid() ? m_model.refAt(currentIndex().row())
                                    : models::RecordRef{.kind = m_model.kind(), .id = {}};
}

QList<models::RecordRef> RecordTable::visibleRefs() const
{
    QList<models::RecordRef> refs;
    const int first = rowAt(0);
    const int last = rowAt(viewport()->height() - 1);
    if (first < 0)
        return refs;
    for (int row = first; row <= (last < 0 ? m_model.rowCount() - 1 : last); ++row) {
        if (models::RecordRef ref = m_model.refAt(row); !ref.id.isEmpty())
            refs.append(std::move(ref));
    }
    return refs;
}

void RecordTable::selectKey(qint64 key)
{
    const int row = m_model.rowOfKey(key);
    if (row >= 0)
        setCurrentIndex(m_model.index(row, horizontalHeader()->logicalIndex(0)));
}

QByteArray RecordTable::layoutState() const
{
    return columnNames(m_model.kind()) + horizontalHeader()->saveState();
}

void RecordTable::restoreLayoutState(const QByteArray &state)
{
    const QByteArray names = columnNames(m_model.kind());
    if (state.startsWith(names))
        horizontalHeader()->restoreState(state.sliced(names.size()));
}

void RecordTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    m_saidUnread = current.isValid() && !current.data(models::RecordTableModel::LoadedRole).toBool();
    if (current.row() != previous.row() || !previous.isValid())
        emit currentRefChanged(currentRef());
}

//! Where the cursor jumped to rows that had to be fetched, they are said once they are there.
void RecordTable::sayArrived()
{
    const QModelIndex current = currentIndex();
    if (!m_saidUnread || !current.isValid() || !current.data(models::RecordTableModel::LoadedRole).toBool())
        return;
    m_saidUnread = false;
    if (!QAccessible::isActive() || !hasFocus())
        return;
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(this);
    QAccessibleInterface *cell = table && table->tableInterface()
        ? table->tableInterface()->cellAt(current.row(), current.column())
        : nullptr;
    if (!cell)
        return;
    QAccessibleEvent event(cell, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

void RecordTable::keyPressEvent(QKeyEvent *event)
{
    const models::RecordRef ref = currentRef();
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !ref.id.isEmpty()) {
        emit opened(ref);
        return;
    }
    if (event->matches(QKeySequence::Copy) && !ref.id.isEmpty()) {
        QGuiApplication::clipboard()->setText(ref.id);
        return;
    }
    QTableView::keyPressEvent(event);
}

//! From the keyboard it is the current row's, wherever the mouse is.
void RecordTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const QPoint at = byKey ? visualRect(index).center() : event->pos();
    emit menuRequested(m_model.refAt(index.row()), viewport()->mapToGlobal(at));
}

void RecordTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    tellVisibleRows();
}

void RecordTable::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    if (dy != 0)
        tellVisibleRows();
}

void RecordTable::tellVisibleRows()
{
    const int first = rowAt(0);
    if (first < 0)
        return;
    const int last = rowAt(viewport()->height() - 1);
    m_model.setVisibleRows(first, last < 0 ? m_model.rowCount() - 1 : last);
    emit visibleRowsChanged();
}

} // namespace ui

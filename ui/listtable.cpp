// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listtable.h"

#include "ui/elidedtext.h"
#include "ui/recorddelegate.h"
#include "ui/statuschip.h"
#include "ui/theme.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace ui {

namespace {

class ListDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    ListDelegate(int lookRole, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_lookRole(lookRole)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        RecordDelegate::paintGround(painter, option);
        painter->save();
        const QRect content = option.rect.adjusted(spacing::s, 0, -spacing::s, -1);
        const QVariant look = m_lookRole < 0 ? QVariant() : index.data(m_lookRole);
        if (look.isValid()) {
            StatusChip::paint(
                painter, content, look.value<models::StatusLook>(), option.state & QStyle::State_Selected);
        } else {
            painter->setFont(Theme::font(Type::Body));
            painter->setPen(Theme::colour(Colour::Ink));
            const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
            drawElided(painter, content, alignment, index.data(Qt::DisplayRole).toString());
        }
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QVariant look = m_lookRole < 0 ? QVariant() : index.data(m_lookRole);
        const int text = QStyledItemDelegate::sizeHint(option, index).width();
        const int width = look.isValid() ? StatusChip::widthFor(look.value<models::StatusLook>()) : text;
        return {width + 2 * spacing::s, metrics::rowHeight};
    }

    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override
    {
        if (event->type() != QEvent::ToolTip)
            return QStyledItemDelegate::helpEvent(event, view, option, index);
        QToolTip::showText(event->globalPos(), plainToolTip(index.data(Qt::ToolTipRole).toString()), view);
        return true;
    }

private:
    int m_lookRole;
};

} // namespace

ListTable::ListTable(QAbstractItemModel &model, int lookRole, QWidget *parent)
    : QTableView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setItemDelegate(new ListDelegate(lookRole, this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(metrics::rowHeight);
    setModel(&model);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setFixedHeight(metrics::rowHeight);
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex &index) { emit opened(index.row()); });
}

int ListTable::currentRow() const
{
    return currentIndex().isValid() ? currentIndex().row() : -1;
}

void ListTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row())
        emit currentRowChanged(current.row());
}

void ListTable::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentRow() >= 0) {
        emit opened(currentRow());
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace ui

#include "listtable.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queuedelegate.h"

#include "models/recordtablemodel.h"
#include "ui/elidedtext.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QPainter>

namespace ui {

namespace {

constexpr int cellsHeight = 34;

} // namespace

QueueDelegate::QueueDelegate(NextStep nextStep, QAbstractItemView *view)
    : RecordDelegate(view)
    , m_nextStep(std::move(nextStep))
    , m_view(view)
{
}

void QueueDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    paintGround(painter, option);
    QStyleOptionViewItem cells = option;
    cells.rect.setHeight(cellsHeight);
    paintContent(painter, cells, index);

    // The sentence runs through all cells of the row; each cell draws its own piece of it.
    const QRect row(0, option.rect.top() + cellsHeight, m_view->viewport()->width(), rowHeight - cellsHeight - 1);
    const QRect sentence = row.adjusted(spacing::s, 0, -spacing::l, -spacing::s);
    painter->save();
    painter->setClipRect(option.rect);
    painter->setFont(Theme::font(Type::Caption));
    painter->setPen(Theme::colour(Colour::MutedInk));
    const QString text = m_nextStep(index.data(models::RecordTableModel::KeyRole).toLongLong());
    drawElided(painter, sentence, Qt::AlignLeft, text);
    painter->restore();
}

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {RecordDelegate::sizeHint(option, index).width(), rowHeight};
}

} // namespace ui

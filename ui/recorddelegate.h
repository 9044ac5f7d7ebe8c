// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace ui {

//! Draws cells by what they are: chips, aligned money with a small currency, middle-elided ids, a skeleton while a row
//! is not loaded.
class RecordDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

    //! Selection and hairline, as in every list.
    static void paintGround(QPainter *painter, const QStyleOptionViewItem &option);

protected:
    //! The cell itself, or its place while the row is not loaded.
    static void paintContent(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index);
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/recorddelegate.h"

#include <functional>

namespace ui {

//! A row of the work queue: its cells, and under them, over the whole width, what to do next.
class QueueDelegate : public RecordDelegate
{
    Q_OBJECT
public:
    using NextStep = std::function<QString(qint64 key)>; //!< empty while it is not known
    QueueDelegate(NextStep nextStep, QAbstractItemView *view);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    static constexpr int rowHeight = 58;

private:
    NextStep m_nextStep;
    QAbstractItemView *m_view;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/taborder.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace ui {

namespace {

void readWidget(QWidget *widget, QList<QWidget *> &order);

//! A grid is read line by line, not in the order in which it was filled.
QList<QLayoutItem *> itemsInOrder(QLayout *layout)
{
    QList<QLayoutItem *> items;
    for (int item = 0; item < layout->count(); ++item)
        items << layout->itemAt(item);
    const auto *grid = qobject_cast<QGridLayout *>(layout);
    if (!grid)
        return items;
    QList<std::pair<std::pair<int, int>, QLayoutItem *>> placed;
    for (int item = 0; item < items.size(); ++item) {
        int row = 0;
        int column = 0;
        int rowSpan = 0;
        int columnSpan = 0;
        grid->getItemPosition(item, &row, &column, &rowSpan, &columnSpan);
        placed.append({{row, column}, items.at(item)});
    }
    std::ranges::stable_sort(placed, {}, [](const auto &each) { return each.first; });
    std::ranges::transform(placed, items.begin(), [](const auto &each) { return each.second; });
    return items;
}

void readLayout(QLayout *layout, QList<QWidget *> &order)
{
    for (QLayoutItem *item : itemsInOrder(layout)) {
        if (item->layout())
            readLayout(item->layout(), order);
        else if (item->widget())
            readWidget(item->widget(), order);
    }
}

void readWidget(QWidget *widget, QList<QWidget *> &order)
{
    if (widget->focusPolicy() != Qt::NoFocus && !widget->focusProxy())
        order << widget;
    if (auto *splitter = qobject_cast<QSplitter *>(widget)) {
        for (int part = 0; part < splitter->count(); ++part)
            readWidget(splitter->widget(part), order);
    } else if (auto *area = qobject_cast<QScrollArea *>(widget)) {
        if (area->widget())
            readWidget(area->widget(), order);
    } else if (auto *stack = qobject_cast<QStackedWidget *>(widget)) {
        for (int page = 0; page < stack->count(); ++page)
            readWidget(stack->widget(page), order);
    } else if (widget->layout()) {
        readLayout(widget->layout(), order);
    }
}

} // namespace

void tabInReadingOrder(QWidget *root)
{
    QList<QWidget *> order;
    readWidget(root, order);
    for (qsizetype each = 1; each < order.size(); ++each)
        QWidget::setTabOrder(order.at(each - 1), order.at(each));
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

//! The shape of rows that are being read.
class Skeleton : public QWidget
{
    Q_OBJECT
public:
    explicit Skeleton(QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell.h"

#include <QWidget>

namespace ui {

//! The status chip for things that are no records, such as the steps of a test. All of a list are equally wide.
class StepChip : public QWidget
{
    Q_OBJECT
public:
    StepChip(const models::StatusLook &look, QWidget *parent);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    models::StatusLook m_look;
};

} // namespace ui

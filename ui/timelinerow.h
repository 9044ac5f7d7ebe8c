// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell.h"

#include <QWidget>

namespace ui {

//! One step of a timeline: its sign on the line, the word, when and how it is known.
class TimelineRow : public QWidget
{
    Q_OBJECT
public:
    struct Place
    {
        bool first = false;
        bool last = false;
    };

    TimelineRow(const models::StatusLook &look, const QString &detail, bool inferred, Place place, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    models::StatusLook m_look;
    bool m_inferred;
    Place m_place;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell.h"

#include <QWidget>

class QPainter;

namespace ui {

//! Shape, word and colour of a status: filled dot done, half dot in progress, ring waiting, triangle failed, diamond
//! unknown.
class StatusChip : public QWidget
{
    Q_OBJECT
public:
    explicit StatusChip(QWidget *parent = nullptr);
    void setStatus(models::RecordKind kind, const QString &status);
    void setLook(const models::StatusLook &look);
    QSize sizeHint() const override;

    //! The same drawing for delegates. Returns the width used.
    static int paint(QPainter *painter, const QRect &rect, const models::StatusLook &look, bool selected);
    static int widthFor(const models::StatusLook &look);
    //! The shape alone.
    static void paintSign(QPainter *painter, const QRectF &box, models::StatusTone tone, const QColor &ink);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    models::StatusLook m_look;
};

} // namespace ui

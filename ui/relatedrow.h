// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recorddetails.h"

#include <QAbstractButton>

namespace ui {

//! A refund, credit or payment beside the record in the inspector; opens it.
class RelatedRow : public QAbstractButton
{
    Q_OBJECT
public:
    RelatedRow(const models::RelatedRecord &record, QWidget *parent);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    models::RelatedRecord m_record;
};

} // namespace ui

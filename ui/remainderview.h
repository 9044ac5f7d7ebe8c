// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/outbox.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace ui {

//! Where a payment's money went: paid, refunded, on its way, unknown, elsewhere, left; and the honest sentence about
//! what that counts.
class RemainderView : public QWidget
{
    Q_OBJECT
public:
    explicit RemainderView(QWidget *parent);
    void setRemainder(const models::Remainder &remainder);

private:
    void addRow(const QString &label, const QString &amount, bool strong);
    QGridLayout *m_rows;
    QLabel *m_scope;
};

} // namespace ui

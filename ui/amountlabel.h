// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell.h"

#include <QLabel>

namespace ui {

//! The amount an inspector is about: large digits, small currency and words.
class AmountLabel : public QLabel
{
    Q_OBJECT
public:
    explicit AmountLabel(QWidget *parent);
    void setAmount(const models::Cell &cell); //!< hidden when the cell is not money
};

//! "$", "128.40" and " credit" of a shown amount: what stands before, in and after the digits.
struct AmountParts
{
    QString before;
    QString digits;
    QString after;
};
AmountParts amountParts(const QString &shown);

} // namespace ui

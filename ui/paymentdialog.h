// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/orderdialog.h"

namespace ui {

//! Debits a linked customer. Shows which bank will be debited.
class PaymentDialog : public OrderDialog
{
    Q_OBJECT
public:
    PaymentDialog(const Workspace &workspace, const models::RecordRef &customer, QWidget *parent = nullptr);

protected:
    QString whyNot() const override;
    models::Intent intent() const override;
    OrderSummary summary() const override;
    QString actionLabel() const override;
    void showFacts() override;
};

} // namespace ui

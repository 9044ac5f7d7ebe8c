// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/orderdialog.h"

namespace ui {

//! Asks Link Money to cancel a payment, and says what is known and what is not about that (reference 1.10).
class CancelDialog : public OrderDialog
{
    Q_OBJECT
public:
    CancelDialog(const Workspace &workspace, const models::RecordRef &transaction, QWidget *parent = nullptr);

protected:
    QString whyNot() const override;
    models::Intent intent() const override;
    OrderSummary summary() const override;
    QString actionLabel() const override;
    void showFacts() override;
    QString whatChanged(const models::OrderFacts &before) const override;
    bool isDestructive() const override { return true; }
};

} // namespace ui

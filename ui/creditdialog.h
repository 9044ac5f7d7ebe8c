// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/orderdialog.h"

class QCheckBox;

namespace ui {

//! Pays a customer without a payment behind it. Nothing guards the total, so it says so and offers to refund a payment
//! instead.
class CreditDialog : public OrderDialog
{
    Q_OBJECT
public:
    CreditDialog(const Workspace &workspace, const models::RecordRef &customer, QWidget *parent = nullptr);

signals:
    void refundInsteadRequested(
        const models::RecordRef &customer); //!< show the customer, whose payments are listed there; the dialog closes

protected:
    QString whyNot() const override;
    models::Intent intent() const override;
    OrderSummary summary() const override;
    QString actionLabel() const override;
    void showFacts() override;
    QString formProblem() const override;

private:
    void buildWarning();
    QCheckBox *m_noOriginal = nullptr;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/orderdialog.h"

namespace ui {

class RemainderView;

//! Gives a payment back, in full or in part. The remainder it shows travels with the intent, which is refused when that
//! changed meanwhile.
class RefundDialog : public OrderDialog
{
    Q_OBJECT
public:
    RefundDialog(const Workspace &workspace, const models::RecordRef &transaction, QWidget *parent = nullptr);

protected:
    QString whyNot() const override;
    models::Intent intent() const override;
    OrderSummary summary() const override;
    QString actionLabel() const override;
    void showFacts() override;
    QString whatChanged(const models::OrderFacts &before) const override;

private:
    QString money(qint64 cents) const;
    QString whereItWent() const;
    QStringList warnings() const;
    void showLeaves();

    RemainderView *m_remainder;
};

} // namespace ui

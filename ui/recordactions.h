// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/outbox.h"
#include "models/recorddetails.h"
#include "ui/workspace.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

//! What can be done with the record in the inspector, and why not where it cannot.
class RecordActions : public QWidget
{
    Q_OBJECT
public:
    RecordActions(const Workspace &workspace, QWidget *parent);

    void setRecord(const std::optional<models::RecordDetails> &details);

signals:
    void refundRequested(const models::RecordRef &transaction);
    void cancelRequested(const models::RecordRef &transaction);
    void payRequested(const models::RecordRef &customer);
    void creditRequested(const models::RecordRef &customer);
    void revealRequested(const models::RecordRef &customer);
    void relinkRequested(const models::RecordRef &customer);
    void payAgainRequested(const models::RecordRef &transaction);

private:
    void build();
    void wire();
    void readRemainder();
    void showState();
    QString whyNoRefund() const;
    models::RecordRef customer() const;
    models::RecordRef person() const;

    Workspace m_workspace;
    std::optional<models::RecordDetails> m_details;
    std::optional<models::Remainder> m_remainder;
    models::LedgerRead m_read;
    QPushButton *m_refund = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_pay = nullptr;
    QPushButton *m_credit = nullptr;
    QPushButton *m_reveal = nullptr;
    QPushButton *m_relink = nullptr;
    QPushButton *m_again = nullptr;
    QLabel *m_reason = nullptr;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/outbox.h"
#include "ui/workspace.h"

#include <QTimer>
#include <QWidget>

class QFormLayout;
class QLabel;
class QPushButton;

namespace ui {

class AmountLabel;
class Banner;
class StatusChip;

//! One entry of the outbox: what was meant, how it stands, what to do next, and the buttons that do it.
class OutboxInspector : public QWidget
{
    Q_OBJECT
public:
    OutboxInspector(const Workspace &workspace, QWidget *parent);

    void setEntry(qint64 key);
    qint64 entry() const; //!< 0: none

signals:
    void openRequested(const models::RecordRef &ref);
    void refundRequested(const models::RecordRef &transaction); //!< a new refund of the same payment
    void closeRequested();

private:
    void build();
    QWidget *buildHead();
    QWidget *buildNextStep();
    void wire();
    void read();
    void showState();
    void showActions();
    void showFacts();
    void addFact(const QString &label, const QString &value, bool mono = false);
    void addLink(const QString &label, const api::TransactionId &transaction);
    void tick();
    void settle(bool happened);
    models::Outbox::ChangeHandler reporter();

    Workspace m_workspace;
    qint64 m_key = 0;
    models::LedgerRead m_read;
    std::optional<models::OutboxEntry> m_entry;
    QTimer m_tick;

    Banner *m_banner = nullptr;
    QLabel *m_kind = nullptr;
    AmountLabel *m_amount = nullptr;
    StatusChip *m_chip = nullptr;
    QLabel *m_who = nullptr;
    QLabel *m_next = nullptr;
    QLabel *m_answer = nullptr;
    QPushButton *m_close = nullptr;
    QPushButton *m_undo = nullptr;
    QPushButton *m_send = nullptr;
    QPushButton *m_ask = nullptr;
    QPushButton *m_happened = nullptr;
    QPushButton *m_didNotHappen = nullptr;
    QPushButton *m_note = nullptr;
    QPushButton *m_again = nullptr;
    QFormLayout *m_facts = nullptr;
};

} // namespace ui

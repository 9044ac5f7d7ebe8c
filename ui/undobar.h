// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/outbox.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace ui {

//! After something that moves money was confirmed: the countdown in which taking it back is free, then what came of it.
//! Read out to screen readers.
class UndoBar : public QFrame
{
    Q_OBJECT
public:
    UndoBar(models::Ledger &ledger, models::Outbox &outbox, QWidget *window);

    void follow(qint64 key); //!< an outbox entry; replaces the one followed before
    void undo();             //!< as the button does, while it is held
    QString text() const;

signals:
    void openRequested(const models::RecordRef &ref); //!< the person wants to see the entry

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    void wire();
    void read();
    void dismiss();
    void showState();
    void place();
    void announce();
    QString sentence() const;

    models::Ledger &m_ledger;
    models::Outbox &m_outbox;
    models::LedgerRead m_read;
    std::optional<models::OutboxEntry> m_entry;
    qint64 m_key = 0;
    QString m_problem;        //!< why it could not be taken back
    bool m_dismissed = false; //!< until something goes wrong with it
    QTimer m_tick;
    QTimer m_leave;
    QLabel *m_text = nullptr;
    QPushButton *m_undo = nullptr;
    QPushButton *m_show = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace ui

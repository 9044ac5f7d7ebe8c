// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/outbox.h"

#include <QHash>
#include <QObject>

namespace ui {

//! The entries behind the rows on screen, read off the UI thread, for their next steps.
class NextSteps : public QObject
{
    Q_OBJECT
public:
    NextSteps(models::Ledger &ledger, models::Outbox &outbox, QObject *parent);

    void show(const QList<qint64> &keys); //!< what is on screen; the rest is forgotten
    QString text(qint64 key) const;       //!< empty while it is not known
    bool countsDown() const;              //!< something on screen says how many seconds are left

signals:
    void changed();

private:
    void read();

    models::Ledger &m_ledger;
    models::LedgerRead m_read;
    QList<qint64> m_shown;
    QHash<qint64, models::OutboxEntry> m_entries;
};

} // namespace ui

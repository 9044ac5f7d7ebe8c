// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instancelock.h"
#include "models/outboxstore.h"

#include <QSet>
#include <QTimer>

namespace models {

//! Looks after what nobody is sending: entries of ended processes, unknown outcomes that the ledger has evidence about,
//! transfers that failed later; and counts what needs a person.
class OutboxWatch : public QObject
{
    Q_OBJECT
public:
    //! `underWay` names the entries that this process is sending.
    OutboxWatch(
        Ledger &ledger, const InstanceLock &lock, std::function<QSet<qint64>()> underWay, QObject *parent = nullptr);

    void sweep(); //!< at once, whether or not there seems to be something
    int needsPerson() const;

signals:
    void changed(qint64 key);
    void needsPersonChanged();

private:
    void look();
    void count();

    Ledger &m_ledger;
    const InstanceLock &m_lock;
    std::function<QSet<qint64>()> m_underWay;
    QTimer m_soon;
    QTimer m_regularly;
    LedgerRead m_looking;
    LedgerRead m_counting;
    int m_needsPerson = 0;
};

} // namespace models

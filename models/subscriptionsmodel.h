// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell.h"
#include "models/ledger.h"
#include "models/webhooksubscriptions.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace models {

class WebhookVault;

//! Everything in the vault, the newest first; those that ended come last.
class SubscriptionsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, StateColumn, CoversColumn, LastEventColumn, EventsColumn, AddressColumn, ColumnCount };
    enum Role { LookRole = Qt::UserRole }; //!< models::StatusLook, for the state

    SubscriptionsModel(Ledger &ledger, WebhookVault &vault, QObject *parent = nullptr);

    const WebhookSubscription *at(int row) const; //!< null when there is no such row
    int rowOf(const QString &id) const;           //!< -1 when it is not there
    const QList<WebhookSubscription> &subscriptions() const { return m_subscriptions; }
    const QString &problem() const { return m_problem; } //!< why the list may be old; empty when it is not
    bool isRead() const { return m_isRead; }             //!< false until the ledger has answered once

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

public slots:
    void read();

signals:
    void changed(); //!< after every answer of the ledger

private:
    void take(const DatabaseResult<QList<WebhookSubscription>> &found);
    QString text(const WebhookSubscription &subscription, int column) const;

    Ledger &m_ledger;
    QTimer m_gather;
    LedgerRead m_read;
    QList<WebhookSubscription> m_subscriptions;
    QString m_problem;
    bool m_isRead = false;
};

StatusLook subscriptionLook(SubscriptionState state);

} // namespace models

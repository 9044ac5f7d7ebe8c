// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/database.h"
#include "models/ledger.h"
#include "models/lifecyclegaps.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace models {

//! A gap with what a person recognises it by.
struct GapTask
{
    Gap gap = {};
    QString who = {}; //!< the customer of the payment, or the name of the subscription

    friend bool operator==(const GapTask &, const GapTask &) = default;
};

//! Looks at the payments that are still under way and at the events of the last days. At most gapTaskLimit, the oldest
//! first.
DatabaseResult<QList<GapTask>> findGaps(Database &database, qint64 now);
inline constexpr int gapTaskLimit = 500;

//! What should have happened and did not, looked for every minute and soon after changes.
class GapFinder : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { WhatColumn, SubjectColumn, SinceColumn, NextStepColumn, ColumnCount };
    enum Role { TaskRole = Qt::UserRole }; //!< models::GapTask

    explicit GapFinder(Ledger &ledger, QObject *parent = nullptr);

    void start();
    void stop();
    const QList<GapTask> &tasks() const { return m_tasks; }
    bool isRead() const { return m_isRead; }             //!< false until a look has succeeded once
    const QString &problem() const { return m_problem; } //!< why the list may be old; empty when it is not

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

public slots:
    void lookNow();

signals:
    void looked(); //!< after every look, whether or not anything changed

private:
    void take(const DatabaseResult<QList<GapTask>> &found);
    QString text(const GapTask &task, int column) const;

    Ledger &m_ledger;
    QTimer m_every;
    QTimer m_soon;
    LedgerRead m_read;
    QList<GapTask> m_tasks;
    QString m_problem;
    bool m_isRead = false;
};

} // namespace models

Q_DECLARE_METATYPE(models::GapTask)

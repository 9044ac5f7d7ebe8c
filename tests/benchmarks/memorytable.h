// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <functional>
#include <vector>

namespace benchmarks {

struct MemoryRow
{
    QString id;
    QString status;
    QString customer;
    QString email;
    QString reference;
    QString institution;
    QString descriptor;
    qint64 cents = 0;
    qint64 createdAt = 0;
};

//! Every transaction of a ledger in memory, newest first: what the proxy model is given.
class MemoryTable : public QAbstractTableModel
{
    Q_OBJECT
public:
    static constexpr int amountColumn = 7;

    explicit MemoryTable(const QString &ledgerFile);

    const MemoryRow &at(int row) const { return m_rows[static_cast<size_t>(row)]; }
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<MemoryRow> m_rows;
};

//! Filters with a plain comparison on the row itself, which is kinder to it than asking data() for every cell.
class MemoryFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    using Accepts = std::function<bool(const MemoryRow &)>;

    explicit MemoryFilter(MemoryTable &table);
    void setAccepts(Accepts accepts);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    const MemoryTable &m_table;
    Accepts m_accepts;
};

} // namespace benchmarks

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
    static constexpr int statusColumn = 1;
    static constexpr int customerColumn = 2;
    static constexpr int amountColumn = 7;

    explicit MemoryTable(const QString &ledgerFile);

    const MemoryRow &at(int row) const { return m_rows[static_cast<size_t>(row)]; }
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<MemoryRow> m_rows;
};

//! Filters as Qt's own examples do: by what data() says. `column` -1 looks at every column.
class MemoryFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    using Accepts = std::function<bool(const QVariant &)>;

    explicit MemoryFilter(MemoryTable &table);
    void setAccepts(int column, Accepts accepts);
    void acceptAll();

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    int m_column = -1;
    Accepts m_accepts;
};

} // namespace benchmarks

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/memorytable.h"

#include "models/database.h"
#include "tests/benchmarks/figures.h"

namespace benchmarks {

namespace {

constexpr auto *everyRow = "SELECT id, status, customer_name, customer_email, client_reference_id, institution, "
                           "descriptor,"
                           " amount_cents, created_at FROM transactions ORDER BY key DESC";

MemoryRow rowFrom(const models::Statement &statement)
{
    return {.id = statement.text(0),
        .status = statement.text(1),
        .customer = statement.text(2),
        .email = statement.text(3),
        .reference = statement.text(4),
        .institution = statement.text(5),
        .descriptor = statement.text(6),
        .cents = statement.integer(7),
        .createdAt = statement.integer(8)};
}

models::DatabaseResult<std::vector<MemoryRow>> readRows(const QString &ledgerFile)
{
    const auto database = models::Database::open(ledgerFile, models::Database::Mode::ReadOnly);
    if (!database)
        return std::unexpected(database.error());
    const auto statement = (*database)->prepare(everyRow);
    if (!statement)
        return std::unexpected(statement.error());
    std::vector<MemoryRow> rows;
    auto more = (*statement)->step();
    for (; more && *more; more = (*statement)->step())
        rows.push_back(rowFrom(**statement));
    if (!more)
        return std::unexpected(more.error());
    return rows;
}

} // namespace

MemoryTable::MemoryTable(const QString &ledgerFile)
{
    auto rows = readRows(ledgerFile);
    if (!rows)
        cannotRun(models::databaseErrorText(rows.error()));
    m_rows = std::move(*rows);
}

int MemoryTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MemoryTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 9;
}

QVariant MemoryTable::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    const MemoryRow &row = at(index.row());
    switch (index.column()) {
    case 0:
        return row.id;
    case statusColumn:
        return row.status;
    case customerColumn:
        return row.customer;
    case 3:
        return row.email;
    case 4:
        return row.reference;
    case 5:
        return row.institution;
    case 6:
        return row.descriptor;
    case amountColumn:
        return row.cents;
    case 8:
        return row.createdAt;
    default:
        return {};
    }
}

MemoryFilter::MemoryFilter(MemoryTable &table)
{
    setSourceModel(&table);
}

void MemoryFilter::setAccepts(int column, Accepts accepts)
{
    m_column = column;
    m_accepts = std::move(accepts);
    invalidateFilter();
}

void MemoryFilter::acceptAll()
{
    setAccepts(-1, {});
}

bool MemoryFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (!m_accepts)
        return true;
    const QAbstractItemModel &table = *sourceModel();
    if (m_column >= 0)
        return m_accepts(table.index(row, m_column, parent).data());
    for (int column = 0; column < table.columnCount(parent); ++column) {
        if (m_accepts(table.index(row, column, parent).data()))
            return true;
    }
    return false;
}

} // namespace benchmarks

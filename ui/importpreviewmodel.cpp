// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/importpreviewmodel.h"

#include "ui/elidedtext.h"

namespace ui {

QString importColumnName(models::ImportColumn column)
{
    switch (column) {
    case models::ImportColumn::Ignored:
        return ImportPreviewModel::tr("Left out");
    case models::ImportColumn::Kind:
        return ImportPreviewModel::tr("Kind of id");
    case models::ImportColumn::Id:
        return ImportPreviewModel::tr("Ids of any kind");
    case models::ImportColumn::TransactionId:
        return ImportPreviewModel::tr("Transaction ids");
    case models::ImportColumn::CustomerId:
        return ImportPreviewModel::tr("Customer ids");
    case models::ImportColumn::PayoutId:
        return ImportPreviewModel::tr("Payout ids");
    }
    return {};
}

void ImportPreviewModel::setPlan(const models::ImportPlan &plan)
{
    beginResetModel();
    m_headers = plan.headers;
    m_columns = plan.columns;
    m_lines = plan.preview;
    endResetModel();
}

int ImportPreviewModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_columns.isEmpty() ? 0 : int(m_lines.size()) + 1;
}

int ImportPreviewModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant ImportPreviewModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    if (index.row() == 0)
        return role == Qt::DisplayRole ? importColumnName(m_columns.at(index.column())) : QVariant();
    const QString cell = m_lines.at(index.row() - 1).value(index.column());
    return role == Qt::ToolTipRole ? plainToolTip(cell) : cell;
}

QVariant ImportPreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Horizontal)
        return m_headers.value(section);
    return section == 0 ? tr("Taken for") : QString::number(section);
}

Qt::ItemFlags ImportPreviewModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

} // namespace ui

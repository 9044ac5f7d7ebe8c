// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/importplan.h"

#include <QAbstractTableModel>

namespace ui {

//! The first lines of what is about to be imported. Row 0 says what each column is taken for; the dialog puts its pick
//! lists there.
class ImportPreviewModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setPlan(const models::ImportPlan &plan);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    QStringList m_headers;
    QList<models::ImportColumn> m_columns;
    QList<QStringList> m_lines;
};

//! "Transaction ids", "Left out", ...
QString importColumnName(models::ImportColumn column);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/importjob.h"

#include <QAbstractTableModel>

namespace ui {

//! Ids of an import that were not found or could not be asked for, and why.
class ImportFailuresModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { KindColumn, IdColumn, OutcomeColumn, WhyColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setFailures(const QList<models::ImportFailure> &failures);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QList<models::ImportFailure> m_failures;
};

//! kind,id,outcome,why with quoting; a cell that a spreadsheet would run gets an apostrophe in front. Never localised.
QString importFailuresCsv(const QList<models::ImportFailure> &failures);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cell.h"
#include "models/columns.h"
#include "models/ledger.h"
#include "models/recordquery.h"

#include <QAbstractTableModel>

#include <functional>
#include <optional>

namespace models {

//! What the filter bar says about the rows: count and sum of the whole view, not of what is loaded.
struct RecordTotals
{
    qint64 rows = 0;
    qint64 cents = 0; //!< debits minus credits for transactions; 0 where a kind has no amount
    bool hasSum = false;
    bool complete = false; //!< false while still counting
};

//! A window on one kind's table in the ledger: holds the ordered keys of its query (8 bytes a row) and a small cache of
//! decoded blocks, fetched off the UI thread. data() never touches the database; a row that is not loaded yet shows
//! empty cells and arrives with dataChanged.
class RecordTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        CellRole = Qt::UserRole, //!< models::Cell
        RefRole,                 //!< models::RecordRef
        KeyRole,                 //!< qint64
        LoadedRole,              //!< bool
    };
    enum class State { Loading, Ready, Failed };

    RecordTableModel(Ledger &ledger, RecordKind kind, QObject *parent = nullptr);
    ~RecordTableModel() override;

    RecordKind kind() const;
    //! A mistake leaves the rows as they are and is reported by problem().
    void setFilter(const QString &text);
    QString filter() const;
    const std::optional<QueryProblem> &problem() const;

    State state() const;
    const std::optional<DatabaseError> &error() const;
    const RecordTotals &totals() const;

    int rowOfKey(qint64 key) const; //!< -1 when absent
    qint64 keyAt(int row) const;
    RecordRef refAt(int row) const; //!< empty id while the row is not loaded

    int sortColumn() const;
    Qt::SortOrder sortOrder() const;

    //! What the page shows beneath a row's cells belongs to the row's spoken sentence too.
    void setSpokenAddition(std::function<QString(qint64 key)> addition);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

public slots:
    void refresh(); //!< asks the ledger again, keeping what is shown until the answer is there
    //! The view says what it shows, so that blocks are fetched for it first.
    void setVisibleRows(int first, int last);

signals:
    void stateChanged(); //!< state, problem, error or totals

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace models

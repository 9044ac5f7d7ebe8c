// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ledger.h"
#include "models/recordrows.h"

#include <QCache>
#include <QSet>
#include <QTimer>

#include <optional>

namespace models {

//! The decoded rows around what is looked at. Fetches what is missing off the UI thread; the newest place wins.
class RowWindow
{
public:
    //! Gives the keys of the rows first..last, as far as they exist.
    using KeysOf = std::function<KeyVector(int first, int last)>;
    using Arrived = std::function<void()>;
    using Failed = std::function<void(const DatabaseError &)>;

    RowWindow(Ledger &ledger, RecordKind kind, KeysOf keysOf, Arrived arrived, Failed failed);

    const RecordRow *row(qint64 key) const; //!< null: not fetched yet
    void insert(std::vector<RecordRow> &&rows);
    void clear();

    void want(int row);             //!< somebody asked for a row that is not there; fetched soon
    void show(int first, int last); //!< what is on screen; fetched soon with a margin
    //! These rows changed in the ledger: what is looked at is fetched anew and shown as it was until then, the rest is
    //! forgotten.
    void invalidate(const QList<qint64> &keys);
    void invalidateAll();
    //! The rows moved: what is looked at may need fetching.
    void moved();

    int first() const { return m_first; }
    int last() const { return m_last; }

private:
    void fetch();
    void take(const KeyVector &asked, std::vector<RecordRow> rows);

    Ledger &m_ledger;
    RecordKind m_kind;
    KeysOf m_keysOf;
    Arrived m_arrived;
    Failed m_failed;
    QCache<qint64, RecordRow> m_rows;
    QSet<qint64> m_stale;
    QTimer m_soon;
    int m_first = 0;
    int m_last = -1;
    LedgerRead m_read;
};

} // namespace models

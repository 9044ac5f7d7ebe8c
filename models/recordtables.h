// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordkind.h"

#include <QByteArrayView>
#include <QList>
#include <QSet>
#include <QString>

#include <array>

namespace models {

inline constexpr std::array allRecordKinds{RecordKind::Transaction, RecordKind::Customer, RecordKind::Payout,
    RecordKind::OutboxEntry, RecordKind::Event, RecordKind::PayLink};

//! The kind's table in the ledger; its rows are named by the integer column `key`.
const char *tableOf(RecordKind kind);
//! Records that live in this ledger only have no id of the server's: their row's key names them.
bool isNamedByKey(RecordKind kind);
//! The expression that gives a row's RecordRef id.
const char *idColumnOf(RecordKind kind);
//! The full-text table over the kind's rows; null where there is none.
const char *textTableOf(RecordKind kind);
//! Whether an index of the kind's table begins with the column.
bool isIndexed(RecordKind kind, QByteArrayView column);
//! The word for a kind in the table `observations`.
QString observationKind(RecordKind kind);
inline constexpr QStringView accountsObservation = u"accounts";

//! The word for a source in the ledger, and back. An unknown word reads as LookUp.
QString sourceWord(Source source);
Source sourceOfWord(QStringView word);

//! Keys are (UTC ms << 20) | counter, so that rows lie in order of time. The first key of a millisecond; times outside
//! 1970..2248 are clamped.
qint64 firstKeyOf(qint64 utcMs);

//! Which rows a transaction of the ledger changed.
class ChangeSet
{
public:
    void add(RecordKind kind, qint64 key) { m_keys[static_cast<size_t>(kind)].insert(key); }
    void merge(const ChangeSet &other);
    bool isEmpty() const;
    QList<qint64> keys(RecordKind kind) const { return m_keys[static_cast<size_t>(kind)].values(); }

private:
    std::array<QSet<qint64>, allRecordKinds.size()> m_keys;
};

} // namespace models

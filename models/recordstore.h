// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ledger.h"
#include "models/packedanswer.h"
#include "models/recordtables.h"

#include <map>
#include <utility>

namespace models {

//! Writes observations into the tables. Runs on the writer's thread, inside its transaction.
class RecordStore
{
public:
    RecordStore(Database &database, ChangeSet &changes);

    //! Keeps the observation; the current state changes only when nothing newer was read before.
    DatabaseResult<void> store(const Observation &observation);
    //! Brings the full-text tables up to date with all that was stored; to be called once, before the commit.
    DatabaseResult<void> finish();

private:
    struct Known
    {
        qint64 key = 0; //!< 0: not in the ledger
        qint64 lastReadAt = 0;
        qint64 createdAt = 0;
        QStringList words = {};
    };

    //! What is known was read later. Not when that lies ahead: the clock was wrong then.
    static bool isOutdated(const Known &known, const Observation &observation);
    DatabaseResult<void> storeTransaction(const api::Transaction &transaction, const Observation &observation);
    DatabaseResult<void> storeCustomer(const api::Customer &customer, const Observation &observation);
    DatabaseResult<void> storeAccounts(const api::LinkedAccounts &accounts, const Observation &observation);
    DatabaseResult<void> storeUser(const LinkedUser &user, const Observation &observation);
    DatabaseResult<void> storePayout(const api::Payout &payout, const Observation &observation);
    DatabaseResult<void> keep(
        QStringView kind, const QString &id, const QString &status, const Observation &observation);

    DatabaseResult<Known> find(RecordKind kind, const QString &id);
    //! The row's key: a new one for a new record, and for one whose place in time became known or changed.
    DatabaseResult<qint64> place(RecordKind kind, const Known &known, qint64 createdAt, const Observation &observation);
    DatabaseResult<qint64> freeKey(RecordKind kind, qint64 at);
    void index(RecordKind kind, const Known &known, qint64 key);
    DatabaseResult<void> passOnName(const api::Customer &customer, const QString &name);
    DatabaseResult<void> noteOriginal(const QString &originalId);

    Database &m_database;
    ChangeSet &m_changes;
    AnswerPacker m_packer;
    //! The rows that changed, and the words by which the full-text tables still know them.
    std::map<std::pair<RecordKind, qint64>, QStringList> m_indexedWords;
};

//! "Ada Lovelace", whichever half is missing.
QString fullName(const QString &firstName, const QString &lastName);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMetaType>
#include <QString>

namespace models {

enum class RecordKind { Transaction, Customer, Payout, OutboxEntry, Event, PayLink };

//! How the ledger came to know something.
enum class Source { LookUp, Poll, Import, OwnAction, EventReadBack };

//! Names one record: what can be opened, copied, linked to.
struct RecordRef
{
    RecordKind kind = RecordKind::Transaction;
    QString id;

    friend bool operator==(const RecordRef &, const RecordRef &) = default;
};

} // namespace models

Q_DECLARE_METATYPE(models::RecordRef)

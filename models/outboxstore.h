// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/request.h"
#include "models/outbox.h"

#include <optional>

namespace models {

//! Everything that is fixed when an intent is written down.
struct NewOutboxEntry
{
    OutboxEntry entry = {}; //!< key, state, changedAt and the like are set by the store
    bool referenceIsOurs = false;
    int sequence = 0; //!< of a refund, from 1; 0 for the others
    api::RequestData request = {};
    QString owner;
};

//! Writes it as held and records it in the audit trail. The schema refuses more than the remainder. Returns the key.
DatabaseResult<qint64> insertOutboxEntry(Database &database, const NewOutboxEntry &entry);

//! A step of the state machine. Unset members stay as they are.
struct OutboxStep
{
    QList<OutboxState> from = {};
    OutboxState to = OutboxState::Held;
    qint64 at = 0; //!< UTC ms
    std::optional<QString> answer = {};
    std::optional<api::TransactionId> result = {};
    std::optional<qint64> holdUntil = {};
    std::optional<QString> owner = {};
    bool countsAsAttempt = false;
    bool mayHaveArrived = false; //!< from now on a rejection proves nothing
    QString ownedBy = {};        //!< taken only when this is the owner; empty: whoever owns it
    QString reason = {};         //!< for the audit trail
};

//! Takes the step when the entry is in one of `from`, and records it. False when it is in another state by now.
DatabaseResult<bool> takeOutboxStep(Database &database, qint64 key, const OutboxStep &step);

//! The step without its result, and Unknown, when that transaction cannot be the one that was just made: it answers
//! another entry, or the ledger knows it as something else. Else the step as it is.
DatabaseResult<OutboxStep> withoutForeignResult(Database &database, qint64 key, const OutboxStep &step);

//! What has to be known to send an entry and to judge the answer.
struct StoredRequest
{
    api::RequestData data = {};
    bool mayHaveArrived = false; //!< an earlier attempt could have reached the server
};

DatabaseResult<std::optional<StoredRequest>> readStoredRequest(Database &database, qint64 key);

//! Takes note of a refusal or a later failure. False when there is none.
DatabaseResult<bool> noteOutboxEntry(Database &database, qint64 key, qint64 at);

//! The row of a transaction, for change notes; 0 when the ledger does not have it.
DatabaseResult<qint64> transactionKey(Database &database, const api::TransactionId &id);

std::optional<OutboxState> outboxStateOfWord(QStringView word);
std::optional<OutboxKind> outboxKindOfWord(QStringView word);
QString apiVerbWord(api::Verb verb); //!< as it is stored: "POST"

} // namespace models

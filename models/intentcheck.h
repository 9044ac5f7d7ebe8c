// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/outboxstore.h"

#include <expected>

namespace models {

//! Why an intent was not written down: a rule said no, or the database did.
struct IntentFailure
{
    IntentRefusal refusal = {};
    std::optional<DatabaseError> error = {};
};

//! Checks an intent against the ledger and turns it into what is written down: reference, request key, the exact bytes.
//! To be called in the transaction that inserts it. A refund goes to the customer who paid, whatever the intent says.
std::expected<NewOutboxEntry, IntentFailure> prepareIntent(
    Database &database, const Intent &intent, const OutboxOptions &options, qint64 now);

//! The rule of the schema that refused an insert, as a refusal.
IntentRefusal refusalOfConstraint(const DatabaseError &error);

//! Why a held entry must not be sent any more although it was accepted into the outbox: the payment changed meanwhile.
//! Empty when it may.
DatabaseResult<QString> obstacleToSending(Database &database, const OutboxEntry &entry);

} // namespace models

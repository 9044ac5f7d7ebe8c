// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/validation.h"
#include "app/sandbox/world.h"

namespace sandbox {

// What payments, credits and refunds have in common.

inline constexpr std::size_t longestRequestKey = 128;

//! amount, clientReferenceId, softDescriptor and requestKey.
Created readOrder(Fields &fields, CreatedKind kind);
//! Gives it its id, its time, its customer's account, and whether the decision comes at once.
void prepare(World &world, Created &created);
//! What becomes of a debit of that customer.
void decideDebit(World &world, Created &created, const Customer &customer);
//! Makes it true and tells of it; nothing when the disk refuses.
std::optional<Transaction> enter(World &world, Created created);
//! Makes it true, then answers with its id and status.
Response record(World &world, Created created, int status);
Response duplicateKey(std::string_view requestKey);
//! As a string or as a number, whichever the options say (reference 1.7).
void writePaymentId(const World &world, JsonWriter &out, const std::string &id);

} // namespace sandbox

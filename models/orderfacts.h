// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/outbox.h"
#include "models/recorddetails.h"

#include <optional>

namespace models {

//! What a person must see before money moves for a payment or a customer, read from the ledger in one go.
struct OrderFacts
{
    std::optional<RecordDetails> details = {}; //!< empty: the ledger does not know the record
    std::optional<Remainder> remainder = {};   //!< for transactions that the ledger knows
    //! UTC ms: when the transaction settled or is expected to, as Link Money says; else when it was made, which is no
    //! later. 0 when neither is known.
    qint64 settledAt = 0;
};

DatabaseResult<OrderFacts> readOrderFacts(Database &database, const RecordRef &ref);

} // namespace models

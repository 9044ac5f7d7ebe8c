// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/orderfacts.h"

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

qint64 earliestSuccess(const RecordDetails &details)
{
    qint64 earliest = 0;
    for (const TimelineEntry &entry : details.timeline) {
        if (entry.status == "SUCCEEDED"_L1 && entry.at > 0 && (earliest == 0 || entry.at < earliest))
            earliest = entry.at;
    }
    return earliest;
}

} // namespace

DatabaseResult<OrderFacts> readOrderFacts(Database &database, const RecordRef &ref)
{
    OrderFacts facts;
    auto details = readDetails(database, ref);
    if (!details)
        return std::unexpected(details.error());
    facts.details = std::move(*details);
    if (!facts.details || ref.kind != RecordKind::Transaction)
        return facts;
    facts.succeededAt = earliestSuccess(*facts.details);
    auto remainder = remainderOf(database, api::TransactionId(ref.id));
    if (!remainder)
        return std::unexpected(remainder.error());
    facts.remainder = *remainder;
    return facts;
}

} // namespace models

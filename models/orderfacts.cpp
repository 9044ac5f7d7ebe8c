// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/orderfacts.h"

namespace models {

namespace {

DatabaseResult<qint64> settledAt(Database &database, const QString &transaction)
{
    auto statement = database.prepare("SELECT CASE WHEN settlement_at > 0 THEN settlement_at ELSE created_at END "
                                      "FROM transactions WHERE id = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto found = (*statement)->bind(0, transaction).step();
    if (!found)
        return std::unexpected(found.error());
    const qint64 at = *found ? (*statement)->integer(0) : 0;
    (*statement)->reset();
    return at;
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
    const auto settled = settledAt(database, ref.id);
    if (!settled)
        return std::unexpected(settled.error());
    facts.settledAt = *settled;
    auto remainder = remainderOf(database, api::TransactionId(ref.id));
    if (!remainder)
        return std::unexpected(remainder.error());
    facts.remainder = *remainder;
    return facts;
}

} // namespace models

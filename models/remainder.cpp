// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outbox.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

std::optional<IntentProblem> whyNotRefundable(const QString &type, const QString &status, qint64 left)
{
    if (type != "DEBIT"_L1)
        return IntentProblem::NotADebit;
    if (status != "SUCCEEDED"_L1)
        return IntentProblem::NotSucceeded;
    if (left <= 0)
        return IntentProblem::NothingLeft;
    return {};
}

Remainder remainderOfRow(const Statement &row)
{
    Remainder remainder{.amount = {.cents = row.integer(2), .currency = row.text(3)},
        .accepted = row.integer(4),
        .held = row.integer(5),
        .unknown = row.integer(6),
        .elsewhere = row.integer(7)};
    const qint64 spent = remainder.accepted + remainder.held + remainder.unknown + remainder.elsewhere;
    remainder.left = std::max<qint64>(0, remainder.amount.cents - spent);
    remainder.whyNot = whyNotRefundable(row.text(0), row.text(1), remainder.left);
    return remainder;
}

} // namespace

DatabaseResult<Remainder> remainderOf(Database &database, const api::TransactionId &original)
{
    auto statement = database.prepare(
        "SELECT type, status, amount_cents, currency, accepted_cents, held_cents, unknown_cents, "
        "elsewhere_cents FROM payment_remainder WHERE payment_id = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto found = (*statement)->bind(0, original.text()).step();
    if (!found)
        return std::unexpected(found.error());
    if (!*found)
        return Remainder{.whyNot = IntentProblem::UnknownOriginal};
    const Remainder remainder = remainderOfRow(**statement);
    (*statement)->reset();
    return remainder;
}

} // namespace models

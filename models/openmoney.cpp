// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/openmoney.h"

#include "models/database.h"
#include "models/plurals.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct OpenMoneyWords
{
    Q_DECLARE_TR_FUNCTIONS(models::OpenMoney)
};

DatabaseResult<OpenMoney> countOpen(Database &ledger)
{
    auto statement = ledger.prepareOnce(
        "SELECT coalesce(sum(state = 'HELD'), 0), coalesce(sum(state IN ('SENDING', 'UNKNOWN')), 0) FROM outbox");
    if (!statement)
        return std::unexpected(statement.error());
    if (const auto row = statement->step(); !row)
        return std::unexpected(row.error());
    return OpenMoney{.held = statement->integer(0), .unknown = statement->integer(1)};
}

QString begins()
{
    return OpenMoneyWords::tr(
        "The file is kept under another name, and the console begins with an empty ledger that knows nothing of it.");
}

} // namespace

std::expected<OpenMoney, QString> readOpenMoney(const QString &file)
{
    const auto ledger = Database::open(file, Database::Mode::ReadOnly);
    const auto found = ledger ? countOpen(**ledger) : DatabaseResult<OpenMoney>(std::unexpected(ledger.error()));
    if (!found)
        return std::unexpected(databaseErrorText(found.error()));
    return *found;
}

QString openMoneyWarning(const std::expected<OpenMoney, QString> &found)
{
    const QString care = OpenMoneyWords::tr(
        "Look them up at Link Money before you pay or refund again: the new ledger does not hold anything back for "
        "them, so the same money could go out twice.");
    if (!found)
        return begins() + u"\n\n"_s
            + OpenMoneyWords::tr("It cannot be read, so nobody can say whether it holds payments or refunds that wait, "
                                 "or whose outcome is unknown.")
            + u' ' + care;
    if (found->held + found->unknown == 0)
        return begins() + u"\n\n"_s
            + OpenMoneyWords::tr(
                "As far as it can be read, no payment or refund in it waits or has an unknown outcome.");
    QStringList parts;
    if (found->held > 0)
        parts.append(counted(found->held, OpenMoneyWords::tr("1 payment or refund that was not sent"),
            OpenMoneyWords::tr("%1 payments and refunds that were not sent")));
    if (found->unknown > 0)
        parts.append(counted(found->unknown, OpenMoneyWords::tr("1 whose outcome is unknown"),
            OpenMoneyWords::tr("%1 whose outcome is unknown")));
    return begins() + u"\n\n"_s + OpenMoneyWords::tr("It holds %1.").arg(parts.join(OpenMoneyWords::tr(" and "))) + u' '
        + care;
}

} // namespace models

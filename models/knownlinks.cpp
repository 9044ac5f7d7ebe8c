// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/knownlinks.h"

using namespace Qt::Literals::StringLiterals;

namespace models {

bool KnownLink::needsRepair() const
{
    return status == "FAILED"_L1 || status == "USER_INPUT_REQUIRED"_L1;
}

DatabaseResult<QList<KnownLink>> readKnownLinks(Database &database, const LinkedUserId &user)
{
    const auto statement = database.prepare(
        "SELECT l.provider_account_id, l.status, coalesce((SELECT a.provider FROM user_accounts a WHERE "
        "a.user_id = l.user_id AND a.provider_account_id = l.provider_account_id ORDER BY a.position LIMIT 1), '') "
        "FROM user_links l WHERE l.user_id = ?1 ORDER BY l.position");
    if (!statement)
        return std::unexpected(statement.error());
    const QString id = recordOf(user).id;
    QList<KnownLink> links;
    auto row = (*statement)->bind(0, QStringView(id)).step();
    for (; row && *row; row = (*statement)->step())
        links.append({.id = api::ProviderAccountId((*statement)->text(0)),
            .bank = (*statement)->text(2),
            .status = (*statement)->text(1)});
    if (!row)
        return std::unexpected(row.error());
    return links;
}

DatabaseResult<QStringList> readLoginNames(Database &database, const api::TenantId &tenant)
{
    const auto statement = database.prepare(
        "SELECT login_name FROM customers WHERE login_name <> '' AND tenant_id = ?1 ORDER BY last_read_at DESC LIMIT "
        "500");
    if (!statement)
        return std::unexpected(statement.error());
    const QString id = tenant.text();
    QStringList names;
    auto row = (*statement)->bind(0, QStringView(id)).step();
    for (; row && *row; row = (*statement)->step())
        names.append((*statement)->text(0));
    if (!row)
        return std::unexpected(row.error());
    return names;
}

} // namespace models

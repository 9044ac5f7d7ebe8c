// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/aggregation/accounts.h"
#include "models/database.h"
#include "models/recordkind.h"

#include <optional>

namespace models {

//! A person whose accounts are linked through FastLink: known by the tenant and the login name we chose.
struct LinkedUserId
{
    api::TenantId tenant = {};
    api::LoginName loginName = {};

    friend bool operator==(const LinkedUserId &, const LinkedUserId &) = default;
};

//! Linked users are records of the kind Customer. Their ids say so: "aggregation:<tenant>/<login name>", both
//! percent-encoded, so that no id of Pay by Bank can be one of them.
RecordRef recordOf(const LinkedUserId &user);
std::optional<LinkedUserId> linkedUserOf(const RecordRef &ref); //!< nothing for every other record

//! What was learned about a linked user. What was not read stays as it was.
struct LinkedUser
{
    LinkedUserId id = {};
    qint64 createdAt = 0; //!< UTC ms; 0 when not known
    std::optional<QList<api::AggregatedAccount>> accounts = {};
    std::optional<QList<api::ProviderAccount>> links = {};
};

//! STARTED, IN_PROGRESS, NEEDS_USER or LINKED, from what was read; empty when nothing was.
QString linkedUserStatus(const LinkedUser &user);

//! The last four digits of a number that may or may not be masked; empty when there are fewer.
QString lastFourDigits(const QString &number);

//! Whether an event is about one of our users: by login name, or by the link it names (either may be empty).
DatabaseResult<std::optional<LinkedUserId>> findLinkedUser(
    Database &database, const api::LoginName &loginName, const api::ProviderAccountId &link);

} // namespace models

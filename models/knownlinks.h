// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/aggregationuser.h"

namespace models {

//! A link between a user and a bank, as last read: what a repair can be asked for.
struct KnownLink
{
    api::ProviderAccountId id = {};
    QString bank = {};   //!< its name; empty while no account of it was read
    QString status = {}; //!< the server's word

    bool needsRepair() const; //!< the bank no longer answers without the person

    friend bool operator==(const KnownLink &, const KnownLink &) = default;
};

DatabaseResult<QList<KnownLink>> readKnownLinks(Database &database, const LinkedUserId &user);

//! The login names of a tenant's users, those seen last first; at most 500.
DatabaseResult<QStringList> readLoginNames(Database &database, const api::TenantId &tenant);

} // namespace models

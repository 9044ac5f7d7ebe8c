// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/profiles.h"

#include <expected>

namespace models {

//! Whether a ledger file holds anything of a merchant; false where there is no file. A sentence when that cannot be
//! found out. Opens the file for reading only; on any thread.
std::expected<bool, QString> ledgerHasRecords(const QString &file);

//! Why `typed` would have the records of `stored` mixed with another merchant's: one problem per field of
//! "environment", "baseUrl" and "merchantId". The client id may change: a merchant renews it.
QList<ProfileProblem> identityProblems(const Profile &stored, const Profile &typed);

} // namespace models

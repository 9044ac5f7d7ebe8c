// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/jsonreader.h"
#include "api/paybybank/transactions.h"

namespace api {

//! `accountDetails` of a transaction or customer (reference 1.11, 1.12); its problems go to the reader it was
//! found with.
BankAccountSummary readAccountSummary(JsonReader &outer);

} // namespace api

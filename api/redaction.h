// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/json.h"

#include <QByteArray>

namespace api {

//! A copy in which secrets, tokens and full account numbers are replaced by a mark that keeps the last four
//! digits of account numbers. E-mails stay: the ledger needs them.
Json redacted(const Json &json);

//! The same for a body that may be JSON, a form or anything else; additionally shortens e-mails. For
//! journals.
QByteArray redactedForJournal(const QByteArray &body);
QByteArray redactedForJournal(const Json &json); //!< spares a second parse

} // namespace api

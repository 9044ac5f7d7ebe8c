// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/reveal.h"

#include "models/audit.h"

#include <QDateTime>

using namespace Qt::Literals::StringLiterals;

namespace models {

void recordReveal(Ledger &ledger, const api::CustomerId &customer, const QString &reason, QObject *context,
    std::function<void(DatabaseResult<void>)> handler)
{
    const AuditEntry entry{
        .at = QDateTime::currentMSecsSinceEpoch(),
        .who = currentUser(),
        .action = u"account numbers revealed"_s,
        .subject = customer.text(),
        .before = {},
        .after = {},
        .reason = reason,
    };
    ledger.write([entry](Database &database) { return appendAudit(database, entry); }, Ledger::Durability::Full,
        context, std::move(handler));
}

} // namespace models

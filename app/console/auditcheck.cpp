// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/auditcheck.h"

#include "models/audit.h"
#include "models/profiles.h"

#include <QTextStream>

using namespace Qt::Literals::StringLiterals;

namespace console {

int checkAudit(const Options &options)
{
    models::ProfileStore profiles(options.dataDirectory);
    const QString id = options.profile.isEmpty() ? profiles.current().id : options.profile;
    const QString file = profiles.ledgerFile(id);
    const auto database = models::Database::open(file, models::Database::Mode::ReadOnly);
    if (!database) {
        QTextStream(stderr) << models::databaseErrorText(database.error()) << '\n';
        return 2;
    }
    const auto verdict = models::verifyAudit(**database);
    if (!verdict) {
        QTextStream(stderr) << models::databaseErrorText(verdict.error()) << '\n';
        return 2;
    }
    if (!verdict->intact) {
        QTextStream(stdout) << u"The audit trail is broken: entry %1 of %2 does not fit the one before it.\n"_s
                                   .arg(verdict->firstBroken)
                                   .arg(verdict->entries);
        return 1;
    }
    QTextStream(stdout) << u"The audit trail is unbroken: %1 entries.\n"_s.arg(verdict->entries);
    return 0;
}

} // namespace console

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/auditcheck.h"

#include "models/auditreport.h"
#include "models/profiles.h"

#include <QFileInfo>
#include <QTextStream>

#include <expected>

using namespace Qt::Literals::StringLiterals;

namespace console {

namespace {

//! Looks only at what is there: a check must not leave folders behind where nothing was kept.
std::expected<QString, QString> ledgerToCheck(const Options &options)
{
    const auto none = [](const QString &where) {
        return std::unexpected(u"There is no ledger at %1, so there is no audit trail to check."_s.arg(where));
    };
    if (!QFileInfo(options.dataDirectory).isDir())
        return none(options.dataDirectory);
    const models::ProfileStore profiles(options.dataDirectory);
    QStringList known;
    for (const models::Profile &profile : profiles.profiles())
        known.append(profile.id);
    const QString id = options.profile.isEmpty() ? profiles.current().id : options.profile;
    if (!known.contains(id))
        return std::unexpected(u"There is no profile %1. There is: %2."_s.arg(id, known.join(u", "_s)));
    const QString file = profiles.ledgerFile(id);
    if (!QFileInfo::exists(file))
        return none(file);
    return file;
}

} // namespace

int checkAudit(const Options &options)
{
    const auto file = ledgerToCheck(options);
    if (!file) {
        QTextStream(stderr) << file.error() << '\n';
        return 2;
    }
    const auto database = models::Database::open(*file, models::Database::Mode::ReadOnly);
    if (!database) {
        QTextStream(stderr) << models::databaseErrorText(database.error()) << '\n';
        return 2;
    }
    // One view of the file, whatever a console writes meanwhile.
    if (const auto begun = (*database)->execute("BEGIN"); !begun) {
        QTextStream(stderr) << models::databaseErrorText(begun.error()) << '\n';
        return 2;
    }
    const auto report = models::checkLedgerAudit(**database);
    if (!report) {
        QTextStream(stderr) << models::databaseErrorText(report.error()) << '\n';
        return 2;
    }
    QTextStream out(stdout);
    out << models::auditSentence(*report) << '\n';
    for (const QString &line : models::auditDetails(*report))
        out << "  " << line << '\n';
    return report->isSound() ? 0 : 1;
}

} // namespace console

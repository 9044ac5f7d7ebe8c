// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/auditreport.h"

#include "models/plurals.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct AuditWords
{
    Q_DECLARE_TR_FUNCTIONS(models::Audit)
};

QString endSentence(const AuditVerdict &chain)
{
    if (chain.kept > chain.lastNumber)
        return AuditWords::tr("The end of the audit trail is missing: it had %1 entries, now the last one is entry %2.")
            .arg(chain.kept)
            .arg(chain.lastNumber);
    return AuditWords::tr("The last entry of the audit trail is not the one that the console wrote there.");
}

} // namespace

DatabaseResult<AuditReport> checkLedgerAudit(Database &database)
{
    const auto chain = verifyAudit(database);
    if (!chain)
        return std::unexpected(chain.error());
    const auto outbox = compareOutboxWithAudit(database);
    if (!outbox)
        return std::unexpected(outbox.error());
    return AuditReport{.chain = *chain, .outbox = *outbox};
}

QString auditSentence(const AuditReport &report)
{
    if (!report.chain.intact)
        return AuditWords::tr("The audit trail is broken: entry %1 of %2 does not fit the one before it.")
            .arg(report.chain.firstBroken)
            .arg(report.chain.entries);
    if (!report.chain.endFits)
        return endSentence(report.chain);
    if (!report.outbox.problems.isEmpty())
        return AuditWords::tr("The audit trail is unbroken, but the outbox is not what it says. %1")
            .arg(report.outbox.problems.first());
    return AuditWords::tr("The audit trail is unbroken: %1, and the outbox is what the trail says.")
        .arg(counted(report.chain.entries, AuditWords::tr("1 entry"), AuditWords::tr("%1 entries")));
}

QStringList auditDetails(const AuditReport &report)
{
    QStringList lines;
    if (!report.chain.intact && !report.chain.endFits)
        lines.append(endSentence(report.chain));
    lines += report.outbox.problems;
    if (report.outbox.more > 0)
        lines.append(counted(report.outbox.more, AuditWords::tr("1 further problem of this kind."),
            AuditWords::tr("%1 further problems of this kind.")));
    if (report.chain.kept < 0)
        lines.append(AuditWords::tr("This ledger is of an earlier version, which did not keep where the trail ends: "
                                    "entries cut off its end can only be missed where they are about the outbox."));
    lines.append(AuditWords::tr("This finds what was changed in one place. It cannot prove that nobody wrote the whole "
                                "trail anew: to be able to tell later, note the last entry elsewhere."));
    lines.append(AuditWords::tr("Last entry: %1, code %2")
            .arg(report.chain.lastNumber)
            .arg(QString::fromLatin1(report.chain.end.toHex())));
    return lines;
}

} // namespace models

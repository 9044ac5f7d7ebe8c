// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/timeline.h"

#include "models/recordtables.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

// Steps that every record passes on its way to the last one. PENDING is left out: only some payments wait for a risk
// decision.
QStringList documentedPath(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Transaction:
        return {u"CREATED"_s, u"AUTHORIZED"_s, u"SCHEDULED"_s, u"INITIATED"_s, u"SUCCEEDED"_s};
    case RecordKind::Payout:
        return {u"CREATED"_s, u"AUTHORIZED"_s, u"SCHEDULED"_s, u"INITIATED"_s, u"DISBURSED"_s};
    case RecordKind::Customer:
        return {u"CREATED"_s, u"ACTIVE"_s};
    case RecordKind::OutboxEntry:
    case RecordKind::Event:
    case RecordKind::PayLink:
        return {};
    }
    Q_UNREACHABLE();
}

//! What must have happened for `status` to be true. A failure or an unknown word says only that the record was created.
qsizetype stepsReached(const QStringList &path, const QString &status)
{
    const qsizetype place = path.indexOf(status);
    return place >= 0 ? place : std::min<qsizetype>(path.size(), 1);
}

} // namespace

QList<TimelineEntry> withInferredSteps(RecordKind kind, const QList<TimelineEntry> &observed, qint64 createdAt)
{
    const QStringList path = documentedPath(kind);
    QList<TimelineEntry> life;
    qsizetype reached = 0;
    for (const TimelineEntry &entry : observed) {
        if (!life.isEmpty() && life.back().status == entry.status && !life.back().inferred)
            continue;
        for (const qsizetype needed = stepsReached(path, entry.status); reached < needed; ++reached) {
            // The server itself names the moment of creation; the other steps are known only since this answer.
            const bool known = reached == 0 && createdAt != 0;
            life.append({.at = known ? createdAt : entry.at,
                .status = path[reached],
                .source = entry.source,
                .inferred = true,
                .told = known});
        }
        const bool isCreation = !path.isEmpty() && entry.status == path.front() && createdAt != 0;
        life.append({.at = isCreation ? createdAt : entry.at,
            .status = entry.status,
            .source = entry.source,
            .inferred = false,
            .told = isCreation});
        reached = std::max(reached, path.indexOf(entry.status) + 1);
    }
    return life;
}

DatabaseResult<QList<TimelineEntry>> readTimeline(Database &database, const RecordRef &ref, qint64 createdAt)
{
    const auto statement = database.prepare(
        "SELECT observed_at, status, source FROM observations WHERE record_id = ?1 AND kind = ?2 "
        "ORDER BY observed_at, key");
    if (!statement)
        return std::unexpected(statement.error());
    const QString kind = observationKind(ref.kind);
    (*statement)->bind(0, QStringView(ref.id)).bind(1, QStringView(kind));
    QList<TimelineEntry> observed;
    auto row = (*statement)->step();
    for (; row && *row; row = (*statement)->step()) {
        observed.append({.at = (*statement)->integer(0),
            .status = (*statement)->text(1),
            .source = sourceOfWord((*statement)->text(2))});
    }
    if (!row)
        return std::unexpected(row.error());
    return withInferredSteps(ref.kind, observed, createdAt);
}

} // namespace models

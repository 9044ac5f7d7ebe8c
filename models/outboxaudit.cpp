// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outboxaudit.h"

#include "models/outboxstore.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHash>
#include <QSet>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr qsizetype mostProblemsTold = 20;
constexpr auto releaseAction = "transfer failed later"_L1;
constexpr auto releasedWords = "released, result "_L1;
constexpr auto digestWords = ", request sha256 "_L1;

QString auditTr(const char *text)
{
    return QCoreApplication::translate("OutboxAudit", text);
}

QString requestDigest(const QString &service, const api::RequestData &request)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const QByteArray verb = apiVerbWord(request.verb).toUtf8();
    for (const QByteArray &part : {service.toUtf8(), verb, request.path, request.contentType, request.body})
        hash.addData(QByteArray::number(part.size()) + ':' + part + '\n');
    return QString::fromLatin1(hash.result().toHex());
}

QString plainIntent(const OutboxEntry &entry)
{
    QString text = u"%1 %2"_s.arg(api::plainAmount(entry.amount.cents), entry.amount.currency);
    if (!entry.original.isEmpty())
        text += u" of payment "_s + entry.original.text();
    return text
        + u" for customer %1, reference %2, request key %3"_s.arg(
            entry.customer.text(), entry.reference, entry.requestKey.text());
}

//! What the trail says of one entry.
struct TrailOfEntry
{
    QString kind = {};
    QString intent = {};
    QString state = {};
    QString releasedResult = {};
    bool writtenTwice = false;
};

//! "refund held" or "refund noted" tell of an entry of the outbox; other actions have subjects of their own.
std::optional<QString> outboxKindOfAction(const QString &action)
{
    const qsizetype blank = action.indexOf(u' ');
    if (blank < 0 || !outboxKindOfWord(action.left(blank).toUpper()))
        return {};
    const QString word = action.mid(blank + 1);
    if (word != "noted"_L1 && !outboxStateOfWord(word.toUpper()))
        return {};
    return action.left(blank).toUpper();
}

void takeNote(QHash<qint64, TrailOfEntry> &trail, const Statement &row)
{
    const qint64 key = row.text(1).toLongLong();
    const QString before = row.text(2);
    const QString after = row.text(3);
    if (row.text(0) == releaseAction) {
        trail[key].releasedResult = after.mid(releasedWords.size());
        return;
    }
    const auto kind = outboxKindOfAction(row.text(0));
    if (!kind)
        return;
    TrailOfEntry &known = trail[key];
    const bool isIntent = before.isEmpty() && row.text(0).endsWith(" held"_L1);
    if (isIntent) {
        known.writtenTwice = !known.intent.isNull();
        known.kind = *kind;
        known.intent = after;
        known.state = outboxStateWord(OutboxState::Held);
    } else {
        known.state = after;
    }
}

DatabaseResult<QHash<qint64, TrailOfEntry>> readTrail(Database &database)
{
    auto statement = database.prepareOnce("SELECT action, subject, before_text, after_text FROM audit ORDER BY number");
    if (!statement)
        return std::unexpected(statement.error());
    QHash<qint64, TrailOfEntry> trail;
    auto row = statement->step();
    for (; row && *row; row = statement->step())
        takeNote(trail, *statement);
    if (!row)
        return std::unexpected(row.error());
    return trail;
}

struct EntryKeys
{
    QList<qint64> keys = {};
    QSet<qint64> released = {}; //!< and recorded so
};

DatabaseResult<EntryKeys> readKeys(Database &database)
{
    auto statement = database.prepareOnce("SELECT key, released = 1 AND release_recorded = 1 FROM outbox ORDER BY key");
    if (!statement)
        return std::unexpected(statement.error());
    EntryKeys keys;
    auto row = statement->step();
    for (; row && *row; row = statement->step()) {
        keys.keys.append(statement->integer(0));
        if (statement->integer(1) != 0)
            keys.released.insert(statement->integer(0));
    }
    if (!row)
        return std::unexpected(row.error());
    return keys;
}

//! The intent was written down without a digest by earlier versions.
bool sameIntent(const QString &written, const OutboxEntry &entry, const api::RequestData &request)
{
    return written == plainIntent(entry) || written == describedIntent(entry, request);
}

QString differs(const OutboxEntry &entry, const QString &ledger, const QString &trail)
{
    return auditTr("Outbox entry %1 is not what the trail says: the ledger has “%2”, the trail “%3”.")
        .arg(QString::number(entry.key), ledger, trail);
}

QString problemOfEntry(
    const OutboxEntry &entry, const api::RequestData &request, const TrailOfEntry &trail, bool recordedAsReleased)
{
    if (trail.intent.isNull())
        return auditTr("Outbox entry %1 (%2) is not in the trail.").arg(entry.key).arg(plainIntent(entry));
    if (trail.writtenTwice)
        return auditTr("The trail says twice that outbox entry %1 was made.").arg(entry.key);
    if (trail.kind != outboxKindWord(entry.kind))
        return differs(entry, outboxKindWord(entry.kind), trail.kind);
    if (!sameIntent(trail.intent, entry, request))
        return differs(entry, describedIntent(entry, request), trail.intent);
    if (trail.state != describedState(entry))
        return differs(entry, describedState(entry), trail.state);
    if (recordedAsReleased && trail.releasedResult != entry.result.text())
        return differs(entry, releasedWords + entry.result.text(), describedState(entry));
    return {};
}

DatabaseResult<QString> problemOfKey(Database &database, qint64 key, const TrailOfEntry &trail, bool released)
{
    const auto entry = readOutboxEntry(database, key);
    if (!entry)
        return std::unexpected(entry.error());
    const auto request = readStoredRequest(database, key);
    if (!request)
        return std::unexpected(request.error());
    if (!*entry || !*request)
        return auditTr("Outbox entry %1 cannot be read.").arg(key);
    return problemOfEntry(**entry, (*request)->data, trail, released);
}

void tell(OutboxComparison &comparison, const QString &problem)
{
    if (problem.isEmpty())
        return;
    if (comparison.problems.size() < mostProblemsTold)
        comparison.problems.append(problem);
    else
        ++comparison.more;
}

} // namespace

AuditEntry auditOfOutbox(const OutboxEntry &entry, qint64 at)
{
    return {.at = at,
        .who = currentUser(),
        .action = outboxKindWord(entry.kind).toLower() + u' ' + outboxStateWord(entry.state).toLower(),
        .subject = QString::number(entry.key),
        .before = {},
        .after = {},
        .reason = {}};
}

QString describedIntent(const OutboxEntry &entry, const api::RequestData &request)
{
    return plainIntent(entry) + digestWords + requestDigest(entry.service, request);
}

QString describedState(const OutboxEntry &entry)
{
    QString text = outboxStateWord(entry.state);
    if (entry.attempts > 0)
        text += u", attempt %1"_s.arg(entry.attempts);
    if (!entry.result.isEmpty())
        text += u", result "_s + entry.result.text();
    if (!entry.answer.isEmpty())
        text += u", answer: "_s + entry.answer;
    return text;
}

AuditEntry auditOfRelease(qint64 key, OutboxState state, const QString &result, qint64 at)
{
    return {.at = at,
        .who = currentUser(),
        .action = releaseAction,
        .subject = QString::number(key),
        .before = outboxStateWord(state),
        .after = releasedWords + result,
        .reason = {}};
}

DatabaseResult<OutboxComparison> compareOutboxWithAudit(Database &database)
{
    const auto trail = readTrail(database);
    if (!trail)
        return std::unexpected(trail.error());
    const auto keys = readKeys(database);
    if (!keys)
        return std::unexpected(keys.error());
    OutboxComparison comparison{.entries = keys->keys.size()};
    for (const qint64 key : keys->keys) {
        const auto problem = problemOfKey(database, key, trail->value(key), keys->released.contains(key));
        if (!problem)
            return std::unexpected(problem.error());
        tell(comparison, *problem);
    }
    const QSet<qint64> known(keys->keys.begin(), keys->keys.end());
    for (auto entry = trail->begin(); entry != trail->end(); ++entry) {
        if (!known.contains(entry.key()))
            tell(comparison,
                auditTr("The trail tells of outbox entry %1 (%2), which is not in the ledger.")
                    .arg(entry.key())
                    .arg(entry->intent));
    }
    return comparison;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outboxevidence.h"

#include "models/cell.h"
#include "models/instancelock.h"
#include "models/outboxaudit.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct EvidenceWords
{
    Q_DECLARE_TR_FUNCTIONS(models::Evidence)
};

struct Finding
{
    qint64 key = 0;
    OutboxState state = OutboxState::Unknown;
    QString owner = {};
    QString transaction = {};
    QString status = {};
};

constexpr auto activeEntries = "SELECT key, state, owner, NULL, NULL FROM outbox "
                               "WHERE state = 'SENDING' OR (state = 'HELD' AND hold_until > 0)";

// A reference that the console made is unique. One that a person typed may be in use elsewhere, so that only a
// transaction made after the entry, and no second entry or pay link under the same reference, leave no doubt.
constexpr auto answeredEntries
    = "SELECT o.key, o.state, NULL, t.id, t.status FROM outbox o "
      "JOIN transactions t ON t.client_reference_id = o.reference AND t.client_reference_id <> '' "
      "WHERE o.state IN ('UNKNOWN', 'ACCEPTED', 'REFUSED') AND o.result_id IS NULL AND o.attempts > 0 AND o.kind <> "
      "'CANCEL' "
      "AND t.amount_cents = o.amount_cents AND t.currency = o.currency AND t.customer_id = o.customer_id "
      "AND t.type = CASE o.kind WHEN 'PAYMENT' THEN 'DEBIT' ELSE 'CREDIT' END "
      "AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.result_id = t.id) "
      "AND NOT (o.state = 'REFUSED' AND t.status IN ('TERMINAL_FAILED', 'CANCELED', 'CANCELLED')) "
      "AND (o.reference_is_ours OR (t.created_at >= o.created_at - 120000 AND t.first_seen_at >= o.created_at "
      "     AND (SELECT count(*) FROM outbox p WHERE p.reference = o.reference) = 1 "
      "     AND NOT EXISTS (SELECT 1 FROM pay_links l WHERE l.reference = o.reference AND l.reference <> ''))) "
      "ORDER BY o.key, t.key";

constexpr auto answeredCancels = "SELECT o.key, o.state, NULL, t.id, t.status FROM outbox o JOIN transactions t ON "
                                 "t.id = o.original_id "
                                 "WHERE o.kind = 'CANCEL' AND o.state = 'UNKNOWN' "
                                 "AND t.status IN ('CANCELED', 'CANCELLED', 'SUCCEEDED', 'TERMINAL_FAILED')";

constexpr auto unrecordedReleases = "SELECT key, state, NULL, result_id, NULL FROM outbox WHERE released = 1 AND "
                                    "release_recorded = 0";

DatabaseResult<QList<Finding>> findingsOf(Database &database, const char *sql)
{
    auto statement = database.prepare(sql);
    if (!statement)
        return std::unexpected(statement.error());
    Statement &row = **statement;
    QList<Finding> findings;
    for (;;) {
        const auto more = row.step();
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            break;
        findings += Finding{.key = row.integer(0),
            .state = outboxStateOfWord(row.text(1)).value_or(OutboxState::Unknown),
            .owner = row.text(2),
            .transaction = row.text(3),
            .status = row.text(4)};
    }
    row.reset();
    return findings;
}

class Lives
{
public:
    explicit Lives(const SweepContext &context)
        : m_context(context)
    {
    }

    bool isTakenCareOf(const Finding &entry)
    {
        if (entry.owner == m_context.instance)
            return entry.state == OutboxState::Held || m_context.underWay.contains(entry.key);
        const auto known = m_known.constFind(entry.owner);
        if (known != m_known.constEnd())
            return *known;
        const bool lives = !entry.owner.isEmpty() && instanceLives(m_context.ledgerFile, entry.owner);
        m_known.insert(entry.owner, lives);
        return lives;
    }

private:
    const SweepContext &m_context;
    QHash<QString, bool> m_known;
};

OutboxStep recoveryOf(const Finding &entry, qint64 now)
{
    if (entry.state == OutboxState::Held)
        return {.from = {OutboxState::Held},
            .to = OutboxState::Held,
            .at = now,
            .holdUntil = 0,
            .owner = QString(),
            .ownedBy = entry.owner};
    return {.from = {OutboxState::Sending},
        .to = OutboxState::Unknown,
        .at = now,
        .answer = EvidenceWords::tr("The console ended before the server's answer was written down."),
        .owner = QString(),
        .mayHaveArrived = true,
        .ownedBy = entry.owner};
}

bool isFailure(const QString &status)
{
    return status == "TERMINAL_FAILED"_L1 || status == "CANCELED"_L1 || status == "CANCELLED"_L1;
}

// A request known to have arrived stays accepted even when the payment failed: the schema then releases the amount.
OutboxStep evidenceOf(const Finding &entry, qint64 now)
{
    const bool refused = isFailure(entry.status) && entry.state == OutboxState::Unknown;
    return {.from = {entry.state},
        .to = refused ? OutboxState::Refused : OutboxState::Accepted,
        .at = now,
        .answer = EvidenceWords::tr("The server shows it as transaction %1, status %2.")
            .arg(entry.transaction, statusLook(RecordKind::Transaction, entry.status).word),
        .result = api::TransactionId(entry.transaction)};
}

OutboxStep cancelEvidenceOf(const Finding &entry, qint64 now)
{
    OutboxStep step{.from = {OutboxState::Unknown}, .to = OutboxState::Accepted, .at = now};
    if (entry.status == "SUCCEEDED"_L1) {
        step.to = OutboxState::Refused;
        step.answer = EvidenceWords::tr("The payment succeeded, so the cancellation had no effect.");
    } else if (entry.status == "TERMINAL_FAILED"_L1) {
        step.answer = EvidenceWords::tr(
            "The payment failed, so no money moves, whether or not the cancellation arrived.");
    } else {
        step.answer = EvidenceWords::tr("The server shows the payment as canceled.");
    }
    return step;
}

class Sweep
{
public:
    Sweep(Database &database, const SweepContext &context)
        : m_database(database)
        , m_context(context)
    {
    }

    DatabaseResult<QList<qint64>> run()
    {
        for (const auto part : {&Sweep::recover, &Sweep::applyEvidence, &Sweep::applyCancels, &Sweep::recordReleases}) {
            if (const auto done = (this->*part)(); !done)
                return std::unexpected(done.error());
        }
        return m_changed;
    }

private:
    DatabaseResult<void> take(qint64 key, const OutboxStep &step)
    {
        const auto taken = takeOutboxStep(m_database, key, step);
        if (!taken)
            return std::unexpected(taken.error());
        if (*taken)
            m_changed += key;
        return {};
    }

    DatabaseResult<void> recover()
    {
        const auto findings = findingsOf(m_database, activeEntries);
        if (!findings)
            return std::unexpected(findings.error());
        Lives lives(m_context);
        for (const Finding &entry : *findings) {
            if (lives.isTakenCareOf(entry))
                continue;
            if (const auto done = take(entry.key, recoveryOf(entry, m_context.now)); !done)
                return done;
        }
        return {};
    }

    DatabaseResult<void> applyEvidence()
    {
        const auto findings = findingsOf(m_database, answeredEntries);
        if (!findings)
            return std::unexpected(findings.error());
        QSet<qint64> settled;
        QSet<QString> used;
        for (const Finding &entry : *findings) {
            if (settled.contains(entry.key) || used.contains(entry.transaction))
                continue;
            settled += entry.key;
            used += entry.transaction;
            if (const auto done = take(entry.key, evidenceOf(entry, m_context.now)); !done)
                return done;
        }
        return {};
    }

    DatabaseResult<void> applyCancels()
    {
        const auto findings = findingsOf(m_database, answeredCancels);
        if (!findings)
            return std::unexpected(findings.error());
        for (const Finding &entry : *findings) {
            if (const auto done = take(entry.key, cancelEvidenceOf(entry, m_context.now)); !done)
                return done;
        }
        return {};
    }

    DatabaseResult<void> recordReleases()
    {
        const auto findings = findingsOf(m_database, unrecordedReleases);
        if (!findings)
            return std::unexpected(findings.error());
        for (const Finding &entry : *findings) {
            if (const auto done = recordRelease(entry); !done)
                return done;
            m_changed += entry.key;
        }
        return {};
    }

    DatabaseResult<void> recordRelease(const Finding &entry)
    {
        auto statement = m_database.prepare(
            "UPDATE outbox SET release_recorded = 1, noted = 0, changed_at = ?1 WHERE key = ?2");
        if (!statement)
            return std::unexpected(statement.error());
        if (const auto done = (*statement)->bind(0, m_context.now).bind(1, entry.key).run(); !done)
            return done;
        return appendAudit(m_database, auditOfRelease(entry.key, entry.state, entry.transaction, m_context.now));
    }

    Database &m_database;
    const SweepContext &m_context;
    QList<qint64> m_changed;
};

} // namespace

DatabaseResult<bool> outboxNeedsSweep(Database &database, const SweepContext &context)
{
    const auto active = findingsOf(database, activeEntries);
    if (!active)
        return std::unexpected(active.error());
    Lives lives(context);
    for (const Finding &entry : *active) {
        if (!lives.isTakenCareOf(entry))
            return true;
    }
    for (const char *sql : {answeredEntries, answeredCancels, unrecordedReleases}) {
        const auto findings = findingsOf(database, sql);
        if (!findings)
            return std::unexpected(findings.error());
        if (!findings->isEmpty())
            return true;
    }
    return false;
}

DatabaseResult<QList<qint64>> sweepOutbox(Database &database, const SweepContext &context)
{
    return Sweep(database, context).run();
}

DatabaseResult<int> countNeedingPerson(Database &database)
{
    auto statement = database.prepare(
        "SELECT count(*) FROM outbox WHERE state = 'UNKNOWN' OR (state = 'HELD' AND hold_until = 0) "
        "OR (noted = 0 AND (state = 'REFUSED' OR released = 1))");
    if (!statement)
        return std::unexpected(statement.error());
    if (const auto row = (*statement)->step(); !row)
        return std::unexpected(row.error());
    const int count = int((*statement)->integer(0));
    (*statement)->reset();
    return count;
}

} // namespace models

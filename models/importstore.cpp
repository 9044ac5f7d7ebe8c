// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/importstore.h"

#include "models/recordtables.h"

using namespace Qt::Literals::StringLiterals;

namespace models::importstore {

namespace {

QString kindWord(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Transaction:
        return u"transaction"_s;
    case RecordKind::Customer:
        return u"customer"_s;
    case RecordKind::Payout:
        return u"payout"_s;
    case RecordKind::OutboxEntry:
    case RecordKind::Event:
    case RecordKind::PayLink:
        break;
    }
    Q_UNREACHABLE();
}

RecordKind kindOfWord(const QString &word)
{
    if (word == "customer"_L1)
        return RecordKind::Customer;
    return word == "payout"_L1 ? RecordKind::Payout : RecordKind::Transaction;
}

QString outcomeWord(ImportLineOutcome::Kind kind)
{
    switch (kind) {
    case ImportLineOutcome::Kind::Found:
        return u"FOUND"_s;
    case ImportLineOutcome::Kind::NotFound:
        return u"NOT_FOUND"_s;
    case ImportLineOutcome::Kind::Failed:
        return u"FAILED"_s;
    }
    Q_UNREACHABLE();
}

//! Runs `take` for every row.
template<typename Take> DatabaseResult<void> eachRow(Statement &statement, Take take)
{
    while (true) {
        const auto row = statement.step();
        if (!row)
            return std::unexpected(row.error());
        if (!*row)
            return {};
        take(statement);
    }
}

void countOutcome(ImportCounts &counts, ImportLineOutcome::Kind kind, bool followUp)
{
    switch (kind) {
    case ImportLineOutcome::Kind::Found:
        ++(followUp ? counts.followUpsFound : counts.found);
        return;
    case ImportLineOutcome::Kind::NotFound:
        ++counts.notFound;
        return;
    case ImportLineOutcome::Kind::Failed:
        ++counts.failed;
        return;
    }
}

DatabaseResult<int> droppedLines(DatabaseResult<Statement *> remove, Database &database)
{
    if (!remove)
        return std::unexpected(remove.error());
    if (const auto done = (*remove)->run(); !done)
        return std::unexpected(done.error());
    return database.changedRows();
}

} // namespace

DatabaseResult<qint64> create(Database &database, const QString &name, qint64 expected, qint64 now)
{
    auto insert = database.prepare("INSERT INTO imports(name, expected, started_at, state) VALUES(?, ?, ?, 'WRITING')");
    if (!insert)
        return std::unexpected(insert.error());
    if (const auto done = (*insert)->bind(0, QStringView(name)).bind(1, expected).bind(2, now).run(); !done)
        return std::unexpected(done.error());
    return database.lastInsertKey();
}

DatabaseResult<void> addLines(Database &database, qint64 import, qint64 firstPosition, std::span<const RecordRef> refs)
{
    auto insert = database.prepare(
        "INSERT INTO import_lines(import_key, position, kind, record_id) VALUES(?, ?, ?, ?)");
    if (!insert)
        return std::unexpected(insert.error());
    for (const RecordRef &ref : refs) {
        const auto done = (*insert)
                              ->bind(0, import)
                              .bind(1, firstPosition++)
                              .bind(2, kindWord(ref.kind))
                              .bind(3, ref.id)
                              .run();
        if (!done)
            return done;
    }
    return {};
}

DatabaseResult<void> setState(Database &database, qint64 import, QStringView state)
{
    auto update = database.prepare("UPDATE imports SET state = ? WHERE key = ?");
    if (!update)
        return std::unexpected(update.error());
    return (*update)->bind(0, state).bind(1, import).run();
}

// Two statements, because RETURNING makes SQLite build a table for every line.
DatabaseResult<void> setOutcomes(
    Database &database, qint64 import, const QList<ImportLineOutcome> &outcomes, ImportCounts &counts)
{
    auto select = database.prepare(
        "SELECT follow_up FROM import_lines WHERE import_key = ? AND position = ? AND outcome IS NULL");
    auto update = database.prepare(
        "UPDATE import_lines SET outcome = ?, why = ? WHERE import_key = ? AND position = ?");
    if (!select || !update)
        return std::unexpected(select ? update.error() : select.error());
    for (const ImportLineOutcome &outcome : outcomes) {
        (*select)->reset();
        const auto open = (*select)->bind(0, import).bind(1, outcome.position).step();
        if (!open)
            return std::unexpected(open.error());
        if (!*open)
            continue;
        countOutcome(counts, outcome.kind, (*select)->integer(0) != 0);
        const QStringView why = outcome.why.isEmpty() ? QStringView() : QStringView(outcome.why);
        const auto done = (*update)
                              ->bind(0, QStringView(outcomeWord(outcome.kind)))
                              .bind(1, why)
                              .bind(2, import)
                              .bind(3, outcome.position)
                              .run();
        if (!done)
            return done;
    }
    (*select)->reset();
    return {};
}

DatabaseResult<void> forgetProblems(Database &database, qint64 import)
{
    auto update = database.prepare(
        "UPDATE import_lines SET outcome = NULL, why = NULL WHERE import_key = ? AND outcome <> 'FOUND'");
    if (!update)
        return std::unexpected(update.error());
    return (*update)->bind(0, import).run();
}

DatabaseResult<int> dropOpenLines(Database &database, qint64 import, int limit)
{
    auto remove = database.prepare(
        "DELETE FROM import_lines WHERE (import_key, position) IN (SELECT import_key, position "
        "FROM import_lines WHERE import_key = ? AND outcome IS NULL LIMIT ?)");
    if (remove)
        (*remove)->bind(0, import).bind(1, limit);
    return droppedLines(remove, database);
}

DatabaseResult<int> dropEndedLines(Database &database, qint64 startedBefore, int limit)
{
    auto remove = database.prepare(
        "DELETE FROM import_lines WHERE (import_key, position) IN (SELECT l.import_key, l.position "
        "FROM imports i JOIN import_lines l ON l.import_key = i.key "
        "WHERE i.state IN ('DONE', 'CANCELLED') AND i.started_at < ? LIMIT ?)");
    if (remove)
        (*remove)->bind(0, startedBefore).bind(1, limit);
    return droppedLines(remove, database);
}

DatabaseResult<QList<RecordRef>> unknownCustomers(Database &database, qint64 import)
{
    auto select = database.prepare(R"(
        SELECT DISTINCT t.customer_id FROM import_lines l JOIN transactions t ON t.id = l.record_id
        WHERE l.import_key = ?1 AND l.kind = 'transaction' AND l.outcome = 'FOUND' AND t.customer_id <> ''
          AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = t.customer_id)
        EXCEPT SELECT record_id FROM import_lines WHERE import_key = ?1 AND kind = 'customer')");
    if (!select)
        return std::unexpected(select.error());
    QList<RecordRef> customers;
    const auto done = eachRow((*select)->bind(0, import),
        [&customers](const Statement &row) { customers.append({.kind = RecordKind::Customer, .id = row.text(0)}); });
    if (!done)
        return std::unexpected(done.error());
    return customers;
}

DatabaseResult<qint64> addFollowUps(Database &database, qint64 import, std::span<const RecordRef> customers)
{
    auto insert = database.prepare(
        "INSERT INTO import_lines(import_key, position, kind, record_id, follow_up) "
        "VALUES(?1, 1 + (SELECT max(position) FROM import_lines WHERE import_key = ?1), 'customer', ?2, 1)");
    if (!insert)
        return std::unexpected(insert.error());
    for (const RecordRef &customer : customers) {
        if (const auto done = (*insert)->bind(0, import).bind(1, QStringView(customer.id)).run(); !done)
            return std::unexpected(done.error());
    }
    return static_cast<qint64>(customers.size());
}

DatabaseResult<qint64> addUnknownCustomers(Database &database, qint64 import, const QStringList &customers)
{
    auto select = database.prepare("SELECT EXISTS(SELECT 1 FROM customers WHERE id = ?2) "
                                   "OR EXISTS(SELECT 1 FROM import_lines INDEXED BY import_lines_customers "
                                   "WHERE import_key = ?1 AND record_id = ?2 AND kind = 'customer')");
    if (!select)
        return std::unexpected(select.error());
    QList<RecordRef> unknown;
    for (const QString &id : customers) {
        (*select)->reset();
        const auto done = eachRow(
            (*select)->bind(0, import).bind(1, QStringView(id)), [&unknown, &id](const Statement &row) {
                if (row.integer(0) == 0)
                    unknown.append({.kind = RecordKind::Customer, .id = id});
            });
        if (!done)
            return std::unexpected(done.error());
    }
    return addFollowUps(database, import, {unknown.cbegin(), static_cast<std::size_t>(unknown.size())});
}

DatabaseResult<QList<ImportLine>> openLines(Database &database, qint64 import, Which which, qint64 after, int limit)
{
    auto select = database.prepare(R"(SELECT position, kind, record_id FROM import_lines
        WHERE import_key = ? AND position > ? AND follow_up = ? AND outcome IS NULL ORDER BY position LIMIT ?)");
    if (!select)
        return std::unexpected(select.error());
    QList<ImportLine> lines;
    const auto done = eachRow(
        (*select)->bind(0, import).bind(1, after).bind(2, qint64(which == Which::FollowUps)).bind(3, limit),
        [&lines](const Statement &row) {
            lines.append({.position = row.integer(0), .ref = {.kind = kindOfWord(row.text(1)), .id = row.text(2)}});
        });
    if (!done)
        return std::unexpected(done.error());
    return lines;
}

DatabaseResult<ImportCounts> counts(Database &database, qint64 import)
{
    auto select = database.prepare(R"(SELECT count(*), count(*) FILTER (WHERE outcome = 'FOUND' AND NOT follow_up),
        count(*) FILTER (WHERE outcome = 'NOT_FOUND'), count(*) FILTER (WHERE outcome = 'FAILED'),
        count(*) FILTER (WHERE follow_up), count(*) FILTER (WHERE outcome = 'FOUND' AND follow_up),
        (SELECT expected FROM imports WHERE key = ?1) FROM import_lines WHERE import_key = ?1)");
    if (!select)
        return std::unexpected(select.error());
    ImportCounts counts;
    const auto done = eachRow((*select)->bind(0, import), [&counts](const Statement &row) {
        counts = {.total = row.integer(0),
            .found = row.integer(1),
            .notFound = row.integer(2),
            .failed = row.integer(3),
            .followUps = row.integer(4),
            .followUpsFound = row.integer(5)};
        counts.unwritten = row.integer(6) - (counts.total - counts.followUps);
    });
    if (!done)
        return std::unexpected(done.error());
    return counts;
}

DatabaseResult<QList<ImportFailure>> failures(Database &database, qint64 import, int limit)
{
    auto select = database.prepare(R"(SELECT kind, record_id, outcome, why FROM import_lines
        WHERE import_key = ? AND outcome IN ('NOT_FOUND', 'FAILED') ORDER BY position LIMIT ?)");
    if (!select)
        return std::unexpected(select.error());
    QList<ImportFailure> failures;
    const auto done = eachRow((*select)->bind(0, import).bind(1, limit), [&failures](const Statement &row) {
        failures.append({.ref = {.kind = kindOfWord(row.text(0)), .id = row.text(1)},
            .notFound = row.text(2) == "NOT_FOUND"_L1,
            .why = row.text(3)});
    });
    if (!done)
        return std::unexpected(done.error());
    return failures;
}

DatabaseResult<QList<StoredImport>> unfinished(Database &database)
{
    auto select = database.prepare("SELECT key, name FROM imports WHERE state IN ('WRITING', 'RUNNING') ORDER BY key");
    if (!select)
        return std::unexpected(select.error());
    QList<StoredImport> imports;
    const auto done = eachRow(
        **select, [&imports](const Statement &row) { imports.append({.key = row.integer(0), .name = row.text(1)}); });
    if (!done)
        return std::unexpected(done.error());
    for (StoredImport &import : imports) {
        const auto counted = counts(database, import.key);
        if (!counted)
            return std::unexpected(counted.error());
        import.counts = *counted;
    }
    return imports;
}

DatabaseResult<bool> isLedgerUnused(Database &database)
{
    auto select = database.prepare(
        "SELECT NOT EXISTS(SELECT 1 FROM transactions) AND NOT EXISTS(SELECT 1 FROM imports)");
    if (!select)
        return std::unexpected(select.error());
    const auto row = (*select)->step();
    if (!row)
        return std::unexpected(row.error());
    return *row && (*select)->integer(0) != 0;
}

} // namespace models::importstore

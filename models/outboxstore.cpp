// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outboxstore.h"

#include "models/audit.h"
#include "models/outboxaudit.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr std::array outboxStates{OutboxState::Held, OutboxState::Sending, OutboxState::Accepted, OutboxState::Refused,
    OutboxState::Unknown, OutboxState::Withdrawn};
constexpr std::array outboxKinds{OutboxKind::Payment, OutboxKind::Credit, OutboxKind::Refund, OutboxKind::Cancel};

QStringView nullWhenEmpty(const QString &text)
{
    return text.isEmpty() ? QStringView() : QStringView(text);
}

std::optional<api::Verb> verbOfWord(QStringView word)
{
    for (const api::Verb verb :
        {api::Verb::Get, api::Verb::Post, api::Verb::Put, api::Verb::Patch, api::Verb::Delete}) {
        if (apiVerbWord(verb) == word)
            return verb;
    }
    return {};
}

QString authWord(api::Auth auth)
{
    switch (auth) {
    case api::Auth::None:
        return u"NONE"_s;
    case api::Auth::Basic:
        return u"BASIC"_s;
    case api::Auth::CoreToken:
        return u"CORE"_s;
    case api::Auth::PaymentToken:
        return u"PAYMENT"_s;
    case api::Auth::TenantToken:
        return u"TENANT"_s;
    }
    Q_UNREACHABLE();
}

std::optional<api::Auth> authOfWord(QStringView word)
{
    for (const api::Auth auth :
        {api::Auth::None, api::Auth::Basic, api::Auth::CoreToken, api::Auth::PaymentToken, api::Auth::TenantToken}) {
        if (authWord(auth) == word)
            return auth;
    }
    return {};
}

DatabaseError unreadable(const QString &what)
{
    return {.problem = DatabaseProblem::Damaged,
        .message = u"The outbox holds a word this console does not know: "_s + what,
        .file = {}};
}

// Ordered by time; the low bits leave room for a million entries in one millisecond.
DatabaseResult<qint64> nextOutboxKey(Database &database, qint64 createdAt)
{
    auto statement = database.prepare("SELECT coalesce(max(key), 0) + 1 FROM outbox");
    if (!statement)
        return std::unexpected(statement.error());
    if (const auto row = (*statement)->step(); !row)
        return std::unexpected(row.error());
    const qint64 next = std::max(createdAt << 20, (*statement)->integer(0));
    (*statement)->reset();
    return next;
}

DatabaseResult<void> bindAndInsert(Statement &statement, const NewOutboxEntry &fresh)
{
    const OutboxEntry &entry = fresh.entry;
    statement.bind(0, entry.key).bind(1, notNull(outboxKindWord(entry.kind))).bind(2, notNull(entry.customer.text()));
    statement.bind(3, notNull(entry.customerName))
        .bind(4, nullWhenEmpty(entry.original.text()))
        .bind(5, entry.amount.cents);
    statement.bind(6, notNull(entry.amount.currency)).bind(7, notNull(entry.reason)).bind(8, notNull(entry.reference));
    statement.bind(9, qint64(fresh.referenceIsOurs))
        .bind(10, notNull(entry.ownReference))
        .bind(11, notNull(entry.softDescriptor));
    statement.bind(12, notNull(entry.requestKey.text())).bind(13, notNull(apiVerbWord(fresh.request.verb)));
    statement.bind(14, notNull(QString::fromUtf8(fresh.request.path))).bind(15, notNull(authWord(fresh.request.auth)));
    statement.bind(16, notNull(QString::fromUtf8(fresh.request.contentType)));
    statement.bind(17, fresh.request.body.isNull() ? QByteArray("") : fresh.request.body);
    statement.bind(18, entry.createdAt)
        .bind(19, entry.holdUntil)
        .bind(20, notNull(entry.by))
        .bind(21, notNull(fresh.owner));
    if (fresh.sequence > 0)
        statement.bind(22, qint64(fresh.sequence));
    else
        statement.bindNull(22);
    statement.bind(23, notNull(entry.service));
    return statement.run();
}

constexpr auto entryColumns
    = "key, kind, state, customer_id, original_id, amount_cents, currency, customer_name, reason, reference, "
      "own_reference, soft_descriptor, request_key, created_at, hold_until, changed_at, result_id, answer, "
      "attempts, by_user, released, noted, first_sent_at, service";

DatabaseResult<OutboxEntry> entryOfRow(const Statement &row)
{
    const auto kind = outboxKindOfWord(row.text(1));
    const auto state = outboxStateOfWord(row.text(2));
    if (!kind || !state)
        return std::unexpected(unreadable(row.text(1) + u' ' + row.text(2)));
    return OutboxEntry{.key = row.integer(0),
        .kind = *kind,
        .state = *state,
        .customer = api::CustomerId(row.text(3)),
        .original = api::TransactionId(row.text(4)),
        .amount = {.cents = row.integer(5), .currency = row.text(6)},
        .customerName = row.text(7),
        .reason = row.text(8),
        .reference = row.text(9),
        .ownReference = row.text(10),
        .softDescriptor = row.text(11),
        .requestKey = api::RequestKey(row.text(12)),
        .createdAt = row.integer(13),
        .holdUntil = row.integer(14),
        .changedAt = row.integer(15),
        .firstSentAt = row.integer(22),
        .result = api::TransactionId(row.text(16)),
        .answer = row.text(17),
        .attempts = int(row.integer(18)),
        .by = row.text(19),
        .service = row.text(23),
        .released = row.integer(20) != 0,
        .noted = row.integer(21) != 0};
}

DatabaseResult<bool> updateOutboxRow(Database &database, const OutboxEntry &before, const OutboxStep &step)
{
    auto statement = database.prepare(
        "UPDATE outbox SET state = ?1, changed_at = ?2, answer = coalesce(?3, answer), "
        "result_id = coalesce(?4, result_id), hold_until = coalesce(?5, hold_until), "
        "owner = coalesce(?6, owner), attempts = attempts + ?7, "
        "may_have_arrived = max(may_have_arrived, ?8), noted = 0, "
        // An attempt of which nothing was sent is not the first.
        "first_sent_at = CASE WHEN ?7 = 1 AND may_have_arrived = 0 THEN ?2 ELSE first_sent_at END "
        "WHERE key = ?9 AND state = ?10 AND (?11 = '' OR owner = ?11)");
    if (!statement)
        return std::unexpected(statement.error());
    Statement &update = **statement;
    update.bind(0, notNull(outboxStateWord(step.to))).bind(1, step.at);
    update.bind(2, step.answer ? notNull(*step.answer) : QStringView());
    update.bind(3, step.result ? nullWhenEmpty(step.result->text()) : QStringView());
    if (step.holdUntil)
        update.bind(4, *step.holdUntil);
    else
        update.bindNull(4);
    update.bind(5, step.owner ? notNull(*step.owner) : QStringView());
    update.bind(6, qint64(step.countsAsAttempt)).bind(7, qint64(step.mayHaveArrived)).bind(8, before.key);
    update.bind(9, notNull(outboxStateWord(before.state))).bind(10, notNull(step.ownedBy));
    if (const auto done = update.run(); !done)
        return std::unexpected(done.error());
    return database.changedRows() == 1;
}

} // namespace

QString apiVerbWord(api::Verb verb)
{
    switch (verb) {
    case api::Verb::Get:
        return u"GET"_s;
    case api::Verb::Post:
        return u"POST"_s;
    case api::Verb::Put:
        return u"PUT"_s;
    case api::Verb::Patch:
        return u"PATCH"_s;
    case api::Verb::Delete:
        return u"DELETE"_s;
    }
    Q_UNREACHABLE();
}

std::optional<OutboxState> outboxStateOfWord(QStringView word)
{
    const auto found = std::ranges::find_if(
        outboxStates, [word](OutboxState state) { return outboxStateWord(state) == word; });
    return found == outboxStates.end() ? std::nullopt : std::optional(*found);
}

std::optional<OutboxKind> outboxKindOfWord(QStringView word)
{
    const auto found = std::ranges::find_if(
        outboxKinds, [word](OutboxKind kind) { return outboxKindWord(kind) == word; });
    return found == outboxKinds.end() ? std::nullopt : std::optional(*found);
}

DatabaseResult<qint64> insertOutboxEntry(Database &database, const NewOutboxEntry &entry)
{
    NewOutboxEntry fresh = entry;
    const auto key = nextOutboxKey(database, fresh.entry.createdAt);
    if (!key)
        return std::unexpected(key.error());
    fresh.entry.key = *key;
    auto statement = database.prepare("INSERT INTO outbox(key, kind, state, customer_id, customer_name, original_id, "
                                      "amount_cents, currency, reason, reference, "
                                      "reference_is_ours, own_reference, soft_descriptor, request_key, verb, path, "
                                      "auth, content_type, request_body, created_at, "
                                      "hold_until, changed_at, by_user, owner, sequence, service) "
                                      "VALUES(?1, ?2, 'HELD', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
                                      "?15, ?16, ?17, ?18, ?19, ?20, ?19, ?21, ?22, ?23, "
                                      "?24)");
    if (!statement)
        return std::unexpected(statement.error());
    if (const auto done = bindAndInsert(**statement, fresh); !done)
        return std::unexpected(done.error());
    AuditEntry audit = auditOfOutbox(fresh.entry, fresh.entry.createdAt);
    audit.after = describedIntent(fresh.entry, fresh.request);
    audit.reason = fresh.entry.reason;
    if (const auto done = appendAudit(database, audit); !done)
        return std::unexpected(done.error());
    return *key;
}

DatabaseResult<bool> takeOutboxStep(Database &database, qint64 key, const OutboxStep &step)
{
    const auto before = readOutboxEntry(database, key);
    if (!before)
        return std::unexpected(before.error());
    if (!*before || !step.from.contains((*before)->state))
        return false;
    const auto taken = updateOutboxRow(database, **before, step);
    if (!taken || !*taken)
        return taken;
    const auto after = readOutboxEntry(database, key);
    if (!after)
        return std::unexpected(after.error());
    AuditEntry audit = auditOfOutbox(**after, step.at);
    audit.before = describedState(**before);
    audit.after = describedState(**after);
    audit.reason = step.reason;
    if (const auto done = appendAudit(database, audit); !done)
        return std::unexpected(done.error());
    return true;
}

DatabaseResult<OutboxStep> withoutForeignResult(Database &database, qint64 key, const OutboxStep &step)
{
    if (!step.result || step.result->isEmpty())
        return step;
    auto statement = database.prepare(
        "SELECT EXISTS (SELECT 1 FROM outbox p WHERE p.result_id = ?1 AND p.key <> ?2) OR EXISTS ("
        "SELECT 1 FROM transactions t JOIN outbox o ON o.key = ?2 WHERE t.id = ?1 AND (t.amount_cents <> "
        "o.amount_cents "
        "OR t.currency <> o.currency OR t.customer_id <> o.customer_id "
        "OR t.type <> CASE o.kind WHEN 'PAYMENT' THEN 'DEBIT' ELSE 'CREDIT' END))");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, QStringView(step.result->text())).bind(1, key).step();
    if (!row)
        return std::unexpected(row.error());
    const bool foreign = (*statement)->integer(0) != 0;
    (*statement)->reset();
    if (!foreign)
        return step;
    OutboxStep unknown = step;
    unknown.to = OutboxState::Unknown;
    unknown.mayHaveArrived = true;
    unknown.answer = QCoreApplication::translate("OutboxStore",
        "The answer names transaction %1, which is another one, so it does not tell what became of this.")
                         .arg(step.result->text());
    unknown.result.reset();
    return unknown;
}

DatabaseResult<std::optional<OutboxEntry>> readOutboxEntry(Database &database, qint64 key)
{
    auto statement = database.prepare(QByteArray("SELECT ") + entryColumns + " FROM outbox WHERE key = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, key).step();
    if (!row)
        return std::unexpected(row.error());
    if (!*row)
        return std::nullopt;
    auto entry = entryOfRow(**statement);
    (*statement)->reset();
    if (!entry)
        return std::unexpected(entry.error());
    return std::optional(*std::move(entry));
}

DatabaseResult<std::optional<StoredRequest>> readStoredRequest(Database &database, qint64 key)
{
    auto statement = database.prepare(
        "SELECT verb, path, auth, content_type, request_body, may_have_arrived FROM outbox WHERE key = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    Statement &row = **statement;
    const auto found = row.bind(0, key).step();
    if (!found)
        return std::unexpected(found.error());
    if (!*found)
        return std::nullopt;
    const auto verb = verbOfWord(row.text(0));
    const auto auth = authOfWord(row.text(2));
    if (!verb || !auth)
        return std::unexpected(unreadable(row.text(0) + u' ' + row.text(2)));
    StoredRequest request{.data = {.verb = *verb,
                              .path = row.text(1).toUtf8(),
                              .body = row.blob(4),
                              .contentType = row.text(3).toUtf8(),
                              .auth = *auth},
        .mayHaveArrived = row.integer(5) != 0};
    row.reset();
    return std::optional(std::move(request));
}

DatabaseResult<bool> noteOutboxEntry(Database &database, qint64 key, qint64 at)
{
    auto statement = database.prepare(
        "UPDATE outbox SET noted = 1 WHERE key = ?1 AND noted = 0 AND (state = 'REFUSED' OR released = 1)");
    if (!statement)
        return std::unexpected(statement.error());
    if (const auto done = (*statement)->bind(0, key).run(); !done)
        return std::unexpected(done.error());
    if (database.changedRows() == 0)
        return false;
    const auto entry = readOutboxEntry(database, key);
    if (!entry)
        return std::unexpected(entry.error());
    AuditEntry audit = auditOfOutbox(**entry, at);
    audit.action = outboxKindWord((*entry)->kind).toLower() + u" noted"_s;
    audit.after = describedState(**entry);
    if (const auto done = appendAudit(database, audit); !done)
        return std::unexpected(done.error());
    return true;
}

DatabaseResult<qint64> transactionKey(Database &database, const api::TransactionId &id)
{
    auto statement = database.prepare("SELECT key FROM transactions WHERE id = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, notNull(id.text())).step();
    if (!row)
        return std::unexpected(row.error());
    const qint64 key = *row ? (*statement)->integer(0) : 0;
    (*statement)->reset();
    return key;
}

} // namespace models

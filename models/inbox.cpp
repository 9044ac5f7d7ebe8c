// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/inbox.h"

#include "models/recordtables.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct InboxWords
{
    Q_DECLARE_TR_FUNCTIONS(Inbox)
};

constexpr std::array eventStateWords{"ARRIVED"_L1, "READING"_L1, "READ_BACK"_L1, "NO_ACTION"_L1, "HELD_BACK"_L1,
    "NOT_READ"_L1, "NOT_OURS"_L1, "UNREADABLE"_L1};
constexpr std::array eventOriginWords{"DELIVERED"_L1, "IMPORTED"_L1};

// What a proxy or a sender may have put there for others; none of it says anything about the event.
constexpr std::array credentialHeaders{"authorization"_L1, "proxy-authorization"_L1, "cookie"_L1};

DatabaseResult<EventState> firstStateOf(Database &database, const NewEvent &event)
{
    if (event.facts.unreadable)
        return EventState::Unreadable;
    const auto resource = findResource(database, event.source.family, event.facts);
    if (!resource)
        return std::unexpected(resource.error());
    if (*resource)
        return event.verdict.kind == VerdictKind::Failed ? EventState::HeldBack : EventState::Arrived;
    // A tenant may be shared, so that events of other merchants' users arrive too (reference 2.8).
    const bool namesUser = !event.facts.loginName.isEmpty() || !event.facts.resourceId.isEmpty();
    const bool foreign = event.source.family == WebhookFamily::Aggregation && namesUser;
    return foreign ? EventState::NotOurs : EventState::NoAction;
}

QByteArray headerBlock(const QList<api::HeaderLine> &headers)
{
    QByteArray block;
    for (const api::HeaderLine &line : headers)
        block += line.name + ": " + line.value + "\r\n";
    return block;
}

QList<api::HeaderLine> headersOfBlock(const QByteArray &block)
{
    QList<api::HeaderLine> headers;
    qsizetype from = 0;
    for (qsizetype end = block.indexOf("\r\n"); end >= 0; end = block.indexOf("\r\n", from)) {
        const QByteArray line = block.mid(from, end - from);
        const qsizetype colon = line.indexOf(':');
        headers.append({line.left(colon), line.mid(colon + 2)});
        from = end + 2;
    }
    return headers;
}

struct KnownCopy
{
    qint64 key = 0;
    bool same = false;
    VerdictKind verdict = VerdictKind::NotChecked;
};

DatabaseResult<std::optional<KnownCopy>> findCopy(Database &database, const NewEvent &event)
{
    if (!event.facts.id)
        return std::nullopt;
    const auto statement = database.prepare("SELECT key, digest = ?3, verdict FROM events WHERE family = ?1 AND "
                                            "event_id = ?2 ORDER BY digest = ?3 DESC, key LIMIT 1");
    if (!statement)
        return std::unexpected(statement.error());
    const QString family = webhookFamilyWord(event.source.family);
    const auto row = (*statement)
                         ->bind(0, QStringView(family))
                         .bind(1, QStringView(*event.facts.id))
                         .bind(2, event.facts.digest)
                         .step();
    if (!row)
        return std::unexpected(row.error());
    std::optional<KnownCopy> copy;
    if (*row)
        copy = {.key = (*statement)->integer(0),
            .same = (*statement)->integer(1) != 0,
            .verdict = verdictOfWord((*statement)->text(2))};
    (*statement)->reset();
    return copy;
}

// A forger may be faster than the real sender: the better verdict of two equal deliveries stays.
DatabaseResult<void> countRepeat(Database &database, const KnownCopy &copy, const NewEvent &event)
{
    const bool better = event.verdict.kind == VerdictKind::Verified && copy.verdict != VerdictKind::Verified;
    const auto statement = database.prepare(better
            ? "UPDATE events SET repeats = repeats + 1, last_repeat_at = ?2, verdict = 'VERIFIED', verdict_reason = "
              "?3, signature_id = ?4, state = CASE state WHEN 'HELD_BACK' THEN 'ARRIVED' ELSE state END WHERE key = ?1"
            : "UPDATE events SET repeats = repeats + 1, last_repeat_at = ?2 WHERE key = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    (*statement)->bind(0, copy.key).bind(1, event.delivery.receivedAt);
    if (better) {
        const QString signature = QString::fromUtf8(event.verdict.signatureId);
        (*statement)->bind(2, notNull(event.verdict.reason)).bind(3, notNull(signature));
    }
    return (*statement)->run();
}

DatabaseResult<bool> signatureWasUsed(Database &database, const QByteArray &signatureId)
{
    const auto statement = database.prepare("SELECT 1 FROM events WHERE signature_id = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const QString id = QString::fromUtf8(signatureId);
    const auto row = (*statement)->bind(0, QStringView(id)).step();
    (*statement)->reset();
    return row;
}

DatabaseResult<qint64> freeEventKey(Database &database, qint64 receivedAt)
{
    const qint64 first = firstKeyOf(receivedAt);
    const auto statement = database.prepare(
        "SELECT coalesce(max(key) + 1, ?1) FROM events WHERE key >= ?1 AND key < ?2");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, first).bind(1, firstKeyOf(receivedAt + 1)).step();
    if (!row)
        return std::unexpected(row.error());
    const qint64 key = (*statement)->integer(0);
    (*statement)->reset();
    return key;
}

DatabaseResult<void> insertEvent(Database &database, qint64 key, const NewEvent &event, qint64 conflictWith)
{
    const auto statement = database.prepare(
        "INSERT INTO events(key, family, event_id, digest, type, created_at, received_at, subscription_id, "
        "resource_type, resource_id, client_reference_id, payment_type, return_code, login_name, verdict, "
        "verdict_reason, signature_id, state, problem, conflict_with, origin) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)");
    if (!statement)
        return std::unexpected(statement.error());
    const EventFacts &facts = event.facts;
    const QString family = webhookFamilyWord(event.source.family);
    const QString verdict = verdictWord(event.verdict.kind);
    const QString signature = QString::fromUtf8(event.verdict.signatureId);
    const auto first = firstStateOf(database, event);
    if (!first)
        return std::unexpected(first.error());
    const QString state = eventStateWord(*first);
    const QString origin = eventOriginWord(event.origin);
    Statement &row = **statement;
    row.bind(0, key).bind(1, QStringView(family)).bind(3, facts.digest).bind(4, notNull(facts.type));
    facts.id ? row.bind(2, notNull(*facts.id)) : row.bindNull(2);
    row.bind(5, facts.createdAt).bind(6, event.delivery.receivedAt).bind(7, notNull(event.source.subscriptionId));
    row.bind(8, notNull(facts.resourceType)).bind(9, notNull(facts.resourceId));
    row.bind(10, notNull(facts.clientReferenceId)).bind(11, notNull(facts.paymentType));
    row.bind(12, notNull(facts.returnCode)).bind(13, notNull(facts.loginName));
    row.bind(14, QStringView(verdict)).bind(15, notNull(event.verdict.reason)).bind(16, notNull(signature));
    row.bind(17, QStringView(state)).bind(18, notNull(facts.problem)).bind(20, QStringView(origin));
    conflictWith != 0 ? row.bind(19, conflictWith) : row.bindNull(19);
    return row.run();
}

DatabaseResult<void> insertDelivery(Database &database, qint64 key, const api::WebhookDelivery &delivery)
{
    const auto statement = database.prepare(
        "INSERT INTO deliveries(key, path, peer, headers, body) VALUES(?1, ?2, ?3, ?4, ?5)");
    if (!statement)
        return std::unexpected(statement.error());
    const QString path = QString::fromUtf8(delivery.path);
    (*statement)->bind(0, key).bind(1, notNull(path)).bind(2, notNull(delivery.peer));
    (*statement)->bind(3, headerBlock(delivery.headers));
    (*statement)->bind(4, delivery.body.isNull() ? QByteArray("") : delivery.body);
    return (*statement)->run();
}

DatabaseResult<void> queueForwards(Database &database, qint64 key, const NewEvent &event)
{
    const auto statement = database.prepare(
        "INSERT OR IGNORE INTO forwards(event_key, url, state, next_at) SELECT ?1, url, 'WAITING', ?2 FROM "
        "forward_targets WHERE enabled AND subscription_id IN ('', ?3)");
    if (!statement)
        return std::unexpected(statement.error());
    (*statement)->bind(0, key).bind(1, event.delivery.receivedAt).bind(2, notNull(event.source.subscriptionId));
    return (*statement)->run();
}

DatabaseResult<StoredEvent> storeNew(Database &database, NewEvent event, qint64 conflictWith)
{
    if (!event.verdict.signatureId.isEmpty()) {
        const auto used = signatureWasUsed(database, event.verdict.signatureId);
        if (!used)
            return std::unexpected(used.error());
        if (*used)
            event.verdict = {.kind = VerdictKind::Failed,
                .reason = InboxWords::tr("The signature's id came with another event before: this is a replay."),
                .signatureId = {}};
    }
    const auto key = freeEventKey(database, event.delivery.receivedAt);
    if (!key)
        return std::unexpected(key.error());
    if (conflictWith != 0)
        event.facts.problem = InboxWords::tr("An event with the same id but other content came before.");
    if (const auto done = insertEvent(database, *key, event, conflictWith); !done)
        return std::unexpected(done.error());
    if (const auto done = insertDelivery(database, *key, event.delivery); !done)
        return std::unexpected(done.error());
    if (event.origin != EventOrigin::Imported) {
        if (const auto done = queueForwards(database, *key, event); !done)
            return std::unexpected(done.error());
    }
    return StoredEvent{.key = *key, .how = conflictWith != 0 ? StoredEvent::How::Conflict : StoredEvent::How::New};
}

InboxEvent inboxEventOf(const Statement &row)
{
    InboxEvent event{.key = row.integer(0)};
    event.family = webhookFamilyOfWord(row.text(1)).value_or(WebhookFamily::PayByBank);
    if (!row.isNull(2))
        event.facts.id = row.text(2);
    event.facts.type = row.text(3);
    event.facts.createdAt = row.integer(4);
    event.receivedAt = row.integer(5);
    event.subscriptionId = row.text(6);
    event.facts.resourceType = row.text(7);
    event.facts.resourceId = row.text(8);
    event.facts.clientReferenceId = row.text(9);
    event.facts.paymentType = row.text(10);
    event.facts.returnCode = row.text(11);
    event.facts.loginName = row.text(12);
    event.facts.problem = row.text(13);
    event.verdict = verdictOfWord(row.text(14));
    event.verdictReason = row.text(15);
    event.state = eventStateOfWord(row.text(16));
    event.facts.unreadable = event.state == EventState::Unreadable;
    event.changed = row.text(17);
    event.actedAt = row.integer(18);
    event.repeats = row.integer(19);
    event.lastRepeatAt = row.integer(20);
    event.conflictWith = row.integer(21);
    event.origin = eventOriginOfWord(row.text(22));
    event.subscriptionName = row.text(23);
    return event;
}

} // namespace

QString eventStateWord(EventState state)
{
    return eventStateWords[static_cast<size_t>(state)];
}

EventState eventStateOfWord(QStringView word)
{
    const auto *const found = std::ranges::find_if(
        eventStateWords, [word](QLatin1StringView each) { return word == each; });
    return found == eventStateWords.end() ? EventState::NoAction
                                          : static_cast<EventState>(found - eventStateWords.begin());
}

QString eventOriginWord(EventOrigin origin)
{
    return eventOriginWords[static_cast<size_t>(origin)];
}

EventOrigin eventOriginOfWord(QStringView word)
{
    const auto *const found = std::ranges::find_if(
        eventOriginWords, [word](QLatin1StringView each) { return word == each; });
    return found == eventOriginWords.end() ? EventOrigin::Delivered
                                           : static_cast<EventOrigin>(found - eventOriginWords.begin());
}

NewEvent prepareEvent(api::WebhookDelivery delivery, const EventSource &source, EventOrigin origin)
{
    NewEvent event{.source = source, .facts = readEventFacts(source.family, delivery.body, delivery.receivedAt)};
    event.source.secret.clear();
    event.verdict = verifyDelivery(delivery, source.scheme, source.secret);
    event.origin = origin;
    const bool secretInHeader = source.scheme.kind == WebhookScheme::Kind::SharedSecret;
    for (api::HeaderLine &line : delivery.headers) {
        const QString name = QString::fromLatin1(line.name).toLower();
        const bool credential = std::ranges::any_of(
            credentialHeaders, [&name](QLatin1StringView each) { return name == each; });
        if (credential || (secretInHeader && name == source.scheme.signatureHeader.toLower()))
            line.value = hiddenHeaderValue.toByteArray();
    }
    event.delivery = std::move(delivery);
    return event;
}

DatabaseResult<StoredEvent> storeEvent(Database &database, const NewEvent &event)
{
    const auto copy = findCopy(database, event);
    if (!copy)
        return std::unexpected(copy.error());
    if (!*copy || !(*copy)->same)
        return storeNew(database, event, *copy ? (*copy)->key : 0);
    if (const auto done = countRepeat(database, **copy, event); !done)
        return std::unexpected(done.error());
    return StoredEvent{.key = (*copy)->key, .how = StoredEvent::How::Repeat};
}

DatabaseResult<std::optional<InboxEvent>> readEvent(Database &database, qint64 key)
{
    const auto statement = database.prepare(
        "SELECT key, family, event_id, type, created_at, received_at, subscription_id, resource_type, resource_id, "
        "client_reference_id, payment_type, return_code, login_name, problem, verdict, verdict_reason, state, changed, "
        "acted_at, repeats, last_repeat_at, coalesce(conflict_with, 0), origin, coalesce((SELECT s.name FROM "
        "webhook_subscriptions s WHERE s.id = subscription_id), '') FROM events WHERE key = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, key).step();
    if (!row)
        return std::unexpected(row.error());
    std::optional<InboxEvent> event;
    if (*row)
        event = inboxEventOf(**statement);
    (*statement)->reset();
    return event;
}

DatabaseResult<std::optional<api::WebhookDelivery>> readDelivery(Database &database, qint64 key)
{
    const auto statement = database.prepare(
        "SELECT d.path, d.peer, d.headers, d.body, e.received_at FROM deliveries d JOIN events e ON e.key = d.key "
        "WHERE d.key = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, key).step();
    if (!row)
        return std::unexpected(row.error());
    std::optional<api::WebhookDelivery> delivery;
    if (*row)
        delivery = {.path = (*statement)->text(0).toUtf8(),
            .headers = headersOfBlock((*statement)->blob(2)),
            .body = (*statement)->blob(3),
            .peer = (*statement)->text(1),
            .receivedAt = (*statement)->integer(4)};
    (*statement)->reset();
    return delivery;
}

} // namespace models

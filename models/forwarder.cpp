// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forwarder.h"

#include "models/inbox.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int forwardsAtOnce = 8;
constexpr qint64 leaseMs = 60'000; // longer than one try can take
constexpr qint64 firstForwardWaitMs = 5'000;
constexpr qint64 longestForwardWaitMs = 3'600'000;
constexpr int mostForwardAttempts = 24;
constexpr qint64 idleLookMs = 15'000; // what another process queued is found this late at most
constexpr qsizetype keptForwardAnswer = 300;

DatabaseResult<void> runForwardSql(Database &database, const char *sql, const QList<QVariant> &values)
{
    const auto statement = database.prepare(sql);
    if (!statement)
        return std::unexpected(statement.error());
    for (int position = 0; position < values.size(); ++position) {
        const QString text = values[position].toString();
        if (values[position].typeId() == QMetaType::QString)
            (*statement)->bind(position, text.isNull() ? QStringView(u"") : QStringView(text));
        else
            (*statement)->bind(position, values[position].toLongLong());
    }
    return (*statement)->run();
}

ForwardProgress::State forwardStateOfWord(const QString &word)
{
    if (word == "DELIVERED"_L1)
        return ForwardProgress::State::Delivered;
    return word == "GIVEN_UP"_L1 ? ForwardProgress::State::GivenUp : ForwardProgress::State::Waiting;
}

} // namespace

DatabaseResult<QList<ForwardTarget>> readForwardTargets(Database &database)
{
    const auto statement = database.prepare(
        "SELECT key, url, subscription_id, enabled, made_at, made_by, (SELECT count(*) FROM forwards f WHERE f.url = "
        "t.url AND f.state = 'WAITING'), (SELECT count(*) FROM forwards f WHERE f.url = t.url AND f.state = "
        "'GIVEN_UP') "
        "FROM forward_targets t ORDER BY key");
    if (!statement)
        return std::unexpected(statement.error());
    QList<ForwardTarget> targets;
    auto row = (*statement)->step();
    for (; row && *row; row = (*statement)->step())
        targets.append({.key = (*statement)->integer(0),
            .url = QUrl((*statement)->text(1)),
            .subscriptionId = (*statement)->text(2),
            .enabled = (*statement)->integer(3) != 0,
            .madeAt = (*statement)->integer(4),
            .madeBy = (*statement)->text(5),
            .waiting = (*statement)->integer(6),
            .givenUp = (*statement)->integer(7)});
    if (!row)
        return std::unexpected(row.error());
    return targets;
}

DatabaseResult<void> addForwardTarget(Database &database, const ForwardTarget &target)
{
    return runForwardSql(database,
        "INSERT INTO forward_targets(url, subscription_id, enabled, made_at, made_by) VALUES(?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT(url, subscription_id) DO UPDATE SET enabled = excluded.enabled",
        {target.url.toString(QUrl::FullyEncoded), target.subscriptionId, qint64(target.enabled), target.madeAt,
            target.madeBy});
}

DatabaseResult<void> removeForwardTarget(Database &database, qint64 key)
{
    if (auto done = runForwardSql(database,
            "UPDATE forwards SET state = 'GIVEN_UP' WHERE state = 'WAITING' AND url = (SELECT url FROM forward_targets "
            "WHERE key = ?1)",
            {key});
        !done)
        return done;
    return runForwardSql(database, "DELETE FROM forward_targets WHERE key = ?1", {key});
}

DatabaseResult<void> retryForwards(Database &database, const QUrl &url)
{
    return runForwardSql(database,
        "UPDATE forwards SET state = 'WAITING', attempts = 0, next_at = 0, leased_until = 0 WHERE state = 'GIVEN_UP' "
        "AND url = ?1",
        {url.toString(QUrl::FullyEncoded)});
}

DatabaseResult<QList<ForwardProgress>> readForwards(Database &database, qint64 eventKey)
{
    const auto statement = database.prepare(
        "SELECT key, url, state, attempts, next_at FROM forwards WHERE event_key = ?1 ORDER BY key");
    if (!statement)
        return std::unexpected(statement.error());
    QList<ForwardProgress> forwards;
    auto row = (*statement)->bind(0, eventKey).step();
    for (; row && *row; row = (*statement)->step())
        forwards.append({.key = (*statement)->integer(0),
            .url = QUrl((*statement)->text(1)),
            .state = forwardStateOfWord((*statement)->text(2)),
            .attempts = static_cast<int>((*statement)->integer(3)),
            .nextAt = (*statement)->integer(4)});
    if (!row)
        return std::unexpected(row.error());
    return forwards;
}

DatabaseResult<QList<ForwardAttempt>> readForwardAttempts(Database &database, qint64 forwardKey, int limit)
{
    const auto statement = database.prepare(
        "SELECT at, http_status, answer, took_ms FROM forward_attempts WHERE forward_key = ?1 ORDER BY key DESC LIMIT "
        "?2");
    if (!statement)
        return std::unexpected(statement.error());
    QList<ForwardAttempt> attempts;
    auto row = (*statement)->bind(0, forwardKey).bind(1, qint64(limit)).step();
    for (; row && *row; row = (*statement)->step())
        attempts.append({.at = (*statement)->integer(0),
            .httpStatus = static_cast<int>((*statement)->integer(1)),
            .answer = (*statement)->text(2),
            .tookMs = (*statement)->integer(3)});
    if (!row)
        return std::unexpected(row.error());
    return attempts;
}

std::optional<qint64> forwardWaitMs(int attempts)
{
    if (attempts >= mostForwardAttempts)
        return {};
    const int doublings = std::clamp(attempts - 1, 0, 20);
    return std::min(firstForwardWaitMs << doublings, longestForwardWaitMs);
}

Forwarder::Forwarder(Ledger &ledger, FillSecret fillSecret, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_fillSecret(std::move(fillSecret))
    , m_sender(this)
    , m_next(this)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &Forwarder::look);
    connect(&ledger, &Ledger::recordsChanged, this, [this](RecordKind kind) {
        if (kind == RecordKind::Event)
            lookAt(0);
    });
}

void Forwarder::start()
{
    m_active = true;
    lookAt(0);
}

void Forwarder::stop()
{
    m_active = false;
    m_next.stop();
}

void Forwarder::lookAt(qint64 delayMs)
{
    if (m_active && (!m_next.isActive() || m_next.remainingTime() > delayMs))
        m_next.start(static_cast<int>(delayMs));
}

DatabaseResult<QList<Forwarder::Due>> Forwarder::lease(Database &database, int count, qint64 now)
{
    const auto statement = database.prepare(
        "UPDATE forwards SET leased_until = ?2 + ?3 WHERE key IN (SELECT key FROM forwards WHERE state = 'WAITING' AND "
        "next_at <= ?2 AND leased_until <= ?2 ORDER BY next_at LIMIT ?1) RETURNING key, event_key, url, attempts, "
        "(SELECT subscription_id FROM events e WHERE e.key = event_key)");
    if (!statement)
        return std::unexpected(statement.error());
    QList<Due> all;
    auto row = (*statement)->bind(0, qint64(count)).bind(1, now).bind(2, leaseMs).step();
    for (; row && *row; row = (*statement)->step())
        all.append({.key = (*statement)->integer(0),
            .eventKey = (*statement)->integer(1),
            .url = QUrl((*statement)->text(2)),
            .attempts = static_cast<int>((*statement)->integer(3)),
            .subscriptionId = (*statement)->text(4)});
    if (!row)
        return std::unexpected(row.error());
    for (Due &due : all) {
        const auto delivery = readDelivery(database, due.eventKey);
        if (!delivery)
            return std::unexpected(delivery.error());
        due.delivery = delivery->value_or(api::WebhookDelivery());
    }
    return all;
}

void Forwarder::look()
{
    if (!m_active || m_leasing || m_underWay >= forwardsAtOnce)
        return;
    m_leasing = true;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    auto due = std::make_shared<QList<Due>>();
    auto nextAt = std::make_shared<qint64>(0);
    const auto job = [due, nextAt, now, count = forwardsAtOnce - m_underWay](
                         Database &database) -> DatabaseResult<void> {
        auto leased = lease(database, count, now);
        if (!leased)
            return std::unexpected(leased.error());
        *due = std::move(*leased);
        const auto statement = database.prepare(
            "SELECT min(max(next_at, leased_until)) FROM forwards WHERE state = 'WAITING'");
        if (!statement)
            return std::unexpected(statement.error());
        const auto row = (*statement)->step();
        *nextAt = row && *row && !(*statement)->isNull(0) ? (*statement)->integer(0) : now + idleLookMs;
        (*statement)->reset();
        return {};
    };
    m_ledger.write(job, Ledger::Durability::Normal, this, [this, due, nextAt, now](const DatabaseResult<void> &done) {
        m_leasing = false;
        if (!m_active)
            return;
        for (const Due &each : done ? *due : QList<Due>())
            send(each);
        lookAt(done ? std::clamp(*nextAt - now, qint64(100), idleLookMs) : idleLookMs);
    });
}

void Forwarder::send(const Due &due)
{
    ++m_underWay;
    api::WebhookDelivery delivery = due.delivery;
    if (m_fillSecret)
        m_fillSecret(due.subscriptionId, delivery);
    delivery.headers.removeIf([](const api::HeaderLine &line) { return line.value == hiddenHeaderValue; });
    m_sender.post(due.url, delivery, this,
        [this, due](const std::expected<api::WebhookAnswer, QString> &answer) { note(due, answer); });
}

void Forwarder::note(const Due &due, const std::expected<api::WebhookAnswer, QString> &answer)
{
    --m_underWay;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const bool delivered = answer && answer->isSuccess();
    const auto wait = forwardWaitMs(due.attempts + 1);
    const QString state = delivered ? u"DELIVERED"_s : wait ? u"WAITING"_s : u"GIVEN_UP"_s;
    const QString words = answer ? QString::fromUtf8(answer->beginning).left(keptForwardAnswer) : answer.error();
    const qint64 status = answer ? answer->status : 0;
    const qint64 took = answer ? answer->tookMs : 0;
    const auto job = [due, now, state, words, status, took, nextAt = now + wait.value_or(0), &ledger = m_ledger](
                         Database &database) -> DatabaseResult<void> {
        ledger.noteChange(RecordKind::Event, due.eventKey);
        if (auto done = runForwardSql(database,
                "INSERT INTO forward_attempts(forward_key, at, http_status, answer, took_ms) VALUES(?1, ?2, ?3, ?4, "
                "?5)",
                {due.key, now, status, words, took});
            !done)
            return done;
        return runForwardSql(database,
            "UPDATE forwards SET state = ?2, attempts = attempts + 1, next_at = ?3, leased_until = 0 WHERE key = ?1",
            {due.key, state, nextAt});
    };
    m_ledger.write(job, Ledger::Durability::Normal, this, [this, due, delivered](const DatabaseResult<void> &) {
        emit attempted(due.eventKey, delivered);
        lookAt(0);
    });
}

} // namespace models

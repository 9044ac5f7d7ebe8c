// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventintake.h"

#include "models/audit.h"
#include "models/webhooksubscriptions.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QUuid>

#include <algorithm>
#include <iterator>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr size_t largestBatch = 512;

} // namespace

DatabaseResult<EventSources> readEventSources(Database &database)
{
    const auto statement = database.prepare("SELECT id, family, path_token, scheme FROM webhook_subscriptions");
    if (!statement)
        return std::unexpected(statement.error());
    EventSources sources;
    auto row = (*statement)->step();
    for (; row && *row; row = (*statement)->step()) {
        sources.insert(webhookPath((*statement)->text(2)).toUtf8(),
            {.subscriptionId = (*statement)->text(0),
                .family = webhookFamilyOfWord((*statement)->text(1)).value_or(WebhookFamily::PayByBank),
                .scheme = schemeOfStored((*statement)->text(3))});
    }
    if (!row)
        return std::unexpected(row.error());
    return sources;
}

DatabaseResult<void> ensureEventSource(
    Database &database, const QString &pathToken, WebhookFamily family, const WebhookScheme &scheme)
{
    const auto known = readEventSources(database);
    if (!known)
        return std::unexpected(known.error());
    if (known->contains(webhookPath(pathToken).toUtf8()))
        return {};
    return insertSubscription(database,
        {.id = QUuid::createUuid().toString(QUuid::WithoutBraces),
            .family = family,
            .name = u"Path "_s + pathToken.left(6) + u'…',
            .pathToken = pathToken,
            .scheme = scheme,
            .hasSecret = scheme.kind != WebhookScheme::Kind::None,
            .state = SubscriptionState::Active,
            .madeAt = QDateTime::currentMSecsSinceEpoch(),
            .madeBy = currentUser(),
            .madeElsewhere = true});
}

QString newPathToken()
{
    constexpr QLatin1StringView alphabet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    QString token;
    for (int i = 0; i < 32; ++i)
        token += alphabet[static_cast<qsizetype>(
            QRandomGenerator::system()->bounded(static_cast<quint32>(alphabet.size())))];
    return token;
}

bool isPathToken(QStringView token)
{
    return token.size() >= 8 && token.size() <= 64 && std::ranges::all_of(token, [](QChar letter) {
        return letter.unicode() < 128 && (letter.isLetterOrNumber() || letter == u'-' || letter == u'_');
    });
}

EventIntake::EventIntake(Ledger &ledger)
    : m_ledger(ledger)
{
}

void EventIntake::setSources(EventSources sources)
{
    const std::lock_guard lock(m_mutex);
    m_sources = std::move(sources);
}

bool EventIntake::knows(const QByteArray &path) const
{
    const std::lock_guard lock(m_mutex);
    return m_sources.contains(path);
}

void EventIntake::take(api::WebhookDelivery delivery, api::ListenerReply reply)
{
    std::unique_lock lock(m_mutex);
    const auto source = m_sources.constFind(delivery.path);
    if (source == m_sources.constEnd()) {
        lock.unlock();
        reply(404, "Nothing listens at this address.\n");
        return;
    }
    const EventSource found = *source;
    lock.unlock();
    m_gathered.push_back({.event = prepareEvent(std::move(delivery), found), .reply = std::move(reply)});
    storeSoon();
}

// What arrives in the same turn of the event loop shares a commit even when none is under way.
void EventIntake::storeSoon()
{
    if (m_scheduled || m_underWay > 0 || m_gathered.empty())
        return;
    m_scheduled = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_scheduled = false;
            auto batch = std::make_shared<std::vector<Arrival>>();
            const size_t count = std::min(m_gathered.size(), largestBatch);
            const auto end = m_gathered.begin() + static_cast<std::ptrdiff_t>(count);
            std::move(m_gathered.begin(), end, std::back_inserter(*batch));
            m_gathered.erase(m_gathered.begin(), end);
            store(batch);
        },
        Qt::QueuedConnection);
}

void EventIntake::store(const Batch &batch)
{
    ++m_underWay;
    const auto job = [batch, &ledger = m_ledger](Database &database) -> DatabaseResult<void> {
        for (Arrival &arrival : *batch) {
            const auto stored = storeEvent(database, arrival.event);
            if (!stored)
                return std::unexpected(stored.error());
            arrival.stored = *stored;
            ledger.noteChange(RecordKind::Event, stored->key);
        }
        return {};
    };
    m_ledger.write(
        job, Ledger::Durability::Full, this, [this, batch](const DatabaseResult<void> &done) { finish(batch, done); });
}

void EventIntake::finish(const Batch &batch, const DatabaseResult<void> &done)
{
    --m_underWay;
    if (!done && done.error().problem == DatabaseProblem::Constraint && batch->size() > 1) {
        // One of them breaks a rule: the others must not suffer.
        for (Arrival &arrival : *batch) {
            auto one = std::make_shared<std::vector<Arrival>>();
            one->push_back(std::move(arrival));
            store(one);
        }
        return;
    }
    QList<qint64> fresh;
    QStringList subscriptions;
    for (const Arrival &arrival : *batch) {
        if (!done) {
            arrival.reply(503, "The event could not be stored. Send it again.\n");
            continue;
        }
        if (arrival.stored.how != StoredEvent::How::Repeat)
            fresh.append(arrival.stored.key);
        if (!subscriptions.contains(arrival.event.source.subscriptionId))
            subscriptions.append(arrival.event.source.subscriptionId);
        if (arrival.event.facts.unreadable)
            arrival.reply(400, "The body is not the JSON of an event. It was kept for a person to look at.\n");
        else
            arrival.reply(200, "Stored.\n");
    }
    if (!done)
        emit storingFailed(done.error());
    if (!fresh.isEmpty())
        emit stored(fresh);
    if (!subscriptions.isEmpty())
        emit arrived(subscriptions);
    storeSoon();
}

} // namespace models

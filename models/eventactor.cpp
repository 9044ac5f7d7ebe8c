// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventactor.h"

#include "models/aggregationuser.h"
#include "models/cell.h"
#include "models/recordtables.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct ActorWords
{
    Q_DECLARE_TR_FUNCTIONS(Inbox)
};

constexpr int firstWaitMs = 5'000;
constexpr int longestWaitMs = 300'000;
constexpr int besidesMs = 1'000; // while others are under way or the pace is reached
// Taken on by a console that ended before it was done.
constexpr qint64 abandonedMs = 10 * 60'000;

QString recordName(const RecordRef &ref)
{
    return observationKind(ref.kind) + u'/' + ref.id;
}

QString keyList(const QList<qint64> &keys)
{
    QStringList numbers;
    for (const qint64 key : keys)
        numbers.append(QString::number(key));
    return u'[' + numbers.join(u',') + u']';
}

//! Null when the ledger does not have the record.
DatabaseResult<QString> statusOf(Database &database, const RecordRef &ref)
{
    const auto statement = database.prepare(QByteArray("SELECT status FROM ") + tableOf(ref.kind) + " WHERE id = ?1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->bind(0, QStringView(ref.id)).step();
    if (!row)
        return std::unexpected(row.error());
    QString status;
    if (*row)
        status = (*statement)->text(0).isNull() ? u""_s : (*statement)->text(0);
    (*statement)->reset();
    return status;
}

QString changeText(const RecordRef &ref, const QString &before, const QString &after)
{
    const auto word = [&ref](const QString &status) { return statusLook(ref.kind, status).word; };
    if (before.isNull())
        return ActorWords::tr("New here: %1").arg(word(after));
    if (before == after)
        return ActorWords::tr("No new status: %1").arg(word(after));
    //: the status of a record before and after
    return ActorWords::tr("%1 → %2").arg(word(before), word(after));
}

//! Events with what they name, oldest first, without those that name nothing.
DatabaseResult<QList<std::pair<RecordRef, qint64>>> withResources(Database &database, Statement &events)
{
    QList<std::pair<RecordRef, qint64>> all;
    auto row = events.step();
    for (; row && *row; row = events.step()) {
        const EventFacts facts{.type = events.text(1),
            .resourceType = events.text(2),
            .resourceId = events.text(3),
            .loginName = events.text(5)};
        const auto ref = findResource(
            database, webhookFamilyOfWord(events.text(4)).value_or(WebhookFamily::PayByBank), facts);
        if (!ref)
            return std::unexpected(ref.error());
        if (*ref)
            all.append({**ref, events.integer(0)});
    }
    if (!row)
        return std::unexpected(row.error());
    return all;
}

DatabaseResult<QList<std::pair<RecordRef, qint64>>> waitingEvents(Database &database, qint64 now)
{
    const auto statement = database.prepare(
        "SELECT key, type, resource_type, resource_id, family, login_name FROM events WHERE state = "
        "'ARRIVED' OR (state = 'READING' AND acted_at < ?1) ORDER BY key LIMIT 5000");
    if (!statement)
        return std::unexpected(statement.error());
    return withResources(database, (*statement)->bind(0, now - abandonedMs));
}

DatabaseResult<QList<qint64>> withSomethingToRead(Database &database, const QList<qint64> &keys)
{
    const auto statement = database.prepare(
        "SELECT key, type, resource_type, resource_id, family, login_name FROM events WHERE key IN (SELECT value FROM "
        "json_each(?1))");
    if (!statement)
        return std::unexpected(statement.error());
    const QString list = keyList(keys);
    const auto events = withResources(database, (*statement)->bind(0, QStringView(list)));
    if (!events)
        return std::unexpected(events.error());
    QList<qint64> readable;
    for (const auto &[ref, key] : *events)
        readable.append(key);
    return readable;
}

struct EventOutcome
{
    EventState state;
    QString changed = {};
    QString problem = {};
};

DatabaseResult<void> writeOutcome(Database &database, const QList<qint64> &keys, const EventOutcome &outcome)
{
    const auto statement = database.prepare(
        "UPDATE events SET state = ?2, changed = CASE ?3 WHEN '' THEN changed ELSE ?3 END, problem = CASE ?4 WHEN '' "
        "THEN problem ELSE ?4 END, acted_at = ?5 WHERE key IN (SELECT value FROM json_each(?1))");
    if (!statement)
        return std::unexpected(statement.error());
    const QString list = keyList(keys);
    const QString state = eventStateWord(outcome.state);
    (*statement)->bind(0, QStringView(list)).bind(1, QStringView(state));
    (*statement)->bind(2, outcome.changed.isNull() ? QStringView(u"") : QStringView(outcome.changed));
    (*statement)->bind(3, outcome.problem.isNull() ? QStringView(u"") : QStringView(outcome.problem));
    (*statement)->bind(4, QDateTime::currentMSecsSinceEpoch());
    return (*statement)->run();
}

//! Those of `keys` that nobody else has taken on.
DatabaseResult<QList<qint64>> stillWaiting(Database &database, const QList<qint64> &keys, qint64 now)
{
    const auto statement = database.prepare(
        "SELECT key FROM events WHERE key IN (SELECT value FROM json_each(?1)) AND (state = 'ARRIVED' OR (state = "
        "'READING' AND acted_at < ?2))");
    if (!statement)
        return std::unexpected(statement.error());
    const QString list = keyList(keys);
    QList<qint64> mine;
    auto row = (*statement)->bind(0, QStringView(list)).bind(1, now - abandonedMs).step();
    for (; row && *row; row = (*statement)->step())
        mine.append((*statement)->integer(0));
    if (!row)
        return std::unexpected(row.error());
    return mine;
}

// The question itself may be right another time: nothing is wrong with the event.
bool isPassing(const api::Error &error)
{
    switch (error.kind) {
    case api::ErrorKind::Offline:
    case api::ErrorKind::TimedOut:
    case api::ErrorKind::Untrusted:
    case api::ErrorKind::Unauthorized:
    case api::ErrorKind::RateLimited:
    case api::ErrorKind::Fault:
    case api::ErrorKind::Cancelled:
    case api::ErrorKind::NoSecret:
        return true;
    case api::ErrorKind::Forbidden:
    case api::ErrorKind::NotFound:
    case api::ErrorKind::Rejected:
    case api::ErrorKind::Garbled:
        return false;
    }
    Q_UNREACHABLE();
}

QString readProblem(const RecordRef &ref, const api::Error &error)
{
    if (error.kind == api::ErrorKind::NotFound)
        return ActorWords::tr("The API does not know %1. It may belong to another merchant or environment.")
            .arg(ref.id);
    return api::errorText(error);
}

} // namespace

EventActor::EventActor(Ledger &ledger, LookUps &lookUps, Pace pace, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_lookUps(lookUps)
    , m_pace(pace)
    , m_soon(this)
{
    m_clock.start();
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &EventActor::look);
    connect(&ledger, &Ledger::recordsChanged, this, [this](RecordKind kind) {
        if (kind == RecordKind::Event)
            lookSoon();
    });
    connect(&ledger, &Ledger::changedElsewhere, this, &EventActor::lookSoon);
}

EventActor::~EventActor() = default;

void EventActor::start()
{
    m_active = true;
    m_pauses = {};
    lookSoon();
}

void EventActor::stop()
{
    m_active = false;
    m_soon.stop();
    m_looking = {};
    m_underWay.clear();
    m_pauses = {};
}

bool EventActor::isActive() const
{
    return m_active;
}

void EventActor::actOn(const QList<qint64> &keys)
{
    const auto job = [keys, &ledger = m_ledger](Database &database) -> DatabaseResult<void> {
        const auto readable = withSomethingToRead(database, keys);
        if (!readable)
            return std::unexpected(readable.error());
        for (const qint64 key : *readable)
            ledger.noteChange(RecordKind::Event, key);
        return writeOutcome(database, *readable, {.state = EventState::Arrived});
    };
    m_ledger.write(job, Ledger::Durability::Normal, this, [this](const DatabaseResult<void> &) {
        m_pauses = {};
        lookSoon();
    });
}

EventActor::Pause &EventActor::pauseOf(const RecordRef &ref)
{
    return m_pauses[linkedUserOf(ref) ? 1 : 0];
}

// Not restarted while it runs, so that a steady stream cannot put it off for ever.
void EventActor::lookSoon()
{
    if (!m_active)
        return;
    if (m_looking.isActive())
        m_again = true;
    else if (!m_soon.isActive() || m_soon.remainingTime() > m_pace.gatherMs)
        m_soon.start(m_pace.gatherMs);
}

void EventActor::look()
{
    using Waiting = QList<std::pair<RecordRef, qint64>>;
    m_again = false;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_looking = m_ledger.read<Waiting>([now](Database &database) { return waitingEvents(database, now); }, this,
        [this](const DatabaseResult<Waiting> &waiting) {
            QList<Task> tasks;
            QHash<QString, qsizetype> places;
            for (const auto &[ref, key] : waiting ? *waiting : Waiting()) {
                const QString name = recordName(ref);
                const auto place = places.constFind(name);
                if (place != places.constEnd()) {
                    tasks[*place].keys.append(key);
                    continue;
                }
                places.insert(name, tasks.size());
                tasks.append({.ref = ref, .keys = {key}, .before = {}});
            }
            begin(tasks);
        });
}

void EventActor::begin(const QList<Task> &tasks)
{
    const qint64 now = m_clock.elapsed();
    std::optional<qint64> againInMs;
    for (const Task &task : tasks) {
        const qint64 pausedMs = pauseOf(task.ref).until - now;
        if (pausedMs <= 0 && !m_underWay.contains(recordName(task.ref)) && mayBegin(task.ref))
            claim(task);
        else
            againInMs = std::min(againInMs.value_or(longestWaitMs), std::max<qint64>(besidesMs, pausedMs));
    }
    if (m_again)
        lookSoon();
    else if (againInMs && m_active && !m_soon.isActive())
        m_soon.start(static_cast<int>(*againInMs));
}

bool EventActor::mayBegin(const RecordRef &ref)
{
    const qint64 now = m_clock.elapsed();
    m_begun.removeIf([now](qint64 at) { return now - at >= 1000; });
    const Pause &pause = pauseOf(ref);
    if (pause.waitMs > 0 && pause.underWay > 0)
        return false; // one call finds out whether the API can be asked again
    if (static_cast<int>(m_underWay.size()) >= m_pace.atOnce || m_begun.size() >= m_pace.perSecond)
        return false;
    m_begun.append(now);
    return true;
}

void EventActor::claim(const Task &task)
{
    m_underWay.try_emplace(recordName(task.ref));
    ++pauseOf(task.ref).underWay;
    auto claimed = std::make_shared<Task>(Task{.ref = task.ref, .keys = {}, .before = {}});
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto job = [task, claimed, now, &ledger = m_ledger](Database &database) -> DatabaseResult<void> {
        const auto mine = stillWaiting(database, task.keys, now);
        if (!mine)
            return std::unexpected(mine.error());
        const auto before = statusOf(database, task.ref);
        if (!before)
            return std::unexpected(before.error());
        claimed->keys = *mine;
        claimed->before = *before;
        for (const qint64 key : *mine)
            ledger.noteChange(RecordKind::Event, key);
        return writeOutcome(database, *mine, {.state = EventState::Reading});
    };
    m_ledger.write(job, Ledger::Durability::Normal, this, [this, claimed](const DatabaseResult<void> &written) {
        if (!m_active)
            return;
        if (!written || claimed->keys.isEmpty())
            done(claimed->ref);
        else
            readBack(*claimed);
    });
}

void EventActor::readBack(const Task &task)
{
    m_underWay[recordName(task.ref)] = m_lookUps.lookUp(task.ref, Source::EventReadBack, this,
        [this, task](const api::Result<RecordRef> &read) { finish(task, read); });
}

void EventActor::finish(const Task &task, const api::Result<RecordRef> &read)
{
    const bool passing = !read && isPassing(read.error());
    Pause &pause = pauseOf(task.ref);
    pause.waitMs = passing ? std::clamp(pause.waitMs * 2, firstWaitMs, longestWaitMs) : 0;
    pause.until = m_clock.elapsed() + pause.waitMs;
    const auto job = [task, read, passing, &ledger = m_ledger](Database &database) -> DatabaseResult<void> {
        for (const qint64 key : task.keys)
            ledger.noteChange(RecordKind::Event, key);
        if (!read)
            return writeOutcome(database, task.keys,
                {.state = passing ? EventState::Arrived : EventState::NotRead,
                    .problem = passing ? QString() : readProblem(task.ref, read.error())});
        const auto after = statusOf(database, task.ref);
        if (!after)
            return std::unexpected(after.error());
        return writeOutcome(
            database, task.keys, {.state = EventState::ReadBack, .changed = changeText(task.ref, task.before, *after)});
    };
    m_ledger.write(job, Ledger::Durability::Normal, this, [this, task](const DatabaseResult<void> &written) {
        done(task.ref);
        if (written)
            emit acted(task.keys);
    });
}

void EventActor::done(const RecordRef &ref)
{
    Pause &pause = pauseOf(ref);
    pause.underWay = std::max(0, pause.underWay - 1);
    m_underWay.erase(recordName(ref));
    lookSoon();
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/refresher.h"

#include "models/refreshplan.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QSet>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr qsizetype batchSize = 16;
constexpr qsizetype mostOnScreen = 200;
constexpr std::size_t mostRefreshesInFlight = 4;
constexpr qint64 longestNapMs = RefreshPlan::firstWaitMs;
constexpr qint64 firstOutageWaitMs = 30'000;
constexpr qint64 longestOutageWaitMs = 600'000;

// The conditions are those of the partial indexes transactions_open and payouts_open, word for word: SQLite uses them
// only then.
constexpr auto *openTransactions = "status <> 'SUCCEEDED' AND status <> 'TERMINAL_FAILED' AND status <> 'CANCELED' AND "
                                   "status <> 'CANCELLED'";
constexpr auto *openPayouts = "status <> 'DISBURSED'";

struct RefreshKind
{
    RecordKind kind;
    QByteArray open;   //!< all open records, oldest read first
    QByteArray single; //!< the one named, when it is open
};

const std::array<RefreshKind, 2> &refreshKinds()
{
    static const auto make = [](RecordKind kind, const QByteArray &table, const QByteArray &condition) {
        const QByteArray base = "SELECT id, status, last_read_at FROM " + table + " WHERE " + condition;
        return RefreshKind{.kind = kind, .open = base + " ORDER BY last_read_at", .single = base + " AND id = ?1"};
    };
    static const std::array kinds{make(RecordKind::Transaction, "transactions", openTransactions),
        make(RecordKind::Payout, "payouts", openPayouts)};
    return kinds;
}

struct RefreshBatch
{
    QList<OpenRecord> records = {};
    qint64 nextDueAt = std::numeric_limits<qint64>::max(); //!< UTC ms, of those seen that are not due yet
};

//! Runs on a reader thread, over copies.
class BatchReader
{
public:
    BatchReader(Database &database, const RefreshPlan &plan, qint64 now)
        : m_database(database)
        , m_plan(plan)
        , m_now(now)
    {
    }

    DatabaseResult<RefreshBatch> read(const QList<RecordRef> &onScreen)
    {
        for (const RecordRef &ref : onScreen) {
            for (const RefreshKind &each : refreshKinds()) {
                if (each.kind != ref.kind)
                    continue;
                if (const auto taken = take(each, each.single, ref.id); !taken)
                    return std::unexpected(taken.error());
            }
        }
        for (const RefreshKind &each : refreshKinds()) {
            if (const auto taken = take(each, each.open, {}); !taken)
                return std::unexpected(taken.error());
        }
        std::ranges::stable_sort(m_others, {}, &OpenRecord::lastReadAt);
        m_batch.records += m_others.first(std::min(batchSize, m_others.size()));
        return m_batch;
    }

private:
    DatabaseResult<void> take(const RefreshKind &kind, const QByteArray &sql, const QString &id)
    {
        const auto statement = m_database.prepare(sql);
        if (!statement)
            return std::unexpected(statement.error());
        const bool onScreen = !id.isNull();
        if (onScreen)
            (*statement)->bind(0, QStringView(id));
        qsizetype found = 0;
        auto row = (*statement)->step();
        for (; row && *row && found < batchSize; row = (*statement)->step())
            found += consider({.ref = {.kind = kind.kind, .id = (*statement)->text(0)},
                                  .status = (*statement)->text(1),
                                  .lastReadAt = (*statement)->integer(2)},
                onScreen);
        (*statement)->reset();
        return row ? DatabaseResult<void>() : std::unexpected(row.error());
    }

    qsizetype consider(const OpenRecord &record, bool onScreen)
    {
        const QString key = QString::number(static_cast<int>(record.ref.kind)) + record.ref.id;
        if (m_seen.contains(key))
            return 0;
        if (onScreen)
            m_seen.insert(key);
        const qint64 dueAt = m_plan.dueAt(record, onScreen);
        if (dueAt > m_now) {
            m_batch.nextDueAt = std::min(m_batch.nextDueAt, dueAt);
            return 0;
        }
        (onScreen ? m_batch.records : m_others).append(record);
        return 1;
    }

    Database &m_database;
    const RefreshPlan &m_plan;
    qint64 m_now;
    RefreshBatch m_batch;
    QList<OpenRecord> m_others;
    QSet<QString> m_seen;
};

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

//! What an error says about the next question, which is for another record.
enum class Prospect { SameRecordOnly, TryLater, WaitForSomebody };

Prospect prospectOf(api::ErrorKind kind)
{
    switch (kind) {
    case api::ErrorKind::Offline:
    case api::ErrorKind::TimedOut:
    case api::ErrorKind::RateLimited:
    case api::ErrorKind::Fault:
        return Prospect::TryLater;
    case api::ErrorKind::Untrusted:
    case api::ErrorKind::Unauthorized:
    case api::ErrorKind::Forbidden:
    case api::ErrorKind::NoSecret:
        return Prospect::WaitForSomebody;
    case api::ErrorKind::NotFound:
    case api::ErrorKind::Rejected:
    case api::ErrorKind::Garbled:
    case api::ErrorKind::Cancelled:
        return Prospect::SameRecordOnly;
    }
    Q_UNREACHABLE();
}

} // namespace

class Refresher::Private
{
public:
    Private(Refresher *refresher, Ledger &theLedger, LookUps &theLookUps);

    void step();
    void fetch();
    void take(DatabaseResult<RefreshBatch> batch);
    void ask(const OpenRecord &record);
    void answered(quint64 number, const api::Result<RecordRef> &result);
    void pauseFor(const api::Error &error);
    void worksAgain();
    void wakeIn(qint64 ms);
    void wakeWhenAllowed();
    qint64 gapMs() const { return 60'000 / perMinute; }

    Refresher *q;
    Ledger &ledger;
    LookUps &lookUps;
    RefreshPlan plan;
    QTimer timer;
    int perMinute = 60;
    bool running = false;
    bool outage = false;
    qint64 outageWaitMs = firstOutageWaitMs;
    qint64 lastAskAt = 0;
    QList<RecordRef> onScreen = {};
    QList<OpenRecord> queue = {};
    LedgerRead reading = {};
    std::map<quint64, api::Call> calls = {};
    quint64 lastNumber = 0;
};

Refresher::Private::Private(Refresher *refresher, Ledger &theLedger, LookUps &theLookUps)
    : q(refresher)
    , ledger(theLedger)
    , lookUps(theLookUps)
    , plan(QRandomGenerator::global()->generate())
{
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, q, [this] { step(); });
    QObject::connect(&lookUps, &LookUps::succeeded, q, [this] { worksAgain(); });
}

void Refresher::Private::step()
{
    if (!running || perMinute <= 0)
        return;
    if (queue.isEmpty())
        return fetch();
    if (calls.size() < mostRefreshesInFlight)
        ask(queue.takeFirst());
    // During an outage the answer decides what happens next.
    if (!outage)
        wakeIn(plan.jittered(gapMs()));
}

void Refresher::Private::fetch()
{
    reading = ledger.read<RefreshBatch>(
        [onScreen = onScreen, plan = plan, now = nowMs()](
            Database &database) { return BatchReader(database, plan, now).read(onScreen); },
        q, [this](DatabaseResult<RefreshBatch> batch) { take(std::move(batch)); }, Ledger::Lane::Long);
}

void Refresher::Private::take(DatabaseResult<RefreshBatch> batch)
{
    if (!running || perMinute <= 0)
        return;
    if (batch)
        queue = batch->records;
    if (!queue.isEmpty())
        return step();
    const qint64 untilDue = batch ? batch->nextDueAt - nowMs() : longestNapMs;
    wakeIn(std::clamp(untilDue, gapMs(), std::max(longestNapMs, gapMs())));
}

void Refresher::Private::ask(const OpenRecord &record)
{
    lastAskAt = nowMs();
    plan.asked(record, lastAskAt);
    const quint64 number = ++lastNumber;
    calls[number] = lookUps.lookUp(record.ref, Source::Poll, q,
        [this, number](const api::Result<RecordRef> &result) { answered(number, result); });
}

void Refresher::Private::answered(quint64 number, const api::Result<RecordRef> &result)
{
    calls.erase(number);
    if (!result && running)
        pauseFor(result.error());
}

void Refresher::Private::pauseFor(const api::Error &error)
{
    const Prospect prospect = prospectOf(error.kind);
    if (prospect == Prospect::SameRecordOnly) {
        if (outage)
            worksAgain();
        return;
    }
    outage = true;
    calls.clear();
    if (prospect == Prospect::WaitForSomebody)
        return timer.stop();
    wakeIn(std::max<qint64>(plan.jittered(outageWaitMs), error.retryAfterSeconds * qint64(1000)));
    outageWaitMs = std::min(outageWaitMs * 2, longestOutageWaitMs);
}

void Refresher::Private::worksAgain()
{
    if (!std::exchange(outage, false))
        return;
    outageWaitMs = firstOutageWaitMs;
    wakeWhenAllowed();
}

void Refresher::Private::wakeIn(qint64 ms)
{
    timer.start(static_cast<int>(ms));
}

//! As soon as the budget allows the next question.
void Refresher::Private::wakeWhenAllowed()
{
    if (running && !outage && perMinute > 0)
        wakeIn(std::clamp(lastAskAt + gapMs() - nowMs(), qint64(0), gapMs()));
}

Refresher::Refresher(Ledger &ledger, LookUps &lookUps, QObject *parent)
    : QObject(parent)
    , d(std::make_shared<Private>(this, ledger, lookUps))
{
}

void Refresher::start()
{
    if (std::exchange(d->running, true))
        return;
    d->outage = false;
    d->outageWaitMs = firstOutageWaitMs;
    d->wakeWhenAllowed();
}

void Refresher::stop()
{
    d->running = false;
    d->timer.stop();
    d->reading = {};
    d->calls.clear();
    d->queue.clear();
}

void Refresher::setMaximumPerMinute(int lookUps)
{
    d->perMinute = std::clamp(lookUps, 0, 60'000);
    d->timer.stop();
    d->wakeWhenAllowed();
}

void Refresher::showing(const QList<RecordRef> &refs)
{
    const QList<RecordRef> shown = refs.first(std::min(refs.size(), mostOnScreen));
    if (shown == d->onScreen)
        return;
    d->onScreen = shown;
    d->queue.clear();
    d->wakeWhenAllowed();
}

} // namespace models

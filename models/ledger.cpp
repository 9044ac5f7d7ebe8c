// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ledger.h"

#include "models/ledgerreaders.h"
#include "models/ledgerwriter.h"
#include "models/schema.h"

#include <QTimer>

#include <mutex>

namespace models {

namespace {

constexpr int gatherChangesMs = 100;

LedgerWriter::Done delivered(QObject *context, std::function<void(DatabaseResult<void>)> handler)
{
    if (!handler || !context)
        return {};
    auto mailbox = std::make_shared<ContextMailbox>(context);
    return [mailbox, handler = std::move(handler)](const DatabaseResult<void> &result) {
        // The call keeps the way to its context open until it has run.
        mailbox->post([mailbox, handler, result] { handler(result); });
    };
}

} // namespace

struct LedgerRead::State : ReadTask
{
    using ReadTask::ReadTask;
};

LedgerRead::LedgerRead() = default;
LedgerRead::LedgerRead(LedgerRead &&other) noexcept = default;

LedgerRead::LedgerRead(std::shared_ptr<State> state)
    : m_state(std::move(state))
{
}

LedgerRead &LedgerRead::operator=(LedgerRead &&other) noexcept
{
    if (m_state && m_state != other.m_state)
        m_state->cancel();
    m_state = std::move(other.m_state);
    return *this;
}

LedgerRead::~LedgerRead()
{
    if (m_state)
        m_state->cancel();
}

bool LedgerRead::isActive() const
{
    return m_state && m_state->isActive();
}

class Ledger::Private
{
public:
    explicit Private(const QString &path)
        : file(path)
    {
    }

    QString file;
    QTimer gather;
    std::mutex mutex;
    ChangeSet pending; //!< guarded by the mutex
    std::unique_ptr<LedgerWriter> writer;
    std::unique_ptr<LedgerReaders> readers;
};

DatabaseResult<std::unique_ptr<Ledger>> Ledger::open(const QString &file)
{
    const std::span<const Migration> migrations = ledgerMigrations();
    if (const auto fits = checkLedgerFile(file, migrations.back().version); !fits)
        return std::unexpected(fits.error());
    auto database = Database::open(file, Database::Mode::ReadWrite);
    if (!database)
        return std::unexpected(database.error());
    if (const auto migrated = migrate(**database, migrations); !migrated)
        return std::unexpected(migrated.error());
    std::unique_ptr<Ledger> ledger(new Ledger(std::make_unique<Private>(file)));
    ledger->start(std::move(*database));
    return ledger;
}

Ledger::Ledger(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
    qRegisterMetaType<QList<qint64>>();
    d->gather.setSingleShot(true);
    d->gather.setInterval(gatherChangesMs);
    connect(&d->gather, &QTimer::timeout, this, &Ledger::publishChanges);
}

Ledger::~Ledger()
{
    d->readers.reset();
    // What is queued still notes its changes with the writer, so the way to it stays until the thread has ended.
    d->writer->finish();
}

void Ledger::start(std::unique_ptr<Database> database)
{
    // The writer's thread ends before this object does, so posting to it is always safe.
    const auto post = [this](auto call) { QMetaObject::invokeMethod(this, call, Qt::QueuedConnection); };
    LedgerWriter::Hooks hooks{
        .changed = [this](const ChangeSet &changes) { gatherChanges(changes); },
        .changedElsewhere = [this, post] { post([this] { emit changedElsewhere(); }); },
        .failed = [this, post](const DatabaseError &error) { post([this, error] { emit writeFailed(error); }); },
        .recovered = [this, post] { post([this] { emit writeRecovered(); }); },
    };
    d->readers = std::make_unique<LedgerReaders>(d->file);
    d->writer = std::make_unique<LedgerWriter>(std::move(database), std::move(hooks));
}

void Ledger::gatherChanges(const ChangeSet &changes)
{
    const std::lock_guard lock(d->mutex);
    const bool first = d->pending.isEmpty();
    d->pending.merge(changes);
    if (first)
        QMetaObject::invokeMethod(&d->gather, qOverload<>(&QTimer::start), Qt::QueuedConnection);
}

void Ledger::publishChanges()
{
    ChangeSet changes;
    {
        const std::lock_guard lock(d->mutex);
        changes = std::exchange(d->pending, {});
    }
    for (const RecordKind kind : allRecordKinds) {
        if (const QList<qint64> keys = changes.keys(kind); !keys.isEmpty())
            emit recordsChanged(kind, keys);
    }
}

void Ledger::observe(
    QList<Observation> observations, QObject *context, std::function<void(DatabaseResult<void>)> handler)
{
    d->writer->observe(std::move(observations), delivered(context, std::move(handler)));
}

void Ledger::write(
    WriteJob job, Durability durability, QObject *context, std::function<void(DatabaseResult<void>)> handler)
{
    d->writer->write(std::move(job), durability == Durability::Full, delivered(context, std::move(handler)));
}

void Ledger::noteChange(RecordKind kind, qint64 key)
{
    d->writer->noteChange(kind, key);
}

QString Ledger::file() const
{
    return d->file;
}

void Ledger::retryWrites()
{
    d->writer->retry();
}

LedgerRead Ledger::startRead(std::function<void(Database *, const DatabaseError *)> job, std::function<void()> handler,
    QObject *context, Lane lane)
{
    auto state = std::make_shared<LedgerRead::State>(std::move(job), std::move(handler), context);
    d->readers->append(state, lane);
    return LedgerRead(std::move(state));
}

} // namespace models

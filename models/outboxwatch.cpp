// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outboxwatch.h"

#include "models/outboxevidence.h"

#include <QDateTime>

namespace models {

namespace {

constexpr int sweepSoonMs = 100;
constexpr int sweepRegularlyMs = 5'000;

} // namespace

OutboxWatch::OutboxWatch(
    Ledger &ledger, const InstanceLock &lock, std::function<QSet<qint64>()> underWay, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_lock(lock)
    , m_underWay(std::move(underWay))
    , m_soon(this)
    , m_regularly(this)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(sweepSoonMs);
    m_regularly.start(sweepRegularlyMs);
    connect(&m_soon, &QTimer::timeout, this, &OutboxWatch::look);
    connect(&m_regularly, &QTimer::timeout, this, &OutboxWatch::look);
    connect(&ledger, &Ledger::recordsChanged, this, [this](RecordKind kind) {
        if (kind == RecordKind::OutboxEntry)
            count();
        // Not restarted while it runs, so that a long import cannot put it off for ever.
        if ((kind == RecordKind::Transaction || kind == RecordKind::OutboxEntry) && !m_soon.isActive())
            m_soon.start();
    });
    connect(&ledger, &Ledger::changedElsewhere, this, [this] {
        count();
        if (!m_soon.isActive())
            m_soon.start();
    });
    count();
}

int OutboxWatch::needsPerson() const
{
    return m_needsPerson;
}

void OutboxWatch::look()
{
    const SweepContext context{.ledgerFile = m_ledger.file(),
        .instance = m_lock.instance(),
        .underWay = m_underWay(),
        .now = QDateTime::currentMSecsSinceEpoch()};
    m_looking = m_ledger.read<bool>([context](Database &database) { return outboxNeedsSweep(database, context); }, this,
        [this](const DatabaseResult<bool> &needed) {
            if (needed && *needed)
                sweep();
        });
}

void OutboxWatch::sweep()
{
    const SweepContext context{.ledgerFile = m_ledger.file(),
        .instance = m_lock.instance(),
        .underWay = m_underWay(),
        .now = QDateTime::currentMSecsSinceEpoch()};
    auto changedKeys = std::make_shared<QList<qint64>>();
    const auto job = [&ledger = m_ledger, context, changedKeys](Database &database) -> DatabaseResult<void> {
        changedKeys->clear();
        const auto keys = sweepOutbox(database, context);
        if (!keys)
            return std::unexpected(keys.error());
        *changedKeys = *keys;
        for (const qint64 key : *keys) {
            ledger.noteChange(RecordKind::OutboxEntry, key);
            const auto entry = readOutboxEntry(database, key);
            const auto original = entry && *entry ? transactionKey(database, (*entry)->original)
                                                  : DatabaseResult<qint64>(0);
            if (original && *original > 0)
                ledger.noteChange(RecordKind::Transaction, *original);
        }
        return {};
    };
    m_ledger.write(job, Ledger::Durability::Full, this, [this, changedKeys](const DatabaseResult<void> &written) {
        if (!written)
            return;
        for (const qint64 key : std::as_const(*changedKeys))
            emit changed(key);
    });
}

void OutboxWatch::count()
{
    m_counting = m_ledger.read<int>(countNeedingPerson, this, [this](const DatabaseResult<int> &counted) {
        if (!counted || *counted == m_needsPerson)
            return;
        m_needsPerson = *counted;
        emit needsPersonChanged();
    });
}

} // namespace models

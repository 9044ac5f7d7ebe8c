// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nextsteps.h"

#include <QDateTime>

#include <algorithm>

namespace ui {

namespace {

using Entries = QHash<qint64, models::OutboxEntry>;

models::DatabaseResult<Entries> readEntries(models::Database &database, const QList<qint64> &keys)
{
    Entries entries;
    for (const qint64 key : keys) {
        const auto entry = models::readOutboxEntry(database, key);
        if (!entry)
            return std::unexpected(entry.error());
        if (*entry)
            entries.insert(key, **entry);
    }
    return entries;
}

} // namespace

NextSteps::NextSteps(models::Ledger &ledger, models::Outbox &outbox, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
{
    connect(&outbox, &models::Outbox::entryChanged, this, [this](qint64 key) {
        if (m_shown.contains(key))
            read();
    });
}

void NextSteps::show(const QList<qint64> &keys)
{
    if (keys == m_shown)
        return;
    m_shown = keys;
    read();
}

void NextSteps::read()
{
    m_read = m_ledger.read<Entries>(
        [keys = m_shown](models::Database &database) { return readEntries(database, keys); }, this,
        [this](models::DatabaseResult<Entries> entries) {
            if (!entries)
                return;
            m_entries = std::move(*entries);
            emit changed();
        });
}

QString NextSteps::text(qint64 key) const
{
    const auto entry = m_entries.constFind(key);
    return entry == m_entries.constEnd() ? QString()
                                         : models::outboxNextStep(*entry, QDateTime::currentMSecsSinceEpoch());
}

bool NextSteps::countsDown() const
{
    return std::any_of(m_entries.cbegin(), m_entries.cend(), [](const models::OutboxEntry &entry) {
        return entry.state == models::OutboxState::Held && entry.holdUntil > 0;
    });
}

} // namespace ui

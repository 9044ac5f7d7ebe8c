// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/refreshplan.h"

#include <algorithm>

namespace models {

namespace {

constexpr qsizetype leastKeptWaits = 1024;

QString waitKey(const RecordRef &ref)
{
    return QString::number(static_cast<int>(ref.kind)) + u'/' + ref.id;
}

} // namespace

RefreshPlan::RefreshPlan(quint32 seed)
    : m_random(seed)
    , m_forgetAbove(leastKeptWaits)
{
}

//! Null for a record never asked for, or one whose status changed since, whoever brought the news.
const RefreshPlan::Wait *RefreshPlan::waitOf(const OpenRecord &record) const
{
    const auto found = m_waits.constFind(waitKey(record.ref));
    return found == m_waits.cend() || found->status != record.status ? nullptr : &*found;
}

qint64 RefreshPlan::dueAt(const OpenRecord &record, bool onScreen) const
{
    const Wait *wait = waitOf(record);
    if (!wait)
        return record.lastReadAt + firstWaitMs;
    const qint64 waitMs = onScreen ? std::min(wait->waitMs, longestOnScreenWaitMs) : wait->waitMs;
    return std::max(wait->askedAt, record.lastReadAt) + waitMs;
}

void RefreshPlan::asked(const OpenRecord &record, qint64 now)
{
    const Wait *before = waitOf(record);
    const qint64 doubling = before ? std::min(before->doublingMs * 2, longestWaitMs) : firstWaitMs;
    const qint64 waitMs = std::min(jittered(doubling), longestWaitMs);
    m_waits.insert(
        waitKey(record.ref), {.status = record.status, .askedAt = now, .doublingMs = doubling, .waitMs = waitMs});
    if (m_waits.size() > m_forgetAbove)
        forgetOld(now);
}

//! Records that became final are never asked for again. Those that were forgotten too early only start anew.
void RefreshPlan::forgetOld(qint64 now)
{
    m_waits.removeIf([now](const auto &wait) { return wait->askedAt + 2 * longestWaitMs < now; });
    m_forgetAbove = std::max(leastKeptWaits, m_waits.size() * 2);
}

qint64 RefreshPlan::jittered(qint64 ms)
{
    return ms * (900 + m_random.bounded(201)) / 1000;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/keylist.h"

#include <QElapsedTimer>

#include <algorithm>

namespace models {

namespace {

// An attached view works in proportion to the rows that come at once, so the portions follow the time that the last one
// took.
constexpr size_t smallestChunk = 1'000;
constexpr size_t firstChunk = 8'000;
constexpr size_t largestChunk = 500'000;
constexpr qint64 quickNs = 1'500'000;
constexpr qint64 slowNs = 4'000'000;

} // namespace

size_t KeyList::roomFor(size_t keys)
{
    return keys + keys / 16 + smallestChunk;
}

KeyList::KeyList(Hooks hooks)
    : m_hooks(std::move(hooks))
    , m_keys(std::make_shared<KeyVector>())
    , m_chunk(firstChunk)
{
}

void KeyList::replace(KeyVector keys)
{
    abandon();
    m_keys = std::make_shared<KeyVector>(std::move(keys));
}

void KeyList::begin(KeyVector target, std::vector<KeySplice> splices)
{
    m_target = std::move(target);
    m_splices.assign(splices.begin(), splices.end());
    if (m_splices.empty())
        abandon();
}

void KeyList::abandon()
{
    m_splices.clear();
    m_target = {};
}

void KeyList::step(int milliseconds)
{
    QElapsedTimer elapsed;
    elapsed.start();
    qint64 last = 0; // the next one will take about as long
    while (isChanging() && elapsed.elapsed() + last < milliseconds) {
        const qint64 before = elapsed.elapsed();
        stepOnce();
        last = elapsed.elapsed() - before;
    }
}

void KeyList::stepOnce()
{
    KeySplice &splice = m_splices.front();
    if (splice.removed > 0)
        remove(splice);
    else if (splice.inserted > 0)
        insert(splice);
    if (splice.removed == 0 && splice.inserted == 0)
        m_splices.pop_front();
    if (m_splices.empty())
        abandon();
}

void KeyList::remove(KeySplice &splice)
{
    const auto first = m_keys->begin() + static_cast<std::ptrdiff_t>(splice.position);
    m_hooks.beginRemove(static_cast<int>(splice.position), static_cast<int>(splice.position + splice.removed) - 1);
    m_keys->erase(first, first + static_cast<std::ptrdiff_t>(splice.removed));
    splice.removed = 0;
    m_hooks.endRemove();
}

void KeyList::insert(KeySplice &splice)
{
    QElapsedTimer elapsed;
    elapsed.start();
    const size_t count = std::min(splice.inserted, m_chunk);
    const size_t position = splice.position;
    if (m_keys->capacity() < m_keys->size() + count)
        m_keys->reserve(roomFor(std::max(m_target.size(), m_keys->size() + count)));
    m_hooks.beginInsert(static_cast<int>(position), static_cast<int>(position + count) - 1);
    const auto from = m_target.begin() + static_cast<std::ptrdiff_t>(position);
    m_keys->insert(
        m_keys->begin() + static_cast<std::ptrdiff_t>(position), from, from + static_cast<std::ptrdiff_t>(count));
    splice.position += count;
    splice.inserted -= count;
    m_hooks.endInsert();
    if (elapsed.nsecsElapsed() > slowNs)
        m_chunk = std::max(smallestChunk, m_chunk / 2);
    else if (elapsed.nsecsElapsed() < quickNs && count == m_chunk)
        m_chunk = std::min(largestChunk, m_chunk * 2);
}

} // namespace models

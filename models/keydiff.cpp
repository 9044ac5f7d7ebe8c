// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/keydiff.h"

#include <algorithm>
#include <utility>

namespace models {

namespace {

//! The part of the two lists between their common beginning and end.
struct Middle
{
    size_t first = 0;
    size_t beforeEnd = 0;
    size_t afterEnd = 0;
};

Middle middleOf(const KeyVector &before, const KeyVector &after)
{
    const auto start = std::mismatch(before.begin(), before.end(), after.begin(), after.end()).first - before.begin();
    Middle middle{static_cast<size_t>(start), before.size(), after.size()};
    while (middle.beforeEnd > middle.first && middle.afterEnd > middle.first
        && before[middle.beforeEnd - 1] == after[middle.afterEnd - 1]) {
        --middle.beforeEnd;
        --middle.afterEnd;
    }
    return middle;
}

class SpliceList
{
public:
    explicit SpliceList(size_t position)
        : m_position(position)
    {
    }
    void keep()
    {
        ++m_position;
        m_open = false;
    }
    void remove() { ++current().removed; }
    void insert()
    {
        ++current().inserted;
        ++m_position;
    }
    std::vector<KeySplice> take() { return std::move(m_splices); }

private:
    KeySplice &current()
    {
        if (!std::exchange(m_open, true))
            m_splices.push_back({.position = m_position});
        return m_splices.back();
    }

    size_t m_position;
    bool m_open = false;
    std::vector<KeySplice> m_splices;
};

std::vector<KeySplice> diffOrdered(
    const KeyVector &before, const KeyVector &after, const Middle &middle, bool ascending)
{
    SpliceList splices(middle.first);
    size_t from = middle.first;
    size_t to = middle.first;
    while (from < middle.beforeEnd || to < middle.afterEnd) {
        const bool onlyOld = to == middle.afterEnd;
        const bool onlyNew = from == middle.beforeEnd;
        if (!onlyOld && !onlyNew && before[from] == after[to]) {
            splices.keep();
            ++from;
            ++to;
        } else if (onlyOld || (!onlyNew && (before[from] < after[to]) == ascending)) {
            splices.remove();
            ++from;
        } else {
            splices.insert();
            ++to;
        }
    }
    return splices.take();
}

constexpr size_t nowhere = static_cast<size_t>(-1);

//! For every old key of the middle its place in the new list, or nowhere.
std::vector<size_t> newPlaces(const KeyVector &before, const KeyVector &after, const Middle &middle)
{
    std::vector<std::pair<qint64, size_t>> sorted;
    sorted.reserve(middle.afterEnd - middle.first);
    for (size_t place = middle.first; place < middle.afterEnd; ++place)
        sorted.emplace_back(after[place], place);
    std::ranges::sort(sorted);
    std::vector<size_t> places(middle.beforeEnd - middle.first, nowhere);
    for (size_t each = 0; each < places.size(); ++each) {
        const qint64 key = before[middle.first + each];
        const auto found = std::ranges::lower_bound(sorted, key, {}, &std::pair<qint64, size_t>::first);
        if (found != sorted.end() && found->first == key)
            places[each] = found->second;
    }
    return places;
}

//! Which of the old keys can stay where they are: the longest run of places that only goes up.
std::vector<bool> longestIncrease(const std::vector<size_t> &places)
{
    std::vector<size_t> ends; // ends[n]: where the lowest-ending run of n + 1 places ends
    std::vector<size_t> previous(places.size(), nowhere);
    for (size_t each = 0; each < places.size(); ++each) {
        if (places[each] == nowhere)
            continue;
        const auto slot = std::ranges::lower_bound(ends, places[each], {}, [&](size_t end) { return places[end]; });
        if (slot != ends.begin())
            previous[each] = *std::prev(slot);
        if (slot == ends.end())
            ends.push_back(each);
        else
            *slot = each;
    }
    std::vector<bool> stays(places.size(), false);
    for (size_t each = ends.empty() ? nowhere : ends.back(); each != nowhere; each = previous[each])
        stays[each] = true;
    return stays;
}

std::vector<KeySplice> diffUnordered(const KeyVector &before, const KeyVector &after, const Middle &middle)
{
    const std::vector<bool> stays = longestIncrease(newPlaces(before, after, middle));
    SpliceList splices(middle.first);
    size_t to = middle.first;
    for (size_t each = 0; each < stays.size(); ++each) {
        if (!stays[each]) {
            splices.remove();
            continue;
        }
        for (; after[to] != before[middle.first + each]; ++to)
            splices.insert();
        splices.keep();
        ++to;
    }
    for (; to < middle.afterEnd; ++to)
        splices.insert();
    return splices.take();
}

// How many untouched rows lie between two neighbours.
size_t gapBefore(const KeySplice &left, const KeySplice &right)
{
    return right.position - (left.position + left.inserted);
}

void joinNearest(std::vector<KeySplice> &splices, size_t most)
{
    for (size_t widest = 1; splices.size() > most; widest *= 4) {
        std::vector<KeySplice> joined;
        for (const KeySplice &splice : splices) {
            const size_t gap = joined.empty() ? nowhere : gapBefore(joined.back(), splice);
            if (gap > widest) {
                joined.push_back(splice);
                continue;
            }
            joined.back().removed += gap + splice.removed;
            joined.back().inserted += gap + splice.inserted;
        }
        splices = std::move(joined);
    }
}

} // namespace

std::vector<KeySplice> diffKeys(const KeyVector &before, const KeyVector &after, KeyOrder order, size_t most)
{
    const Middle middle = middleOf(before, after);
    std::vector<KeySplice> splices;
    if (order == KeyOrder::Other && middle.beforeEnd > middle.first && middle.afterEnd > middle.first)
        splices = diffUnordered(before, after, middle);
    else
        splices = diffOrdered(before, after, middle, order != KeyOrder::Descending);
    joinNearest(splices, most);
    return splices;
}

} // namespace models

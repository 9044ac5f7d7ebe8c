// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/requestqueue.h"

#include <algorithm>

namespace api {
namespace {

constexpr qint64 budgetWindowMs = 1000;

bool isReadLane(std::size_t lane)
{
    return lane % 2 == 1;
}

} // namespace

RequestQueue::RequestQueue(int maximumPerSecond)
    : m_maximumPerSecond(maximumPerSecond)
{
}

std::deque<FlightPtr> &RequestQueue::laneOf(const Flight &flight)
{
    const std::size_t priority = flight.priority == Priority::Interactive ? 0 : 2;
    return m_lanes.at(priority + (flight.data.safeToRepeat() ? 1 : 0));
}

void RequestQueue::append(FlightPtr flight)
{
    laneOf(*flight).push_back(std::move(flight));
}

void RequestQueue::prepend(FlightPtr flight)
{
    laneOf(*flight).push_front(std::move(flight));
}

void RequestQueue::pauseReads(qint64 until)
{
    m_readsPausedUntil = std::max(m_readsPausedUntil, until);
}

qint64 RequestQueue::budgetFreeAt() const
{
    if (m_maximumPerSecond <= 0 || m_starts.size() < static_cast<std::size_t>(m_maximumPerSecond))
        return 0;
    return m_starts.front() + budgetWindowMs;
}

FlightPtr RequestQueue::take(qint64 now)
{
    if (budgetFreeAt() > now)
        return nullptr;
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane) {
        if (isReadLane(lane) && m_readsPausedUntil > now)
            continue;
        auto &waiting = m_lanes.at(lane);
        while (!waiting.empty()) {
            FlightPtr flight = std::move(waiting.front());
            waiting.pop_front();
            if (flight->isWanted())
                return flight;
        }
    }
    return nullptr;
}

void RequestQueue::noteStart(qint64 now)
{
    if (m_maximumPerSecond <= 0)
        return;
    m_starts.push_back(now);
    while (m_starts.size() > static_cast<std::size_t>(m_maximumPerSecond))
        m_starts.pop_front();
}

qint64 RequestQueue::wakeAt(qint64 now) const
{
    const bool reads = !m_lanes[1].empty() || !m_lanes[3].empty();
    const bool writes = !m_lanes[0].empty() || !m_lanes[2].empty();
    if (!reads && !writes)
        return -1;
    const qint64 earliest = writes ? 0 : m_readsPausedUntil;
    return std::max({earliest, budgetFreeAt(), now});
}

std::deque<FlightPtr> RequestQueue::takeAll()
{
    std::deque<FlightPtr> all;
    for (auto &lane : m_lanes) {
        std::ranges::move(lane, std::back_inserter(all));
        lane.clear();
    }
    return all;
}

} // namespace api

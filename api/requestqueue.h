// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/flight.h"

#include <array>
#include <deque>

namespace api {

//! Requests that wait for a place in flight: interactive before background, first come first served within
//! each. Also keeps the pace: at most so many starts in any second, and no reads while the server asked for a
//! pause. Times are milliseconds of one steady clock.
class RequestQueue
{
public:
    explicit RequestQueue(int maximumPerSecond);

    void append(FlightPtr flight);
    void prepend(FlightPtr flight); //!< for what has waited already
    void pauseReads(qint64 until);

    //! The next one that may start now; null when there is none.
    FlightPtr take(qint64 now);
    void noteStart(qint64 now); //!< what was taken really goes out
    //! When take() can succeed again without anything being added; -1: never.
    qint64 wakeAt(qint64 now) const;
    std::deque<FlightPtr> takeAll();

private:
    std::deque<FlightPtr> &laneOf(const Flight &flight);
    qint64 budgetFreeAt() const;

    int m_maximumPerSecond;
    std::deque<qint64> m_starts;
    qint64 m_readsPausedUntil = 0;
    //! Interactive writes and token calls, interactive reads, background writes, background reads.
    std::array<std::deque<FlightPtr>, 4> m_lanes;
};

} // namespace api

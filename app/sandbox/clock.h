// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/calendar.h"

#include <QElapsedTimer>

namespace sandbox {

//! The sandbox's own time: starts anywhere, runs at any speed, can be pushed forward. Never goes back.
class Clock
{
public:
    //! speed: sandbox seconds per real second, 0 stands still.
    Clock(Millis start, double speed)
        : m_base(start)
        , m_speed(speed)
    {
        m_elapsed.start();
    }

    Millis now() const { return m_base + static_cast<Millis>(static_cast<double>(m_elapsed.elapsed()) * m_speed); }
    void advance(Millis by) { m_base += by; }
    void restartAt(Millis at)
    {
        m_base = at;
        m_elapsed.restart();
    }
    double speed() const { return m_speed; }

private:
    Millis m_base;
    double m_speed;
    QElapsedTimer m_elapsed;
};

} // namespace sandbox

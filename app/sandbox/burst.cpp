// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/burst.h"

#include <algorithm>

namespace sandbox {

namespace {

constexpr int burstInterval = 5; // ms

} // namespace

Burst::Burst(std::function<bool()> isCrowded, std::function<void()> tell)
    : m_isCrowded(std::move(isCrowded))
    , m_tell(std::move(tell))
{
    connect(&m_timer, &QTimer::timeout, this, &Burst::goOn);
}

void Burst::start(std::int64_t count, std::int64_t perSecond)
{
    m_left = count;
    m_perSecond = perSecond;
    m_told = 0;
    m_since.start();
    m_timer.start(burstInterval);
}

void Burst::stop()
{
    m_timer.stop();
    m_left = 0;
}

void Burst::goOn()
{
    const std::int64_t due = m_since.elapsed() * m_perSecond / 1000;
    while (m_left > 0 && m_told < due && !m_isCrowded()) {
        --m_left;
        ++m_told;
        m_tell();
    }
    // A target that cannot keep up is not made to catch up at once.
    m_told = std::max(m_told, due - m_perSecond / 10);
    if (m_left == 0)
        stop();
}

} // namespace sandbox

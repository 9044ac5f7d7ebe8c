// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/heartbeat.h"

#include <algorithm>
#include <ctime>

namespace benchmarks {

namespace {

double threadCpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

} // namespace

Heartbeat::Heartbeat(QObject *parent)
    : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(1);
    connect(&m_timer, &QTimer::timeout, this, &Heartbeat::beat);
}

void Heartbeat::start()
{
    m_last = Clock::now();
    m_lastCpu = threadCpuMilliseconds();
    m_timer.start();
}

void Heartbeat::stop()
{
    beat();
    m_timer.stop();
}

void Heartbeat::beat()
{
    const Clock::time_point now = Clock::now();
    const double cpu = threadCpuMilliseconds();
    const double gap = std::chrono::duration<double, std::milli>(now - m_last).count();
    m_gaps.push_back(gap);
    if (gap > m_longest) {
        m_longest = gap;
        m_cpuOfLongest = cpu - m_lastCpu;
    }
    m_mostCpu = std::max(m_mostCpu, cpu - m_lastCpu);
    m_last = now;
    m_lastCpu = cpu;
}

} // namespace benchmarks

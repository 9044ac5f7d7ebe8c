// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <vector>

namespace benchmarks {

//! Beats every millisecond in the thread it lives in. What is longer than a millisecond between two beats is time in
//! which the event loop could not have answered a key.
class Heartbeat : public QObject
{
    Q_OBJECT
public:
    explicit Heartbeat(QObject *parent = nullptr);

    void start();
    //! Adds what was seen since start() to the record.
    void stop();

    const std::vector<double> &gaps() const { return m_gaps; } //!< ms between two beats, every one
    double longest() const { return m_longest; }               //!< ms
    double cpuOfLongest() const { return m_cpuOfLongest; }     //!< ms this thread really computed in that gap
    double mostCpu() const { return m_mostCpu; }               //!< ms computed between two beats, at most

private:
    using Clock = std::chrono::steady_clock;
    void beat();

    QTimer m_timer;
    Clock::time_point m_last;
    double m_lastCpu = 0;
    std::vector<double> m_gaps;
    double m_longest = 0;
    double m_cpuOfLongest = 0;
    double m_mostCpu = 0;
};

} // namespace benchmarks

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <cstdint>
#include <functional>

namespace sandbox {

//! So many events at such a pace, on request. Waits while those who are told cannot keep up.
class Burst : public QObject
{
    Q_OBJECT
public:
    //! `tell` brings out one event.
    Burst(std::function<bool()> isCrowded, std::function<void()> tell);

    void start(std::int64_t count, std::int64_t perSecond);
    void stop();
    std::int64_t left() const { return m_left; }

private:
    void goOn();

    std::function<bool()> m_isCrowded;
    std::function<void()> m_tell;
    QTimer m_timer;
    QElapsedTimer m_since;
    std::int64_t m_left = 0;
    std::int64_t m_perSecond = 0;
    std::int64_t m_told = 0; //!< since m_since
};

} // namespace sandbox

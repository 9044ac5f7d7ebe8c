// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordkind.h"

#include <QHash>
#include <QRandomGenerator>

namespace models {

//! A record whose status is not final.
struct OpenRecord
{
    RecordRef ref;
    QString status;        //!< as the ledger has it
    qint64 lastReadAt = 0; //!< UTC ms
};

//! Decides when an open record is asked for again: after 30 seconds at first, then after twice as long each time that
//! its status stayed the same, at most every 6 hours; sooner while it is on screen. Has no clock of its own: `now` is
//! UTC milliseconds. Copying it is cheap.
class RefreshPlan
{
public:
    static constexpr qint64 firstWaitMs = 30'000;
    static constexpr qint64 longestWaitMs = 6 * 3'600'000;
    static constexpr qint64 longestOnScreenWaitMs = 5 * 60'000;

    explicit RefreshPlan(quint32 seed);

    qint64 dueAt(const OpenRecord &record, bool onScreen) const;
    bool isDue(const OpenRecord &record, bool onScreen, qint64 now) const { return dueAt(record, onScreen) <= now; }
    //! Whatever the answer: an error waits like an unchanged status.
    void asked(const OpenRecord &record, qint64 now);
    //! Spread by up to a tenth, so that records read together do not come back together.
    qint64 jittered(qint64 ms);

private:
    struct Wait
    {
        QString status;
        qint64 askedAt = 0;
        qint64 doublingMs = 0; //!< without jitter
        qint64 waitMs = 0;
    };
    const Wait *waitOf(const OpenRecord &record) const;
    void forgetOld(qint64 now);

    QHash<QString, Wait> m_waits;
    QRandomGenerator m_random;
    qsizetype m_forgetAbove;
};

} // namespace models

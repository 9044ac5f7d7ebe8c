// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

//! Kills this process at a chosen moment of the n-th commit that changes one table, in the way a crash or a power cut
//! would: nothing is flushed, no destructor runs. Watches SQLite from outside, so that the program under test needs no
//! hook.
struct CommitStop
{
    enum class Moment {
        Before, //!< everything is prepared, nothing of it is in the write-ahead log
        During, //!< half a page of it is
        After,  //!< COMMIT has returned, the caller has not heard
    };

    Moment moment = Moment::Before;
    int number = 0; //!< from 1
    QString ledger; //!< file name
    const char *table = "outbox";

    //! "before:2", "during:1", "after:3". False when it is none of these.
    bool read(const QString &text);
    //! For every connection opened from now on.
    void arm() const;
};

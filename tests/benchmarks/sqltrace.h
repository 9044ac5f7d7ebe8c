// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace benchmarks {

//! What every SQLite connection of this process that is opened later is asked, with its values in place. Thread-safe.
namespace sqlTrace {

struct Asked
{
    QByteArray sql;
    bool finished = false;
};

void install(); //!< before the first connection
void forget();
QList<Asked> asked(); //!< since forget(), in the order they began

} // namespace sqlTrace

} // namespace benchmarks

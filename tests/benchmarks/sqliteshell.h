// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace benchmarks {

//! Milliseconds the statements take in the sqlite3 shell, by its own timer, rows thrown away. The timer counts whole
//! milliseconds, so this is the mean of `times` runs, after one that only warms the shell's cache.
double timeInShell(const QString &ledgerFile, const QByteArray &sql, int times);

} // namespace benchmarks

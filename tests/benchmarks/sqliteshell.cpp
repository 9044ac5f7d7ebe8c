// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/sqliteshell.h"

#include "tests/benchmarks/figures.h"

#include <QProcess>

using namespace Qt::Literals::StringLiterals;

namespace benchmarks {

double timeInShell(const QString &ledgerFile, const QByteArray &sql, int times)
{
    // Rows go nowhere, or the pipe's speed would be counted.
    QByteArray script(".output /dev/null\n" + sql + ";\n.timer on\n");
    for (int i = 0; i < times; ++i)
        script += sql + ";\n";
    QProcess shell;
    shell.setProcessChannelMode(QProcess::MergedChannels);
    shell.start(u"sqlite3"_s, {u"-batch"_s, u"-readonly"_s, ledgerFile});
    shell.write(script);
    shell.closeWriteChannel();
    if (!shell.waitForFinished(-1))
        cannotRun(u"sqlite3 does not start: "_s + shell.errorString());

    double seconds = 0;
    int runs = 0;
    const QList<QByteArray> lines = shell.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (!line.startsWith("Run Time: real "))
            continue;
        seconds += line.split(' ').value(3).toDouble();
        ++runs;
    }
    if (runs == 0 || runs % times != 0)
        cannotRun(u"the sqlite3 shell said: "_s + QString::fromUtf8(lines.join(' ').left(300)));
    return seconds * 1e3 / times;
}

} // namespace benchmarks

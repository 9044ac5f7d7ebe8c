// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/sqltrace.h"

#include <QMutex>
#include <QMutexLocker>

#include <sqlite3.h>

#include <cstring>
#include <memory>

namespace benchmarks::sqlTrace {

namespace {

struct Entry
{
    sqlite3_stmt *statement = nullptr;
    Asked asked;
};

//! SQLite's hook has no place for a pointer of ours when the connection opens.
struct Record
{
    QMutex mutex;
    QList<Entry> entries;
};

Record &record()
{
    static Record all;
    return all;
}

void began(sqlite3_stmt *statement)
{
    const std::unique_ptr<char, decltype(&sqlite3_free)> expanded(sqlite3_expanded_sql(statement), &sqlite3_free);
    // Full-text tables read their own pages by SQL of this shape: that is part of the question, not another one.
    if (!expanded || std::strstr(expanded.get(), "'main'.'"))
        return;
    const QMutexLocker lock(&record().mutex);
    record().entries.append({.statement = statement, .asked = {.sql = QByteArray(expanded.get()), .finished = false}});
}

void ended(sqlite3_stmt *statement)
{
    const QMutexLocker lock(&record().mutex);
    for (Entry &entry : record().entries) {
        if (entry.statement == statement)
            entry.asked.finished = true;
    }
}

int heard(unsigned event, void *, void *subject, void *detail)
{
    auto *statement = static_cast<sqlite3_stmt *>(subject);
    if (event == SQLITE_TRACE_PROFILE)
        ended(statement);
    else if (const auto *text = static_cast<const char *>(detail);
        text && text[0] != '-') // "--": from inside a trigger
        began(statement);
    return 0;
}

int traceConnection(sqlite3 *connection, char **, const void *)
{
    return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE, heard, nullptr);
}

} // namespace

void install()
{
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(traceConnection));
}

void forget()
{
    const QMutexLocker lock(&record().mutex);
    record().entries.clear();
}

QList<Asked> asked()
{
    const QMutexLocker lock(&record().mutex);
    QList<Asked> all;
    for (const Entry &entry : record().entries)
        all.append(entry.asked);
    return all;
}

} // namespace benchmarks::sqlTrace

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/commitstop.h"

#include <QFileInfo>
#include <QStringList>

#include <csignal>
#include <cstring>
#include <deque>
#include <mutex>
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace {

struct Connection
{
    bool tableChanged = false; //!< in the transaction under way
    int commits = 0;
};

// SQLite's hooks take plain functions. Readers commit too, so each connection counts for itself; a deque never moves
// what it holds.
CommitStop armedStop;
std::mutex connectionsMutex;
std::deque<Connection> connections;

void dieAtOnce()
{
    ::kill(::getpid(), SIGKILL);
}

// The next write beyond the limit is cut there, and the one after it ends the process.
void dieInsideTheWrite()
{
    const QFileInfo log(armedStop.ledger + u"-wal"_s);
    const auto end = rlim_t(log.exists() ? log.size() : 0) + 2'000;
    const rlimit limit{.rlim_cur = end, .rlim_max = end};
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

void commitBegins(const Connection &connection)
{
    if (connection.commits + 1 != armedStop.number)
        return;
    if (armedStop.moment == CommitStop::Moment::Before)
        dieAtOnce();
    if (armedStop.moment == CommitStop::Moment::During)
        dieInsideTheWrite();
}

void commitEnded(Connection &connection)
{
    connection.tableChanged = false;
    if (++connection.commits == armedStop.number && armedStop.moment == CommitStop::Moment::After)
        dieAtOnce();
}

int onStatement(unsigned what, void *context, void *statement, void *)
{
    auto &connection = *static_cast<Connection *>(context);
    const char *sql = ::sqlite3_sql(static_cast<sqlite3_stmt *>(statement));
    const bool isCommit = sql && std::strncmp(sql, "COMMIT", 6) == 0;
    if (sql && std::strncmp(sql, "ROLLBACK", 8) == 0)
        connection.tableChanged = false;
    if (isCommit && connection.tableChanged && what == SQLITE_TRACE_STMT)
        commitBegins(connection);
    else if (isCommit && connection.tableChanged && what == SQLITE_TRACE_PROFILE)
        commitEnded(connection);
    return 0;
}

void onChange(void *context, int, const char *, const char *table, sqlite3_int64)
{
    auto &connection = *static_cast<Connection *>(context);
    connection.tableChanged = connection.tableChanged || std::strcmp(table, armedStop.table) == 0;
}

int onOpen(sqlite3 *database, char **, const void *)
{
    const std::lock_guard lock(connectionsMutex);
    Connection *connection = &connections.emplace_back();
    ::sqlite3_trace_v2(database, SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE, onStatement, connection);
    ::sqlite3_update_hook(database, onChange, connection);
    return SQLITE_OK;
}

} // namespace

bool CommitStop::read(const QString &text)
{
    const QStringList parts = text.split(u':');
    const QStringList moments{u"before"_s, u"during"_s, u"after"_s};
    if (parts.size() != 2 || !moments.contains(parts.at(0)))
        return false;
    moment = Moment(moments.indexOf(parts.at(0)));
    number = parts.at(1).toInt();
    return number > 0;
}

void CommitStop::arm() const
{
    armedStop = *this;
    ::sqlite3_auto_extension(reinterpret_cast<void (*)()>(onOpen));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/database.h"

#include <QCoreApplication>
#include <QFile>
#include <QLockFile>

#include <sqlite3.h>

#include <cerrno>
#include <tuple>
#include <unordered_map>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

// How often a running statement looks at its cancel flag, in steps of SQLite's machine: well under a millisecond.
constexpr int stepsBetweenCancelChecks = 2000;
constexpr int busyTimeoutMs = 5000;

bool isFullDisk(int code, sqlite3 *handle)
{
    if (code == SQLITE_FULL)
        return true;
    // SQLite calls only ENOSPC a full disk; a used-up quota or file-size limit is the same thing to the person.
    const int reason = handle ? sqlite3_system_errno(handle) : 0;
    return (code & 0xff) == SQLITE_IOERR && (reason == ENOSPC || reason == EDQUOT || reason == EFBIG);
}

DatabaseProblem problemOf(int code, sqlite3 *handle)
{
    if (isFullDisk(code, handle))
        return DatabaseProblem::DiskFull;
    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return DatabaseProblem::Damaged;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return DatabaseProblem::ReadOnly;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return DatabaseProblem::Busy;
    case SQLITE_INTERRUPT:
        return DatabaseProblem::Interrupted;
    case SQLITE_CONSTRAINT:
        return DatabaseProblem::Constraint;
    default:
        return DatabaseProblem::Failed;
    }
}

DatabaseError sqliteError(int code, sqlite3 *handle, const QString &file)
{
    const char *words = handle && sqlite3_errcode(handle) != SQLITE_OK ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    return {problemOf(code, handle), QString::fromUtf8(words), file};
}

int answerCancelFlag(void *flag)
{
    return static_cast<const std::atomic<bool> *>(flag)->load(std::memory_order_relaxed) ? 1 : 0;
}

QString databaseSentence(DatabaseProblem problem)
{
    const auto say = [](const char *sentence) { return QCoreApplication::translate("Database", sentence); };
    switch (problem) {
    case DatabaseProblem::DiskFull:
        return say(QT_TRANSLATE_NOOP("Database",
            "The disk is full, so the ledger could not be written. Free some space and try again; "
            "nothing that was stored is lost."));
    case DatabaseProblem::Damaged:
        return say(QT_TRANSLATE_NOOP("Database",
            "The ledger file is damaged or is not a ledger. It was left as it is: put a copy "
            "back in its place, or move it away to begin a new one."));
    case DatabaseProblem::NewerVersion:
        return say(QT_TRANSLATE_NOOP("Database",
            "The ledger file was written by a newer version of this console. It was left as it "
            "is: update the console to open it."));
    case DatabaseProblem::ReadOnly:
        return say(QT_TRANSLATE_NOOP("Database",
            "The ledger file may not be written. Check its permissions and those of its "
            "folder; nothing that was stored is lost."));
    case DatabaseProblem::Busy:
        return say(QT_TRANSLATE_NOOP("Database",
            "Another program keeps the ledger file locked. Close it or wait, then try again; "
            "nothing is lost."));
    case DatabaseProblem::Moved:
        return say(QT_TRANSLATE_NOOP("Database",
            "The ledger file was moved, removed or replaced while the console was running, so nothing more is written "
            "and no money is moved. Put the file back, or close the console and open it again."));
    case DatabaseProblem::Interrupted:
        return say(QT_TRANSLATE_NOOP("Database", "The question was given up because a newer one replaced it."));
    case DatabaseProblem::Constraint:
        return say(QT_TRANSLATE_NOOP("Database",
            "The ledger refused the change because it breaks one of its rules. Nothing was "
            "changed."));
    case DatabaseProblem::Failed:
        return say(QT_TRANSLATE_NOOP("Database",
            "The ledger file could not be read or written. Check the disk and try again; "
            "nothing that was stored is lost."));
    }
    Q_UNREACHABLE();
}

} // namespace

QString databaseErrorText(const DatabaseError &error)
{
    return databaseSentence(error.problem);
}

Statement::Statement(sqlite3_stmt *statement, sqlite3 *handle, QString file, const std::atomic<bool> *const *cancelled)
    : m_statement(statement)
    , m_handle(handle)
    , m_file(std::move(file))
    , m_cancelled(cancelled)
{
}

Statement::Statement(Statement &&other) noexcept
    : m_statement(std::exchange(other.m_statement, nullptr))
    , m_handle(other.m_handle)
    , m_file(std::move(other.m_file))
    , m_cancelled(other.m_cancelled)
    , m_bindError(std::move(other.m_bindError))
{
}

Statement &Statement::operator=(Statement &&other) noexcept
{
    std::swap(m_statement, other.m_statement);
    std::swap(m_handle, other.m_handle);
    std::swap(m_file, other.m_file);
    std::swap(m_cancelled, other.m_cancelled);
    std::swap(m_bindError, other.m_bindError);
    return *this;
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

void Statement::note(int code)
{
    if (code != SQLITE_OK && !m_bindError)
        m_bindError = sqliteError(code, m_handle, m_file);
}

Statement &Statement::bind(int position, qint64 value)
{
    note(sqlite3_bind_int64(m_statement, position + 1, value));
    return *this;
}

Statement &Statement::bind(int position, QStringView value)
{
    if (value.isNull())
        return bindNull(position);
    const QByteArray utf8 = value.toUtf8();
    note(sqlite3_bind_text64(m_statement, position + 1, utf8.constData(), static_cast<sqlite3_uint64>(utf8.size()),
        SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement &Statement::bind(int position, const QByteArray &blob)
{
    note(sqlite3_bind_blob64(
        m_statement, position + 1, blob.constData(), static_cast<sqlite3_uint64>(blob.size()), SQLITE_TRANSIENT));
    return *this;
}

Statement &Statement::bindNull(int position)
{
    note(sqlite3_bind_null(m_statement, position + 1));
    return *this;
}

DatabaseResult<bool> Statement::step()
{
    if (m_bindError)
        return std::unexpected(*m_bindError);
    if (*m_cancelled && (*m_cancelled)->load(std::memory_order_relaxed)) {
        sqlite3_reset(m_statement);
        return std::unexpected(DatabaseError{DatabaseProblem::Interrupted, u"interrupted"_s, m_file});
    }
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    const DatabaseError error = sqliteError(sqlite3_extended_errcode(m_handle), m_handle, m_file);
    sqlite3_reset(m_statement);
    return std::unexpected(error);
}

DatabaseResult<void> Statement::run()
{
    for (;;) {
        const DatabaseResult<bool> row = step();
        if (!row || !*row) {
            reset();
            return row ? DatabaseResult<void>() : std::unexpected(row.error());
        }
    }
}

void Statement::reset()
{
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
    m_bindError.reset();
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

QString Statement::text(int column) const
{
    const auto *utf8 = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return QString::fromUtf8(utf8, sqlite3_column_bytes(m_statement, column));
}

QByteArray Statement::blob(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return QByteArray(bytes, sqlite3_column_bytes(m_statement, column));
}

int Statement::columnCount() const
{
    return sqlite3_column_count(m_statement);
}

QByteArray Statement::columnName(int column) const
{
    return sqlite3_column_name(m_statement, column);
}

bool Statement::isInteger(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_INTEGER;
}

struct Database::Cache
{
    struct Hash
    {
        size_t operator()(const QByteArray &text) const { return qHash(text); }
    };
    std::unordered_map<QByteArray, std::unique_ptr<Statement>, Hash> statements;
};

Database::Database(sqlite3 *handle, QString file)
    : m_handle(handle)
    , m_file(std::move(file))
    , m_cache(std::make_unique<Cache>())
{
}

Database::~Database()
{
    m_cache.reset();
    sqlite3_close_v2(m_handle);
}

DatabaseResult<std::unique_ptr<Database>> Database::open(const QString &file, Mode mode)
{
    sqlite3 *handle = nullptr;
    const int access = mode == Mode::ReadWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    const int code = sqlite3_open_v2(
        QFile::encodeName(file).constData(), &handle, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK) {
        const DatabaseError error = sqliteError(code, handle, file);
        sqlite3_close_v2(handle);
        return std::unexpected(error);
    }
    std::unique_ptr<Database> database(new Database(handle, file));
    sqlite3_busy_timeout(handle, busyTimeoutMs);
    // SQLite gives up at once, without waiting, when two programs turn a new file to WAL together; so they take turns.
    // Where no lock file can be made, nothing can be written either, and the steps below say so.
    QLockFile turn(file + QStringLiteral(".opening"));
    turn.setStaleLockTime(0);
    if (mode == Mode::ReadWrite)
        turn.tryLock(busyTimeoutMs);
    // No memory map: its pages would count as resident memory of the console. 8 MiB of pages are enough for one
    // window's rows.
    constexpr auto *common = "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192; PRAGMA "
                             "mmap_size=0;";
    constexpr auto *writing = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=2000;";
    // Reading the version touches the header, so that a file which is no database is found here.
    DatabaseResult<void> prepared = database->execute("PRAGMA user_version;");
    if (prepared)
        prepared = database->execute(common);
    if (prepared && mode == Mode::ReadWrite)
        prepared = database->execute(writing);
    if (!prepared)
        return std::unexpected(prepared.error());
    return database;
}

DatabaseResult<void> Database::execute(const char *sql)
{
    const int code = sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return std::unexpected(sqliteError(sqlite3_extended_errcode(m_handle), m_handle, m_file));
    return {};
}

DatabaseResult<Statement> Database::prepareOnce(QByteArrayView sql)
{
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v3(m_handle, sql.data(), static_cast<int>(sql.size()), 0, &statement, nullptr);
    if (code != SQLITE_OK)
        return std::unexpected(sqliteError(code, m_handle, m_file));
    return Statement(statement, m_handle, m_file, &m_cancelFlag);
}

DatabaseResult<Statement *> Database::prepare(QByteArrayView sql)
{
    const auto known = m_cache->statements.find(QByteArray::fromRawData(sql.data(), sql.size()));
    if (known != m_cache->statements.end()) {
        known->second->reset();
        return known->second.get();
    }
    DatabaseResult<Statement> fresh = prepareOnce(sql);
    if (!fresh)
        return std::unexpected(fresh.error());
    const auto kept = m_cache->statements.emplace(sql.toByteArray(), std::make_unique<Statement>(std::move(*fresh)))
                          .first;
    return kept->second.get();
}

void Database::resetStatements()
{
    for (sqlite3_stmt *each = sqlite3_next_stmt(m_handle, nullptr); each; each = sqlite3_next_stmt(m_handle, each)) {
        if (sqlite3_stmt_busy(each))
            sqlite3_reset(each);
    }
}

qint64 Database::lastInsertKey() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

int Database::changedRows() const
{
    return sqlite3_changes(m_handle);
}

void Database::interrupt()
{
    sqlite3_interrupt(m_handle);
}

void Database::setCancelFlag(const std::atomic<bool> *flag)
{
    m_cancelFlag = flag;
    sqlite3_progress_handler(m_handle, flag ? stepsBetweenCancelChecks : 0, flag ? answerCancelFlag : nullptr,
        const_cast<std::atomic<bool> *>(flag));
}

DatabaseResult<void> Database::copyTo(const QString &file)
{
    if (QFile::exists(file))
        return std::unexpected(DatabaseError{DatabaseProblem::Failed, u"the copy exists already"_s, file});
    sqlite3 *target = nullptr;
    int code = sqlite3_open(QFile::encodeName(file).constData(), &target);
    if (code == SQLITE_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(target, "main", m_handle, "main");
        sqlite3_backup_step(backup, -1);
        code = sqlite3_backup_finish(backup);
    }
    DatabaseResult<void> result;
    if (code != SQLITE_OK)
        result = std::unexpected(sqliteError(code, target, file));
    sqlite3_close_v2(target);
    if (!result)
        QFile::remove(file);
    return result;
}

bool Database::isInPlace() const
{
    int moved = 0;
    sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved == 0;
}

sqlite3 *Database::handle() const
{
    return m_handle;
}

const QString &Database::file() const
{
    return m_file;
}

DatabaseTransaction::DatabaseTransaction(Database &database)
    : m_database(&database)
{
}

DatabaseTransaction::DatabaseTransaction(DatabaseTransaction &&other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{
}

DatabaseTransaction::~DatabaseTransaction()
{
    // SQLite may have rolled back by itself already (a full disk): then there is nothing left to undo.
    if (m_database && !sqlite3_get_autocommit(m_database->handle())) {
        m_database->resetStatements();
        std::ignore = m_database->execute("ROLLBACK");
    }
}

DatabaseResult<DatabaseTransaction> DatabaseTransaction::begin(Database &database)
{
    if (!database.isInPlace())
        return std::unexpected(
            DatabaseError{DatabaseProblem::Moved, u"the file is not in its place any more"_s, database.file()});
    if (const DatabaseResult<void> begun = database.execute("BEGIN IMMEDIATE"); !begun)
        return std::unexpected(begun.error());
    return DatabaseTransaction(database);
}

DatabaseResult<void> DatabaseTransaction::commit()
{
    const DatabaseResult<void> committed = m_database->execute("COMMIT");
    if (committed)
        m_database = nullptr;
    return committed;
}

} // namespace models

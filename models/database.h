// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringView>

#include <atomic>
#include <expected>
#include <memory>
#include <optional>

struct sqlite3;
struct sqlite3_stmt;

namespace models {

enum class DatabaseProblem {
    DiskFull,
    Damaged,      //!< not a database, or its pages do not fit together
    NewerVersion, //!< written by a newer console
    ReadOnly,
    Busy,        //!< another program held the file for longer than the time-out
    Moved,       //!< the file is no longer where it was opened: what is written now would be lost
    Interrupted, //!< given up because a newer question replaced this one
    Constraint,  //!< a rule of the schema refused the change; message holds the rule's own word (RAISE text)
    Failed,
};

struct DatabaseError
{
    DatabaseProblem problem = DatabaseProblem::Failed;
    QString message; //!< SQLite's words
    QString file;
};

template<typename T> using DatabaseResult = std::expected<T, DatabaseError>;

//! The sentence for staff: what happened, what to do, that nothing is lost.
QString databaseErrorText(const DatabaseError &error);

//! A prepared statement. Bind positions and columns count from 0. The first failed bind or step decides the error.
class Statement
{
public:
    Statement(Statement &&other) noexcept;
    Statement &operator=(Statement &&other) noexcept;
    ~Statement();

    Statement &bind(int position, qint64 value);
    Statement &bind(int position, QStringView value); //!< a null view binds NULL
    Statement &bind(int position, const QByteArray &blob);
    Statement &bindNull(int position);

    //! true: a row is there; false: done.
    DatabaseResult<bool> step();
    //! Runs to the end, ignoring rows, then resets so that it can be bound anew.
    DatabaseResult<void> run();
    void reset();

    bool isNull(int column) const;
    qint64 integer(int column) const;
    QString text(int column) const;
    QByteArray blob(int column) const;
    int columnCount() const;
    QByteArray columnName(int column) const;
    bool isInteger(int column) const;

private:
    friend class Database;
    Statement(sqlite3_stmt *statement, sqlite3 *handle, QString file, const std::atomic<bool> *const *cancelled);
    void note(int code);
    sqlite3_stmt *m_statement = nullptr;
    sqlite3 *m_handle = nullptr;
    QString m_file;
    const std::atomic<bool> *const *m_cancelled = nullptr;
    std::optional<DatabaseError> m_bindError;
};

//! For bind(): a null text would be NULL, which most columns refuse and which equals nothing.
inline QStringView notNull(const QString &text)
{
    return text.isNull() ? QStringView(u"") : QStringView(text);
}

//! One SQLite connection: used by one thread at a time; only interrupt() may be called from another.
class Database
{
public:
    enum class Mode { ReadWrite, ReadOnly };

    static DatabaseResult<std::unique_ptr<Database>> open(const QString &file, Mode mode);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    DatabaseResult<void> execute(const char *sql); //!< one or more statements without parameters
    //! Prepared statements are kept by their text, so asking again for the same text is cheap. The reference stays
    //! valid until close; it comes reset.
    DatabaseResult<Statement *> prepare(QByteArrayView sql);
    //! The same for texts that differ from time to time: not kept.
    DatabaseResult<Statement> prepareOnce(QByteArrayView sql);
    //! Resets every statement, so that none keeps an old view of the file alive.
    void resetStatements();
    qint64 lastInsertKey() const;
    int changedRows() const; //!< by the last statement
    void interrupt();        //!< thread-safe
    //! While `flag` is true every statement ends with Interrupted; null: none. The flag must outlive its use here.
    void setCancelFlag(const std::atomic<bool> *flag);
    //! A copy of everything committed so far, made by SQLite's backup, into a file that must not exist.
    DatabaseResult<void> copyTo(const QString &file);
    //! False once the file was moved, removed or replaced by another one; SQLite goes on writing to the old one.
    bool isInPlace() const;
    sqlite3 *handle() const;
    const QString &file() const;

private:
    explicit Database(sqlite3 *handle, QString file);
    struct Cache;
    sqlite3 *m_handle;
    QString m_file;
    const std::atomic<bool> *m_cancelFlag = nullptr;
    std::unique_ptr<Cache> m_cache;
};

//! BEGIN IMMEDIATE ... COMMIT; rolls back when it is dropped without commit(). Does not begin when the file is no
//! longer in its place.
class DatabaseTransaction
{
public:
    static DatabaseResult<DatabaseTransaction> begin(Database &database);
    DatabaseTransaction(DatabaseTransaction &&other) noexcept;
    ~DatabaseTransaction();
    DatabaseResult<void> commit();

private:
    explicit DatabaseTransaction(Database &database);
    Database *m_database;
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema.h"

#include <QFile>
#include <QFileInfo>
#include <QtEndian>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

// Where SQLite's file format puts the two numbers we look at.
constexpr qsizetype headerSize = 100;
constexpr qsizetype userVersionOffset = 60;
constexpr qsizetype applicationIdOffset = 68;

DatabaseError notALedger(const QString &file, const QString &words)
{
    return {DatabaseProblem::Damaged, words, file};
}

DatabaseError newerLedger(const QString &file, qint64 version)
{
    return {DatabaseProblem::NewerVersion, u"schema version %1"_s.arg(version), file};
}

DatabaseResult<qint64> pragmaNumber(Database &database, const char *sql)
{
    const auto statement = database.prepare(sql);
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->step();
    if (!row)
        return std::unexpected(row.error());
    const qint64 number = (*statement)->integer(0);
    (*statement)->reset();
    return number;
}

DatabaseResult<void> copyBefore(Database &database, qint64 version)
{
    const QString copy = database.file() + u".before-"_s + QString::number(version);
    // A copy that is there already was made by an update that did not finish: it is the older, better one.
    return QFile::exists(copy) ? DatabaseResult<void>() : database.copyTo(copy);
}

DatabaseResult<void> applyFrom(Database &database, qint64 version, std::span<const Migration> migrations)
{
    for (const Migration &migration : migrations) {
        if (migration.version <= version)
            continue;
        if (auto done = database.execute(migration.sql.constData()); !done)
            return done;
        const QByteArray mark = "PRAGMA user_version=" + QByteArray::number(migration.version);
        if (auto done = database.execute(mark.constData()); !done)
            return done;
    }
    return database.execute(("PRAGMA application_id=" + QByteArray::number(ledgerApplicationId)).constData());
}

} // namespace

DatabaseResult<int> ledgerFileVersion(const QString &file)
{
    const QFileInfo info(file);
    if (!info.exists() || info.size() == 0)
        return 0;
    QFile bytes(file);
    if (!bytes.open(QIODevice::ReadOnly))
        return std::unexpected(DatabaseError{DatabaseProblem::ReadOnly, bytes.errorString(), file});
    const QByteArray header = bytes.read(headerSize);
    if (header.size() < headerSize || !header.startsWith("SQLite format 3"))
        return std::unexpected(notALedger(file, u"file is not a database"_s));
    const auto application = qFromBigEndian<qint32>(header.constData() + applicationIdOffset);
    if (application != 0 && application != ledgerApplicationId)
        return std::unexpected(notALedger(file, u"the database of another program"_s));
    return qFromBigEndian<qint32>(header.constData() + userVersionOffset);
}

DatabaseResult<void> checkLedgerFile(const QString &file, int newestVersion)
{
    const auto version = ledgerFileVersion(file);
    if (!version)
        return std::unexpected(version.error());
    if (*version > newestVersion)
        return std::unexpected(newerLedger(file, *version));
    return {};
}

DatabaseResult<void> migrate(Database &database, std::span<const Migration> migrations)
{
    const int newest = migrations.back().version;
    const auto version = pragmaNumber(database, "PRAGMA user_version");
    if (!version)
        return std::unexpected(version.error());
    if (*version == newest)
        return {};
    if (*version > newest)
        return std::unexpected(newerLedger(database.file(), *version));
    if (*version > 0) {
        if (auto copied = copyBefore(database, *version); !copied)
            return copied;
    }
    auto transaction = DatabaseTransaction::begin(database);
    if (!transaction)
        return std::unexpected(transaction.error());
    // Another process may have been faster: only what is read inside the transaction counts.
    const auto current = pragmaNumber(database, "PRAGMA user_version");
    if (!current)
        return std::unexpected(current.error());
    if (auto applied = applyFrom(database, *current, migrations); !applied)
        return applied;
    return transaction->commit();
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/audit.h"

#include <QCryptographicHash>
#include <QDateTime>

#include <array>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

// Every field with its length, so that no two different entries have the same text.
QByteArray canonicalText(qint64 number, const AuditEntry &entry)
{
    QByteArray text = QByteArray::number(number) + '\n' + QByteArray::number(entry.at) + '\n';
    for (const QString &field : {entry.who, entry.action, entry.subject, entry.before, entry.after, entry.reason}) {
        const QByteArray utf8 = field.toUtf8();
        text += QByteArray::number(utf8.size()) + ':' + utf8 + '\n';
    }
    return text;
}

QByteArray chainHash(const QByteArray &previous, qint64 number, const AuditEntry &entry)
{
    return QCryptographicHash::hash(previous + canonicalText(number, entry), QCryptographicHash::Sha256);
}

struct ChainEnd
{
    qint64 number = 0;
    QByteArray hash = {};
};

DatabaseResult<ChainEnd> chainEnd(Database &database)
{
    // Where the trail is said to end comes before what is there: a gap must not be closed by what follows.
    const auto statement = database.prepare(
        "SELECT number, hash FROM (SELECT number, hash, 0 AS place FROM audit_head UNION ALL "
        "SELECT * FROM (SELECT number, hash, 1 FROM audit ORDER BY number DESC LIMIT 1)) "
        "ORDER BY number DESC, place LIMIT 1");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = (*statement)->step();
    if (!row)
        return std::unexpected(row.error());
    const ChainEnd end = *row ? ChainEnd{(*statement)->integer(0), (*statement)->blob(1)} : ChainEnd{};
    (*statement)->reset();
    return end;
}

AuditEntry auditEntryOf(const Statement &row)
{
    return {.at = row.integer(1),
        .who = row.text(2),
        .action = row.text(3),
        .subject = row.text(4),
        .before = row.text(5),
        .after = row.text(6),
        .reason = row.text(7)};
}

DatabaseResult<bool> keepsHead(Database &database)
{
    auto statement = database.prepareOnce("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'audit_head'");
    return statement ? statement->step() : std::unexpected(statement.error());
}

//! Ledgers of earlier versions keep nothing; a newer one that has lost it does not fit.
DatabaseResult<void> compareWithHead(Database &database, AuditVerdict &verdict)
{
    const auto keeps = keepsHead(database);
    if (!keeps)
        return std::unexpected(keeps.error());
    if (!*keeps)
        return {};
    auto statement = database.prepareOnce("SELECT number, hash FROM audit_head");
    if (!statement)
        return std::unexpected(statement.error());
    const auto row = statement->step();
    if (!row)
        return std::unexpected(row.error());
    verdict.kept = *row ? statement->integer(0) : 0;
    verdict.endFits = *row && statement->integer(0) == verdict.lastNumber && statement->blob(1) == verdict.end;
    return {};
}

} // namespace

DatabaseResult<void> appendAudit(Database &database, AuditEntry entry)
{
    if (entry.at == 0)
        entry.at = QDateTime::currentMSecsSinceEpoch();
    if (entry.who.isEmpty())
        entry.who = currentUser();
    const auto end = chainEnd(database);
    if (!end)
        return std::unexpected(end.error());
    const auto insert = database.prepare(
        "INSERT INTO audit(number, at, who, action, subject, before_text, after_text, reason, hash) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    if (!insert)
        return std::unexpected(insert.error());
    const qint64 number = end->number + 1;
    (*insert)->bind(0, number).bind(1, entry.at);
    int position = 2;
    for (QString *field : {&entry.who, &entry.action, &entry.subject, &entry.before, &entry.after, &entry.reason})
        (*insert)->bind(position++, field->isNull() ? QStringView(u"") : QStringView(*field));
    return (*insert)->bind(position, chainHash(end->hash, number, entry)).run();
}

DatabaseResult<AuditVerdict> verifyAudit(Database &database)
{
    auto statement = database.prepareOnce(
        "SELECT number, at, who, action, subject, before_text, after_text, reason, hash "
        "FROM audit ORDER BY number");
    if (!statement)
        return std::unexpected(statement.error());
    AuditVerdict verdict;
    QByteArray previous;
    auto row = statement->step();
    for (; row && *row; row = statement->step()) {
        const qint64 expected = ++verdict.entries;
        const QByteArray stored = statement->blob(8);
        const bool fits = statement->integer(0) == expected
            && stored == chainHash(previous, expected, auditEntryOf(*statement));
        if (!fits && verdict.intact) {
            verdict.intact = false;
            verdict.firstBroken = expected;
        }
        previous = stored;
        verdict.lastNumber = statement->integer(0);
    }
    if (!row)
        return std::unexpected(row.error());
    verdict.end = previous;
    if (const auto compared = compareWithHead(database, verdict); !compared)
        return std::unexpected(compared.error());
    return verdict;
}

QString currentUser()
{
    passwd entry{};
    passwd *found = nullptr;
    std::array<char, 4096> buffer;
    if (getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return QString::fromLocal8Bit(found->pw_name);
    return u"uid "_s + QString::number(getuid());
}

} // namespace models

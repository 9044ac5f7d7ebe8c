// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/profilerecords.h"

#include "models/database.h"

#include <QFileInfo>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int httpsPort = 443;

//! What is learnt from the service or done there. A table that an older ledger does not have is empty.
constexpr std::array recordTableNames{"transactions"_L1, "customers"_L1, "payouts"_L1, "outbox"_L1, "imports"_L1,
    "pay_links"_L1, "webhook_subscriptions"_L1, "events"_L1, "audit"_L1};

DatabaseResult<bool> hasRow(Database &ledger, const QByteArray &sql, QLatin1StringView name)
{
    auto statement = ledger.prepareOnce(sql);
    if (!statement)
        return std::unexpected(statement.error());
    return statement->bind(0, QStringView(QString(name))).step();
}

DatabaseResult<bool> holdsRecords(Database &ledger, QLatin1StringView table)
{
    const auto known = hasRow(ledger, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1", table);
    if (!known || !*known)
        return known;
    return hasRow(ledger, "SELECT 1 FROM " + QByteArray(table.data(), table.size()) + " WHERE ?1 <> '' LIMIT 1", table);
}

QString sameService(const QUrl &url)
{
    QUrl plain = url.adjusted(QUrl::StripTrailingSlash | QUrl::NormalizePathSegments);
    if (plain.scheme() == "https"_L1 && plain.port() == httpsPort)
        plain.setPort(-1);
    return plain.path() == "/"_L1 ? plain.adjusted(QUrl::RemovePath).toString() : plain.toString();
}

} // namespace

std::expected<bool, QString> ledgerHasRecords(const QString &file)
{
    if (QFileInfo(file).size() == 0)
        return false;
    const auto unknown = [](const DatabaseError &error) {
        return std::unexpected(ProfileStore::tr("It cannot be found out whether this profile has records already. %1")
                .arg(databaseErrorText(error)));
    };
    const auto ledger = Database::open(file, Database::Mode::ReadOnly);
    if (!ledger)
        return unknown(ledger.error());
    for (const QLatin1StringView table : recordTableNames) {
        const auto found = holdsRecords(**ledger, table);
        if (!found)
            return unknown(found.error());
        if (*found)
            return true;
    }
    return false;
}

QList<ProfileProblem> identityProblems(const Profile &stored, const Profile &typed)
{
    QList<ProfileProblem> problems;
    const auto refuse = [&problems](const QString &field, const QString &what) {
        const QString instead = ProfileStore::tr(
            "This profile has records already, and they must not be mixed with another's. Make a new profile instead.");
        problems.append({.field = field, .sentence = what + u' ' + instead});
    };
    if (stored.environment != typed.environment)
        refuse(
            u"environment"_s, ProfileStore::tr("The environment stays %1.").arg(environmentName(stored.environment)));
    else if (sameService(stored.baseUrl) != sameService(typed.baseUrl))
        refuse(u"baseUrl"_s, ProfileStore::tr("The address stays %1.").arg(stored.baseUrl.toString()));
    if (stored.merchantId.trimmed() != typed.merchantId.trimmed())
        refuse(u"merchantId"_s, ProfileStore::tr("The merchant id stays %1.").arg(stored.merchantId));
    return problems;
}

} // namespace models

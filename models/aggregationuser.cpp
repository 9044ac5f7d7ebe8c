// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationuser.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr auto userPrefix = "aggregation:"_L1;

QString encodedPart(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

QString decodedPart(QStringView text)
{
    return QUrl::fromPercentEncoding(text.toLatin1());
}

bool isAtWork(const api::ProviderAccount &link)
{
    return link.status == "IN_PROGRESS"_L1 || link.status == "LOGIN_IN_PROGRESS"_L1;
}

bool needsUser(const api::ProviderAccount &link)
{
    return link.status == "USER_INPUT_REQUIRED"_L1 || link.status == "FAILED"_L1;
}

} // namespace

RecordRef recordOf(const LinkedUserId &user)
{
    return {
        RecordKind::Customer, userPrefix + encodedPart(user.tenant.text()) + u'/' + encodedPart(user.loginName.text())};
}

std::optional<LinkedUserId> linkedUserOf(const RecordRef &ref)
{
    if (ref.kind != RecordKind::Customer || !ref.id.startsWith(userPrefix))
        return std::nullopt;
    const QStringView rest = QStringView(ref.id).mid(userPrefix.size());
    const qsizetype slash = rest.indexOf(u'/');
    if (slash < 0)
        return std::nullopt;
    const LinkedUserId user{.tenant = api::TenantId(decodedPart(rest.first(slash))),
        .loginName = api::LoginName(decodedPart(rest.mid(slash + 1)))};
    return user.loginName.isEmpty() ? std::nullopt : std::optional(user);
}

QString linkedUserStatus(const LinkedUser &user)
{
    const auto &links = user.links;
    if (links && std::ranges::any_of(*links, needsUser))
        return u"NEEDS_USER"_s;
    if (links && std::ranges::any_of(*links, isAtWork))
        return u"IN_PROGRESS"_s;
    if ((links && !links->isEmpty()) || (user.accounts && !user.accounts->isEmpty()))
        return u"LINKED"_s;
    return links || user.accounts ? u"STARTED"_s : QString();
}

QString lastFourDigits(const QString &number)
{
    QString digits;
    for (const QChar character : number) {
        // Whatever stands between the digits hides others.
        if (character.isDigit())
            digits += character;
        else if (character.isLetter() || character == u'*')
            digits.clear();
    }
    return digits.size() < 4 ? QString() : digits.right(4);
}

DatabaseResult<std::optional<LinkedUserId>> findLinkedUser(
    Database &database, const api::LoginName &loginName, const api::ProviderAccountId &link)
{
    const auto statement = database.prepare(
        "SELECT tenant_id, login_name FROM customers WHERE family = 'AGGREGATION' AND "
        "((?1 <> '' AND login_name = ?1) OR (?2 <> '' AND id IN "
        "(SELECT user_id FROM user_links WHERE provider_account_id = ?2 UNION "
        "SELECT user_id FROM user_accounts WHERE provider_account_id = ?2))) ORDER BY key DESC LIMIT 1");
    if (!statement)
        return std::unexpected(statement.error());
    const QString name = loginName.text() + u""_s;
    const QString provider = link.text() + u""_s;
    const auto row = (*statement)->bind(0, QStringView(name)).bind(1, QStringView(provider)).step();
    if (!row)
        return std::unexpected(row.error());
    std::optional<LinkedUserId> found;
    if (*row)
        found = {.tenant = api::TenantId((*statement)->text(0)), .loginName = api::LoginName((*statement)->text(1))};
    (*statement)->reset();
    return found;
}

} // namespace models

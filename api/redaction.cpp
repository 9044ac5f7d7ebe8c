// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/redaction.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace api {
namespace {

constexpr qsizetype longestJournalBody = 64 * 1024;
constexpr QLatin1StringView redactionMark("[redacted]");

enum class Sensitivity { None, Secret, AccountNumber };

constexpr std::array<QStringView, 13> secretNames{u"clientsecret", u"secretkey", u"secret", u"accesstoken",
    u"refreshtoken", u"token", u"password", u"authorization", u"sessionkey", u"idtoken", u"assertion", u"signingsecret",
    u"fastlinktoken"};
constexpr std::array<QStringView, 7> accountNames{u"identifier", u"accountnumber", u"fullaccountnumber", u"iban",
    u"unmaskedaccountnumber", u"paymentaccountnumber", u"tokenizedaccountnumber"};

constexpr qsizetype longestOf(std::span<const QStringView> names)
{
    qsizetype longest = 0;
    for (const QStringView name : names)
        longest = std::max(longest, name.size());
    return longest;
}

constexpr qsizetype longestName = std::max(longestOf(secretNames), longestOf(accountNames));

//! The letters and digits of a name in lower case; nothing when there are more than any name above has.
class PlainName
{
public:
    explicit PlainName(QStringView name)
    {
        for (const QChar character : name) {
            if (!character.isLetterOrNumber())
                continue;
            if (m_size == longestName) {
                m_size = 0;
                return;
            }
            m_letters[static_cast<std::size_t>(m_size++)] = character.toLower();
        }
    }
    bool isOneOf(std::span<const QStringView> names) const
    {
        return std::ranges::any_of(names, [plain = QStringView(m_letters.data(), m_size)](QStringView name) {
            return name.size() == plain.size() && name == plain;
        });
    }

private:
    std::array<QChar, longestName> m_letters = {};
    qsizetype m_size = 0;
};

//! Reference 1.3 (token call), 1.4 (session key), 1.12 (full account numbers), 1.14 (webhook secret),
//! 2.2 (token call), 2.5 (FastLink token), 2.6 (full account numbers of Yodlee).
Sensitivity sensitivityOf(QStringView key)
{
    const PlainName plain(key);
    if (plain.isOneOf(secretNames))
        return Sensitivity::Secret;
    return plain.isOneOf(accountNames) ? Sensitivity::AccountNumber : Sensitivity::None;
}

QString maskedAccount(const QString &number)
{
    // Four digits of a number that short would be most of it.
    return QStringLiteral("****") + (number.size() > 4 ? number.right(4) : QString());
}

//! Session keys and tokens also travel in the query of URLs (reference 1.4.7).
QString withoutSecretsInUrl(const QString &text)
{
    if (!text.contains(u'='))
        return text;
    static const QRegularExpression secretQuery(
        QStringLiteral("\\b(sessionKey|session_key|access_?token|token|client_?secret)=[^&#\\s\"]+"),
        QRegularExpression::CaseInsensitiveOption);
    QString result = text;
    return result.replace(secretQuery, QStringLiteral("\\1=") + redactionMark);
}

QString withShortEmails(const QString &text)
{
    if (!text.contains(u'@') && !text.contains(QStringLiteral("%40")))
        return text;
    static const QRegularExpression mail(QStringLiteral("([\\w.+'-])[\\w.+'-]*(@|%40)([\\w-]+(?:\\.[\\w-]+)+)"),
        QRegularExpression::UseUnicodePropertiesOption);
    QString result = text;
    return result.replace(mail, QStringLiteral("\\1***\\2\\3"));
}

template<typename TextRule> Json redactedWith(const Json &json, const TextRule &rule);

template<typename TextRule> Json redactedMember(const Json::Member &member, const TextRule &rule)
{
    const auto &[key, value] = member;
    const Sensitivity sensitivity = value.isNull() ? Sensitivity::None : sensitivityOf(key);
    const bool scalar = value.type() == Json::Type::String || value.type() == Json::Type::Number;
    if (sensitivity == Sensitivity::AccountNumber && scalar)
        return Json::fromText(maskedAccount(value.text()));
    if (sensitivity != Sensitivity::None && (scalar || sensitivity == Sensitivity::Secret))
        return Json::fromText(redactionMark);
    return redactedWith(value, rule);
}

//! What `list` becomes when `redactOne` is put in the place of each; nothing when none of them changes. Most answers
//! hold nothing to hide: what does not change is shared, not copied.
template<typename List, typename ValueOf, typename RedactOne>
std::optional<List> redactedList(const List &list, ValueOf valueOf, RedactOne redactOne)
{
    std::optional<List> changed;
    for (std::size_t i = 0; i < list.size(); ++i) {
        Json after = redactOne(list[i]);
        if (after.isSharedWith(valueOf(list[i])))
            continue;
        if (!changed)
            changed = list;
        valueOf((*changed)[i]) = std::move(after);
    }
    return changed;
}

template<typename TextRule> Json redactedWith(const Json &json, const TextRule &rule)
{
    switch (json.type()) {
    case Json::Type::Null:
    case Json::Type::Bool:
    case Json::Type::Number:
        return json;
    case Json::Type::String:
        return Json::fromText(rule(json.text()));
    case Json::Type::Array: {
        const auto valueOf = [](auto &item) -> auto & { return item; };
        auto items = redactedList(
            json.items(), valueOf, [&rule](const Json &item) { return redactedWith(item, rule); });
        return items ? Json::fromItems(*std::move(items)) : json;
    }
    case Json::Type::Object:
        break;
    }
    const auto valueOf = [](auto &member) -> auto & { return member.second; };
    auto members = redactedList(
        json.members(), valueOf, [&rule](const Json::Member &member) { return redactedMember(member, rule); });
    return members ? Json::fromMembers(*std::move(members)) : json;
}

bool looksLikeForm(const QByteArray &body)
{
    static const QRegularExpression form(QStringLiteral("^[\\w.%+*-]+=[^&\\s{}<>]*(&[\\w.%+*-]+=[^&\\s{}<>]*)*$"));
    return form.match(QString::fromUtf8(body)).hasMatch();
}

QByteArray redactedForm(const QByteArray &body)
{
    QByteArrayList fields = body.split('&');
    for (QByteArray &field : fields) {
        const qsizetype equals = field.indexOf('=');
        const QString key = QString::fromUtf8(QByteArray::fromPercentEncoding(field.first(equals)));
        if (sensitivityOf(key) != Sensitivity::None)
            field = field.first(equals + 1) + QByteArray(redactionMark.data(), redactionMark.size());
    }
    return withShortEmails(QString::fromUtf8(fields.join('&'))).toUtf8();
}

//! What is neither JSON nor a form may be a piece of either, so anything that could be a secret goes.
QByteArray redactedPlainText(const QByteArray &body)
{
    static const QRegularExpression secretPair(
        QStringLiteral("((?:secret|token|password|session_?key|authorization|identifier|account_?number)\\w*"
                       "\"?\\s*[:=]\\s*\"?)"
                       "(?:Bearer\\s+|Basic\\s+)?[^\\s\"&,}<]+"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression bearer(
        QStringLiteral("\\b(Bearer|Basic)\\s+[\\w.~+/=-]+"), QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression webToken(QStringLiteral("\\beyJ[\\w-]+(?:\\.[\\w-]*)*"));
    static const QRegularExpression longNumber(QStringLiteral("\\d{4,}(\\d{4})"));
    QString text = QString::fromUtf8(body);
    text.replace(secretPair, QStringLiteral("\\1") + redactionMark);
    text.replace(bearer, QStringLiteral("\\1 ") + redactionMark);
    text.replace(webToken, redactionMark);
    text.replace(longNumber, QStringLiteral("****\\1"));
    return withShortEmails(text).toUtf8();
}

} // namespace

Json redacted(const Json &json)
{
    return redactedWith(json, withoutSecretsInUrl);
}

QByteArray redactedForJournal(const Json &json)
{
    return redactedWith(json, [](const QString &text) { return withShortEmails(withoutSecretsInUrl(text)); })
        .toText()
        .left(longestJournalBody);
}

QByteArray redactedForJournal(const QByteArray &body)
{
    if (body.isEmpty())
        return body;
    if (const auto json = Json::parse(body))
        return redactedForJournal(*json);
    const QByteArray bounded = body.left(longestJournalBody);
    const QByteArray result = looksLikeForm(bounded) ? redactedForm(bounded) : redactedPlainText(bounded);
    return result.left(longestJournalBody);
}

} // namespace api

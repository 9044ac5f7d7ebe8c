// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/findertext.h"

#include <QRegularExpression>
#include <QStringList>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

// Longer than any id or name; a pasted document is not searched for word by word.
constexpr qsizetype longestQuestion = 256;

bool isInvisible(QChar character)
{
    return character.category() == QChar::Other_Control || character.category() == QChar::Other_Format;
}

QString visibleText(const QString &text)
{
    QString visible = text;
    for (QChar &character : visible) {
        if (character.isSpace() || character.category() == QChar::Other_Control)
            character = u' ';
    }
    visible.removeIf(isInvisible);
    return visible.simplified().left(longestQuestion).trimmed();
}

QString withoutWrapping(QString text)
{
    constexpr QStringView before = u"\"'`\u00b4\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb\u2039\u203a<>()[]{}#,;"
                                   u":";
    constexpr QStringView after = u"\"'`\u00b4\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb\u2039\u203a<>()[]{},;:.!"
                                  u"?";
    while (!text.isEmpty() && (before.contains(text.front()) || text.front().isSpace()))
        text.remove(0, 1);
    while (!text.isEmpty() && (after.contains(text.back()) || text.back().isSpace()))
        text.chop(1);
    return text;
}

QString idInQuery(const QUrlQuery &query)
{
    static const QStringList names{u"transactionid"_s, u"paymentid"_s, u"customerid"_s, u"payoutid"_s, u"id"_s};
    const auto items = query.queryItems(QUrl::FullyDecoded);
    for (const QString &name : names) {
        for (const auto &[key, value] : items) {
            if (key.toLower().remove(u'_') == name && !value.isEmpty())
                return value;
        }
    }
    const auto found = std::ranges::find_if(items, [](const auto &item) { return couldBeId(item.second); });
    return found == items.end() ? QString() : found->second;
}

QString idInPath(const QString &path)
{
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    const auto found = std::find_if(parts.rbegin(), parts.rend(), [](const QString &part) { return couldBeId(part); });
    return found == parts.rend() ? QString() : *found;
}

QString idInAddress(const QUrl &address)
{
    for (const QString &id : {idInQuery(QUrlQuery(address)), idInPath(address.path(QUrl::FullyDecoded)),
             idInPath(address.fragment(QUrl::FullyDecoded))}) {
        if (!id.isEmpty())
            return id;
    }
    return {};
}

} // namespace

QString cleanedQuestion(const QString &text)
{
    const QString cleaned = withoutWrapping(visibleText(text));
    const bool isAddress = cleaned.startsWith("https://"_L1, Qt::CaseInsensitive)
        || cleaned.startsWith("http://"_L1, Qt::CaseInsensitive);
    const QString id = isAddress ? withoutWrapping(idInAddress(QUrl(cleaned))) : QString();
    return id.isEmpty() ? cleaned : id;
}

bool couldBeId(const QString &cleaned)
{
    static const QRegularExpression form(u"^(?=.*[0-9])(?!.*\\.\\.)[A-Za-z0-9][A-Za-z0-9_.:~-]{4,127}$"_s);
    static const QRegularExpression amount(u"^[0-9]+\\.[0-9]{1,2}$"_s);
    return form.match(cleaned).hasMatch() && !amount.match(cleaned).hasMatch();
}

QString plainWordsQuery(const QString &cleaned)
{
    static const QRegularExpression separators(u"[\\s\"():]+"_s);
    QStringList words;
    for (QString word : cleaned.split(separators, Qt::SkipEmptyParts)) {
        while (word.startsWith(u'-'))
            word.remove(0, 1);
        if (std::ranges::none_of(word, [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); }))
            continue;
        // Operators are written in capitals only.
        words.append(word == "AND"_L1 || word == "OR"_L1 || word == "NOT"_L1 ? word.toLower() : word);
    }
    return words.join(u' ');
}

} // namespace models

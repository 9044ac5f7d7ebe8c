// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/queryvalues.h"

#include "api/money.h"
#include "models/recordtables.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <limits>
#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr qint64 openEnd = std::numeric_limits<qint64>::max();

//! "<", "<=", ">", ">=", "=" or none, and what follows.
struct Comparison
{
    QStringView sign;
    QStringView rest;
};

Comparison splitComparison(QStringView value)
{
    for (const QStringView sign : {u"<=", u">=", u"<", u">", u"="}) {
        if (value.startsWith(sign))
            return {sign, value.mid(sign.size())};
    }
    return {{}, value};
}

//! First and last value that fit, both included.
struct Bounds
{
    qint64 first = 0;
    qint64 last = openEnd;
};

QString expectedAmount()
{
    return QCoreApplication::translate("Query", "an amount such as 12.50, >100 or 10..20");
}

QString expectedTime()
{
    return QCoreApplication::translate("Query",
        "a day, month or year such as 2026-11-03, 2026-11 or 2026, a range such as "
        "2026-11-03..2026-11-07, or today, yesterday, 7d");
}

QString expectedOrder()
{
    return QCoreApplication::translate("Query", "a range whose end is not before its start");
}

std::optional<qint64> centsOf(QStringView text)
{
    const auto cents = api::parseTypedAmount(text);
    if (cents)
        return *cents;
    return cents.error() == api::AmountProblem::Zero ? std::optional<qint64>(0) : std::nullopt;
}

std::optional<Bounds> comparedAmount(QStringView sign, qint64 cents)
{
    if (sign == u">")
        return Bounds{cents + 1, openEnd};
    if (sign == u">=")
        return Bounds{cents, openEnd};
    if (sign == u"<")
        return Bounds{0, cents - 1};
    if (sign == u"<=")
        return Bounds{0, cents};
    return Bounds{cents, cents};
}

//! Both ends of "a..b", of which one may be missing.
struct RangeText
{
    QStringView from;
    QStringView to;
};

std::optional<RangeText> splitRange(QStringView value)
{
    const qsizetype dots = value.indexOf(u"..");
    if (dots < 0 || value.size() == 2)
        return std::nullopt;
    return RangeText{value.first(dots), value.mid(dots + 2)};
}

//! From the first millisecond to the one after the last, UTC.
struct Period
{
    qint64 from = 0;
    qint64 to = openEnd;
};

qint64 startOf(const QDate &day)
{
    return day.startOfDay(QTimeZone::systemTimeZone()).toMSecsSinceEpoch();
}

Period days(const QDate &first, const QDate &afterLast)
{
    return {startOf(first), startOf(afterLast)};
}

std::optional<Period> relativePeriod(QStringView text, qint64 now)
{
    static const QRegularExpression form(u"^(\\d{1,4})([hdw])$"_s);
    const auto match = form.match(text.toString());
    const int count = match.hasMatch() ? match.capturedView(1).toInt() : 0;
    if (count == 0)
        return std::nullopt;
    const QDate today = QDateTime::fromMSecsSinceEpoch(now, QTimeZone::systemTimeZone()).date();
    if (match.capturedView(2) == u"h")
        return Period{now - count * qint64(3'600'000), now + 1};
    const int span = match.capturedView(2) == u"w" ? count * 7 : count;
    return days(today.addDays(1 - span), today.addDays(1));
}

std::optional<Period> calendarPeriod(QStringView text)
{
    static const QRegularExpression form(u"^(\\d{4})(?:-(\\d{1,2}))?(?:-(\\d{1,2}))?$"_s);
    const auto match = form.match(text.toString());
    if (!match.hasMatch())
        return std::nullopt;
    const bool hasMonth = match.hasCaptured(2) && match.capturedLength(2) > 0;
    const bool hasDay = match.hasCaptured(3) && match.capturedLength(3) > 0;
    const QDate first(match.capturedView(1).toInt(), hasMonth ? match.capturedView(2).toInt() : 1,
        hasDay ? match.capturedView(3).toInt() : 1);
    if (!first.isValid())
        return std::nullopt;
    return days(first, hasDay ? first.addDays(1) : hasMonth ? first.addMonths(1) : first.addYears(1));
}

std::optional<Period> periodOf(QStringView text, qint64 now)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(now, QTimeZone::systemTimeZone()).date();
    const QString word = text.toString().toLower();
    if (word == "today"_L1)
        return days(today, today.addDays(1));
    if (word == "yesterday"_L1)
        return days(today.addDays(-1), today);
    const std::optional<Period> relative = relativePeriod(word, now);
    return relative ? relative : calendarPeriod(text);
}

std::optional<Period> comparedPeriod(const Comparison &comparison, qint64 now)
{
    const std::optional<Period> period = periodOf(comparison.rest, now);
    if (!period || comparison.sign.isEmpty() || comparison.sign == u"=")
        return period;
    if (comparison.sign == u">")
        return Period{period->to, openEnd};
    if (comparison.sign == u">=")
        return Period{period->from, openEnd};
    return comparison.sign == u"<" ? Period{0, period->from} : Period{0, period->to};
}

std::expected<Period, QString> wantedPeriod(QStringView value, qint64 now)
{
    const std::optional<RangeText> range = splitRange(value);
    if (!range) {
        const std::optional<Period> period = comparedPeriod(splitComparison(value), now);
        return period ? std::expected<Period, QString>(*period) : std::unexpected(expectedTime());
    }
    const std::optional<Period> from = range->from.isEmpty() ? Period{0, 0} : periodOf(range->from, now);
    const std::optional<Period> to = range->to.isEmpty() ? Period{openEnd, openEnd} : periodOf(range->to, now);
    if (!from || !to)
        return std::unexpected(expectedTime());
    if (from->from > to->from)
        return std::unexpected(expectedOrder());
    return Period{from->from, to->to};
}

std::expected<Bounds, QString> wantedAmounts(QStringView value)
{
    const std::optional<RangeText> range = splitRange(value);
    if (!range) {
        const Comparison comparison = splitComparison(value);
        const std::optional<qint64> cents = centsOf(comparison.rest);
        if (!cents)
            return std::unexpected(expectedAmount());
        return *comparedAmount(comparison.sign, *cents);
    }
    const std::optional<qint64> from = range->from.isEmpty() ? 0 : centsOf(range->from);
    const std::optional<qint64> to = range->to.isEmpty() ? openEnd : centsOf(range->to);
    if (!from || !to)
        return std::unexpected(expectedAmount());
    if (*from > *to)
        return std::unexpected(expectedOrder());
    return Bounds{*from, *to};
}

QStringList storedWordsOf(const QueryField &field, const QString &word)
{
    QString plain = word.toLower();
    plain.replace(u'-', u'_');
    for (const QueryChoice &choice : field.choices) {
        if (plain == QLatin1String(choice.word))
            return QString::fromLatin1(choice.stored).split(u',');
    }
    return {};
}

QString expectedChoice(const QueryField &field)
{
    QStringList words;
    for (const QueryChoice &choice : field.choices)
        words.append(QString::fromLatin1(choice.word));
    //: %1 is a list of words such as "succeeded, failed"
    return QCoreApplication::translate("Query", "one of %1; another word of the server in quotation marks")
        .arg(words.join(u", "_s));
}

} // namespace

std::expected<QueryNode, QString> amountCondition(const QueryField &field, QStringView value)
{
    const auto bounds = wantedAmounts(value);
    if (!bounds)
        return std::unexpected(bounds.error());
    if (bounds->first == bounds->last)
        return testNode(QByteArray(field.sql) + " = ?", {bounds->first});
    return rangeNode(field.sql, bounds->first, bounds->last);
}

std::expected<QueryNode, QString> timeCondition(const QueryField &field, QStringView value, qint64 now)
{
    const auto period = wantedPeriod(value, now);
    if (!period)
        return std::unexpected(period.error());
    // 0 is an unknown time, which no period holds.
    const qint64 from = std::max<qint64>(period->from, 1);
    const QByteArray column = field.sql;
    if (field.type != QueryFieldType::Created)
        return testNode(column + " >= ? AND " + column + " < ?", {from, period->to});
    const qint64 lastKey = period->to == openEnd ? openEnd : firstKeyOf(period->to);
    // Keys lie in order of time; the column itself only sorts out rows whose time is unknown.
    return testNode("key >= ? AND key < ? AND " + column + " >= ? AND " + column + " < ?",
        {firstKeyOf(from), lastKey, from, period->to});
}

std::expected<QueryNode, QString> choiceCondition(const QueryField &field, const QString &value, bool quoted)
{
    QVariantList stored;
    for (const QString &word : quoted ? QStringList{value} : value.split(u',')) {
        QStringList known = storedWordsOf(field, word);
        if (known.isEmpty() && quoted)
            known.append(word);
        if (known.isEmpty())
            return std::unexpected(expectedChoice(field));
        for (const QString &each : known)
            stored.append(each);
    }
    const QByteArray marks = QByteArray("?, ").repeated(stored.size()).chopped(2);
    return testNode(field.sql + (stored.size() == 1 ? QByteArray(" = ?") : " IN (" + marks + ')'), stored);
}

QueryNode containsCondition(const char *expression, const QString &value)
{
    QString pattern = value;
    pattern.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
    return testNode(QByteArray("(") + expression + ") LIKE ? ESCAPE '\\'", {QVariant(u'%' + pattern + u'%')});
}

} // namespace models

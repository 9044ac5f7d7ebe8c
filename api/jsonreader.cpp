// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/jsonreader.h"

#include <QDate>
#include <QTime>

#include <algorithm>

namespace api {
namespace {

//! What came instead, without its content: it could be an account number.
QString describeJson(const Json &json)
{
    switch (json.type()) {
    case Json::Type::Null:
        return QStringLiteral("nothing");
    case Json::Type::Bool:
        return QStringLiteral("a boolean");
    case Json::Type::Number:
        return QStringLiteral("a number");
    case Json::Type::String:
        return QStringLiteral("a string");
    case Json::Type::Array:
        return QStringLiteral("an array");
    case Json::Type::Object:
        return QStringLiteral("an object");
    }
    return {};
}

bool isIntegerText(QStringView text)
{
    const QStringView digits = text.startsWith(u'-') ? text.mid(1) : text;
    return !digits.isEmpty() && std::ranges::all_of(digits, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

//! Cuts digits off the front; -1 when there are not exactly `count`.
int takeDigits(QStringView &text, qsizetype count)
{
    if (text.size() < count || !isIntegerText(text.first(count)) || text.front() == u'-')
        return -1;
    const int value = text.first(count).toInt();
    text = text.mid(count);
    return value;
}

bool takeCharacter(QStringView &text, QChar character)
{
    if (!text.startsWith(character))
        return false;
    text = text.mid(1);
    return true;
}

std::optional<QTime> takeTime(QStringView &text)
{
    const int hour = takeDigits(text, 2);
    const int minute = takeCharacter(text, u':') ? takeDigits(text, 2) : -1;
    int second = 0;
    int milliseconds = 0;
    if (takeCharacter(text, u':')) {
        second = takeDigits(text, 2);
        if (takeCharacter(text, u'.') || takeCharacter(text, u',')) {
            int scale = 100;
            const qsizetype before = text.size();
            for (int digit = takeDigits(text, 1); digit >= 0; digit = takeDigits(text, 1), scale /= 10)
                milliseconds += digit * scale;
            if (text.size() == before)
                return std::nullopt;
        }
    }
    const QTime time(hour, minute, second, milliseconds);
    return time.isValid() ? std::optional(time) : std::nullopt;
}

//! Minutes east of UTC; the text must end with the zone.
std::optional<int> takeZone(QStringView text)
{
    if (text.isEmpty() || text == u"Z" || text == u"z")
        return 0;
    const bool west = text.front() == u'-';
    if (!west && text.front() != u'+')
        return std::nullopt;
    text = text.mid(1);
    const int hours = takeDigits(text, 2);
    takeCharacter(text, u':');
    const int minutes = text.isEmpty() ? 0 : takeDigits(text, 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || !text.isEmpty())
        return std::nullopt;
    const int offset = hours * 60 + minutes;
    return west ? -offset : offset;
}

} // namespace

std::optional<qint64> parseIsoTime(QStringView text)
{
    const int year = takeDigits(text, 4);
    const int month = takeCharacter(text, u'-') ? takeDigits(text, 2) : -1;
    const int day = takeCharacter(text, u'-') ? takeDigits(text, 2) : -1;
    const QDate date(year, month, day);
    if (!date.isValid() || year < 0)
        return std::nullopt;
    constexpr qint64 unixEpochDay = 2'440'588;
    constexpr qint64 dayMs = 86'400'000;
    const qint64 midnight = (date.toJulianDay() - unixEpochDay) * dayMs;
    if (text.isEmpty())
        return midnight;
    if (!takeCharacter(text, u'T') && !takeCharacter(text, u' '))
        return std::nullopt;
    const auto time = takeTime(text);
    const auto zone = time ? takeZone(text) : std::nullopt;
    if (!zone)
        return std::nullopt;
    return midnight + time->msecsSinceStartOfDay() - *zone * 60'000LL;
}

JsonReader::JsonReader(Json object)
    : m_object(std::move(object))
{
    if (m_object.type() != Json::Type::Object)
        m_problem = QStringLiteral("expected an object, got %1").arg(describeJson(m_object));
}

QString JsonReader::string(QStringView key)
{
    return textField(key, true, false);
}

QString JsonReader::optionalString(QStringView key)
{
    return textField(key, false, false);
}

QString JsonReader::idText(QStringView key)
{
    return textField(key, true, true);
}

QString JsonReader::optionalIdText(QStringView key)
{
    return textField(key, false, true);
}

bool JsonReader::boolean(QStringView key)
{
    field(key, true, u"true or false");
    return optionalBool(key);
}

int JsonReader::optionalInteger(QStringView key, int whenAbsent)
{
    const Json json = field(key, false, u"an integer");
    if (json.isNull())
        return whenAbsent;
    bool fits = false;
    const int value = json.text().toInt(&fits);
    if (json.type() != Json::Type::Number || !fits)
        fail(key, u"an integer", describeJson(json));
    return value;
}

bool JsonReader::optionalBool(QStringView key)
{
    const Json json = field(key, false, u"true or false");
    if (!json.isNull() && json.type() != Json::Type::Bool)
        fail(key, u"true or false", describeJson(json));
    return json.boolean();
}

Money JsonReader::money(QStringView key)
{
    const Json json = field(key, true, u"an amount of money");
    if (json.isNull())
        return {};
    const Json value = json[u"value"];
    const Json currency = json[u"currency"];
    if (json.type() != Json::Type::Object || value.type() != Json::Type::Number
        || currency.type() != Json::Type::String) {
        fail(key, u"{value, currency}", describeJson(json));
        return {};
    }
    const auto cents = parseJsonAmount(value.text());
    if (!cents)
        fail(key, u"at most two decimals and a sane size", value.text());
    return {.cents = cents.value_or(0), .currency = currency.text()};
}

qint64 JsonReader::optionalTime(QStringView key)
{
    const QString text = optionalString(key);
    if (text.isEmpty())
        return 0;
    const auto time = parseIsoTime(text);
    if (!time)
        fail(key, u"an ISO-8601 time", text.left(40));
    return time.value_or(0);
}

Json JsonReader::optionalObject(QStringView key)
{
    const Json json = field(key, false, u"an object");
    if (!json.isNull() && json.type() != Json::Type::Object) {
        fail(key, u"an object", describeJson(json));
        return {};
    }
    return json;
}

Json JsonReader::array(QStringView key)
{
    const Json json = field(key, true, u"an array");
    if (!json.isNull() && json.type() != Json::Type::Array)
        fail(key, u"an array", describeJson(json));
    return json;
}

void JsonReader::adopt(const std::optional<QString> &problem)
{
    if (!m_problem)
        m_problem = problem;
}

Json JsonReader::field(QStringView key, bool required, QStringView expected)
{
    if (m_problem)
        return {};
    Json json = m_object[key];
    if (required && json.isNull())
        fail(key, expected, describeJson(json));
    return json;
}

QString JsonReader::textField(QStringView key, bool required, bool integerToo)
{
    const QStringView expected = integerToo ? QStringView(u"a string or an integer") : QStringView(u"a string");
    const Json json = field(key, required, expected);
    if (json.isNull())
        return {};
    const bool integer = integerToo && json.type() == Json::Type::Number && isIntegerText(json.text());
    if (json.type() != Json::Type::String && !integer) {
        fail(key, expected, describeJson(json));
        return {};
    }
    if (required && json.text().isEmpty())
        fail(key, expected, QStringLiteral("an empty string"));
    return json.text();
}

void JsonReader::fail(QStringView key, QStringView expected, const QString &came)
{
    if (!m_problem)
        m_problem = QStringLiteral("%1: expected %2, got %3").arg(key, expected, came);
}

Error JsonReader::garbled() const
{
    return {.kind = ErrorKind::Garbled, .delivery = Delivery::Unknown, .detail = *m_problem};
}

} // namespace api

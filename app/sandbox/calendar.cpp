// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/calendar.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QString>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace sandbox {

namespace {

constexpr std::int64_t firstMonday = 4; // 1970-01-05, in days since the epoch

std::int64_t floorDivided(std::int64_t value, std::int64_t divisor)
{
    const std::int64_t quotient = value / divisor;
    return value % divisor < 0 ? quotient - 1 : quotient;
}

std::chrono::year_month_day dateOf(Millis at)
{
    return std::chrono::sys_days(std::chrono::days(floorDivided(at, oneDay)));
}

} // namespace

std::int64_t businessDayOf(Millis at)
{
    const std::int64_t days = floorDivided(at, oneDay) - firstMonday;
    const std::int64_t week = floorDivided(days, 7);
    return week * 5 + std::min<std::int64_t>(days - week * 7, 5);
}

Millis startOfBusinessDay(std::int64_t businessDay)
{
    const std::int64_t week = floorDivided(businessDay, 5);
    return (firstMonday + week * 7 + (businessDay - week * 5)) * oneDay;
}

int yearOf(Millis at)
{
    return static_cast<int>(dateOf(at).year());
}

std::string isoDate(Millis at)
{
    const auto date = dateOf(at);
    char text[16];
    std::snprintf(text, sizeof text, "%04d%02u%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()));
    return text;
}

std::string isoDateTime(Millis at)
{
    const auto date = dateOf(at);
    const auto rest = static_cast<int>(at - floorDivided(at, oneDay) * oneDay);
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), rest / 3'600'000, rest / 60'000 % 60,
        rest / 1000 % 60, rest % 1000);
    return text;
}

std::optional<Millis> parseIsoDateTime(std::string_view text)
{
    static const QRegularExpression shape(
        QStringLiteral("^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)(?:Z|([+-]\\d\\d):?(\\d\\d))\\z"));
    const auto match = shape.match(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    if (!match.hasMatch())
        return std::nullopt;
    const QString zone = match.hasCaptured(2) ? match.captured(2) + u':' + match.captured(3) : QStringLiteral("Z");
    const auto parsed = QDateTime::fromString(match.captured(1) + zone, Qt::ISODateWithMs);
    return parsed.isValid() ? std::optional<Millis>(parsed.toMSecsSinceEpoch()) : std::nullopt;
}

} // namespace sandbox

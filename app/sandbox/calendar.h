// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

using Millis = std::int64_t; //!< UTC milliseconds since 1970, or a length in milliseconds

inline constexpr Millis oneSecond = 1000;
inline constexpr Millis oneMinute = 60 * oneSecond;
inline constexpr Millis oneHour = 60 * oneMinute;
inline constexpr Millis oneDay = 24 * oneHour;

//! Monday to Friday counted without gaps; a Saturday or Sunday belongs to the next Monday. Bank holidays are
//! not known.
std::int64_t businessDayOf(Millis at);
Millis startOfBusinessDay(std::int64_t businessDay);

int yearOf(Millis at);
std::string isoDate(Millis at);     //!< 20260302
std::string isoDateTime(Millis at); //!< 2026-03-02T22:00:00.000Z

//! ISO-8601 with a zone: Z, +02:00 or +0200; fractions of a second allowed.
std::optional<Millis> parseIsoDateTime(std::string_view text);

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <expected>

namespace api {

//! An amount of money as a whole number of cents. Never goes through floating point.
struct Money
{
    qint64 cents = 0;
    QString currency = QStringLiteral("USD");

    friend bool operator==(const Money &, const Money &) = default;
};

//! Why a text is not an amount. One enumerator per sentence to show.
enum class AmountProblem {
    Empty,
    NotANumber,      //!< letters, several separators, exponents such as 1e3
    CommaAsDecimal,  //!< 1,50: ambiguous between 1.50 and 150, so it is never guessed
    TooManyDecimals, //!< more than two digits after the point
    Negative,
    Zero,
    TooLarge, //!< beyond maximumCents
};

//! The largest amount that is read or sent: 10 billion dollars, far below the 64-bit limit.
inline constexpr qint64 maximumCents = 1'000'000'000'000;

//! Reads what a person typed, in dollars: "12", "12.5", "12.50", "$1,234.56". Groups of three after a comma
//! are accepted.
std::expected<qint64, AmountProblem> parseTypedAmount(QStringView text);

//! Reads the exact text of a JSON number (reference 1.2): every way to write a whole number of cents, "12.5", "10.500",
//! "1.2E3", and nothing else: "10.505" is never rounded.
std::expected<qint64, AmountProblem> parseJsonAmount(QStringView numberText);

//! Plain decimal text for requests and exports: 1234 -> "12.34". Never localised.
QString plainAmount(qint64 cents);

} // namespace api

Q_DECLARE_METATYPE(api::Money)

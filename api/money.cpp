// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/money.h"

#include <QList>

#include <algorithm>
#include <optional>

namespace api {
namespace {

constexpr QChar amountPoint = u'.';
constexpr QChar amountComma = u',';

bool isAsciiDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

bool isAllDigits(QStringView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, isAsciiDigit);
}

//! Both texts hold digits only; the fraction holds at most two.
std::expected<qint64, AmountProblem> centsOf(QStringView whole, QStringView fraction)
{
    while (whole.size() > 1 && whole.front() == u'0')
        whole = whole.mid(1);
    constexpr qsizetype safeDigits = 14; // cannot overflow 64 bits, and is beyond maximumCents
    if (whole.size() > safeDigits)
        return std::unexpected(AmountProblem::TooLarge);
    qint64 cents = 0;
    for (const QChar digit : whole)
        cents = cents * 10 + (digit.unicode() - u'0');
    for (qsizetype place = 0; place < 2; ++place)
        cents = cents * 10 + (place < fraction.size() ? fraction.at(place).unicode() - u'0' : 0);
    if (cents > maximumCents)
        return std::unexpected(AmountProblem::TooLarge);
    return cents;
}

//! Why the commas in the whole part do not separate thousands; nothing when they do.
std::optional<AmountProblem> groupingProblem(QStringView whole)
{
    const QList<QStringView> groups = whole.split(amountComma);
    if (!std::ranges::all_of(groups, isAllDigits))
        return AmountProblem::NotANumber;
    const bool threes = std::all_of(
        groups.begin() + 1, groups.end(), [](QStringView group) { return group.size() == 3; });
    if (threes && groups.front().size() <= 3 && groups.front() != u"0")
        return std::nullopt;
    return groups.size() == 2 ? AmountProblem::CommaAsDecimal : AmountProblem::NotANumber;
}

std::expected<qint64, AmountProblem> parseUnsignedAmount(QStringView text)
{
    const qsizetype point = text.indexOf(amountPoint);
    QStringView whole = point < 0 ? text : text.first(point);
    const QStringView fraction = point < 0 ? QStringView() : text.mid(point + 1);
    if (const qsizetype comma = fraction.indexOf(amountComma); comma >= 0) {
        const bool european = isAllDigits(whole) && isAllDigits(fraction.first(comma))
            && isAllDigits(fraction.mid(comma + 1));
        return std::unexpected(european ? AmountProblem::CommaAsDecimal : AmountProblem::NotANumber);
    }
    if (point >= 0 && !isAllDigits(fraction))
        return std::unexpected(AmountProblem::NotANumber);
    if (whole.isEmpty() && point >= 0)
        whole = u"0";
    QString ungrouped = whole.toString();
    if (ungrouped.contains(amountComma)) {
        if (const auto problem = groupingProblem(whole))
            return std::unexpected(*problem);
        ungrouped.remove(amountComma);
    }
    if (!isAllDigits(ungrouped))
        return std::unexpected(AmountProblem::NotANumber);
    if (fraction.size() > 2)
        return std::unexpected(AmountProblem::TooManyDecimals);
    return centsOf(ungrouped, fraction);
}

//! The digits without leading and trailing zeros, and how many of them stand behind the point (negative: zeros before
//! it are missing). No digits at all are zero.
struct DecimalDigits
{
    QString digits = {};
    qsizetype behindPoint = 0;
};

//! As JSON writes an exponent: "7", "+7", "-2". One that no amount has is cut to a size that can be reckoned with.
std::expected<qsizetype, AmountProblem> exponentOf(QStringView text)
{
    const bool negative = text.startsWith(u'-');
    if (negative || text.startsWith(u'+'))
        text = text.mid(1);
    if (!isAllDigits(text))
        return std::unexpected(AmountProblem::NotANumber);
    while (text.size() > 1 && text.front() == u'0')
        text = text.mid(1);
    constexpr qsizetype longest = 6;
    const qsizetype size = text.size() > longest ? 1'000'000 : text.toLongLong();
    return negative ? -size : size;
}

std::expected<DecimalDigits, AmountProblem> digitsOf(QStringView number)
{
    qsizetype exponent = 0;
    if (const qsizetype mark = number.indexOf(u'e', 0, Qt::CaseInsensitive); mark >= 0) {
        const auto read = exponentOf(number.mid(mark + 1));
        if (!read)
            return std::unexpected(read.error());
        exponent = *read;
        number = number.first(mark);
    }
    const qsizetype point = number.indexOf(amountPoint);
    const QStringView whole = point < 0 ? number : number.first(point);
    const QStringView fraction = point < 0 ? QStringView() : number.mid(point + 1);
    if (!isAllDigits(whole) || (point >= 0 && !isAllDigits(fraction)))
        return std::unexpected(AmountProblem::NotANumber);
    DecimalDigits read{.digits = whole.toString() + fraction.toString(), .behindPoint = fraction.size() - exponent};
    while (read.digits.endsWith(u'0')) {
        read.digits.chop(1);
        --read.behindPoint;
    }
    const auto first = std::ranges::find_if(read.digits, [](QChar digit) { return digit != u'0'; });
    read.digits.erase(read.digits.cbegin(), first);
    return read;
}

std::expected<qint64, AmountProblem> centsOf(const DecimalDigits &number)
{
    if (number.digits.isEmpty())
        return 0;
    if (number.behindPoint > 2)
        return std::unexpected(AmountProblem::TooManyDecimals);
    const qsizetype zeros = 2 - number.behindPoint;
    constexpr qsizetype mostDigits = 14; // cannot overflow 64 bits, and is beyond maximumCents
    if (number.digits.size() + zeros > mostDigits)
        return std::unexpected(AmountProblem::TooLarge);
    const qint64 cents = (number.digits + QString(zeros, u'0')).toLongLong();
    if (cents > maximumCents)
        return std::unexpected(AmountProblem::TooLarge);
    return cents;
}

} // namespace

std::expected<qint64, AmountProblem> parseTypedAmount(QStringView text)
{
    text = text.trimmed();
    if (text.isEmpty())
        return std::unexpected(AmountProblem::Empty);
    bool negative = false;
    bool currencySign = false;
    while (!text.isEmpty() && !isAsciiDigit(text.front()) && text.front() != amountPoint) {
        const bool minus = text.front() == u'-' || text.front() == u'\u2212';
        const bool dollar = text.front() == u'$';
        if ((minus && negative) || (dollar && currencySign) || (!minus && !dollar))
            return std::unexpected(AmountProblem::NotANumber);
        negative = negative || minus;
        currencySign = currencySign || dollar;
        text = text.mid(1).trimmed();
    }
    const auto cents = parseUnsignedAmount(text);
    if (!cents)
        return cents;
    if (*cents == 0)
        return std::unexpected(AmountProblem::Zero);
    if (negative)
        return std::unexpected(AmountProblem::Negative);
    return cents;
}

std::expected<qint64, AmountProblem> parseJsonAmount(QStringView numberText)
{
    if (numberText.isEmpty())
        return std::unexpected(AmountProblem::Empty);
    const bool negative = numberText.startsWith(u'-');
    const auto number = digitsOf(negative ? numberText.mid(1) : numberText);
    if (!number)
        return std::unexpected(number.error());
    const auto cents = centsOf(*number);
    return cents && negative ? std::expected<qint64, AmountProblem>(-*cents) : cents;
}

QString plainAmount(qint64 cents)
{
    const quint64 absolute = cents < 0 ? 0 - static_cast<quint64>(cents) : static_cast<quint64>(cents);
    return (cents < 0 ? QStringLiteral("-") : QString()) + QString::number(absolute / 100) + amountPoint
        + QString::number(absolute % 100).rightJustified(2, u'0');
}

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/ids.h"

#include "app/sandbox/dice.h"

#include <charconv>
#include <utility>

namespace sandbox {

namespace {

constexpr unsigned rounds = 4;
constexpr unsigned indexBits = 44;
constexpr unsigned uuidHalfBits = 24;
constexpr unsigned numberHalfBits = 16;

void appendHex(std::string &out, std::uint64_t value, int digits)
{
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out += "0123456789abcdef"[(value >> shift) & 15];
}

} // namespace

Ids::Ids(std::uint64_t seed, PaymentIds paymentIds)
    : m_seed(mixed(seed ^ 0x1d5ULL))
    , m_paymentIds(paymentIds)
{
}

bool Ids::isNumeric(IdKind kind) const
{
    return paymentIdsAreNumbers() && (kind == IdKind::Transaction || kind == IdKind::CreatedTransaction);
}

std::uint64_t Ids::numberBase(IdKind kind) const
{
    const std::uint64_t base = m_paymentIds == PaymentIds::HugeNumeric ? (1ULL << 53) + 1 : 1'000'000'001ULL;
    return kind == IdKind::Transaction ? base : base + (1ULL << 34);
}

// A Feistel network is a bijection whatever its round function is: that is what lets ids be decoded.
std::uint64_t Ids::permuted(std::uint64_t value, unsigned halfBits, bool backwards) const
{
    const std::uint64_t mask = (1ULL << halfBits) - 1;
    std::uint64_t left = (value >> halfBits) & mask;
    std::uint64_t right = value & mask;
    for (unsigned round = 0; round < rounds; ++round) {
        const unsigned key = backwards ? rounds - 1 - round : round;
        left = std::exchange(right, left ^ (mixed(m_seed + (key + 1) * 0x51ed27ULL + (right << 8)) & mask));
    }
    return (right << halfBits) | left;
}

std::string Ids::uuid(std::uint64_t scrambled) const
{
    const std::uint64_t a = mixed(m_seed ^ mixed(scrambled));
    const std::uint64_t b = mixed(a + m_seed);
    std::string out;
    out.reserve(36);
    appendHex(out, scrambled >> 16, 8);
    out += '-';
    appendHex(out, scrambled & 0xffff, 4);
    out += "-4";
    appendHex(out, a & 0xfff, 3);
    out += '-';
    appendHex(out, 0x8000 | ((a >> 12) & 0x3fff), 4);
    out += '-';
    appendHex(out, b & 0xffff'ffff'ffffULL, 12);
    return out;
}

std::string Ids::make(IdKind kind, std::uint64_t index) const
{
    if (isNumeric(kind))
        return std::to_string(numberBase(kind) + 2 * permuted(index, numberHalfBits, false));
    return uuid(permuted((static_cast<std::uint64_t>(kind) << indexBits) | index, uuidHalfBits, false));
}

std::optional<std::uint64_t> Ids::indexOf(IdKind kind, std::string_view id) const
{
    std::uint64_t index = 0;
    if (isNumeric(kind)) {
        std::uint64_t number = 0;
        std::from_chars(id.data(), id.data() + id.size(), number);
        index = permuted((number - numberBase(kind)) / 2, numberHalfBits, true);
    } else {
        if (id.size() != 36)
            return std::nullopt;
        const std::string head = std::string(id.substr(0, 8)).append(id.substr(9, 4));
        std::uint64_t scrambled = 0;
        std::from_chars(head.data(), head.data() + head.size(), scrambled, 16);
        index = permuted(scrambled, uuidHalfBits, true) & ((1ULL << indexBits) - 1);
    }
    return make(kind, index) == id ? std::optional(index) : std::nullopt;
}

} // namespace sandbox

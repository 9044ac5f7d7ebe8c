// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace sandbox {

//! splitmix64's finaliser: every bit of the result depends on every bit of the argument.
constexpr std::uint64_t mixed(std::uint64_t value)
{
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

//! A short reproducible sequence for one record: the same seed, stream and index always give the same
//! numbers.
class Dice
{
public:
    constexpr Dice(std::uint64_t seed, std::uint64_t stream, std::uint64_t index)
        : m_state(mixed(mixed(seed ^ (stream * 0xd6e8feb86659fd93ULL)) + index))
    {
    }

    constexpr std::uint64_t next() { return m_state = mixed(m_state); }
    //! 0 to limit - 1; limit must be above 0.
    constexpr std::uint64_t below(std::uint64_t limit) { return (next() >> 11) % limit; }
    constexpr std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
    }
    constexpr bool chance(std::uint64_t perMille) { return below(1000) < perMille; }

private:
    std::uint64_t m_state;
};

} // namespace sandbox

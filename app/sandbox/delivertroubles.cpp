// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/delivertroubles.h"

#include "app/sandbox/dice.h"
#include "app/sandbox/faults.h"

#include <algorithm>
#include <optional>

namespace sandbox {

namespace {

constexpr std::array<std::string_view, troubleKinds> troubleNames{"duplicate", "changedDuplicate", "reorder", "lose",
    "delay", "wrongSignature", "cutSignature", "noSignature", "oldTimestamp", "garbage"};

std::optional<TroubleKind> troubleByName(std::string_view name)
{
    const auto found = std::ranges::find(troubleNames, name);
    if (found == troubleNames.end())
        return std::nullopt;
    return static_cast<TroubleKind>(found - troubleNames.begin());
}

struct TroubleNumber
{
    std::string_view name;
    std::int64_t TroubleRule::*member;
    std::int64_t atMost;
};

constexpr std::array troubleNumbers{
    TroubleNumber{"skip", &TroubleRule::skip, 1'000'000'000},
    TroubleNumber{"count", &TroubleRule::count, 1'000'000'000},
    TroubleNumber{"percent", &TroubleRule::percent, 100},
    TroubleNumber{"delay", &TroubleRule::delay, oneDay},
};

std::optional<std::string> setTroubleMember(TroubleRule &rule, const std::string &name, const Json &value)
{
    if (value.kind == Json::Kind::Text && name == "event") {
        rule.event = value.text;
        return std::nullopt;
    }
    const auto *number = std::ranges::find(troubleNumbers, name, &TroubleNumber::name);
    if (number == troubleNumbers.end())
        return "a trouble has no member \"" + name + "\" of that type";
    const auto given = value.integer();
    if (!given || *given < 0 || *given > number->atMost)
        return '"' + name + "\" must be a whole number from 0 to " + std::to_string(number->atMost);
    rule.*(number->member) = *given;
    return std::nullopt;
}

} // namespace

std::string_view nameOf(TroubleKind kind)
{
    return troubleNames[static_cast<std::size_t>(kind)];
}

std::expected<TroubleRule, std::string> readTroubleRule(const Json &value)
{
    const std::string kind = value.textOf("kind");
    const auto known = troubleByName(kind);
    if (!known)
        return std::unexpected("there is no trouble of kind \"" + kind + '"');
    TroubleRule rule;
    rule.kind = *known;
    for (const auto &[name, member] : value.members) {
        if (name == "kind")
            continue;
        if (auto wrong = setTroubleMember(rule, name, member))
            return std::unexpected(*std::move(wrong));
    }
    return rule;
}

std::expected<TroubleRule, std::string> readTroubleRule(std::string_view commandLine)
{
    const auto value = readRuleText(commandLine, "trouble");
    return value ? readTroubleRule(*value) : std::unexpected(value.error());
}

Mishaps Troubles::take(std::string_view eventType)
{
    Mishaps mishaps;
    for (TroubleRule &rule : m_rules) {
        if (!eventType.starts_with(rule.event))
            continue;
        const auto match = rule.matches++;
        Dice dice(static_cast<std::uint64_t>(rule.kind), 1ULL << 35, static_cast<std::uint64_t>(match));
        const bool spent = rule.count > 0 && rule.hits >= rule.count;
        if (match < rule.skip || spent || !dice.chance(static_cast<std::uint64_t>(rule.percent) * 10))
            continue;
        ++rule.hits;
        mishaps.set(rule.kind);
        if (rule.kind == TroubleKind::Reorder || rule.kind == TroubleKind::Delay)
            mishaps.delay = std::max(mishaps.delay, rule.delay);
    }
    return mishaps;
}

} // namespace sandbox

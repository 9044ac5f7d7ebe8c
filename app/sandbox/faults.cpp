// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/faults.h"

#include <algorithm>
#include <array>

namespace sandbox {

namespace {

struct FaultName
{
    FaultKind kind;
    std::string_view name;
};

constexpr std::array faultNames{
    FaultName{FaultKind::Delay, "delay"},
    FaultName{FaultKind::DelayAfter, "delayAfter"},
    FaultName{FaultKind::Refuse, "refuse"},
    FaultName{FaultKind::Unauthorized, "unauthorized"},
    FaultName{FaultKind::TooMany, "tooMany"},
    FaultName{FaultKind::Error, "error"},
    FaultName{FaultKind::CutBefore, "cutBefore"},
    FaultName{FaultKind::CutAfter, "cutAfter"},
    FaultName{FaultKind::CutMidBody, "cutMidBody"},
    FaultName{FaultKind::ErrorAfter, "errorAfter"},
    FaultName{FaultKind::Garbage, "garbage"},
    FaultName{FaultKind::WrongType, "wrongType"},
    FaultName{FaultKind::Oversized, "oversized"},
};

struct FaultNumber
{
    std::string_view name;
    std::int64_t FaultRule::*member;
    std::int64_t atMost;
};

constexpr std::array faultNumbers{
    FaultNumber{"skip", &FaultRule::skip, 1'000'000'000},
    FaultNumber{"count", &FaultRule::count, 1'000'000'000},
    FaultNumber{"delay", &FaultRule::delay, 3'600'000},
    FaultNumber{"status", &FaultRule::status, 599},
    FaultNumber{"retryAfter", &FaultRule::retryAfter, 86'400},
    FaultNumber{"bytes", &FaultRule::bytes, 1 << 30},
};

std::optional<std::string> setMember(FaultRule &rule, const std::string &name, const Json &value)
{
    if (value.kind == Json::Kind::Text && name == "method") {
        rule.method = value.text;
        return std::nullopt;
    }
    if (value.kind == Json::Kind::Text && name == "path") {
        rule.pathPrefix = value.text;
        return std::nullopt;
    }
    const auto *number = std::ranges::find(faultNumbers, name, &FaultNumber::name);
    if (number == faultNumbers.end())
        return "a fault has no member \"" + name + "\" of that type";
    const auto given = value.integer();
    if (!given || *given < 0 || *given > number->atMost)
        return '"' + name + "\" must be a whole number from 0 to " + std::to_string(number->atMost);
    rule.*(number->member) = *given;
    return std::nullopt;
}

} // namespace

std::string_view nameOf(FaultKind kind)
{
    return std::ranges::find(faultNames, kind, &FaultName::kind)->name;
}

std::expected<FaultRule, std::string> readFaultRule(const Json &value)
{
    FaultRule rule;
    const std::string kind = value.textOf("kind");
    const auto *known = std::ranges::find(faultNames, kind, &FaultName::name);
    if (known == faultNames.end())
        return std::unexpected("there is no fault of kind \"" + kind + '"');
    rule.kind = known->kind;
    for (const auto &[name, member] : value.members) {
        if (name == "kind")
            continue;
        if (auto wrong = setMember(rule, name, member))
            return std::unexpected(*std::move(wrong));
    }
    if (rule.status != 0 && rule.status < 400)
        return std::unexpected(std::string("\"status\" must be from 400 to 599"));
    return rule;
}

std::expected<Json, std::string> readRuleText(std::string_view commandLine, const std::string &noun)
{
    Json value{.kind = Json::Kind::Object, .text = {}};
    bool first = true;
    while (!commandLine.empty()) {
        const auto comma = std::min(commandLine.find(','), commandLine.size());
        const std::string part(commandLine.substr(0, comma));
        commandLine.remove_prefix(std::min(comma + 1, commandLine.size()));
        const auto equals = part.find('=');
        if (first == (equals != std::string::npos))
            return std::unexpected("a " + noun + " reads kind,name=value,name=value; this is not: " + part);
        Json member{.kind = Json::Kind::Text, .text = first ? part : part.substr(equals + 1)};
        const bool digits = !member.text.empty()
            && std::ranges::all_of(member.text, [](char c) { return c >= '0' && c <= '9'; });
        if (digits) {
            member.kind = Json::Kind::Number;
            member.whole = true;
        }
        value.members.emplace_back(first ? "kind" : part.substr(0, equals), std::move(member));
        first = false;
    }
    return value;
}

std::expected<FaultRule, std::string> readFaultRule(std::string_view commandLine)
{
    const auto value = readRuleText(commandLine, "fault");
    return value ? readFaultRule(*value) : std::unexpected(value.error());
}

std::optional<FaultRule> Faults::take(std::string_view method, std::string_view path)
{
    for (FaultRule &rule : m_rules) {
        const bool matches = (rule.method.empty() || rule.method == method) && path.starts_with(rule.pathPrefix);
        if (!matches)
            continue;
        ++rule.hits;
        if (rule.hits > rule.skip && (rule.count == 0 || rule.hits <= rule.skip + rule.count))
            return rule;
    }
    return std::nullopt;
}

bool happensBeforeTheWork(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Delay:
    case FaultKind::Refuse:
    case FaultKind::Unauthorized:
    case FaultKind::TooMany:
    case FaultKind::Error:
    case FaultKind::CutBefore:
        return true;
    case FaultKind::DelayAfter:
    case FaultKind::CutAfter:
    case FaultKind::CutMidBody:
    case FaultKind::ErrorAfter:
    case FaultKind::Garbage:
    case FaultKind::WrongType:
    case FaultKind::Oversized:
        return false;
    }
    return false;
}

} // namespace sandbox

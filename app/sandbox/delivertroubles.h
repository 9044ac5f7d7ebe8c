// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/calendar.h"
#include "app/sandbox/json.h"

#include <array>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

//! What may go wrong with a delivery on request.
enum class TroubleKind {
    Duplicate,        //!< delivered, then the same once more
    ChangedDuplicate, //!< delivered, then another body under the same id
    Reorder,          //!< waits for `delay` while later ones overtake it
    Lose,             //!< never sent
    Delay,            //!< waits for `delay`, and later ones wait behind it
    WrongSignature,   //!< made with another secret, at the first attempt
    CutSignature,     //!< half of it, at the first attempt
    NoSignature,      //!< none, at the first attempt
    OldTimestamp,     //!< signed as of an hour ago, at the first attempt
    Garbage,          //!< the body is no JSON, at the first attempt
};
inline constexpr std::size_t troubleKinds = 10;
std::string_view nameOf(TroubleKind kind);

struct TroubleRule
{
    TroubleKind kind = TroubleKind::Duplicate;
    std::string event;          //!< beginning of the event type; empty: any
    std::int64_t skip = 0;      //!< so many matching deliveries go well first
    std::int64_t count = 0;     //!< then so many are hit; 0: all of them
    std::int64_t percent = 100; //!< of those, the same ones in every run
    std::int64_t delay = 2000;  //!< real ms, of Reorder and Delay
    std::int64_t matches = 0;
    std::int64_t hits = 0;
};

//! Tells what is wrong in one sentence.
std::expected<TroubleRule, std::string> readTroubleRule(const Json &value);
//! kind,name=value,name=value: the same names as in the JSON form.
std::expected<TroubleRule, std::string> readTroubleRule(std::string_view commandLine);

//! What happens to one delivery.
struct Mishaps
{
    std::array<bool, troubleKinds> kinds = {};
    Millis delay = 0;

    bool has(TroubleKind kind) const { return kinds[static_cast<std::size_t>(kind)]; }
    void set(TroubleKind kind) { kinds[static_cast<std::size_t>(kind)] = true; }
    void unset(TroubleKind kind) { kinds[static_cast<std::size_t>(kind)] = false; }
};

//! The rules in force. Unlike faults, every rule that matches is applied.
class Troubles
{
public:
    void add(TroubleRule rule) { m_rules.push_back(std::move(rule)); }
    void clear() { m_rules.clear(); }
    const std::vector<TroubleRule> &rules() const { return m_rules; }

    //! Counts the delivery against the rules.
    Mishaps take(std::string_view eventType);

private:
    std::vector<TroubleRule> m_rules;
};

} // namespace sandbox

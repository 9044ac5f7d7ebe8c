// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/json.h"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

enum class FaultKind {
    Delay,        //!< wait, then work and answer
    DelayAfter,   //!< work, wait, then answer
    Refuse,       //!< answer 400 without working
    Unauthorized, //!< answer 401 without working, however good the credentials
    TooMany,      //!< answer 429 with Retry-After without working
    Error,        //!< answer 500 without working
    CutBefore,    //!< close the connection without working
    CutAfter,     //!< work, then close the connection without an answer
    CutMidBody,   //!< work, then send half of the answer's body and close
    ErrorAfter,   //!< work, then answer 500
    Garbage,      //!< work, then answer with a body that is no JSON
    WrongType,    //!< work, then answer with every member of another type
    Oversized,    //!< work, then answer with a body of `bytes`
};

std::string_view nameOf(FaultKind kind);

//! kind,name=value,name=value as the object it stands for: digits are numbers, all else is text. noun is
//! what a complaint calls it.
std::expected<Json, std::string> readRuleText(std::string_view commandLine, const std::string &noun);

struct FaultRule
{
    FaultKind kind = FaultKind::Delay;
    std::string method;            //!< empty: any
    std::string pathPrefix;        //!< empty: any
    std::int64_t skip = 0;         //!< so many matching requests pass first
    std::int64_t count = 0;        //!< then so many are hit; 0: all of them
    std::int64_t delay = 0;        //!< real ms; before the work, or between work and answer, whichever the kind says
    std::int64_t status = 0;       //!< of Refuse, Error and ErrorAfter; 0: 400 and 500
    std::int64_t retryAfter = 1;   //!< seconds, of TooMany
    std::int64_t bytes = 64 << 20; //!< of Oversized
    std::int64_t hits = 0;
};

//! Tells what is wrong in one sentence.
std::expected<FaultRule, std::string> readFaultRule(const Json &value);
//! kind,name=value,name=value: the same names as in the JSON form.
std::expected<FaultRule, std::string> readFaultRule(std::string_view commandLine);

//! The rules in force; the first that matches a request is applied to it.
class Faults
{
public:
    void add(FaultRule rule) { m_rules.push_back(std::move(rule)); }
    void clear() { m_rules.clear(); }
    const std::vector<FaultRule> &rules() const { return m_rules; }

    //! Counts the request against the rules.
    std::optional<FaultRule> take(std::string_view method, std::string_view path);

private:
    std::vector<FaultRule> m_rules;
};

bool happensBeforeTheWork(FaultKind kind);

} // namespace sandbox

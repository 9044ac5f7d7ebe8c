// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/answers.h"

#include <expected>
#include <initializer_list>
#include <memory>
#include <optional>

namespace sandbox {

enum class Need { Required, Optional };
enum class AmountRule { AboveZero, ZeroOrMore };

//! Reads the members of a request body and remembers the first thing that is wrong with it.
//!
//! Choices where the reference is silent: null is the same as absent; a required text must not be empty;
//! members the reference does not name are ignored, as the vendor's own samples send some.
class Fields
{
public:
    explicit Fields(const Json &object);

    std::string text(std::string_view name, Need need, std::size_t longest = 4096);
    std::string choice(std::string_view name, Need need, std::initializer_list<std::string_view> known);
    //! At most 80 letters (A-Z, a-z), digits and spaces: "80 alphanumeric characters", with the space as a
    //! choice.
    std::string softDescriptor();
    std::string email(std::string_view name);
    void date(std::string_view name);
    void boolean(std::string_view name);
    void count(std::string_view name);
    //! Cents, of {"value": number, "currency": "USD"}; the value is read from its text, with at most two
    //! decimals once an exponent is applied, up to 999,999,999.99 (choice).
    std::int64_t money(std::string_view name, Need need, AmountRule rule = AmountRule::AboveZero);
    bool has(std::string_view name) const;
    //! The members of a nested object; when it is absent or no object, a reader over nothing that finds no
    //! fault.
    Fields object(std::string_view name, Need need);
    //! One reader for each object in an array.
    std::vector<Fields> objects(std::string_view name);
    std::vector<std::string> texts(std::string_view name, Need need);

    void refuse(std::string_view name, std::string_view rule);
    const std::optional<Response> &problem() const { return *m_problem; }
    bool isPresent() const { return m_object != nullptr; }

private:
    Fields(const Json *object, std::string prefix, std::shared_ptr<std::optional<Response>> problem);
    const Json *member(std::string_view name, Need need, Json::Kind kind, std::string_view kindName);
    void report(Problem problem, std::string_view name, std::string_view rule);

    const Json *m_object;
    std::string m_prefix;
    std::shared_ptr<std::optional<Response>> m_problem;
};

//! The body as an object, or the answer to what is no JSON object or not sent as application/json.
std::expected<Json, Response> readJsonBody(const Request &request);

} // namespace sandbox

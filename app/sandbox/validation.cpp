// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/validation.h"

#include "app/sandbox/calendar.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace sandbox {

namespace {

constexpr std::int64_t mostDigits = 9; // before the decimals

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::size_t characters(std::string_view utf8)
{
    return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xc0) != 0x80; }));
}

bool mayBeInDescriptor(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ';
}

// Of "e+2" and the like, 0 of nothing. What no int can hold is cut to the largest or smallest, which is as absurd.
std::int64_t exponentOf(std::string_view written)
{
    if (written.empty())
        return 0;
    written.remove_prefix(written.starts_with("e+") || written.starts_with("E+") ? 2 : 1);
    int exponent = 0;
    const auto [last, error] = std::from_chars(written.data(), written.data() + written.size(), exponent);
    if (error != std::errc::result_out_of_range)
        return exponent;
    return written.starts_with('-') ? std::numeric_limits<int>::min() : std::numeric_limits<int>::max();
}

std::expected<std::int64_t, std::string_view> centsOf(std::string_view written)
{
    const bool negative = written.starts_with('-');
    if (negative)
        written.remove_prefix(1);
    const auto mark = std::min(written.find_first_of("eE"), written.size());
    const auto point = std::min(written.find('.'), mark);
    std::string digits(written.substr(0, point));
    if (point < mark)
        digits += written.substr(point + 1, mark - point - 1);
    const auto decimals = static_cast<std::int64_t>(digits.size() - point) - exponentOf(written.substr(mark));
    if (decimals > 2)
        return std::unexpected<std::string_view>("must have at most two decimals");
    digits.erase(0, digits.find_first_not_of('0'));
    if (digits.empty())
        return 0;
    if (static_cast<std::int64_t>(digits.size()) - decimals > mostDigits)
        return std::unexpected<std::string_view>("is too large");
    std::int64_t cents = 0;
    for (const char digit : digits)
        cents = cents * 10 + (digit - '0');
    for (std::int64_t place = decimals; place < 2; ++place)
        cents *= 10;
    return negative ? -cents : cents;
}

} // namespace

Fields::Fields(const Json &object)
    : Fields(&object, {}, std::make_shared<std::optional<Response>>())
{
}

Fields::Fields(const Json *object, std::string prefix, std::shared_ptr<std::optional<Response>> problem)
    : m_object(object)
    , m_prefix(std::move(prefix))
    , m_problem(std::move(problem))
{
}

void Fields::report(Problem problem, std::string_view name, std::string_view rule)
{
    if (!*m_problem)
        *m_problem = refusal(problem, m_prefix + std::string(name) + ' ' + std::string(rule));
}

void Fields::refuse(std::string_view name, std::string_view rule)
{
    report(Problem::InvalidField, name, rule);
}

bool Fields::has(std::string_view name) const
{
    const Json *value = m_object ? m_object->find(name) : nullptr;
    return value && value->kind != Json::Kind::Null;
}

const Json *Fields::member(std::string_view name, Need need, Json::Kind kind, std::string_view kindName)
{
    if (!m_object)
        return nullptr;
    if (!has(name)) {
        if (need == Need::Required)
            report(Problem::MissingField, name, "is required");
        return nullptr;
    }
    const Json *value = m_object->find(name);
    if (value->kind == kind)
        return value;
    refuse(name, std::string("must be ") + std::string(kindName));
    return nullptr;
}

std::string Fields::text(std::string_view name, Need need, std::size_t longest)
{
    const Json *value = member(name, need, Json::Kind::Text, "a string");
    if (!value)
        return {};
    if (value->text.empty() && need == Need::Required)
        report(Problem::MissingField, name, "must not be empty");
    if (characters(value->text) > longest)
        refuse(name, "must not be longer than " + std::to_string(longest) + " characters");
    return value->text;
}

std::string Fields::choice(std::string_view name, Need need, std::initializer_list<std::string_view> known)
{
    const Json *value = member(name, need, Json::Kind::Text, "a string");
    if (!value)
        return {};
    if (std::ranges::find(known, value->text) != known.end())
        return value->text;
    std::string rule = "must be one of";
    for (const std::string_view one : known)
        rule.append(" ").append(one);
    refuse(name, rule);
    return {};
}

std::string Fields::softDescriptor()
{
    std::string value = text("softDescriptor", Need::Optional, 80);
    if (!std::ranges::all_of(value, mayBeInDescriptor))
        refuse("softDescriptor", "must be alphanumeric");
    return value;
}

std::string Fields::email(std::string_view name)
{
    std::string value = text(name, Need::Required, 254);
    const auto at = value.find('@');
    const bool plausible = at != std::string::npos && at > 0 && at + 1 < value.size()
        && value.find('@', at + 1) == std::string::npos
        && std::ranges::none_of(value, [](char c) { return (c >= 0 && c <= ' ') || c == '\x7f'; });
    if (!value.empty() && !plausible)
        refuse(name, "must be an e-mail address");
    return value;
}

void Fields::date(std::string_view name)
{
    const std::string value = text(name, Need::Optional);
    if (has(name) && !parseIsoDateTime(value))
        refuse(name, "must be an ISO-8601 date and time with its offset");
}

void Fields::boolean(std::string_view name)
{
    member(name, Need::Optional, Json::Kind::Boolean, "a boolean");
}

void Fields::count(std::string_view name)
{
    const Json *value = member(name, Need::Optional, Json::Kind::Number, "an integer");
    if (value && value->integer().value_or(-1) < 0)
        refuse(name, "must be an integer of 0 or more");
}

std::int64_t Fields::money(std::string_view name, Need need, AmountRule rule)
{
    Fields amount = object(name, need);
    amount.choice("currency", Need::Required, {"USD"});
    const Json *value = amount.member("value", Need::Required, Json::Kind::Number, "a number");
    if (!value)
        return 0;
    const auto cents = centsOf(value->text);
    if (!cents)
        amount.refuse("value", cents.error());
    else if (*cents < 0 || (*cents == 0 && rule == AmountRule::AboveZero))
        amount.refuse("value", rule == AmountRule::AboveZero ? "must be above 0" : "must not be below 0");
    return cents.value_or(0);
}

Fields Fields::object(std::string_view name, Need need)
{
    return {member(name, need, Json::Kind::Object, "an object"), m_prefix + std::string(name) + '.', m_problem};
}

std::vector<Fields> Fields::objects(std::string_view name)
{
    std::vector<Fields> readers;
    const Json *array = member(name, Need::Optional, Json::Kind::Array, "an array");
    for (std::size_t i = 0; array && i < array->items.size(); ++i) {
        const std::string at = std::string(name) + '[' + std::to_string(i) + ']';
        if (array->items[i].kind != Json::Kind::Object)
            refuse(at, "must be an object");
        else
            readers.push_back({&array->items[i], m_prefix + at + '.', m_problem});
    }
    return readers;
}

std::vector<std::string> Fields::texts(std::string_view name, Need need)
{
    std::vector<std::string> values;
    const Json *array = member(name, need, Json::Kind::Array, "an array of strings");
    for (std::size_t i = 0; array && i < array->items.size(); ++i) {
        if (array->items[i].kind != Json::Kind::Text)
            refuse(name, "must be an array of strings");
        values.push_back(array->items[i].text);
    }
    if (array && values.empty() && need == Need::Required)
        report(Problem::MissingField, name, "must not be empty");
    return values;
}

std::expected<Json, Response> readJsonBody(const Request &request)
{
    if (request.contentType() != "application/json")
        return std::unexpected(refusal(Problem::InvalidRequest, "Content-Type must be application/json"));
    auto body = parseJson(request.body());
    if (!body || body->kind != Json::Kind::Object)
        return std::unexpected(refusal(Problem::InvalidRequest, "The body must be a JSON object"));
    return *std::move(body);
}

} // namespace sandbox

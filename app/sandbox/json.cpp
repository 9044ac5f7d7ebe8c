// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/json.h"

#include <QtGlobal>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace sandbox {

namespace {

class JsonBuilder final : public nlohmann::json_sax<nlohmann::json>
{
public:
    JsonBuilder() = default;
    Q_DISABLE_COPY_MOVE(JsonBuilder)

    Json root;

    bool null() override { return put({}); }
    bool boolean(bool value) override { return put({.kind = Json::Kind::Boolean, .boolean = value, .text = {}}); }
    bool number_integer(number_integer_t value) override { return putNumber(std::to_string(value), true); }
    bool number_unsigned(number_unsigned_t value) override { return putNumber(std::to_string(value), true); }
    bool number_float(number_float_t, const string_t &written) override { return putNumber(written, false); }
    bool string(string_t &value) override { return put({.kind = Json::Kind::Text, .text = std::move(value)}); }
    bool binary(binary_t &) override { return false; }
    bool start_object(std::size_t) override { return open(Json::Kind::Object); }
    bool key(string_t &name) override;
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Json::Kind::Array); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override { return false; }

private:
    static constexpr std::size_t deepest = 64; // a value this deep would exhaust the stack when destroyed

    Json *add(Json value);
    bool put(Json value) { return add(std::move(value)) != nullptr; }
    bool putNumber(std::string written, bool whole)
    {
        return put({.kind = Json::Kind::Number, .whole = whole, .text = std::move(written)});
    }
    bool open(Json::Kind kind);
    bool close();

    std::vector<Json *> m_open;
    std::string m_key;
};

bool JsonBuilder::key(string_t &name)
{
    m_key = std::move(name);
    return m_open.back()->find(m_key) == nullptr;
}

Json *JsonBuilder::add(Json value)
{
    if (m_open.empty()) {
        root = std::move(value);
        return &root;
    }
    Json &parent = *m_open.back();
    if (parent.kind == Json::Kind::Array)
        return &parent.items.emplace_back(std::move(value));
    return &parent.members.emplace_back(std::move(m_key), std::move(value)).second;
}

bool JsonBuilder::open(Json::Kind kind)
{
    if (m_open.size() == deepest)
        return false;
    m_open.push_back(add({.kind = kind, .text = {}}));
    return true;
}

bool JsonBuilder::close()
{
    m_open.pop_back();
    return true;
}

} // namespace

const Json *Json::find(std::string_view name) const
{
    const auto found = std::ranges::find_if(members, [&](const auto &member) { return member.first == name; });
    return found == members.end() ? nullptr : &found->second;
}

std::string Json::textOf(std::string_view name) const
{
    const Json *value = find(name);
    return value && value->kind == Kind::Text ? value->text : std::string();
}

std::int64_t Json::integerOf(std::string_view name) const
{
    const Json *value = find(name);
    return value ? value->integer().value_or(0) : 0;
}

std::optional<std::int64_t> Json::integer() const
{
    std::int64_t result = 0;
    const char *end = text.data() + text.size();
    const auto [last, error] = std::from_chars(text.data(), end, result);
    const bool fits = kind == Kind::Number && whole && error == std::errc() && last == end;
    return fits ? std::optional(result) : std::nullopt;
}

std::optional<Json> parseJson(std::string_view text)
{
    // The parser would skip a byte order mark, but what is copied into an answer must be JSON there too.
    JsonBuilder builder;
    if (text.starts_with("\xef\xbb\xbf") || !nlohmann::json::sax_parse(text.begin(), text.end(), &builder))
        return std::nullopt;
    return std::move(builder.root);
}

void JsonWriter::separate()
{
    if (!m_first)
        m_out += ',';
    m_first = false;
}

void JsonWriter::key(std::string_view name)
{
    separate();
    quoted(name);
    m_out += ':';
}

void JsonWriter::quoted(std::string_view value)
{
    static constexpr char hex[] = "0123456789abcdef";
    m_out += '"';
    for (const char c : value) {
        if (c == '"' || c == '\\') {
            m_out += '\\';
            m_out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            m_out += "\\u00";
            m_out += hex[c >> 4];
            m_out += hex[c & 15];
        } else {
            m_out += c;
        }
    }
    m_out += '"';
}

JsonWriter &JsonWriter::beginObject()
{
    separate();
    m_out += '{';
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::beginObject(std::string_view name)
{
    key(name);
    m_out += '{';
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::endObject()
{
    m_out += '}';
    m_first = false;
    return *this;
}

JsonWriter &JsonWriter::beginArray(std::string_view name)
{
    key(name);
    m_out += '[';
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::endArray()
{
    m_out += ']';
    m_first = false;
    return *this;
}

JsonWriter &JsonWriter::text(std::string_view name, std::string_view value)
{
    key(name);
    quoted(value);
    return *this;
}

JsonWriter &JsonWriter::item(std::string_view value)
{
    separate();
    quoted(value);
    return *this;
}

JsonWriter &JsonWriter::integerItem(std::int64_t value)
{
    separate();
    m_out += std::to_string(value);
    return *this;
}

JsonWriter &JsonWriter::integer(std::string_view name, std::int64_t value)
{
    return number(name, std::to_string(value));
}

JsonWriter &JsonWriter::boolean(std::string_view name, bool value)
{
    return number(name, value ? "true" : "false");
}

JsonWriter &JsonWriter::number(std::string_view name, std::string_view digits)
{
    key(name);
    m_out += digits;
    return *this;
}

JsonWriter &JsonWriter::money(std::string_view name, std::int64_t cents)
{
    return beginObject(name).number("value", decimalOf(cents)).text("currency", "USD").endObject();
}

std::string decimalOf(std::int64_t cents)
{
    const std::uint64_t magnitude = cents < 0 ? 0 - static_cast<std::uint64_t>(cents)
                                              : static_cast<std::uint64_t>(cents);
    std::string out = cents < 0 ? "-" : "";
    out += std::to_string(magnitude / 100) + '.';
    out += static_cast<char>('0' + magnitude / 10 % 10);
    out += static_cast<char>('0' + magnitude % 10);
    return out;
}

} // namespace sandbox

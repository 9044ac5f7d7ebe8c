// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sandbox {

//! A JSON value that keeps the text of its numbers, so that 12.30 is never a binary fraction on its way to
//! cents.
struct Json
{
    enum class Kind { Null, Boolean, Number, Text, Array, Object };

    Kind kind = Kind::Null;
    bool boolean = false;
    bool whole = false; //!< a number written without point or exponent
    std::string text;   //!< of a Text (UTF-8) or a Number (as it was written)
    std::vector<Json> items = {};
    std::vector<std::pair<std::string, Json>> members = {};

    const Json *find(std::string_view name) const;
    std::string textOf(std::string_view name) const;     //!< empty when absent or no text
    std::int64_t integerOf(std::string_view name) const; //!< 0 when absent or no whole number
    std::optional<std::int64_t> integer() const;
};

//! Refuses invalid JSON, a byte order mark, a key given twice in one object, and more than 64 levels.
std::optional<Json> parseJson(std::string_view text);

//! Writes one JSON document front to back; the caller keeps begin and end in balance.
class JsonWriter
{
public:
    JsonWriter &beginObject();
    JsonWriter &beginObject(std::string_view name);
    JsonWriter &endObject();
    JsonWriter &beginArray(std::string_view name);
    JsonWriter &endArray();
    JsonWriter &text(std::string_view name, std::string_view value);
    JsonWriter &item(std::string_view value);
    JsonWriter &integerItem(std::int64_t value);
    JsonWriter &integer(std::string_view name, std::int64_t value);
    JsonWriter &boolean(std::string_view name, bool value);
    //! An unquoted number exactly as given.
    JsonWriter &number(std::string_view name, std::string_view digits);
    //! A whole document as it is written elsewhere.
    JsonWriter &document(std::string_view name, std::string_view json) { return number(name, json); }
    //! {"value": 12.34, "currency": "USD"}
    JsonWriter &money(std::string_view name, std::int64_t cents);

    std::string take() { return std::move(m_out); }

private:
    void separate();
    void key(std::string_view name);
    void quoted(std::string_view value);

    std::string m_out;
    bool m_first = true;
};

//! 1234 -> "12.34", -5 -> "-0.05"
std::string decimalOf(std::int64_t cents);

} // namespace sandbox

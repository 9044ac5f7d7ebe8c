// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/http.h"

#include <algorithm>
#include <charconv>

namespace sandbox {

namespace {

std::string_view asView(boost::beast::string_view text)
{
    return {text.data(), text.size()};
}

} // namespace

std::string_view Request::method() const
{
    return asView(message.method_string());
}

std::string_view Request::path() const
{
    const std::string_view target = asView(message.target());
    return target.substr(0, target.find('?'));
}

std::string_view Request::query() const
{
    const std::string_view target = asView(message.target());
    const auto mark = target.find('?');
    return mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
}

std::string_view Request::header(http::field name) const
{
    return asView(message[name]);
}

std::string_view Request::header(std::string_view name) const
{
    return asView(message[boost::beast::string_view(name.data(), name.size())]);
}

std::string Request::contentType() const
{
    std::string_view type = header(http::field::content_type);
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' '))
        type.remove_suffix(1);
    std::string lower(type);
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return lower;
}

std::string percentDecoded(std::string_view text, bool plusIsSpace)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned char value = 0;
        const char *hex = text.data() + i + 1;
        if (text[i] == '%' && i + 2 < text.size() && std::from_chars(hex, hex + 2, value, 16).ptr == hex + 2) {
            out += static_cast<char>(value);
            i += 2;
        } else {
            out += plusIsSpace && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

FormFields formFields(std::string_view text)
{
    FormFields fields;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        const auto equals = std::min(part.find('='), part.size());
        const std::string_view value = part.substr(std::min(equals + 1, part.size()));
        fields.emplace_back(percentDecoded(part.substr(0, equals), true), percentDecoded(value, true));
    }
    return fields;
}

std::string fieldOf(const FormFields &fields, std::string_view name)
{
    const auto field = std::ranges::find(fields, name, &FormFields::value_type::first);
    return field == fields.end() ? std::string() : field->second;
}

} // namespace sandbox

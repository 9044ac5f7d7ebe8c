// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace api {
namespace {

constexpr std::size_t deepestNesting = 64;

void appendEscape(QByteArray &out, char character)
{
    if (character == '"' || character == '\\')
        (out += '\\') += character;
    else if (character == '\n')
        out += "\\n";
    else
        out += "\\u00" + QByteArray(1, character).toHex();
}

void appendEscaped(QByteArray &out, const QString &text)
{
    const auto needsEscape = [](char character) {
        const auto code = static_cast<unsigned char>(character);
        return character == '"' || character == '\\' || code < 0x20 || code == 0x7f;
    };
    const QByteArray utf8 = text.toUtf8();
    out += '"';
    for (auto from = utf8.begin(); from != utf8.end();) {
        const auto to = std::find_if(from, utf8.end(), needsEscape);
        out.append(from, to - from);
        from = to;
        for (; from != utf8.end() && needsEscape(*from); ++from)
            appendEscape(out, *from);
    }
    out += '"';
}

//! An indent below zero writes everything on one line.
void appendJson(QByteArray &out, const Json &json, int indent)
{
    const auto newLine = [&out](int depth) {
        if (depth >= 0)
            out += '\n' + QByteArray(2 * depth, ' ');
    };
    const int inner = indent < 0 ? -1 : indent + 1;
    const auto appendList = [&](char open, char close, const auto &list, auto appendOne) {
        out += open;
        for (bool first = true; const auto &one : list) {
            if (!first)
                out += ',';
            first = false;
            newLine(inner);
            appendOne(one);
        }
        if (!list.empty())
            newLine(indent);
        out += close;
    };
    switch (json.type()) {
    case Json::Type::Null:
        out += "null";
        return;
    case Json::Type::Bool:
        out += json.boolean() ? "true" : "false";
        return;
    case Json::Type::Number:
        out += json.text().toLatin1();
        return;
    case Json::Type::String:
        appendEscaped(out, json.text());
        return;
    case Json::Type::Array:
        appendList('[', ']', json.items(), [&](const Json &item) { appendJson(out, item, inner); });
        return;
    case Json::Type::Object:
        appendList('{', '}', json.members(), [&](const Json::Member &member) {
            appendEscaped(out, member.first);
            out += indent < 0 ? ":" : ": ";
            appendJson(out, member.second, inner);
        });
        return;
    }
}

} // namespace

//! Receives nlohmann's events and builds the value.
class JsonBuilder
{
public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = std::string;
    using binary_t = nlohmann::json::binary_t;

    bool null() { return add(Json()); }
    bool boolean(bool value) { return add(Json::fromBool(value)); }
    bool number_integer(number_integer_t value) { return add(Json(Json::Number{QString::number(value)})); }
    bool number_unsigned(number_unsigned_t value) { return add(Json(Json::Number{QString::number(value)})); }
    bool number_float(number_float_t, const string_t &text);
    bool string(string_t &text) { return add(Json(Json::Value(toQString(text)))); }
    bool binary(binary_t &) { return false; }
    bool start_object(std::size_t) { return open(true); }
    bool key(string_t &text);
    bool end_object();
    bool start_array(std::size_t) { return open(false); }
    bool end_array();
    bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &problem);

    Json result() const { return m_result; }
    QString problem() const { return m_problem; }

private:
    struct Level
    {
        bool isObject = false;
        QString key = {};
        std::vector<Json> items = {};
        std::vector<Json::Member> members = {};
    };

    static QString toQString(const string_t &text)
    {
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
    bool add(Json value);
    bool open(bool isObject);

    std::vector<Level> m_levels;
    Json m_result;
    QString m_problem;
};

bool JsonBuilder::number_float(number_float_t, const string_t &text)
{
    // The parser puts the decimal point of the C locale in force into its text.
    QString exact = QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
    for (QChar &character : exact) {
        if (!QStringView(u"0123456789+-eE").contains(character))
            character = u'.';
    }
    return add(Json(Json::Number{exact}));
}

bool JsonBuilder::key(string_t &text)
{
    m_levels.back().key = toQString(text);
    return true;
}

bool JsonBuilder::end_object()
{
    Json object = Json::fromMembers(std::move(m_levels.back().members));
    m_levels.pop_back();
    return add(std::move(object));
}

bool JsonBuilder::end_array()
{
    Json array = Json::fromItems(std::move(m_levels.back().items));
    m_levels.pop_back();
    return add(std::move(array));
}

bool JsonBuilder::parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &problem)
{
    // The parser's text quotes the input, which may hold a secret; only the place is passed on.
    m_problem = QStringLiteral("not JSON at byte %1 (parser error %2)").arg(position).arg(problem.id);
    return false;
}

bool JsonBuilder::add(Json value)
{
    if (m_levels.empty())
        m_result = std::move(value);
    else if (m_levels.back().isObject)
        m_levels.back().members.emplace_back(std::move(m_levels.back().key), std::move(value));
    else
        m_levels.back().items.push_back(std::move(value));
    return true;
}

bool JsonBuilder::open(bool isObject)
{
    if (m_levels.size() == deepestNesting) {
        m_problem = QStringLiteral("JSON nested deeper than %1 levels").arg(deepestNesting);
        return false;
    }
    m_levels.push_back({.isObject = isObject});
    return true;
}

Json::Json(Value value)
    : m_value(std::move(value))
{
}

std::expected<Json, QString> Json::parse(const QByteArray &text)
{
    // The parser would take a zero byte for the end and not look behind it.
    if (const qsizetype zero = text.indexOf('\0'); zero >= 0)
        return std::unexpected(QStringLiteral("not JSON at byte %1 (zero byte)").arg(zero));
    JsonBuilder builder;
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder))
        return builder.result();
    return std::unexpected(builder.problem());
}

Json Json::fromText(const QString &text)
{
    return Json(Value(text));
}

Json Json::fromNumberText(const QString &numberText)
{
    return Json(Number{numberText});
}

Json Json::fromBool(bool value)
{
    return Json(Value(value));
}

Json Json::fromItems(std::vector<Json> items)
{
    return Json(Value(std::make_shared<const std::vector<Json>>(std::move(items))));
}

Json Json::fromMembers(std::vector<Member> members)
{
    return Json(Value(std::make_shared<const std::vector<Member>>(std::move(members))));
}

Json::Type Json::type() const
{
    return static_cast<Type>(m_value.index());
}

bool Json::isSharedWith(const Json &other) const
{
    return m_value == other.m_value;
}

bool Json::boolean() const
{
    const bool *value = std::get_if<bool>(&m_value);
    return value && *value;
}

QString Json::text() const
{
    if (const auto *text = std::get_if<QString>(&m_value))
        return *text;
    const auto *number = std::get_if<Number>(&m_value);
    return number ? number->text : QString();
}

const std::vector<Json> &Json::items() const
{
    static const std::vector<Json> none;
    const auto *items = std::get_if<Items>(&m_value);
    return items ? **items : none;
}

const std::vector<Json::Member> &Json::members() const
{
    static const std::vector<Member> none;
    const auto *members = std::get_if<Members>(&m_value);
    return members ? **members : none;
}

Json Json::operator[](QStringView key) const
{
    const auto &all = members();
    const auto found = std::find_if(
        all.rbegin(), all.rend(), [key](const Member &member) { return member.first == key; });
    return found == all.rend() ? Json() : found->second;
}

QByteArray Json::toText() const
{
    constexpr qsizetype usualAnswer = 1024;
    QByteArray out;
    out.reserve(usualAnswer);
    appendJson(out, *this, -1);
    return out;
}

QString Json::toPrettyText() const
{
    QByteArray out;
    appendJson(out, *this, 0);
    return QString::fromUtf8(out);
}

} // namespace api

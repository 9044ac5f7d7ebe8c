// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/error.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace api {

//! A parsed JSON value that keeps the exact text of every number, because money and ids must not pass through
//! floating point. Immutable and cheap to copy.
class Json
{
public:
    enum class Type { Null, Bool, Number, String, Array, Object };
    using Member = std::pair<QString, Json>;

    Json() = default;

    //! Parses UTF-8; nesting deeper than 64 and anything after the value is refused. The error text says
    //! where.
    static std::expected<Json, QString> parse(const QByteArray &text);

    Type type() const;
    bool isNull() const { return type() == Type::Null; }
    bool isSharedWith(const Json &other) const; //!< the same value; of arrays and objects not a twin either
    bool boolean() const;                       //!< false when not a Bool
    QString text() const;                       //!< the string, or the exact text of the number; empty otherwise
    const std::vector<Json> &items() const;     //!< empty when not an Array
    const std::vector<Member> &members() const; //!< in the order received; empty when not an Object
    Json operator[](QStringView key) const;     //!< Null when absent; the last one when a key is repeated

    //! Values to send. `numberText` must be the text of a JSON number; an object keeps the order of its
    //! members.
    static Json fromText(const QString &text);
    static Json fromNumberText(const QString &numberText);
    static Json fromBool(bool value);
    static Json fromItems(std::vector<Json> items);
    static Json fromMembers(std::vector<Member> members);

    //! Compact UTF-8 text; numbers exactly as received.
    QByteArray toText() const;
    //! Two-space indented text for people.
    QString toPrettyText() const;

private:
    struct Number
    {
        QString text;
        bool operator==(const Number &) const = default;
    };
    // Only what holds others is on the heap: an answer has some twenty texts and numbers for each of those.
    using Items = std::shared_ptr<const std::vector<Json>>;
    using Members = std::shared_ptr<const std::vector<Member>>;
    using Value = std::variant<std::monostate, bool, Number, QString, Items, Members>;
    friend class JsonBuilder;
    explicit Json(Value value);

    Value m_value;
};

} // namespace api

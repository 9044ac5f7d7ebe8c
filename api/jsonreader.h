// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/error.h"
#include "api/ids.h"
#include "api/json.h"
#include "api/money.h"

#include <QString>

#include <optional>

namespace api {

//! Reads the fields of one JSON object. The first field that is missing or of the wrong type decides the
//! error, which names the field, what was expected and what came; everything read after it is empty. Null
//! counts as absent.
class JsonReader
{
public:
    explicit JsonReader(Json object);

    QString string(QStringView key);         //!< a JSON string
    QString optionalString(QStringView key); //!< empty when absent
    //! A string, or an integer as its exact text: for ids and the like (reference 1.7).
    QString idText(QStringView key);
    QString optionalIdText(QStringView key);
    bool boolean(QStringView key);
    bool optionalBool(QStringView key); //!< false when absent
    int optionalInteger(QStringView key, int whenAbsent);
    Money money(QStringView key); //!< {value, currency}, exact, at most two decimals (reference 1.2)
    //! ISO-8601 with Z, +02:00 or +0200 to UTC milliseconds; 0 when absent.
    qint64 optionalTime(QStringView key);
    Json optionalObject(QStringView key); //!< Null when absent
    Json array(QStringView key);

    template<typename IdType> IdType id(QStringView key) { return IdType(idText(key)); }
    template<typename IdType> IdType optionalId(QStringView key) { return IdType(optionalIdText(key)); }

    //! Takes over the problem of a nested object.
    void adopt(const std::optional<QString> &problem);
    const std::optional<QString> &problem() const { return m_problem; }

    template<typename T> Result<T> finish(T value) const
    {
        if (m_problem)
            return std::unexpected(garbled());
        return value;
    }

private:
    Json field(QStringView key, bool required, QStringView expected);
    QString textField(QStringView key, bool required, bool integerToo);
    void fail(QStringView key, QStringView expected, const QString &came);
    Error garbled() const;

    Json m_object;
    std::optional<QString> m_problem;
};

//! UTC milliseconds. A time without a zone counts as UTC, a date alone as its first moment.
std::optional<qint64> parseIsoTime(QStringView text);

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordquery.h"

#include <QList>

namespace models {

//! One piece of a typed question. Positions count from 0.
struct QueryToken
{
    enum class Type { Word, Phrase, Field, And, Or, Not, Open, Close, End };
    Type type = Type::End;
    qsizetype position = 0;
    qsizetype length = 0;
    QString text = {};           //!< the word or the value of the field, without quotes
    QString field = {};          //!< lower case
    bool quoted = false;         //!< of a field's value
    qsizetype valuePosition = 0; //!< of a field's value
};

//! The last token is always End.
std::expected<QList<QueryToken>, QueryProblem> readTokens(const QString &text);

} // namespace models

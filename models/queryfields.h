// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/querytree.h"

#include <QStringList>

#include <span>

namespace models {

enum class QueryFieldType {
    Words,    //!< `columns` of the full-text table
    Contains, //!< text anywhere in the SQL expression
    Exact,    //!< the whole SQL expression
    Choice,   //!< one of `choices`, or a quoted word as it is
    Amount,
    Time,
    Created, //!< a time that also orders the keys
};

//! A word that may stand for several stored ones.
struct QueryChoice
{
    const char *word;   //!< what people type, lower case
    const char *stored; //!< comma between
};

struct QueryField
{
    const char *names; //!< the first is the one that is offered; comma between
    QueryFieldType type;
    const char *sql;     //!< expression over the kind's table
    const char *columns; //!< Words: comma between
    std::span<const QueryChoice> choices = {};
};

std::span<const QueryField> queryFieldsOf(RecordKind kind);
const QueryField *findQueryField(RecordKind kind, QStringView name);
QString firstName(const QueryField &field);
//! The name that is most like a mistyped one; empty when none is.
QString nearestFieldName(RecordKind kind, QStringView typed);

//! Where free words are looked for in a kind without a full-text table.
const char *queryHaystackOf(RecordKind kind);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/recordquery.h"

#include <vector>

namespace models {

//! A question of the filter language, understood but not yet written as SQL.
struct QueryNode
{
    enum class Type {
        And,
        Or,
        Not,
        Words, //!< `match` is an expression of the kind's full-text table
        Test,  //!< `test` is a condition on the row with `values`
        Range, //!< the number that `test` names lies between the two `values`, both included
    };
    Type type = Type::And;
    std::vector<QueryNode> children = {};
    QString match = {};
    QByteArray test = {};
    QVariantList values = {};
};

using QueryResult = std::expected<QueryNode, QueryProblem>;

//! A condition on the full-text columns, or on the row for a kind without them; `columns` empty: all of them. `whole`:
//! a phrase of whole words, else the last word may go on.
QueryNode wordsNode(const QList<QByteArray> &columns, const QString &text, bool whole);
QueryNode testNode(QByteArray test, QVariantList values);
QueryNode rangeNode(QByteArray column, qint64 first, qint64 last);
QueryNode groupNode(QueryNode::Type type, std::vector<QueryNode> children);

//! Writes the tree as SQL.
RecordQuery compileQuery(RecordKind kind, const QueryNode &root);

} // namespace models

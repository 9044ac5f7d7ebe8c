// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/querytree.h"

#include "models/recordtables.h"
#include "models/textindex.h"

#include <algorithm>
#include <iterator>
#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct Clause
{
    QByteArray sql = {};
    QVariantList values = {};
};

QString ftsPhrase(QString text, bool whole)
{
    return u'"' + text.replace(u'"', u"\"\""_s) + (whole ? u"\""_s : u"\"*"_s);
}

QString inBrackets(const QString &text)
{
    return u'(' + text + u')';
}

std::optional<QString> pureMatch(const QueryNode &node);

// The full-text language has "a NOT b" but no lone NOT, so a negative needs a positive beside it.
std::optional<QString> pureAnd(const QueryNode &node)
{
    QString positive;
    QString negative;
    for (const QueryNode &child : node.children) {
        const bool denies = child.type == QueryNode::Type::Not;
        const std::optional<QString> match = pureMatch(denies ? child.children.front() : child);
        if (!match)
            return std::nullopt;
        QString &part = denies ? negative : positive;
        part += part.isEmpty() ? inBrackets(*match) : (denies ? u" NOT "_s : u" AND "_s) + inBrackets(*match);
    }
    if (positive.isEmpty())
        return std::nullopt;
    return negative.isEmpty() ? positive : inBrackets(positive) + u" NOT "_s + negative;
}

std::optional<QString> pureOr(const QueryNode &node)
{
    QString all;
    for (const QueryNode &child : node.children) {
        const std::optional<QString> match = pureMatch(child);
        if (!match)
            return std::nullopt;
        all += (all.isEmpty() ? QString() : u" OR "_s) + inBrackets(*match);
    }
    return all;
}

//! The node as one full-text expression, when it is nothing else.
std::optional<QString> pureMatch(const QueryNode &node)
{
    switch (node.type) {
    case QueryNode::Type::Words:
        return node.match;
    case QueryNode::Type::And:
        return pureAnd(node);
    case QueryNode::Type::Or:
        return pureOr(node);
    case QueryNode::Type::Not:
    case QueryNode::Type::Test:
    case QueryNode::Type::Range:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

// Two bounds of one number are compared once per row.
void addNarrowed(std::vector<QueryNode> &nodes, const QueryNode &node)
{
    const auto same = std::ranges::find_if(nodes, [&node](const QueryNode &other) {
        return node.type == QueryNode::Type::Range && other.type == node.type && other.test == node.test;
    });
    if (same == nodes.end())
        return nodes.push_back(node);
    *same = rangeNode(node.test, std::max(same->values.first().toLongLong(), node.values.first().toLongLong()),
        std::min(same->values.last().toLongLong(), node.values.last().toLongLong()));
}

class QueryWriter
{
public:
    //! `leading`: the column of the range whose index is to find the rows.
    explicit QueryWriter(RecordKind kind, QByteArray leading = {})
        : m_kind(kind)
        , m_leading(std::move(leading))
    {
    }

    Clause clauseOf(const QueryNode &node) const
    {
        if (const std::optional<QString> match = pureMatch(node))
            return matching(*match);
        switch (node.type) {
        case QueryNode::Type::Test:
            return {node.test, node.values};
        // The plus keeps SQLite from walking the column's index and sorting what it finds: most ranges fit so many rows
        // that going through the narrow list of keys is far quicker to the first rows.
        case QueryNode::Type::Range:
            return {(node.test == m_leading ? "" : "+") + node.test + " BETWEEN ? AND ?", node.values};
        case QueryNode::Type::Not: {
            Clause inner = clauseOf(node.children.front());
            return {"NOT (" + inner.sql + ')', inner.values};
        }
        case QueryNode::Type::Or:
            return joined(node.children, " OR ");
        case QueryNode::Type::And:
        case QueryNode::Type::Words:
            return split(node).all(*this);
        }
        Q_UNREACHABLE();
    }

    //! An And with its full-text children gathered into one expression.
    struct Parts
    {
        QString match = {};
        std::vector<QueryNode> rest = {};

        Clause all(const QueryWriter &writer) const
        {
            Clause clause = writer.joined(rest, " AND ");
            if (match.isEmpty())
                return clause;
            const Clause words = writer.matching(match);
            if (clause.sql.isEmpty())
                return words;
            return {words.sql + " AND " + clause.sql, words.values + clause.values};
        }
    };

    static Parts split(const QueryNode &node)
    {
        Parts parts;
        QueryNode words = groupNode(QueryNode::Type::And, {});
        bool positive = false;
        for (const QueryNode &child : node.children) {
            const bool denies = child.type == QueryNode::Type::Not;
            const bool pure = pureMatch(denies ? child.children.front() : child).has_value();
            positive = positive || (pure && !denies);
            if (pure)
                words.children.push_back(child);
            else
                addNarrowed(parts.rest, child);
        }
        if (positive)
            parts.match = *pureMatch(words);
        else
            std::ranges::move(words.children, std::back_inserter(parts.rest));
        return parts;
    }

    Clause joined(const std::vector<QueryNode> &nodes, const char *between) const
    {
        Clause all;
        for (const QueryNode &node : nodes) {
            const Clause one = clauseOf(node);
            all.sql += (all.sql.isEmpty() ? QByteArray() : QByteArray(between)) + '(' + one.sql + ')';
            all.values += one.values;
        }
        return all;
    }

private:
    Clause matching(const QString &match) const
    {
        const QByteArray table = textTableOf(m_kind);
        return {"key IN (SELECT rowid FROM " + table + " WHERE " + table + " MATCH ?)", {match}};
    }

    RecordKind m_kind;
    QByteArray m_leading;
};

std::optional<RecordQuery::Range> indexedRange(RecordKind kind, const std::vector<QueryNode> &nodes)
{
    const auto found = std::ranges::find_if(nodes,
        [kind](const QueryNode &node) { return node.type == QueryNode::Type::Range && isIndexed(kind, node.test); });
    if (found == nodes.end())
        return std::nullopt;
    return RecordQuery::Range{found->test, found->values.first().toLongLong(), found->values.last().toLongLong()};
}

} // namespace

QueryNode wordsNode(const QList<QByteArray> &columns, const QString &text, bool whole)
{
    const QString phrase = ftsPhrase(text, whole);
    const QString idPhrase = u"{w_id} : "_s + ftsPhrase(idWord(text), whole);
    if (columns == QList<QByteArray>{"w_id"})
        return {.type = QueryNode::Type::Words, .match = idPhrase};
    if (!columns.isEmpty())
        return {.type = QueryNode::Type::Words,
            .match = u'{' + QString::fromLatin1(columns.join(' ')) + u"} : "_s + phrase};
    const bool sameForIds = idWord(text) == text;
    return {.type = QueryNode::Type::Words, .match = sameForIds ? phrase : phrase + u" OR "_s + idPhrase};
}

QueryNode testNode(QByteArray test, QVariantList values)
{
    return {.type = QueryNode::Type::Test, .test = std::move(test), .values = std::move(values)};
}

QueryNode rangeNode(QByteArray column, qint64 first, qint64 last)
{
    return {.type = QueryNode::Type::Range, .test = std::move(column), .values = {first, last}};
}

QueryNode groupNode(QueryNode::Type type, std::vector<QueryNode> children)
{
    return {.type = type, .children = std::move(children)};
}

RecordQuery compileQuery(RecordKind kind, const QueryNode &root)
{
    const QueryWriter writer(kind);
    const QueryNode top = root.type == QueryNode::Type::And ? root : groupNode(QueryNode::Type::And, {root});
    const QueryWriter::Parts parts = QueryWriter::split(top);
    const Clause all = parts.all(writer);
    const Clause rest = writer.joined(parts.rest, " AND ");
    RecordQuery query{
        .where = all.sql, .values = all.values, .match = parts.match, .rest = rest.sql, .restValues = rest.values};
    query.range = indexedRange(kind, parts.rest);
    if (query.range)
        query.whereInRange = parts.all(QueryWriter(kind, query.range->column)).sql;
    return query;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recordquery.h"

#include "api/money.h"
#include "models/queryfields.h"
#include "models/querylexer.h"
#include "models/queryvalues.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

// Deeper than any person types; keeps a pasted wall of brackets from using up the stack.
constexpr int deepestNesting = 60;

bool hasLetterOrDigit(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); });
}

// "$1,234.5" is looked for as it is stored: without sign and groups.
QString withoutMoneyMarks(const QString &word)
{
    const bool marked = word.startsWith(u'$') || word.contains(u',');
    if (!marked || !api::parseTypedAmount(word))
        return word;
    QString plain = word;
    return plain.remove(u'$').remove(u',');
}

class QueryParser
{
public:
    QueryParser(RecordKind kind, QList<QueryToken> tokens, qint64 now)
        : m_kind(kind)
        , m_tokens(std::move(tokens))
        , m_now(now)
    {
    }

    QueryResult parse()
    {
        if (next().type == QueryToken::Type::End)
            return groupNode(QueryNode::Type::And, {});
        QueryResult all = parseOr(0);
        if (all && next().type == QueryToken::Type::Close)
            return problem(next(), QCoreApplication::translate("Query", "an opening bracket before this closing one"));
        return all;
    }

private:
    const QueryToken &next() const { return m_tokens[m_at]; }
    QueryToken take() { return m_tokens[m_at++]; }

    static std::unexpected<QueryProblem> problem(const QueryToken &token, const QString &expected)
    {
        return std::unexpected(QueryProblem{token.position, token.length, expected});
    }

    static std::unexpected<QueryProblem> valueProblem(const QueryToken &token, const QString &expected)
    {
        const qsizetype end = token.position + token.length;
        return std::unexpected(QueryProblem{token.valuePosition, end - token.valuePosition, expected});
    }

    QueryResult parseOr(int depth)
    {
        std::vector<QueryNode> parts;
        for (;;) {
            QueryResult part = parseAnd(depth);
            if (!part)
                return part;
            parts.push_back(std::move(*part));
            if (next().type != QueryToken::Type::Or)
                break;
            take();
        }
        return parts.size() == 1 ? parts.front() : groupNode(QueryNode::Type::Or, std::move(parts));
    }

    QueryResult parseAnd(int depth)
    {
        std::vector<QueryNode> parts;
        for (;;) {
            QueryResult part = parseOne(depth);
            if (!part)
                return part;
            parts.push_back(std::move(*part));
            if (next().type == QueryToken::Type::And)
                take();
            else if (endsAnd())
                break;
        }
        return parts.size() == 1 ? parts.front() : groupNode(QueryNode::Type::And, std::move(parts));
    }

    bool endsAnd() const
    {
        const QueryToken::Type type = next().type;
        return type == QueryToken::Type::Or || type == QueryToken::Type::Close || type == QueryToken::Type::End;
    }

    QueryResult parseOne(int depth)
    {
        if (depth > deepestNesting)
            return problem(next(), QCoreApplication::translate("Query", "fewer brackets inside each other"));
        const QueryToken token = take();
        switch (token.type) {
        case QueryToken::Type::Not:
            return parseNot(depth);
        case QueryToken::Type::Open:
            return parseBrackets(token, depth);
        case QueryToken::Type::Word:
            return parseWord(token, withoutMoneyMarks(token.text), false);
        case QueryToken::Type::Phrase:
            return parseWord(token, token.text, true);
        case QueryToken::Type::Field:
            return parseField(token);
        case QueryToken::Type::And:
        case QueryToken::Type::Or:
        case QueryToken::Type::Close:
        case QueryToken::Type::End:
            break;
        }
        --m_at;
        return problem(token,
            QCoreApplication::translate("Query", "a word, a field such as status:failed, or an opening bracket"));
    }

    QueryResult parseNot(int depth)
    {
        QueryResult inner = parseOne(depth + 1);
        if (!inner)
            return inner;
        return groupNode(QueryNode::Type::Not, {std::move(*inner)});
    }

    QueryResult parseBrackets(const QueryToken &open, int depth)
    {
        QueryResult inner = parseOr(depth + 1);
        if (!inner)
            return inner;
        if (next().type != QueryToken::Type::Close)
            return problem(open, QCoreApplication::translate("Query", "a closing bracket for this opening one"));
        take();
        return inner;
    }

    QueryResult parseWord(const QueryToken &token, const QString &word, bool whole)
    {
        if (!hasLetterOrDigit(word))
            return problem(token, QCoreApplication::translate("Query", "a letter or a digit to look for"));
        if (const char *haystack = queryHaystackOf(m_kind))
            return containsCondition(haystack, word);
        return wordsNode({}, word, whole);
    }

    QueryResult parseField(const QueryToken &token)
    {
        const QueryField *field = findQueryField(m_kind, token.field);
        if (!field)
            return unknownField(token);
        const auto node = conditionOf(*field, token);
        if (!node)
            return valueProblem(token, node.error());
        return *node;
    }

    QueryResult unknownField(const QueryToken &token)
    {
        const QString nearest = nearestFieldName(m_kind, token.field);
        const QString expected = nearest.isEmpty()
            //: the text before a colon in the filter bar is no field
            ? QCoreApplication::translate("Query", "a field such as %1; words with a colon go in quotation marks")
                  .arg(firstName(queryFieldsOf(m_kind).front()))
            //: %1 is the field that was probably meant
            : QCoreApplication::translate("Query", "a field: did you mean %1?").arg(nearest);
        return std::unexpected(QueryProblem{token.position, token.field.size(), expected});
    }

    std::expected<QueryNode, QString> conditionOf(const QueryField &field, const QueryToken &token)
    {
        switch (field.type) {
        case QueryFieldType::Amount:
            return amountCondition(field, token.text);
        case QueryFieldType::Time:
        case QueryFieldType::Created:
            return timeCondition(field, token.text, m_now);
        case QueryFieldType::Choice:
            return choiceCondition(field, token.text, token.quoted);
        case QueryFieldType::Words:
        case QueryFieldType::Contains:
        case QueryFieldType::Exact:
            return textCondition(field, token);
        }
        Q_UNREACHABLE();
    }

    static std::expected<QueryNode, QString> textCondition(const QueryField &field, const QueryToken &token)
    {
        if (!hasLetterOrDigit(token.text))
            return std::unexpected(QCoreApplication::translate("Query", "a letter or a digit to look for"));
        if (field.type == QueryFieldType::Words)
            return wordsNode(QByteArray(field.columns).split(','), token.text, token.quoted);
        if (field.type == QueryFieldType::Contains)
            return containsCondition(field.sql, token.text);
        // Without the second half, a row without a value would fit neither the condition nor its opposite.
        const QByteArray column = field.sql;
        return testNode(column + " = ? AND " + column + " IS NOT NULL", {token.text});
    }

    RecordKind m_kind;
    QList<QueryToken> m_tokens;
    qint64 m_now;
    qsizetype m_at = 0;
};

QStringList completedFields(RecordKind kind, const QString &begun)
{
    QStringList offers;
    for (const QueryField &field : queryFieldsOf(kind)) {
        if (firstName(field).startsWith(begun))
            offers.append(firstName(field) + u':');
    }
    return offers;
}

QStringList offeredValues(const QueryField &field)
{
    QStringList values;
    for (const QueryChoice &choice : field.choices)
        values.append(QString::fromLatin1(choice.word));
    if (field.type == QueryFieldType::Time || field.type == QueryFieldType::Created)
        return {u"today"_s, u"yesterday"_s, u"7d"_s, u"30d"_s};
    return values;
}

} // namespace

std::expected<RecordQuery, QueryProblem> parseQuery(RecordKind kind, const QString &text, qint64 now)
{
    const auto tokens = readTokens(text);
    if (!tokens)
        return std::unexpected(tokens.error());
    const QueryResult tree = QueryParser(kind, *tokens, now).parse();
    if (!tree)
        return std::unexpected(tree.error());
    return compileQuery(kind, *tree);
}

QStringList queryCompletions(RecordKind kind, const QString &text, qsizetype cursor)
{
    const QString before = text.first(std::clamp<qsizetype>(cursor, 0, text.size()));
    const auto breaks = [](QChar c) { return c.isSpace() || c == u'(' || c == u')'; };
    const auto start = std::find_if(before.rbegin(), before.rend(), breaks).base() - before.begin();
    QString word = before.mid(start).toLower();
    if (word.startsWith(u'-'))
        word.remove(0, 1);
    const qsizetype colon = word.indexOf(u':');
    if (colon < 0)
        return completedFields(kind, word);
    const QueryField *field = findQueryField(kind, QStringView(word).first(colon));
    QStringList offers = field ? offeredValues(*field) : QStringList();
    const QString begun = word.mid(colon + 1).section(u',', -1);
    offers.removeIf([&](const QString &offer) { return !offer.startsWith(begun) || offer == begun; });
    return offers;
}

} // namespace models

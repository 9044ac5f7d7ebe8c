// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/querylexer.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

class QueryLexer
{
public:
    explicit QueryLexer(const QString &text)
        : m_text(text)
    {
    }

    std::expected<QList<QueryToken>, QueryProblem> read()
    {
        for (skipSpaces(); m_at < m_text.size() && !m_problem; skipSpaces())
            readOne();
        if (m_problem)
            return std::unexpected(*m_problem);
        m_tokens.append({.type = QueryToken::Type::End, .position = m_at});
        return m_tokens;
    }

private:
    void skipSpaces()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
    }

    void readOne()
    {
        const QChar next = m_text[m_at];
        if (next == u'(')
            single(QueryToken::Type::Open);
        else if (next == u')')
            single(QueryToken::Type::Close);
        else if (next == u'-' && m_at + 1 < m_text.size() && !m_text[m_at + 1].isSpace())
            single(QueryToken::Type::Not);
        else if (next == u'"')
            readPhrase();
        else
            readWord();
    }

    void single(QueryToken::Type type)
    {
        m_tokens.append({.type = type, .position = m_at, .length = 1, .text = m_text.mid(m_at, 1)});
        ++m_at;
    }

    void readPhrase()
    {
        const qsizetype start = m_at;
        const QString phrase = quotedText();
        m_tokens.append({.type = QueryToken::Type::Phrase,
            .position = start,
            .length = m_at - start,
            .text = phrase,
            .quoted = true});
    }

    // From the opening quote to after the closing one; two quotes inside stand for one.
    QString quotedText()
    {
        const qsizetype start = m_at++;
        QString inside;
        for (; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] != u'"') {
                inside += m_text[m_at];
            } else if (m_at + 1 < m_text.size() && m_text[m_at + 1] == u'"') {
                inside += m_text[m_at++];
            } else {
                ++m_at;
                return inside;
            }
        }
        m_problem = QueryProblem{
            start, m_text.size() - start, QCoreApplication::translate("Query", "a closing quotation mark")};
        return inside;
    }

    void readWord()
    {
        const qsizetype start = m_at;
        const QString word = plainText();
        const qsizetype colon = word.indexOf(u':');
        if (colon > 0 && isFieldName(QStringView(word).first(colon))) {
            m_at = start + colon + 1;
            readField(start, word.first(colon).toLower());
            return;
        }
        m_tokens.append({.type = typeOfWord(word), .position = start, .length = word.size(), .text = word});
    }

    void readField(qsizetype start, const QString &name)
    {
        const qsizetype valueAt = m_at;
        const bool quoted = m_at < m_text.size() && m_text[m_at] == u'"';
        const QString value = quoted ? quotedText() : plainText();
        m_tokens.append({.type = QueryToken::Type::Field,
            .position = start,
            .length = m_at - start,
            .text = value,
            .field = name,
            .quoted = quoted,
            .valuePosition = valueAt});
    }

    QString plainText()
    {
        const qsizetype start = m_at;
        while (m_at < m_text.size() && !m_text[m_at].isSpace() && m_text[m_at] != u'(' && m_text[m_at] != u')'
            && m_text[m_at] != u'"')
            ++m_at;
        return m_text.mid(start, m_at - start);
    }

    static bool isFieldName(QStringView name)
    {
        const auto fits = [](QChar c) {
            return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
        };
        return !name.front().isDigit() && std::all_of(name.begin(), name.end(), fits);
    }

    // Only in capitals, so that the words themselves can be searched for.
    static QueryToken::Type typeOfWord(const QString &word)
    {
        if (word == "AND"_L1)
            return QueryToken::Type::And;
        if (word == "OR"_L1)
            return QueryToken::Type::Or;
        return word == "NOT"_L1 ? QueryToken::Type::Not : QueryToken::Type::Word;
    }

    const QString &m_text;
    qsizetype m_at = 0;
    QList<QueryToken> m_tokens;
    std::optional<QueryProblem> m_problem;
};

} // namespace

std::expected<QList<QueryToken>, QueryProblem> readTokens(const QString &text)
{
    return QueryLexer(text).read();
}

} // namespace models

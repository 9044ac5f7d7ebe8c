// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/importids.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr qsizetype longestId = 128;
constexpr qsizetype uuidLength = 36;

QString idSentence(const char *sentence)
{
    return QCoreApplication::translate("ImportPlan", sentence);
}

bool isIdCharacter(QChar c)
{
    return c > u' ' && c < QChar(0x7f) && c != u'/' && c != u'\\' && c != u'"' && c != u'<' && c != u'>';
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool matches(QStringView text, const QRegularExpression &form)
{
    return form.match(text.toString()).hasMatch();
}

//! What a spreadsheet makes of a long number: 1.23457E+15.
bool isShortenedNumber(QStringView text)
{
    static const QRegularExpression form(u"^\\d([.,]\\d+)?E\\+?\\d+$"_s, QRegularExpression::CaseInsensitiveOption);
    const bool maybe = text.size() > 3 && isDigit(text[0])
        && (text[1] == u'.' || text[1] == u',' || text[1].toLower() == u'e');
    return maybe && matches(text, form);
}

QString strangeCharacterProblem(QStringView text)
{
    const auto found = std::find_if_not(text.begin(), text.end(), isIdCharacter);
    if (found == text.end())
        return {};
    if (found->isSpace())
        return idSentence("An id holds no spaces. If this line has several ids, put each on a line of its own.");
    if (found->category() == QChar::Other_Control)
        return idSentence("It holds a character that cannot be printed, so the file may be damaged here.");
    return idSentence("An id cannot hold the character %1.").arg(*found);
}

} // namespace

QString idProblem(QStringView text)
{
    if (text.isEmpty())
        return idSentence("The id is missing.");
    if (isFormula(text))
        return idSentence("This is a formula of a spreadsheet and not an id.");
    if (text.size() > longestId)
        return idSentence("It is longer than 128 characters, so it cannot be an id.");
    if (isShortenedNumber(text))
        return idSentence("A spreadsheet has shortened this number, so the id is lost. Export the column as text.");
    if (text == u"." || text == u"..")
        return idSentence("A dot is not an id.");
    return strangeCharacterProblem(text);
}

bool isFormula(QStringView cell)
{
    if (cell.isEmpty())
        return false;
    const QChar first = cell.front();
    if (first == u'=' || first == u'@')
        return true;
    static const QRegularExpression number(u"^[+-]?[$€]?[\\d.,' ]*\\d[\\d.,' ]*%?$"_s);
    return (first == u'+' || first == u'-') && cell.size() > 1 && !matches(cell, number);
}

bool isUuid(QStringView text)
{
    if (text.size() != uuidLength)
        return false;
    for (qsizetype at = 0; at < uuidLength; ++at) {
        const bool isDash = at == 8 || at == 13 || at == 18 || at == 23;
        const QChar c = text[at].toLower();
        if (isDash ? c != u'-' : !isDigit(c) && (c < u'a' || c > u'f'))
            return false;
    }
    return true;
}

bool looksLikeId(QStringView text)
{
    if (std::none_of(text.begin(), text.end(), isDigit) || !idProblem(text).isEmpty())
        return false;
    static const QRegularExpression something(u"^[$€+-]?\\d{1,3}([,.']?\\d{3})*[.,]\\d{1,2}$" // an amount
                                              "|^\\d{4}-\\d\\d?-\\d\\d?([T ].*)?$"            // a date
                                              "|^\\d\\d?[./]\\d\\d?[./]\\d{2,4}$"
                                              "|^\\d\\d?:\\d\\d(:\\d\\d)?$"
                                              "|@"_s);
    return isUuid(text) || !matches(text, something);
}

std::optional<RecordKind> kindOfWord(QStringView word)
{
    static constexpr std::array words{
        std::pair("transaction"_L1, RecordKind::Transaction),
        std::pair("payment"_L1, RecordKind::Transaction),
        std::pair("txn"_L1, RecordKind::Transaction),
        std::pair("customer"_L1, RecordKind::Customer),
        std::pair("payout"_L1, RecordKind::Payout),
    };
    QString plain = word.trimmed().toString().toLower();
    for (const QLatin1StringView end : {"_id"_L1, "id"_L1, "s"_L1}) {
        if (plain.endsWith(end))
            plain.chop(end.size());
    }
    const auto found = std::ranges::find(words, plain, [](const auto &each) { return QString(each.first); });
    return found == words.end() ? std::nullopt : std::optional(found->second);
}

RecordKind guessedKind(QStringView id)
{
    if (isUuid(id))
        return RecordKind::Customer;
    const auto end = std::find_if(id.begin(), id.end(), [](QChar c) { return c == u'_' || c == u'-' || c == u':'; });
    const QString beginning = id.first(end - id.begin()).toString().toLower();
    if (end == id.end())
        return RecordKind::Transaction;
    if (beginning == "po"_L1 || beginning == "payout"_L1)
        return RecordKind::Payout;
    const bool customer = beginning == "cus"_L1 || beginning == "cust"_L1 || beginning == "customer"_L1;
    return customer ? RecordKind::Customer : RecordKind::Transaction;
}

} // namespace models

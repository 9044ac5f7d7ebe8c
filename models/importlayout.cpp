// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/importlayout.h"

#include "models/csvrows.h"
#include "models/importids.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr qsizetype layoutSampleBytes = 64 * 1024;
constexpr qsizetype layoutSampleRows = 200;

using SampleRows = QList<QStringList>;

SampleRows sampleOf(QByteArrayView utf8, char separator)
{
    QByteArrayView start = utf8.first(std::min(utf8.size(), layoutSampleBytes));
    if (start.size() < utf8.size() && start.lastIndexOf('\n') > 0)
        start = start.first(start.lastIndexOf('\n') + 1);
    SampleRows rows;
    CsvRows reader(start, separator);
    while (rows.size() < layoutSampleRows && reader.next()) {
        QStringList cells;
        for (const QByteArrayView cell : reader.cells())
            cells.append(QString::fromUtf8(cell).trimmed());
        if (!reader.hasOpenQuote())
            rows.append(cells);
    }
    return rows;
}

struct CommonWidth
{
    qsizetype width = 1;
    qsizetype rows = 0;
};

CommonWidth commonWidth(const SampleRows &rows)
{
    std::map<qsizetype, qsizetype> counts;
    for (const QStringList &row : rows)
        ++counts[row.size()];
    CommonWidth common;
    for (const auto &[width, count] : counts) {
        if (count >= common.rows)
            common = {.width = width, .rows = count};
    }
    return common;
}

//! The separator that cuts the most lines into the same number of cells.
char guessedSeparator(QByteArrayView utf8)
{
    char best = ',';
    double bestShare = 0.5;
    for (const char separator : {',', ';', '\t'}) {
        const SampleRows rows = sampleOf(utf8, separator);
        const CommonWidth common = commonWidth(rows);
        const double share = rows.isEmpty() || common.width < 2 ? 0 : double(common.rows) / double(rows.size());
        if (share > bestShare) {
            best = separator;
            bestShare = share;
        }
    }
    return best;
}

QString lettersOf(QStringView header)
{
    QString letters;
    for (const QChar c : header) {
        if (c.isLetterOrNumber())
            letters += c.toLower();
    }
    return letters;
}

//! Words that stand for an id column as well as for a kind in a line without names: "transaction,pay-1".
bool isKindWord(QStringView cell)
{
    return kindOfWord(cell) && !cell.contains(u"id", Qt::CaseInsensitive);
}

bool isHeaderRow(const SampleRows &rows)
{
    const QStringList &first = rows.first();
    const auto named = std::ranges::count_if(first,
        [](const QString &cell) { return !isKindWord(cell) && importColumnOfHeader(cell) != ImportColumn::Ignored; });
    const auto kinds = std::ranges::count_if(first, isKindWord);
    const auto ids = std::ranges::count_if(first, [](const QString &cell) { return looksLikeId(cell); });
    if (named > 0 || kinds > 1)
        return true;
    if (ids > 0 || rows.size() < 2)
        return false;
    if (kinds > 0)
        return true;
    return std::ranges::any_of(rows[1], [](const QString &cell) { return looksLikeId(cell); });
}

//! What the cells of one column look like, below its name.
struct ColumnFacts
{
    qsizetype filled = 0;
    qsizetype ids = 0;
    qsizetype kindWords = 0;
    qsizetype uuids = 0;
    qsizetype mixed = 0;                 //!< letters and digits, eight or more characters
    std::array<qsizetype, 4> kinds = {}; //!< by guessedKind

    void add(const QString &cell);
    RecordKind likelyKind() const;
    bool isKindColumn() const { return filled > 0 && kindWords == filled; }
    int idStrength() const;
};

void ColumnFacts::add(const QString &cell)
{
    if (cell.isEmpty())
        return;
    ++filled;
    kindWords += kindOfWord(cell) ? 1 : 0;
    if (!looksLikeId(cell))
        return;
    ++ids;
    uuids += isUuid(cell) ? 1 : 0;
    const bool hasLetter = std::any_of(cell.begin(), cell.end(), [](QChar c) { return c.isLetter(); });
    mixed += hasLetter && cell.size() >= 8 ? 1 : 0;
    ++kinds.at(static_cast<std::size_t>(guessedKind(cell)));
}

RecordKind ColumnFacts::likelyKind() const
{
    return static_cast<RecordKind>(std::ranges::max_element(kinds) - kinds.begin());
}

//! 0: these are no ids.
int ColumnFacts::idStrength() const
{
    if (filled == 0 || ids * 10 < filled * 8)
        return 0;
    if (uuids * 2 > filled || likelyKind() != RecordKind::Transaction)
        return 3;
    return mixed * 2 > filled ? 2 : 1;
}

std::vector<ColumnFacts> factsOf(const SampleRows &rows, bool hasHeader, qsizetype width)
{
    std::vector<ColumnFacts> facts(static_cast<std::size_t>(width));
    for (qsizetype row = hasHeader ? 1 : 0; row < rows.size(); ++row) {
        for (qsizetype column = 0; column < std::min(width, rows[row].size()); ++column)
            facts[static_cast<std::size_t>(column)].add(rows[row][column]);
    }
    return facts;
}

//! A name is believed unless the cells below it say otherwise: "customer" may well hold names of people.
ImportColumn columnByName(const QString &header, const ColumnFacts &facts)
{
    const ImportColumn named = importColumnOfHeader(header);
    const QString letters = lettersOf(header);
    if (named == ImportColumn::Kind) {
        const bool vague = letters == "type"_L1 || letters == "object"_L1;
        return !vague || (facts.filled > 0 && facts.kindWords * 2 >= facts.filled) ? named : ImportColumn::Ignored;
    }
    const bool sure = letters.endsWith("id"_L1) || letters.endsWith("ids"_L1);
    return sure || facts.filled == 0 || facts.ids * 3 >= facts.filled ? named : ImportColumn::Ignored;
}

//! Where no name helps, the contents decide: one column of ids, and one of kinds if there is one.
void guessByContents(QList<ImportColumn> &columns, const std::vector<ColumnFacts> &facts)
{
    const auto kind = std::ranges::find_if(facts, &ColumnFacts::isKindColumn);
    if (kind != facts.end())
        columns[kind - facts.begin()] = ImportColumn::Kind;
    const auto best = std::ranges::max_element(facts, {}, &ColumnFacts::idStrength);
    if (best == facts.end() || (best->idStrength() == 0 && facts.size() > 1))
        return;
    if (best != kind)
        columns[best - facts.begin()] = ImportColumn::Id;
}

QList<ImportColumn> guessedColumns(const QStringList &headers, bool hasHeader, const std::vector<ColumnFacts> &facts)
{
    QList<ImportColumn> columns(headers.size(), ImportColumn::Ignored);
    for (qsizetype column = 0; hasHeader && column < headers.size(); ++column)
        columns[column] = columnByName(headers[column], facts[static_cast<std::size_t>(column)]);
    const bool named = std::ranges::any_of(
        columns, [](ImportColumn column) { return column != ImportColumn::Ignored && column != ImportColumn::Kind; });
    if (!named)
        guessByContents(columns, facts);
    // Without a kind beside it, an id is what most of its column look like.
    for (qsizetype column = 0; !columns.contains(ImportColumn::Kind) && column < columns.size(); ++column) {
        if (columns[column] == ImportColumn::Id)
            columns[column] = importColumnOfKind(facts[static_cast<std::size_t>(column)].likelyKind());
    }
    return columns;
}

QStringList headersOf(const SampleRows &rows, bool hasHeader, qsizetype width)
{
    QStringList headers = hasHeader ? rows.first().first(std::min(width, rows.first().size())) : QStringList();
    for (qsizetype column = 0; column < width; ++column) {
        const QString number = QCoreApplication::translate("ImportPlan", "column %1").arg(column + 1);
        if (column >= headers.size())
            headers.append(number);
        else if (headers[column].isEmpty())
            headers[column] = number;
    }
    return headers;
}

bool isMerchantsOwn(const QString &letters)
{
    constexpr std::array beginnings{
        "merchant"_L1, "our"_L1, "own"_L1, "shop"_L1, "order"_L1, "internal"_L1, "external"_L1};
    return std::ranges::any_of(beginnings, [&letters](QLatin1StringView each) { return letters.startsWith(each); });
}

} // namespace

ImportColumn importColumnOfKind(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Customer:
        return ImportColumn::CustomerId;
    case RecordKind::Payout:
        return ImportColumn::PayoutId;
    case RecordKind::Transaction:
    case RecordKind::OutboxEntry:
    case RecordKind::Event:
    case RecordKind::PayLink:
        break;
    }
    return ImportColumn::TransactionId;
}

ImportColumn importColumnOfHeader(QStringView header)
{
    QString letters = lettersOf(header);
    constexpr std::array kinds{"kind"_L1, "type"_L1, "recordtype"_L1, "recordkind"_L1, "objecttype"_L1, "object"_L1};
    constexpr std::array ids{"id"_L1, "ids"_L1, "recordid"_L1, "resourceid"_L1, "objectid"_L1, "linkid"_L1,
        "linkmoneyid"_L1, "identifier"_L1};
    const auto is = [&letters](QLatin1StringView each) { return letters == each; };
    if (std::ranges::any_of(kinds, is))
        return ImportColumn::Kind;
    if (std::ranges::any_of(ids, is))
        return ImportColumn::Id;
    if (isMerchantsOwn(letters))
        return ImportColumn::Ignored;
    if (letters.endsWith("ids"_L1))
        letters.chop(1);
    struct Meaning
    {
        QLatin1StringView word;
        ImportColumn column;
    };
    constexpr std::array meanings{Meaning{"transaction"_L1, ImportColumn::TransactionId},
        Meaning{"payment"_L1, ImportColumn::TransactionId}, Meaning{"txn"_L1, ImportColumn::TransactionId},
        Meaning{"customer"_L1, ImportColumn::CustomerId}, Meaning{"payout"_L1, ImportColumn::PayoutId}};
    for (const Meaning &meaning : meanings) {
        const bool plain = letters == meaning.word || letters == meaning.word + "s"_L1;
        if (plain || letters.endsWith(meaning.word + "id"_L1))
            return meaning.column;
    }
    return ImportColumn::Ignored;
}

ImportLayout importLayout(QByteArrayView utf8, const QList<ImportColumn> &chosen)
{
    ImportLayout layout;
    layout.separator = guessedSeparator(utf8);
    const SampleRows rows = sampleOf(utf8, layout.separator);
    layout.width = commonWidth(rows).width;
    layout.hasHeader = !rows.isEmpty() && isHeaderRow(rows);
    layout.headers = headersOf(rows, layout.hasHeader, layout.width);
    layout.columns = chosen;
    if (chosen.isEmpty())
        layout.columns = guessedColumns(
            layout.headers, layout.hasHeader, factsOf(rows, layout.hasHeader, layout.width));
    layout.columns.resize(layout.width);
    return layout;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/csvrows.h"

#include <csv.h>

#include <algorithm>

namespace models {

namespace {

// A quoted value that goes on for longer is one whose closing quote is missing.
constexpr qint64 mostLinesOfOneRow = 200;
constexpr qsizetype mostBytesOfOneRow = 256 * 1024;

bool isBlankLine(QByteArrayView line)
{
    return std::all_of(line.begin(), line.end(), [](char c) { return c == ' ' || c == '\t'; });
}

} // namespace

CsvRows::CsvRows(QByteArrayView text, char separator)
    : m_text(text)
    , m_separator(separator)
    , m_parser(std::make_unique<csv_parser>())
{
    resetParser();
}

CsvRows::~CsvRows()
{
    csv_free(m_parser.get());
}

void CsvRows::resetParser()
{
    csv_free(m_parser.get());
    csv_init(m_parser.get(), 0);
    csv_set_delim(m_parser.get(), static_cast<unsigned char>(m_separator));
}

//! Without its end; LF, CR LF and CR all end a line.
QByteArrayView CsvRows::takeLine()
{
    const QByteArrayView rest = m_text.sliced(m_at);
    const auto endOf = [](QByteArrayView text, char mark) {
        const qsizetype found = text.indexOf(mark);
        return text.begin() + (found < 0 ? text.size() : found);
    };
    const char *const feedEnd = endOf(rest, '\n');
    const char *const end = endOf(QByteArrayView(rest.begin(), feedEnd), '\r');
    const QByteArrayView line(rest.begin(), end);
    m_lineHasEnd = end != rest.end();
    const bool isCrLf = m_lineHasEnd && *end == '\r' && end + 1 != rest.end() && end[1] == '\n';
    m_at += line.size() + (m_lineHasEnd ? 1 : 0) + (isCrLf ? 1 : 0);
    ++m_nextLine;
    return line;
}

void CsvRows::feed(QByteArrayView line)
{
    const auto addCell = [](void *bytes, size_t size, void *rows) {
        auto *self = static_cast<CsvRows *>(rows);
        const auto *first = static_cast<const char *>(bytes);
        self->m_bytes.insert(self->m_bytes.end(), first, first + size);
        self->m_ends.push_back(static_cast<qsizetype>(self->m_bytes.size()));
    };
    const auto endRow = [](int, void *rows) { static_cast<CsvRows *>(rows)->m_rowEnded = true; };
    csv_parse(m_parser.get(), line.data(), static_cast<size_t>(line.size()), addCell, endRow, this);
    // Always with an end of our own: a row that goes on after it is inside a quoted value.
    csv_parse(m_parser.get(), "\n", 1, addCell, endRow, this);
}

bool CsvRows::next()
{
    QByteArrayView line;
    do {
        if (m_at >= m_text.size())
            return false;
        m_line = m_nextLine;
        line = takeLine();
    } while (isBlankLine(line));
    m_source = line;
    m_bytes.clear();
    m_ends.clear();
    m_cells.clear();
    m_rowEnded = false;
    m_hitEnd = false;
    m_unfinished = !m_lineHasEnd;
    feed(line);
    m_openQuote = !m_rowEnded && !finishQuoted();
    if (m_openQuote)
        return true;
    qsizetype from = 0;
    for (const qsizetype end : m_ends) {
        m_cells.emplace_back(m_bytes.data() + from, end - from);
        from = end;
    }
    return true;
}

//! False when the quote stays open; then everything stands after the row's first line again.
bool CsvRows::finishQuoted()
{
    const qsizetype afterFirst = m_at;
    const qint64 lineAfterFirst = m_nextLine;
    while (m_at < m_text.size() && m_nextLine - m_line < mostLinesOfOneRow && m_at - afterFirst < mostBytesOfOneRow) {
        feed(takeLine());
        m_unfinished = !m_lineHasEnd;
        if (m_rowEnded)
            return true;
    }
    m_hitEnd = m_at >= m_text.size();
    m_at = afterFirst;
    m_nextLine = lineAfterFirst;
    resetParser();
    return false;
}

} // namespace models

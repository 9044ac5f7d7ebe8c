// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <memory>
#include <vector>

struct csv_parser;

namespace models {

//! Reads UTF-8 text as CSV, one row after the other, by libcsv. Empty lines are left out. A quoted value that is never
//! closed costs only its own line: reading goes on with the next one.
class CsvRows
{
public:
    CsvRows(QByteArrayView text, char separator); //!< the text must outlive this
    ~CsvRows();
    Q_DISABLE_COPY_MOVE(CsvRows)

    bool next(); //!< false: no more rows

    //! Of the current row; valid until next().
    const std::vector<QByteArrayView> &cells() const { return m_cells; } //!< none when the quote stays open
    qint64 line() const { return m_line; }                               //!< from 1, as an editor counts
    QByteArrayView source() const { return m_source; }                   //!< its first line
    bool hasOpenQuote() const { return m_openQuote; }
    bool reachedEndInQuote() const { return m_openQuote && m_hitEnd; }
    //! The last line, and no line end follows it.
    bool isUnfinished() const { return m_unfinished; }

private:
    QByteArrayView takeLine();
    void feed(QByteArrayView line);
    void resetParser();
    bool finishQuoted();

    QByteArrayView m_text;
    char m_separator;
    std::unique_ptr<csv_parser> m_parser;
    qsizetype m_at = 0;
    qint64 m_nextLine = 1;
    bool m_lineHasEnd = false;

    std::vector<char> m_bytes; //!< of all cells, one after the other
    std::vector<qsizetype> m_ends;
    bool m_rowEnded = false;

    std::vector<QByteArrayView> m_cells;
    QByteArrayView m_source;
    qint64 m_line = 0;
    bool m_openQuote = false;
    bool m_hitEnd = false;
    bool m_unfinished = false;
};

} // namespace models

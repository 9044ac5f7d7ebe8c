// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rowwindow.h"

#include <algorithm>

namespace models {

namespace {

constexpr int rowsKept = 1500;
constexpr int rowsAround = 60; // fetched beyond the screen, so that a short scroll needs no fetch
constexpr int widestWindow = 400;

} // namespace

RowWindow::RowWindow(Ledger &ledger, RecordKind kind, KeysOf keysOf, Arrived arrived, Failed failed)
    : m_ledger(ledger)
    , m_kind(kind)
    , m_keysOf(std::move(keysOf))
    , m_arrived(std::move(arrived))
    , m_failed(std::move(failed))
    , m_rows(rowsKept)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    QObject::connect(&m_soon, &QTimer::timeout, &m_soon, [this] { fetch(); });
}

const RecordRow *RowWindow::row(qint64 key) const
{
    return m_rows.object(key);
}

void RowWindow::insert(std::vector<RecordRow> &&rows)
{
    for (RecordRow &row : rows) {
        m_stale.remove(row.key);
        const qint64 key = row.key;
        m_rows.insert(key, new RecordRow(std::move(row)));
    }
}

void RowWindow::clear()
{
    m_read = {};
    m_rows.clear();
    m_stale.clear();
}

void RowWindow::want(int row)
{
    if (row < m_first || row > m_last) {
        const bool near = m_last >= m_first && row >= m_first - widestWindow && row <= m_last + widestWindow;
        m_first = near ? std::min(m_first, row) : row;
        m_last = near ? std::max(m_last, row) : row;
        if (m_last - m_first > widestWindow && row == m_last)
            m_first = m_last - widestWindow;
        else if (m_last - m_first > widestWindow)
            m_last = m_first + widestWindow;
    }
    if (!m_soon.isActive() && !m_read.isActive())
        m_soon.start();
}

void RowWindow::show(int first, int last)
{
    m_first = std::max(0, first);
    m_last = std::min(std::max(first, last), m_first + widestWindow);
    m_soon.start();
}

void RowWindow::invalidate(const QList<qint64> &keys)
{
    const KeyVector inSight = m_keysOf(m_first, m_last);
    const QSet<qint64> seen(inSight.begin(), inSight.end());
    for (const qint64 key : keys) {
        if (seen.contains(key))
            m_stale.insert(key);
        else
            m_rows.remove(key);
    }
    if (!m_stale.isEmpty())
        m_soon.start();
}

void RowWindow::invalidateAll()
{
    invalidate(m_rows.keys());
}

void RowWindow::moved()
{
    if (m_last >= m_first)
        m_soon.start();
}

void RowWindow::fetch()
{
    KeyVector missing;
    for (const qint64 key : m_keysOf(m_first - rowsAround, m_last + rowsAround)) {
        if (!m_rows.contains(key) || m_stale.contains(key))
            missing.push_back(key);
    }
    if (missing.empty())
        return;
    m_read = m_ledger.read<std::vector<RecordRow>>(
        [kind = m_kind, missing](Database &database) { return readRows(database, kind, missing); }, &m_soon,
        [this, missing](DatabaseResult<std::vector<RecordRow>> rows) {
            if (rows)
                take(missing, std::move(*rows));
            else
                m_failed(rows.error());
        });
}

void RowWindow::take(const KeyVector &asked, std::vector<RecordRow> rows)
{
    // A row that is gone stays blank until the list itself says so: asking for it again would change nothing.
    for (const qint64 key : asked) {
        m_stale.remove(key);
        m_rows.insert(key, new RecordRow{.key = key});
    }
    insert(std::move(rows));
    m_arrived();
    // What was asked for while the answer was under way.
    m_soon.start();
}

} // namespace models

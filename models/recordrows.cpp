// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recordrows.h"

#include "models/recordtables.h"

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

// key, id, currency and direction come first.
constexpr int fixedColumns = 4;

const char *currencySql(RecordKind kind)
{
    return hasAmount(kind) ? "currency" : "''";
}

const char *directionSql(RecordKind kind)
{
    return kind == RecordKind::Transaction ? "type = 'CREDIT'" : "0";
}

const char *signedAmountSql(RecordKind kind)
{
    if (kind == RecordKind::Transaction)
        return "CASE type WHEN 'CREDIT' THEN -amount_cents ELSE amount_cents END";
    return hasAmount(kind) ? "amount_cents" : "0";
}

QByteArray rowsSql(RecordKind kind)
{
    QByteArray sql = QByteArray("SELECT key, ") + idColumnOf(kind) + ", " + currencySql(kind) + ", "
        + directionSql(kind);
    for (const Column &column : columnsOf(kind))
        sql += QByteArray(", ") + column.sql;
    return sql + " FROM " + tableOf(kind) + " WHERE key IN (SELECT value FROM json_each(?1))";
}

Cell cellOf(const Statement &row, const Column &column, int index)
{
    Cell cell{.type = column.type, .value = {}, .currency = {}};
    switch (column.type) {
    case CellType::Text:
    case CellType::Id:
    case CellType::Status:
    case CellType::Word:
        cell.value = row.text(index);
        break;
    case CellType::Duration:
        if (!row.isNull(index))
            cell.value = row.integer(index);
        break;
    case CellType::Time:
    case CellType::Count:
        cell.value = row.integer(index);
        break;
    case CellType::Money:
        cell.value = row.integer(index);
        cell.currency = row.text(2);
        cell.sign = qstrcmp(column.name, "amount") == 0 && row.integer(3) != 0 ? 1 : 0;
        break;
    }
    return cell;
}

RecordRow rowOf(const Statement &statement, std::span<const Column> columns)
{
    RecordRow row{.key = statement.integer(0), .id = statement.text(1)};
    row.cells.reserve(columns.size());
    int index = fixedColumns;
    for (const Column &column : columns)
        row.cells.push_back(cellOf(statement, column, index++));
    return row;
}

QByteArray orderSql(const RecordQuestion &question, bool all)
{
    const QByteArray direction = question.sortOrder == Qt::AscendingOrder ? " ASC" : " DESC";
    if (question.keyOrder() != KeyOrder::Other)
        return "key" + direction;
    // A plus hides the column's index: walking it would look every row of the table up for the filter, where sorting
    // what the filter finds is enough.
    const QByteArray plus = all && !question.query.where.isEmpty() ? "+" : "";
    const QByteArray column = columnsOf(question.kind)[static_cast<size_t>(question.sortColumn)].sql;
    return plus + '(' + column + ')' + direction + ", key" + direction;
}

struct KeysStatement
{
    QByteArray sql;
    QVariantList values;
};

// In order of time the full-text table leads, because it finds its rows in that order one by one.
KeysStatement wordsFirst(const RecordQuestion &question)
{
    const QByteArray words = textTableOf(question.kind);
    const QByteArray direction = question.sortOrder == Qt::AscendingOrder ? " ASC" : " DESC";
    KeysStatement statement{QByteArray("SELECT key, ") + signedAmountSql(question.kind) + " FROM " + words
            + " AS w CROSS JOIN " + tableOf(question.kind) + " ON key = w.rowid WHERE w." + words + " MATCH ?",
        {question.query.match}};
    if (!question.query.rest.isEmpty())
        statement.sql += " AND (" + question.query.rest + ')';
    statement.sql += " ORDER BY w.rowid" + direction;
    statement.values += question.query.restValues;
    return statement;
}

//! Where the rows are found.
enum class Path {
    Table, //!< in the order that is wanted, each held against the question
    Range, //!< by the index of the question's range, then sorted
};

KeysStatement keysStatement(const RecordQuestion &question, Path path, bool all)
{
    if (!question.query.match.isEmpty() && question.keyOrder() != KeyOrder::Other)
        return wordsFirst(question);
    KeysStatement statement{
        QByteArray("SELECT key, ") + signedAmountSql(question.kind) + " FROM " + tableOf(question.kind),
        question.query.values};
    const QByteArray &where = path == Path::Range ? question.query.whereInRange : question.query.where;
    if (!where.isEmpty())
        statement.sql += " WHERE " + where;
    statement.sql += " ORDER BY " + orderSql(question, all);
    return statement;
}

void bindValues(Statement &statement, const QVariantList &values)
{
    for (int position = 0; position < values.size(); ++position) {
        const QVariant &value = values[position];
        if (value.typeId() == QMetaType::QString)
            statement.bind(position, QStringView(value.toString()));
        else
            statement.bind(position, value.toLongLong());
    }
}

QString jsonList(const KeyVector &keys)
{
    QByteArray list = "[";
    for (const qint64 key : keys)
        list += (list.size() == 1 ? QByteArray() : QByteArray(",")) + QByteArray::number(key);
    return QString::fromLatin1(list + ']');
}

} // namespace

KeyOrder RecordQuestion::keyOrder() const
{
    // Keys are made from that time, so that column and the keys have one order.
    const auto columns = columnsOf(kind);
    const bool byTime = sortColumn < 0
        || qstrcmp(columns[static_cast<size_t>(sortColumn)].name, timeColumnOf(kind)) == 0;
    if (!byTime)
        return KeyOrder::Other;
    return sortOrder == Qt::AscendingOrder ? KeyOrder::Ascending : KeyOrder::Descending;
}

bool hasAmount(RecordKind kind)
{
    return kind != RecordKind::Customer && kind != RecordKind::Event;
}

namespace {

// Looking up and sorting this many takes less time than going through the keys of a large table for the first of them.
constexpr qint64 fewInRange = 4'000;

//! Counts no further than it has to.
DatabaseResult<bool> isFewInRange(Database &database, const RecordQuestion &question)
{
    const auto &range = question.query.range;
    if (!range || (!question.query.match.isEmpty() && question.keyOrder() != KeyOrder::Other))
        return false;
    const auto count = database.prepare("SELECT count(*) FROM (SELECT 1 FROM " + QByteArray(tableOf(question.kind))
        + " WHERE " + range->column + " BETWEEN ?1 AND ?2 LIMIT ?3)");
    if (!count)
        return std::unexpected(count.error());
    const auto row = (*count)->bind(0, range->first).bind(1, range->last).bind(2, fewInRange + 1).step();
    if (!row)
        return std::unexpected(row.error());
    const bool few = (*count)->integer(0) <= fewInRange;
    (*count)->reset();
    return few;
}

// Read beside the keys, the amount would have every row of the table looked up in the order of another column. Alone,
// the keys come from that column's index, and the sum from one that holds all it needs.
DatabaseResult<RecordKeys> readAllKeysOrdered(Database &database, const RecordQuestion &question)
{
    const QByteArray table = tableOf(question.kind);
    auto keys = database.prepareOnce("SELECT key FROM " + table + " ORDER BY " + orderSql(question, true));
    auto sum = database.prepareOnce(
        QByteArray("SELECT coalesce(sum(") + signedAmountSql(question.kind) + "), 0) FROM " + table);
    if (!keys || !sum)
        return std::unexpected(keys ? sum.error() : keys.error());
    RecordKeys found;
    auto row = keys->step();
    for (; row && *row; row = keys->step())
        found.keys.push_back(keys->integer(0));
    if (row)
        row = sum->step();
    if (!row)
        return std::unexpected(row.error());
    found.cents = sum->integer(0);
    return found;
}

} // namespace

DatabaseResult<RecordKeys> readKeys(Database &database, const RecordQuestion &question, qint64 limit)
{
    if (limit == 0 && question.query.where.isEmpty() && question.keyOrder() == KeyOrder::Other)
        return readAllKeysOrdered(database, question);
    const DatabaseResult<bool> few = isFewInRange(database, question);
    if (!few)
        return std::unexpected(few.error());
    KeysStatement wanted = keysStatement(question, *few ? Path::Range : Path::Table, limit == 0);
    if (limit > 0)
        wanted.sql += " LIMIT " + QByteArray::number(limit);
    auto statement = database.prepareOnce(wanted.sql);
    if (!statement)
        return std::unexpected(statement.error());
    bindValues(*statement, wanted.values);
    RecordKeys found;
    auto row = statement->step();
    for (; row && *row; row = statement->step()) {
        found.keys.push_back(statement->integer(0));
        found.cents += statement->integer(1);
    }
    if (!row)
        return std::unexpected(row.error());
    return found;
}

DatabaseResult<std::vector<RecordRow>> readRows(Database &database, RecordKind kind, const KeyVector &keys)
{
    const auto statement = database.prepare(rowsSql(kind));
    if (!statement)
        return std::unexpected(statement.error());
    (*statement)->bind(0, QStringView(jsonList(keys)));
    std::vector<RecordRow> rows;
    rows.reserve(keys.size());
    auto row = (*statement)->step();
    for (; row && *row; row = (*statement)->step())
        rows.push_back(rowOf(**statement, columnsOf(kind)));
    if (!row)
        return std::unexpected(row.error());
    return rows;
}

} // namespace models

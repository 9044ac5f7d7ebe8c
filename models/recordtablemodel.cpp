// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/recordtablemodel.h"

#include "models/keylist.h"
#include "models/recordrows.h"
#include "models/rowwindow.h"
#include "models/spoken.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int firstRowsShown = 200;
constexpr int applyBudgetMs = 4;
constexpr int pauseFactor = 3; // asking again takes at most a quarter of the time
// A view moves all rows below each place that changes. Beyond so many moves, laying out anew is less work: one turn of
// the event loop instead of hundreds.
constexpr size_t fewPlaces = 4;
constexpr size_t mostRowsMoved = 500'000;

//! The beginning of a list, decoded, so that it can be painted at once.
struct FirstRows
{
    RecordKeys found = {};
    std::vector<RecordRow> rows = {};
};

struct NewKeys
{
    RecordKeys found = {};
    std::vector<KeySplice> splices = {};
};

DatabaseResult<FirstRows> readFirstRows(Database &database, const RecordQuestion &question)
{
    auto found = readKeys(database, question, firstRowsShown);
    if (!found)
        return std::unexpected(found.error());
    auto rows = readRows(database, question.kind, found->keys);
    if (!rows)
        return std::unexpected(rows.error());
    return FirstRows{std::move(*found), std::move(*rows)};
}

DatabaseResult<NewKeys> readNewKeys(Database &database, const RecordQuestion &question, const KeyVector &shown)
{
    auto found = readKeys(database, question, 0);
    if (!found)
        return std::unexpected(found.error());
    std::vector<KeySplice> splices = diffKeys(shown, found->keys, question.keyOrder());
    found->keys.reserve(KeyList::roomFor(found->keys.size()));
    return NewKeys{std::move(*found), std::move(splices)};
}

} // namespace

class RecordTableModel::Private
{
public:
    Private(RecordTableModel *model, Ledger &source, RecordKind recordKind)
        : q(model)
        , ledger(source)
        , kind(recordKind)
        , list({.beginInsert = [this](int first, int last) { q->beginInsertRows({}, first, last); },
              .endInsert = [this] { q->endInsertRows(); },
              .beginRemove = [this](int first, int last) { q->beginRemoveRows({}, first, last); },
              .endRemove = [this] { q->endRemoveRows(); }})
        , window(
              source, recordKind, [this](int first, int last) { return keysBetween(first, last); },
              [this] { rowsArrived(); }, [this](const DatabaseError &reason) { fail(reason); })
    {
        totals.hasSum = hasAmount(kind);
        question.kind = kind;
        pump.setInterval(0);
        connect(&pump, &QTimer::timeout, q, [this] { applySome(); });
        again.setSingleShot(true);
        connect(&again, &QTimer::timeout, q, [this] { askAgain(); });
    }

    KeyVector keysBetween(int first, int last) const
    {
        const KeyVector &keys = list.keys();
        const auto from = static_cast<size_t>(std::clamp(first, 0, list.size()));
        const auto to = static_cast<size_t>(std::clamp(last + 1, static_cast<int>(from), list.size()));
        return KeyVector(
            keys.begin() + static_cast<std::ptrdiff_t>(from), keys.begin() + static_cast<std::ptrdiff_t>(to));
    }

    void rowsArrived()
    {
        const int first = std::max(0, window.first());
        const int last = std::min(window.last(), list.size() - 1);
        if (first <= last)
            emit q->dataChanged(q->index(first, 0), q->index(last, q->columnCount() - 1));
    }

    void fail(const DatabaseError &reason)
    {
        if (reason.problem == DatabaseProblem::Interrupted)
            return;
        state = State::Failed;
        error = reason;
        emit q->stateChanged();
    }

    //! A new question: everything about the old one is dropped; its rows stay until the first new ones are there.
    void ask()
    {
        read = {};
        pump.stop();
        again.stop();
        list.abandon();
        changedMeanwhile = false;
        listIsOurs = false;
        state = State::Loading;
        error.reset();
        totals.complete = false;
        question.query = query;
        read = ledger.read<FirstRows>(
            [question = question](Database &database) { return readFirstRows(database, question); }, q,
            [this](DatabaseResult<FirstRows> first) {
                if (first)
                    showFirst(std::move(*first));
                else
                    fail(first.error());
            });
        emit q->stateChanged();
    }

    void showFirst(FirstRows first)
    {
        const bool all = first.found.keys.size() < firstRowsShown;
        state = State::Ready;
        totals.rows = static_cast<qint64>(first.found.keys.size());
        totals.cents = first.found.cents;
        totals.complete = all;
        q->beginResetModel();
        window.clear();
        window.insert(std::move(first.rows));
        list.replace(std::move(first.found.keys));
        listOrder = question.keyOrder();
        listIsOurs = true;
        q->endResetModel();
        emit q->stateChanged();
        if (!all)
            askKeys();
        else if (changedMeanwhile)
            askSoon();
    }

    void askKeys()
    {
        changedMeanwhile = false;
        asking.start();
        read = ledger.read<NewKeys>([question = question, shown = list.shared()](
                                        Database &database) { return readNewKeys(database, question, *shown); },
            q,
            [this](DatabaseResult<NewKeys> keys) {
                pauseMs = asking.elapsed() * pauseFactor;
                asked.start();
                if (keys)
                    takeKeys(std::move(*keys));
                else
                    fail(keys.error());
            },
            Ledger::Lane::Long);
    }

    void takeKeys(NewKeys keys)
    {
        state = State::Ready;
        error.reset();
        totals.rows = static_cast<qint64>(keys.found.keys.size());
        totals.cents = keys.found.cents;
        totals.complete = true;
        const size_t places = keys.splices.size();
        if (places > fewPlaces && places * static_cast<size_t>(list.size()) > mostRowsMoved) {
            layOut(std::move(keys.found.keys));
        } else {
            list.begin(std::move(keys.found.keys), std::move(keys.splices));
            applySome();
        }
        emit q->stateChanged();
    }

    //! All at once; what is selected or current follows its record.
    void layOut(KeyVector keys)
    {
        emit q->layoutAboutToBeChanged();
        const QModelIndexList before = q->persistentIndexList();
        std::vector<qint64> held;
        for (const QModelIndex &index : before)
            held.push_back(q->keyAt(index.row()));
        list.replace(std::move(keys));
        QHash<qint64, int> rows;
        QModelIndexList after;
        for (qsizetype each = 0; each < before.size(); ++each) {
            const qint64 key = held[static_cast<size_t>(each)];
            if (!rows.contains(key))
                rows.insert(key, rowOf(key));
            const int row = rows.value(key);
            after.append(row < 0 ? QModelIndex() : q->index(row, before[each].column()));
        }
        q->changePersistentIndexList(before, after);
        emit q->layoutChanged();
        applySome();
    }

    void applySome()
    {
        list.step(applyBudgetMs);
        if (list.isChanging()) {
            pump.start();
            return;
        }
        pump.stop();
        window.moved();
        if (changedMeanwhile)
            askSoon();
    }

    //! Something in the ledger changed: asks again, soon, but never more than part of the time.
    void askSoon()
    {
        changedMeanwhile = true;
        const bool busy = read.isActive() || list.isChanging();
        if (busy || again.isActive())
            return;
        const qint64 passed = asked.isValid() ? asked.elapsed() : pauseMs;
        again.start(static_cast<int>(std::max<qint64>(0, pauseMs - passed)));
    }

    void askAgain()
    {
        if (listIsOurs)
            askKeys();
        else
            ask();
    }

    int rowOf(qint64 key) const
    {
        const KeyVector &keys = list.keys();
        auto found = keys.end();
        if (listOrder == KeyOrder::Ascending)
            found = std::ranges::lower_bound(keys, key);
        else if (listOrder == KeyOrder::Descending)
            found = std::ranges::lower_bound(keys, key, std::ranges::greater());
        else
            found = std::ranges::find(keys, key);
        return found != keys.end() && *found == key ? static_cast<int>(found - keys.begin()) : -1;
    }

    QVariant spoken(const RecordRow &row, int column, int role) const
    {
        if (role == Qt::AccessibleTextRole)
            return spokenCell(kind, column, row.cells[static_cast<size_t>(column)], QLocale());
        const QString addition = spokenAddition ? spokenAddition(row.key) : QString();
        const QString sentence = spokenRow(kind, row.cells, QLocale());
        return addition.isEmpty() ? sentence : sentence + u". "_s + addition;
    }

    RecordTableModel *q;
    Ledger &ledger;
    RecordKind kind;
    QString filter;
    RecordQuery query;
    RecordQuestion question;
    std::optional<QueryProblem> problem;
    State state = State::Loading;
    std::optional<DatabaseError> error;
    RecordTotals totals;
    KeyList list;
    RowWindow window;
    std::function<QString(qint64)> spokenAddition;
    LedgerRead read;
    QTimer pump;
    QTimer again;
    QElapsedTimer asking;
    QElapsedTimer asked;
    qint64 pauseMs = 0;
    bool changedMeanwhile = false;
    bool listIsOurs = false; //!< false while the rows still belong to the question before
    KeyOrder listOrder = KeyOrder::Descending;
};

RecordTableModel::RecordTableModel(Ledger &ledger, RecordKind kind, QObject *parent)
    : QAbstractTableModel(parent)
    , d(std::make_unique<Private>(this, ledger, kind))
{
    connect(&ledger, &Ledger::recordsChanged, this, [this](RecordKind changed, const QList<qint64> &keys) {
        if (changed != d->kind)
            return;
        d->window.invalidate(keys);
        d->askSoon();
    });
    connect(&ledger, &Ledger::changedElsewhere, this, &RecordTableModel::refresh);
    d->ask();
}

RecordTableModel::~RecordTableModel() = default;

RecordKind RecordTableModel::kind() const
{
    return d->kind;
}

void RecordTableModel::setFilter(const QString &text)
{
    auto query = parseQuery(d->kind, text, QDateTime::currentMSecsSinceEpoch());
    d->filter = text;
    if (!query) {
        d->problem = query.error();
        emit stateChanged();
        return;
    }
    d->problem.reset();
    d->query = std::move(*query);
    d->ask();
}

QString RecordTableModel::filter() const
{
    return d->filter;
}

const std::optional<QueryProblem> &RecordTableModel::problem() const
{
    return d->problem;
}

RecordTableModel::State RecordTableModel::state() const
{
    return d->state;
}

const std::optional<DatabaseError> &RecordTableModel::error() const
{
    return d->error;
}

const RecordTotals &RecordTableModel::totals() const
{
    return d->totals;
}

int RecordTableModel::rowOfKey(qint64 key) const
{
    return d->rowOf(key);
}

qint64 RecordTableModel::keyAt(int row) const
{
    return row >= 0 && row < d->list.size() ? d->list.keys()[static_cast<size_t>(row)] : 0;
}

RecordRef RecordTableModel::refAt(int row) const
{
    const RecordRow *found = d->window.row(keyAt(row));
    return {d->kind, found ? found->id : QString()};
}

int RecordTableModel::sortColumn() const
{
    return d->question.sortColumn;
}

Qt::SortOrder RecordTableModel::sortOrder() const
{
    return d->question.sortOrder;
}

void RecordTableModel::setSpokenAddition(std::function<QString(qint64 key)> addition)
{
    d->spokenAddition = std::move(addition);
}

int RecordTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : d->list.size();
}

int RecordTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columnsOf(d->kind).size());
}

QVariant RecordTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const qint64 key = keyAt(index.row());
    if (role == KeyRole)
        return key;
    if (role == Qt::TextAlignmentRole)
        return headerData(index.column(), Qt::Horizontal, role);
    const bool isSpoken = role == Qt::AccessibleTextRole || role == Qt::AccessibleDescriptionRole;
    if (role != Qt::DisplayRole && role != CellRole && role != RefRole && role != LoadedRole && !isSpoken)
        return {};
    const RecordRow *row = d->window.row(key);
    if (!row)
        d->window.want(index.row());
    const bool loaded = row && !row->cells.empty();
    if (role == LoadedRole)
        return loaded;
    if (!loaded)
        return role == Qt::AccessibleTextRole ? QVariant(tr("Not read yet")) : QVariant();
    if (isSpoken)
        return d->spoken(*row, index.column(), role);
    if (role == RefRole)
        return QVariant::fromValue(RecordRef{d->kind, row->id});
    const Cell &cell = row->cells[static_cast<size_t>(index.column())];
    return role == CellRole ? QVariant::fromValue(cell) : QVariant(cellText(cell, QLocale()));
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::DisplayRole)
        return columnTitle(d->kind, section);
    if (role != Qt::TextAlignmentRole)
        return {};
    const CellType type = columnsOf(d->kind)[static_cast<size_t>(section)].type;
    const bool right = type == CellType::Money || type == CellType::Count || type == CellType::Duration;
    return QVariant::fromValue(Qt::Alignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
}

void RecordTableModel::sort(int column, Qt::SortOrder order)
{
    const bool known = column >= 0 && column < columnCount();
    const int wanted = known ? column : 0;
    const Qt::SortOrder direction = known ? order : Qt::DescendingOrder;
    if (wanted == d->question.sortColumn && direction == d->question.sortOrder)
        return;
    d->question.sortColumn = wanted;
    d->question.sortOrder = direction;
    d->ask();
}

void RecordTableModel::refresh()
{
    d->window.invalidateAll();
    d->askSoon();
}

void RecordTableModel::setVisibleRows(int first, int last)
{
    d->window.show(first, last);
}

} // namespace models

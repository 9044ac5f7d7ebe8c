// SPDX-License-Identifier: GPL-3.0-or-later
// First rows of a filter, a search or a sort over a million transactions, against the same SQL in the sqlite3 shell and
// against QSortFilterProxyModel over the same rows in memory.
#include "models/recordtablemodel.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/ledgers.h"
#include "tests/benchmarks/memorytable.h"
#include "tests/benchmarks/sqliteshell.h"
#include "tests/benchmarks/sqltrace.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QHash>

#include <algorithm>
#include <functional>
#include <numeric>

using namespace Qt::Literals::StringLiterals;

namespace {

using benchmarks::cannotRun;
using benchmarks::MemoryRow;
using models::RecordTableModel;

constexpr qint64 rowsInLedger = 1'000'000;
constexpr int rounds = 9;
constexpr double proxyBudgetMs = 4'000; //!< it takes seconds each: no further round for a question after that
constexpr int shellRuns = 10;
constexpr int screenRows = 40;

struct Question
{
    QString name;
    QString before = {}; //!< the filter that is shown when the question comes
    QString filter = {};
    bool byAmount = false;
    int proxyColumn = -1;
    benchmarks::MemoryFilter::Accepts accepts = {}; //!< empty: everything
    std::vector<double> ours = {};
    std::vector<double> whole = {}; //!< until every key, the count and the sum are there
    std::vector<double> shell = {};
    std::vector<double> proxy = {};
    qint64 rows = 0;
    int proxyRows = 0;
};

//! Runs the event loop until the condition holds, looking after every word from the model.
void waitUntil(RecordTableModel &model, const std::function<bool()> &holds)
{
    QEventLoop loop;
    const auto look = [&] {
        if (model.problem())
            cannotRun(
                u"the filter %1 was not understood, expected %2"_s.arg(model.filter(), model.problem()->expected));
        if (model.error())
            cannotRun(models::databaseErrorText(*model.error()));
        if (holds())
            loop.quit();
    };
    QObject::connect(&model, &RecordTableModel::stateChanged, &loop, look);
    QObject::connect(&model, &RecordTableModel::modelReset, &loop, look);
    QObject::connect(&model, &RecordTableModel::layoutChanged, &loop, look);
    QObject::connect(&model, &RecordTableModel::rowsInserted, &loop, look);
    QObject::connect(&model, &RecordTableModel::rowsRemoved, &loop, look);
    QObject::connect(&model, &RecordTableModel::dataChanged, &loop, look);
    if (!holds())
        loop.exec();
}

bool isComplete(const RecordTableModel &model)
{
    return model.state() == RecordTableModel::State::Ready && model.totals().complete;
}

bool showsAScreen(RecordTableModel &model)
{
    const int wanted = std::min(model.rowCount(), screenRows);
    if (wanted == 0)
        return false;
    model.setVisibleRows(0, wanted - 1);
    for (int row = 0; row < wanted; ++row) {
        if (!model.index(row, 0).data(RecordTableModel::LoadedRole).toBool())
            return false;
    }
    return true;
}

int amountColumn()
{
    const auto columns = models::columnsOf(models::RecordKind::Transaction);
    const auto isAmount = [](const models::Column &column) { return QByteArrayView(column.name) == "amount"; };
    const auto found = std::ranges::find_if(columns, isAmount);
    if (found == columns.end())
        cannotRun(u"there is no column named amount"_s);
    return static_cast<int>(found - columns.begin());
}

//! What a person has before their eyes when they ask: everything, newest first, or the filter that is about to go.
void showBefore(RecordTableModel &model, const Question &question)
{
    model.sort(-1);
    model.setFilter(question.before);
    waitUntil(model, [&] { return isComplete(model); });
}

void append(std::vector<double> &milliseconds, const QElapsedTimer &timer)
{
    milliseconds.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
}

//! Gives the SQL by which the first rows came: what was finished when they were there.
QByteArray askModel(RecordTableModel &model, Question &question)
{
    showBefore(model, question);
    benchmarks::sqlTrace::forget();
    QElapsedTimer timer;
    timer.start();
    if (question.byAmount)
        model.sort(amountColumn(), Qt::DescendingOrder);
    else
        model.setFilter(question.filter);
    waitUntil(model, [&] { return model.state() == RecordTableModel::State::Ready && showsAScreen(model); });
    append(question.ours, timer);
    QByteArrayList finished;
    for (const auto &asked : benchmarks::sqlTrace::asked()) {
        if (asked.finished && asked.sql.startsWith("SELECT"))
            finished.append(asked.sql);
    }
    waitUntil(model, [&] { return isComplete(model); });
    append(question.whole, timer);
    question.rows = model.totals().rows;
    return finished.join(";\n");
}

void askProxy(benchmarks::MemoryFilter &proxy, Question &question)
{
    proxy.sort(-1);
    proxy.acceptAll();
    proxy.rowCount(); // it maps its rows when it is first asked: that is not the filter's cost
    QElapsedTimer timer;
    timer.start();
    if (question.byAmount)
        proxy.sort(benchmarks::MemoryTable::amountColumn, Qt::DescendingOrder);
    else
        proxy.setAccepts(question.proxyColumn, question.accepts);
    question.proxyRows = proxy.rowCount();
    append(question.proxy, timer);
}

//! Values that the ledger really holds, so that every question has an answer.
struct Samples
{
    QString commonWord;
    QString rareWord;
    QString customer;
};

Samples samplesFrom(const benchmarks::MemoryTable &table)
{
    Samples samples;
    for (int row = table.rowCount() / 2; row < table.rowCount(); ++row) {
        const MemoryRow &candidate = table.at(row);
        if (candidate.customer.isEmpty() || candidate.reference.isEmpty())
            continue;
        samples.customer = candidate.customer;
        samples.rareWord = candidate.reference;
        break;
    }
    QHash<QString, int> banks;
    for (int row = 0; row < table.rowCount(); row += 101) {
        const QStringList words = table.at(row).institution.split(u' ', Qt::SkipEmptyParts);
        for (const QString &word : words)
            ++banks[word];
    }
    const auto most = std::ranges::max_element(banks);
    if (samples.customer.isEmpty() || most == banks.end())
        cannotRun(u"the ledger has no names or banks to ask for"_s);
    samples.commonWord = std::ranges::find(banks, *most).key();
    return samples;
}

benchmarks::MemoryFilter::Accepts holds(const QString &text)
{
    return [text](const QVariant &value) { return value.toString().contains(text, Qt::CaseInsensitive); };
}

bool isHundred(const QVariant &cents)
{
    return cents.toLongLong() > 100'00 && cents.toLongLong() < 101'00;
}

std::vector<Question> questionsOn(const Samples &samples)
{
    using benchmarks::MemoryTable;
    return {
        {.name = u"status"_s,
            .filter = u"status:failed"_s,
            .proxyColumn = MemoryTable::statusColumn,
            .accepts = holds(u"failed"_s)},
        {.name = u"amount range"_s,
            .filter = u"amount:>100 amount:<101"_s,
            .proxyColumn = MemoryTable::amountColumn,
            .accepts = isHundred},
        {.name = u"rare word"_s, .filter = u'"' + samples.rareWord + u'"', .accepts = holds(samples.rareWord)},
        {.name = u"common word"_s, .filter = samples.commonWord, .accepts = holds(samples.commonWord)},
        {.name = u"customer name"_s,
            .filter = u"customer:\"%1\""_s.arg(samples.customer),
            .proxyColumn = MemoryTable::customerColumn,
            .accepts = holds(samples.customer)},
        {.name = u"sort by amount"_s, .byAmount = true},
        {.name = u"status and word"_s, .filter = u"status:failed "_s + samples.commonWord},
        {.name = u"status, by amount"_s, .before = u"status:failed"_s, .filter = u"status:failed"_s, .byAmount = true},
        {.name = u"filter cleared"_s, .before = u"status:failed"_s},
    };
}

void report(const Question &question)
{
    constexpr double times = 1.5;
    constexpr double extraMs = 3;
    constexpr double timesFaster = 20;
    const double ours = benchmarks::median(question.ours);
    const double shell = benchmarks::median(question.shell);
    const double proxy = benchmarks::median(question.proxy);
    const QString note = u"%L1 rows of %L2; ours %3; everything known after %4"_s.arg(question.rows)
                             .arg(rowsInLedger)
                             .arg(benchmarks::spread(question.ours), benchmarks::spread(question.whole));
    benchmarks::printFigure({.name = u"First rows, "_s + question.name,
        .unit = u"ms"_s,
        .ours = ours,
        .baseline = shell,
        .baselineName = u"sqlite3 shell"_s,
        .ratio = ours / shell,
        .target = u"at most 1.5× + 3 ms"_s,
        .met = ours <= times * shell + extraMs,
        .note = note + u"; shell "_s + benchmarks::spread(question.shell)});
    if (question.proxy.empty())
        return;
    benchmarks::printFigure({.name = u"First rows, "_s + question.name,
        .unit = u"ms"_s,
        .ours = ours,
        .baseline = proxy,
        .baselineName = u"QSortFilterProxyModel"_s,
        .ratio = proxy / ours,
        .target = u"at least 20× faster"_s,
        .met = proxy >= timesFaster * ours,
        .note = note
            + u"; proxy over all rows without a view, %L1 rows, %2"_s.arg(question.proxyRows)
                .arg(benchmarks::spread(question.proxy))});
}

//! Two conditions at once, or an earlier filter, are beyond what a proxy says with one comparison.
bool hasProxyTwin(const Question &question)
{
    return question.accepts || (question.byAmount && question.before.isEmpty());
}

void measure(std::vector<Question> &questions, const QString &file, benchmarks::MemoryTable &table)
{
    auto ledger = models::Ledger::open(file);
    if (!ledger)
        cannotRun(models::databaseErrorText(ledger.error()));
    RecordTableModel model(**ledger, models::RecordKind::Transaction);
    benchmarks::MemoryFilter proxy(table);
    for (Question &question : questions) {
        for (int round = 0; round < rounds; ++round) {
            const QByteArray sql = askModel(model, question);
            if (sql.isEmpty())
                cannotRun(u"no SELECT was finished when the first rows were there"_s);
            if (round == 0)
                benchmarks::say(question.filter + u": "_s + QString::fromUtf8(sql));
            question.shell.push_back(benchmarks::timeInShell(file, sql, shellRuns));
            if (hasProxyTwin(question)
                && std::accumulate(question.proxy.begin(), question.proxy.end(), 0.0) < proxyBudgetMs)
                askProxy(proxy, question);
        }
        report(question);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QString file = benchmarks::ledgerFileIn(benchmarks::preparedData(rowsInLedger));
    benchmarks::MemoryTable table(file);
    std::vector<Question> questions = questionsOn(samplesFrom(table));
    benchmarks::sqlTrace::install();
    measure(questions, file, table);
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// How long the event loop is ever busy while somebody types, scrolls or imports with a million transactions open.
#include "models/recordtablemodel.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/heartbeat.h"
#include "tests/benchmarks/imports.h"
#include "tests/benchmarks/ledgers.h"
#include "tests/benchmarks/sandboxprocess.h"
#include "ui/filterbar.h"
#include "ui/recordtable.h"
#include "ui/theme.h"

#include <QApplication>
#include <QEventLoop>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace {

using benchmarks::cannotRun;
using benchmarks::Heartbeat;

constexpr qint64 rowsInLedger = 1'000'000;
constexpr int rounds = 3;
constexpr int keyEveryMs = 60; //!< faster than people type for long
constexpr int wheelEveryMs = 8;
constexpr int settleMs = 500;
constexpr double limitMs = 16;
constexpr qsizetype importedIds = 8'000;

void runFor(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

void runUntilComplete(const models::RecordTableModel &model)
{
    QEventLoop loop;
    const auto look = [&] {
        if (model.state() == models::RecordTableModel::State::Ready && model.totals().complete)
            loop.quit();
    };
    QObject::connect(&model, &models::RecordTableModel::stateChanged, &loop, look);
    QTimer::singleShot(0, &loop, look);
    loop.exec();
}

//! The filter bar over the table, as every page of the console has them.
class Window : public QWidget
{
public:
    explicit Window(models::RecordTableModel &model)
        : m_filter(model, this)
        , m_table(model, this)
    {
        auto *layout = new QVBoxLayout(this);
        layout->addWidget(&m_filter);
        layout->addWidget(&m_table);
        resize(1280, 800);
    }

    void type(const QString &text)
    {
        for (const QChar character : text)
            press(0, character);
    }

    void erase()
    {
        while (!m_filter.edit()->text().isEmpty())
            press(Qt::Key_Backspace, {});
    }

    void scroll()
    {
        QScrollBar &bar = *m_table.verticalScrollBar();
        for (int i = 0; i < 150; ++i)
            scrollTo(bar.value() + 3);
        for (int i = 0; i < 20; ++i)
            scrollTo(bar.value() + bar.pageStep());
        for (int i = 0; i <= 100; ++i)
            scrollTo(static_cast<int>(static_cast<qint64>(bar.maximum()) * i / 100));
        for (int i = 0; i < 20; ++i)
            scrollTo(bar.value() - bar.pageStep());
        scrollTo(0);
    }

private:
    void press(int key, QChar character)
    {
        const QString text = character.isNull() ? QString() : QString(character);
        QApplication::postEvent(m_filter.edit(), new QKeyEvent(QEvent::KeyPress, key, Qt::NoModifier, text));
        QApplication::postEvent(m_filter.edit(), new QKeyEvent(QEvent::KeyRelease, key, Qt::NoModifier, text));
        runFor(keyEveryMs);
    }

    void scrollTo(int value)
    {
        m_table.verticalScrollBar()->setValue(value);
        runFor(wheelEveryMs);
    }

    ui::FilterBar m_filter;
    ui::RecordTable m_table;
};

void typeAWhile(Window &window)
{
    for (const QString &text : {u"status:failed"_s, u"amount:>250"_s, u"smith bank"_s, u"customer:ann"_s}) {
        window.type(text);
        window.erase();
    }
}

QString described(const Heartbeat &beat)
{
    return u"p50 %1, p99 %2, longest %3 ms of which %4 computing, %5 beats"_s
        .arg(benchmarks::median(beat.gaps()), 0, 'f', 2)
        .arg(benchmarks::percentile(beat.gaps(), 0.99), 0, 'f', 2)
        .arg(beat.longest(), 0, 'f', 2)
        .arg(beat.cpuOfLongest(), 0, 'f', 2)
        .arg(beat.gaps().size());
}

// The longest stall is also what other programs took of the processor: this is what the window itself computed.
void reportComputing(const QString &what, const Heartbeat &beat, const Heartbeat &idle)
{
    benchmarks::printFigure({.name = u"Most computing in a turn while "_s + what,
        .unit = u"ms"_s,
        .ours = beat.mostCpu(),
        .baseline = idle.mostCpu(),
        .baselineName = u"same window, idle"_s,
        .ratio = beat.mostCpu() / idle.mostCpu(),
        .target = u"at most 16 ms"_s,
        .met = beat.mostCpu() <= limitMs,
        .note = described(beat)});
}

void report(const QString &what, const Heartbeat &beat, const Heartbeat &idle)
{
    reportComputing(what, beat, idle);
    benchmarks::printFigure({.name = u"Longest stall while "_s + what,
        .unit = u"ms"_s,
        .ours = beat.longest(),
        .baseline = idle.longest(),
        .baselineName = u"same window, idle"_s,
        .ratio = beat.longest() / idle.longest(),
        .target = u"at most 16 ms"_s,
        .met = beat.longest() <= limitMs,
        .note = described(beat) + u"; idle "_s + described(idle)});
    benchmarks::printFigure({.name = u"99 % of turns while "_s + what,
        .unit = u"ms"_s,
        .ours = benchmarks::percentile(beat.gaps(), 0.99),
        .baseline = benchmarks::percentile(idle.gaps(), 0.99),
        .baselineName = u"same window, idle"_s,
        .ratio = benchmarks::percentile(beat.gaps(), 0.99) / benchmarks::percentile(idle.gaps(), 0.99),
        .target = u"at most 16 ms"_s,
        .met = benchmarks::percentile(beat.gaps(), 0.99) <= limitMs,
        .note = described(beat)});
}

struct Beats
{
    Heartbeat idle;
    Heartbeat typing;
    Heartbeat scrolling;
    Heartbeat importing;
};

void beatWhile(Heartbeat &beat, const std::function<void()> &work)
{
    beat.start();
    work();
    beat.stop();
}

void measure(models::Ledger &ledger, api::Client &client, const QStringList &ids)
{
    models::RecordTableModel model(ledger, models::RecordKind::Transaction);
    Window window(model);
    window.show();
    runUntilComplete(model);
    runFor(settleMs); // the first paint is part of the start, not of an idle window
    Beats beats;
    for (int round = 0; round < rounds; ++round) {
        const models::ImportPlan plan = benchmarks::planFor(ids.mid(round * importedIds, importedIds));
        beatWhile(beats.idle, [] { runFor(2'000); });
        beatWhile(beats.typing, [&] { typeAWhile(window); });
        runUntilComplete(model);
        beatWhile(beats.idle, [] { runFor(2'000); });
        beatWhile(beats.scrolling, [&] { window.scroll(); });
        beatWhile(beats.idle, [] { runFor(2'000); });
        beatWhile(beats.importing, [&] { benchmarks::importAll(plan, client, ledger); });
        runUntilComplete(model);
    }
    report(u"typing"_s, beats.typing, beats.idle);
    report(u"scrolling"_s, beats.scrolling, beats.idle);
    report(u"importing"_s, beats.importing, beats.idle);
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    ui::Theme::install(application, ui::Theme::Choice::Light);
    const QTemporaryDir directory(benchmarks::preparedData(0) + u"/stall-XXXXXX"_s);
    const QString file = benchmarks::copiedLedger(
        benchmarks::ledgerFileIn(benchmarks::preparedData(rowsInLedger)), directory.path());
    const benchmarks::SandboxProcess sandbox(2 * rounds * importedIds);
    auto ledger = models::Ledger::open(file);
    if (!ledger)
        cannotRun(models::databaseErrorText(ledger.error()));
    QThread network;
    network.start();
    {
        api::Client client({.baseUrl = sandbox.url(), .thread = &network}, sandbox.credentials());
        measure(**ledger, client, sandbox.transactionIds(rounds * importedIds));
    }
    network.quit();
    network.wait();
    return 0;
}

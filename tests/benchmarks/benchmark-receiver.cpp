// SPDX-License-Identifier: GPL-3.0-or-later
// How many events per second the receiver stores and acknowledges, against a bare loop that commits the same rows; and
// how long the window is ever busy while a thousand of them arrive each second.
#include "models/eventintake.h"
#include "models/receiver.h"
#include "models/recordtablemodel.h"
#include "models/schema.h"
#include "tests/benchmarks/childprocess.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/heartbeat.h"
#include "tests/benchmarks/ledgers.h"
#include "tests/benchmarks/webhookload.h"
#include "ui/filterbar.h"
#include "ui/recordtable.h"
#include "ui/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace {

using benchmarks::cannotRun;
using benchmarks::Heartbeat;
using benchmarks::WebhookLoad;

constexpr int rounds = 5;
constexpr int roundMs = 3'000;
constexpr int senders = 128;
constexpr int arrivalsPerSecond = 1'000;
constexpr int watchedMs = 10'000;
constexpr qint64 eventsBefore = 100'000;
constexpr double limitMs = 16;

void runFor(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

models::NewEvent eventNumber(qint64 number)
{
    return models::prepareEvent(
        {.path = "/webhooks/benchmark-path",
            .headers = {{"Host", "localhost"}, {"Content-Type", "application/json"}, {"Content-Length", "300"}},
            .body = WebhookLoad::body(number),
            .peer = u"127.0.0.1"_s,
            .receivedAt = 1'700'000'000'000 + number},
        {.subscriptionId = u"7f8d0c52-6a0e-4d0e-9f5e-2f1d9b3f6a11"_s});
}

std::unique_ptr<models::Database> newLedger(const QString &file)
{
    auto database = models::Database::open(file, models::Database::Mode::ReadWrite);
    if (!database || !models::migrate(**database, models::ledgerMigrations()))
        cannotRun(u"the ledger cannot be made"_s);
    return std::move(*database);
}

//! The rows of one event and nothing else: no looking for repeats, no free key, no queue.
void insertBare(models::Database &database, qint64 key, const models::NewEvent &event)
{
    const auto row = database.prepare(
        "INSERT INTO events(key, family, event_id, digest, type, created_at, received_at, subscription_id, "
        "resource_type, resource_id, client_reference_id, payment_type, verdict, verdict_reason, state) "
        "VALUES(?1, 'PAY_BY_BANK', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'NOT_CHECKED', ?12, 'ARRIVED')");
    const auto bytes = database.prepare(
        "INSERT INTO deliveries(key, path, peer, headers, body) VALUES(?1, ?2, ?3, ?4, ?5)");
    if (!row || !bytes)
        cannotRun(u"the bare loop does not fit the schema"_s);
    (*row)->bind(0, key).bind(1, QStringView(*event.facts.id)).bind(2, event.facts.digest);
    (*row)->bind(3, QStringView(event.facts.type)).bind(4, event.facts.createdAt).bind(5, event.delivery.receivedAt);
    (*row)->bind(6, QStringView(event.source.subscriptionId)).bind(7, QStringView(event.facts.resourceType));
    (*row)->bind(8, QStringView(event.facts.resourceId)).bind(9, QStringView(event.facts.clientReferenceId));
    (*row)->bind(10, QStringView(event.facts.paymentType)).bind(11, QStringView(event.verdict.reason));
    (*bytes)->bind(0, key).bind(1, QStringView(u"/webhooks/benchmark-path")).bind(2, QStringView(event.delivery.peer));
    (*bytes)->bind(3, QByteArray("Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 300\r\n"));
    (*bytes)->bind(4, event.delivery.body);
    if (!(*row)->run() || !(*bytes)->run())
        cannotRun(u"the bare loop cannot write"_s);
}

//! Events per second that a loop commits, `together` to a commit, each commit on the disk before the next.
double bareRate(const QString &file, int together)
{
    const auto database = newLedger(file);
    if (!database->execute("PRAGMA synchronous=FULL"))
        cannotRun(u"SQLite refuses its setting"_s);
    std::vector<models::NewEvent> prepared;
    for (qint64 number = 0; number < 2'000; ++number)
        prepared.push_back(eventNumber(number));
    qint64 written = 0;
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < roundMs) {
        auto transaction = models::DatabaseTransaction::begin(*database);
        for (int i = 0; i < together; ++i, ++written) {
            models::NewEvent &event = prepared[static_cast<size_t>(written % 2'000)];
            event.facts.id = u"7f8d0c52-6a0e-4d0e-9f5e-%1"_s.arg(written, 12, 10, QLatin1Char('0'));
            insertBare(*database, 1'000'000 + written, event);
        }
        if (!transaction || !transaction->commit())
            cannotRun(u"the bare loop cannot commit"_s);
    }
    return static_cast<double>(written) * 1000 / static_cast<double>(clock.elapsed());
}

//! Events per second that the real program acknowledges.
double intakeRate(const QString &file)
{
    auto receiver = benchmarks::ChildProcess::start({benchmarks::programPath(u"webhook-receiver"_s), u"--quiet"_s,
        u"--ledger"_s, file, u"--port"_s, u"0"_s, u"--path"_s, u"benchmark-path"_s});
    const auto line = receiver ? receiver->readLine(20'000) : std::nullopt;
    if (!line)
        cannotRun(u"the receiver does not start"_s);
    const QUrl url(QJsonDocument::fromJson(*line).object()[u"url"_s].toString());
    WebhookLoad load(
        {.port = static_cast<quint16>(url.port()), .path = "/webhooks/benchmark-path", .senders = senders});
    runFor(500); // connections, statements, the first pages of the file
    const qint64 before = load.acknowledged();
    QElapsedTimer clock;
    clock.start();
    runFor(roundMs);
    const double rate = static_cast<double>(load.acknowledged() - before) * 1000 / static_cast<double>(clock.elapsed());
    load.stop();
    if (load.refused() > 0)
        cannotRun(u"the receiver refused deliveries"_s);
    return rate;
}

void reportIntake(const QTemporaryDir &folder)
{
    std::vector<double> ours, single, together;
    for (int round = 0; round < rounds; ++round) {
        const QString name = folder.filePath(QString::number(round));
        single.push_back(bareRate(name + u"-single.sqlite"_s, 1));
        ours.push_back(intakeRate(name + u"-receiver.sqlite"_s));
        together.push_back(bareRate(name + u"-together.sqlite"_s, senders));
    }
    const auto print = [&ours](const QString &baselineName, const std::vector<double> &baseline, bool isTarget) {
        const double ratio = benchmarks::median(ours) / benchmarks::median(baseline);
        benchmarks::printFigure({.name = u"Events stored, then acknowledged"_s,
            .unit = u"events/s"_s,
            .ours = benchmarks::median(ours),
            .baseline = benchmarks::median(baseline),
            .baselineName = baselineName,
            .ratio = ratio,
            .target = isTarget ? u"at least 0.6"_s : u"none: for comparison"_s,
            .met = !isTarget || ratio >= 0.6,
            .note = u"ours "_s + benchmarks::spread(ours) + u"; baseline "_s + benchmarks::spread(baseline)
                + u"; %1 senders on the same machine"_s.arg(senders)});
    };
    print(u"bare loop, a commit each"_s, single, true);
    print(u"bare loop, %1 to a commit"_s.arg(senders), together, false);
}

void fill(models::Ledger &ledger)
{
    QEventLoop loop;
    const auto job = [](models::Database &database) -> models::DatabaseResult<void> {
        for (qint64 number = 0; number < eventsBefore; ++number) {
            if (const auto stored = models::storeEvent(database, eventNumber(number)); !stored)
                return std::unexpected(stored.error());
        }
        return models::ensureEventSource(database, u"benchmark-path"_s, models::WebhookFamily::PayByBank, {});
    };
    ledger.write(job, models::Ledger::Durability::Normal, &loop, [&loop](const models::DatabaseResult<void> &done) {
        if (!done)
            cannotRun(models::databaseErrorText(done.error()));
        loop.quit();
    });
    loop.exec();
}

void waitUntilListening(models::Receiver &receiver)
{
    QEventLoop loop;
    QObject::connect(&receiver, &models::Receiver::stateChanged, &loop, [&] {
        if (receiver.state() == models::Receiver::State::Listening)
            loop.quit();
        if (receiver.state() == models::Receiver::State::Failing)
            cannotRun(receiver.problem());
    });
    receiver.apply({.enabled = true, .port = 0});
    loop.exec();
}

void reportStall(const QTemporaryDir &folder)
{
    auto ledger = models::Ledger::open(folder.filePath(u"window.sqlite"_s));
    if (!ledger)
        cannotRun(models::databaseErrorText(ledger.error()));
    fill(**ledger);
    models::Receiver receiver(**ledger, {});
    waitUntilListening(receiver);
    models::RecordTableModel model(**ledger, models::RecordKind::Event);
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    layout->addWidget(new ui::FilterBar(model, &window));
    layout->addWidget(new ui::RecordTable(model, &window));
    window.resize(1280, 800);
    window.show();
    runFor(2'000);
    Heartbeat idle, busy;
    qint64 arrived = 0;
    for (int round = 0; round < 3; ++round) {
        idle.start();
        runFor(2'000);
        idle.stop();
        WebhookLoad load({.port = receiver.port(),
            .path = "/webhooks/benchmark-path",
            .senders = 16,
            .perSecond = arrivalsPerSecond,
            .firstId = eventsBefore * (round + 2)});
        busy.start();
        runFor(watchedMs);
        busy.stop();
        load.stop();
        arrived += load.acknowledged();
    }
    const double rate = static_cast<double>(arrived) * 1000 / (3.0 * watchedMs);
    benchmarks::printFigure({.name = u"Longest stall while events arrive"_s,
        .unit = u"ms"_s,
        .ours = busy.longest(),
        .baseline = idle.longest(),
        .baselineName = u"same window, idle"_s,
        .ratio = busy.longest() / idle.longest(),
        .target = u"at most 16 ms"_s,
        .met = busy.longest() <= limitMs,
        .note = u"%1 events/s acknowledged; p50 %2, p99 %3, longest %4 ms of which %5 computing"_s.arg(rate, 0, 'f', 0)
            .arg(benchmarks::median(busy.gaps()), 0, 'f', 2)
            .arg(benchmarks::percentile(busy.gaps(), 0.99), 0, 'f', 2)
            .arg(busy.longest(), 0, 'f', 2)
            .arg(busy.cpuOfLongest(), 0, 'f', 2)});
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    ui::Theme::install(application, ui::Theme::Choice::Light);
    const QTemporaryDir folder(benchmarks::preparedData(0) + u"/receiver-XXXXXX"_s);
    if (!QApplication::arguments().contains(u"--stall-only"_s))
        reportIntake(folder);
    reportStall(folder);
    return 0;
}

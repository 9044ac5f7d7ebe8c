// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/importworker.h"

#include <QDateTime>

#include <algorithm>
#include <memory>
#include <span>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int linesPerRead = 2'000;
constexpr int linesPerWrite = 10'000;
constexpr int flushEveryMs = 100;
constexpr int flushAtOutcomes = 512;
constexpr int tellEveryMs = 100;
constexpr qint64 rateWindowMs = 1'000;
constexpr int timeoutsPerLine = 2;

//! Trouble that the next line would meet as well: no line is to blame.
bool stopsEveryLine(api::ErrorKind kind)
{
    switch (kind) {
    case api::ErrorKind::Offline:
    case api::ErrorKind::Untrusted:
    case api::ErrorKind::Unauthorized:
    case api::ErrorKind::Forbidden:
    case api::ErrorKind::NoSecret:
        return true;
    case api::ErrorKind::TimedOut:
    case api::ErrorKind::NotFound:
    case api::ErrorKind::Rejected:
    case api::ErrorKind::RateLimited:
    case api::ErrorKind::Fault:
    case api::ErrorKind::Garbled:
    case api::ErrorKind::Cancelled:
        return false;
    }
    Q_UNREACHABLE();
}

api::RequestData requestFor(const RecordRef &ref)
{
    switch (ref.kind) {
    case RecordKind::Transaction: return api::getTransaction(api::TransactionId(ref.id)).data;
    case RecordKind::Customer: return api::getCustomer(api::CustomerId(ref.id)).data;
    case RecordKind::Payout: return api::getPayout(api::PayoutId(ref.id)).data;
    case RecordKind::OutboxEntry: break;
    }
    Q_UNREACHABLE();
}

template<typename T>
api::Result<Observation> observationOf(api::Result<T> (*read)(const api::Json &), const api::Answer &answer)
{
    api::Result<T> record = api::readAnswer(read, answer);
    if (!record)
        return std::unexpected(record.error());
    return Observation {.record = *std::move(record),
                        .raw = answer.json,
                        .observedAt = QDateTime::currentMSecsSinceEpoch(),
                        .source = Source::Import};
}

api::Result<Observation> readRecord(RecordKind kind, const api::Answer &answer)
{
    switch (kind) {
    case RecordKind::Transaction: return observationOf(&api::readTransaction, answer);
    case RecordKind::Customer: return observationOf(&api::readCustomer, answer);
    case RecordKind::Payout: return observationOf(&api::readPayout, answer);
    case RecordKind::OutboxEntry: break;
    }
    Q_UNREACHABLE();
}

} // namespace

ImportWorker::ImportWorker(api::Client &client, Ledger &ledger)
    : m_client(client)
    , m_ledger(ledger)
    , m_flushTimer(this)
    , m_tellTimer(this)
{
    m_flushTimer.setSingleShot(true);
    m_flushTimer.setInterval(flushEveryMs);
    m_tellTimer.setSingleShot(true);
    m_tellTimer.setInterval(tellEveryMs);
    connect(&m_flushTimer, &QTimer::timeout, this, &ImportWorker::flush);
    connect(&m_tellTimer, &QTimer::timeout, this, [this] { emit progressed({m_state, m_counts, m_perSecond, m_problem}); });
}

qint64 ImportWorker::key() const
{
    return m_key;
}

void ImportWorker::write(const QString &name, const QList<RecordRef> &records)
{
    m_state = Job::State::Running;
    m_counts.total = records.size();
    tell();
    auto key = std::make_shared<qint64>(0);
    m_ledger.write(
        [key, name](Database &database) -> DatabaseResult<void> {
            const auto created = importstore::create(database, name, QDateTime::currentMSecsSinceEpoch());
            if (!created)
                return std::unexpected(created.error());
            *key = *created;
            return {};
        },
        Ledger::Durability::Normal, this, [this, key, records](const DatabaseResult<void> &written) {
            if (!written)
                return fail(written.error());
            m_key = *key;
            emit keyKnown(m_key);
            writeChunk(records, 0);
        });
}

void ImportWorker::writeChunk(const QList<RecordRef> &records, qsizetype from)
{
    const qsizetype count = std::min<qsizetype>(linesPerWrite, records.size() - from);
    const bool isLast = from + count == records.size();
    m_ledger.write(
        [key = m_key, records, from, count, isLast](Database &database) -> DatabaseResult<void> {
            const std::span<const RecordRef> all(records.cbegin(), static_cast<std::size_t>(records.size()));
            const auto chunk = all.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(count));
            if (const auto added = importstore::addLines(database, key, from, chunk); !added)
                return added;
            return isLast ? importstore::setState(database, key, u"RUNNING") : DatabaseResult<void>();
        },
        Ledger::Durability::Normal, this, [this, records, next = from + count, isLast](const DatabaseResult<void> &written) {
            if (!written)
                return fail(written.error());
            if (!isLast)
                return writeChunk(records, next);
            begin();
        });
}

void ImportWorker::adopt(const StoredImport &import)
{
    m_key = import.key;
    m_counts = import.counts;
    m_followedUp = import.counts.followUps > 0;
    emit keyKnown(m_key);
    tell();
}

void ImportWorker::begin()
{
    m_rateTime.start();
    m_rateFrom = m_counts.done();
    if (m_state == Job::State::Running)
        fill();
}

void ImportWorker::pause()
{
    if (m_state != Job::State::Running)
        return;
    m_state = Job::State::Paused;
    m_perSecond = 0;
    tell();
}

void ImportWorker::pauseBecause(const QString &problem)
{
    m_problem = problem;
    pause();
}

void ImportWorker::resume()
{
    if (m_state != Job::State::Paused || m_key == 0)
        return;
    m_state = Job::State::Running;
    m_problem.clear();
    tell();
    begin();
}

void ImportWorker::cancel()
{
    if (m_state != Job::State::Running && m_state != Job::State::Paused)
        return;
    m_state = Job::State::Cancelled;
    m_flights.clear();
    m_ready.clear();
    flush();
    m_ledger.write([key = m_key](Database &database) { return importstore::setState(database, key, u"CANCELLED"); },
                   Ledger::Durability::Normal, this, [](const DatabaseResult<void> &) {});
    tell();
}

void ImportWorker::retryProblems()
{
    if (m_key == 0 || m_state == Job::State::Running || m_counts.notFound + m_counts.failed == 0)
        return;
    m_ledger.write(
        [key = m_key](Database &database) -> DatabaseResult<void> {
            if (const auto forgotten = importstore::forgetProblems(database, key); !forgotten)
                return forgotten;
            return importstore::setState(database, key, u"RUNNING");
        },
        Ledger::Durability::Normal, this, [this](const DatabaseResult<void> &written) {
            if (!written)
                return fail(written.error());
            m_counts.notFound = 0;
            m_counts.failed = 0;
            m_readUpTo = -1;
            m_allRead = false;
            m_state = Job::State::Paused;
            resume();
        });
}

//! Keeps as many look-ups under way as the client allows, and lines in store for them.
void ImportWorker::fill()
{
    const auto limit = static_cast<std::size_t>(std::max(1, m_client.options().maximumInFlight));
    while (m_state == Job::State::Running && m_flights.size() < limit && !m_ready.empty()) {
        ImportLine line = std::move(m_ready.front());
        m_ready.pop_front();
        startLine(std::move(line));
    }
    if (m_state == Job::State::Running && m_ready.size() < linesPerRead / 2 && !m_allRead && !m_read.isActive())
        fetchLines();
    if (m_flights.empty() && m_ready.empty() && m_allRead && m_state == Job::State::Running)
        flush();
    settle();
}

void ImportWorker::fetchLines()
{
    m_read = m_ledger.read<QList<ImportLine>>(
        [key = m_key, after = m_readUpTo](Database &database) { return importstore::openLines(database, key, after, linesPerRead); },
        this, [this](const DatabaseResult<QList<ImportLine>> &lines) {
            if (!lines)
                return fail(lines.error());
            m_allRead = lines->size() < linesPerRead;
            if (!lines->isEmpty())
                m_readUpTo = lines->last().position;
            m_ready.insert(m_ready.end(), lines->begin(), lines->end());
            fill();
        });
}

void ImportWorker::startLine(ImportLine line)
{
    const qint64 position = line.position;
    m_flights.insert_or_assign(position, Flight {.line = std::move(line), .call = {}});
    send(position);
}

void ImportWorker::send(qint64 position)
{
    Flight &flight = m_flights.at(position);
    flight.call = m_client.sendRaw(
        requestFor(flight.line.ref), this, [this, position](const api::Result<api::Answer> &answer) { took(position, answer); },
        api::Priority::Background);
}

void ImportWorker::took(qint64 position, const api::Result<api::Answer> &answer)
{
    if (!answer)
        return lineFailed(position, answer.error());
    const RecordKind kind = m_flights.at(position).line.ref.kind;
    api::Result<Observation> observation = readRecord(kind, *answer);
    if (!observation)
        return lineFailed(position, observation.error());
    m_observations.append(*std::move(observation));
    if (kind == RecordKind::Customer)
        askAccounts(position);
    else
        finishLine(position, ImportLineOutcome::Kind::Found);
}

//! A customer is worth having without the accounts, so what goes wrong here does not count against the line.
void ImportWorker::askAccounts(qint64 position)
{
    Flight &flight = m_flights.at(position);
    flight.call = m_client.sendRaw(
        api::getLinkedAccounts(api::CustomerId(flight.line.ref.id)).data, this,
        [this, position](const api::Result<api::Answer> &answer) { tookAccounts(position, answer); }, api::Priority::Background);
}

void ImportWorker::tookAccounts(qint64 position, const api::Result<api::Answer> &answer)
{
    if (answer) {
        if (api::Result<Observation> accounts = observationOf(&api::readLinkedAccounts, *answer))
            m_observations.append(*std::move(accounts));
    }
    finishLine(position, ImportLineOutcome::Kind::Found);
}

void ImportWorker::lineFailed(qint64 position, const api::Error &error)
{
    Flight &flight = m_flights.at(position);
    if (stopsEveryLine(error.kind)) {
        m_ready.push_front(flight.line);
        m_flights.erase(position);
        return pauseBecause(api::errorText(error));
    }
    if (error.kind == api::ErrorKind::TimedOut && ++flight.timeouts <= timeoutsPerLine && m_state == Job::State::Running)
        return send(position);
    finishLine(position, error.kind == api::ErrorKind::NotFound ? ImportLineOutcome::Kind::NotFound : ImportLineOutcome::Kind::Failed,
               api::errorText(error));
}

void ImportWorker::finishLine(qint64 position, ImportLineOutcome::Kind kind, const QString &why)
{
    m_flights.erase(position);
    m_outcomes.append({.position = position, .kind = kind, .why = why});
    if (m_outcomes.size() >= flushAtOutcomes)
        flush();
    else if (!m_flushTimer.isActive())
        m_flushTimer.start();
    fill();
}

//! First what was learned, then that the lines are done: a line is never marked before the ledger has its record.
void ImportWorker::flush()
{
    m_flushTimer.stop();
    if (m_outcomes.isEmpty())
        return;
    ++m_writing;
    const QList<ImportLineOutcome> outcomes = std::exchange(m_outcomes, {});
    m_ledger.observe(std::exchange(m_observations, {}), this, [this, outcomes](const DatabaseResult<void> &observed) {
        if (!observed)
            return flushed(outcomes, observed);
        m_ledger.write([key = m_key, outcomes](Database &database) { return importstore::setOutcomes(database, key, outcomes); },
                       Ledger::Durability::Normal, this,
                       [this, outcomes](const DatabaseResult<void> &written) { flushed(outcomes, written); });
    });
}

void ImportWorker::flushed(const QList<ImportLineOutcome> &outcomes, const DatabaseResult<void> &result)
{
    --m_writing;
    if (!result)
        return fail(result.error());
    for (const ImportLineOutcome &outcome : outcomes) {
        m_counts.found += outcome.kind == ImportLineOutcome::Kind::Found;
        m_counts.notFound += outcome.kind == ImportLineOutcome::Kind::NotFound;
        m_counts.failed += outcome.kind == ImportLineOutcome::Kind::Failed;
    }
    if (m_rateTime.elapsed() >= rateWindowMs) {
        m_perSecond = static_cast<int>((m_counts.done() - m_rateFrom) * 1000 / m_rateTime.restart());
        m_rateFrom = m_counts.done();
    }
    tell();
    settle();
}

void ImportWorker::settle()
{
    const bool isIdle = m_flights.empty() && m_ready.empty() && m_allRead && m_outcomes.isEmpty() && m_writing == 0;
    if (m_state != Job::State::Running || !isIdle)
        return;
    if (!std::exchange(m_followedUp, true))
        return askForMore();
    m_state = Job::State::Done;
    m_perSecond = 0;
    m_ledger.write([key = m_key](Database &database) { return importstore::setState(database, key, u"DONE"); },
                   Ledger::Durability::Normal, this, [this](const DatabaseResult<void> &) { tell(); });
}

void ImportWorker::askForMore()
{
    ++m_writing;
    auto added = std::make_shared<qint64>(0);
    m_ledger.write(
        [key = m_key, added](Database &database) -> DatabaseResult<void> {
            const auto customers = importstore::addUnknownCustomers(database, key);
            if (!customers)
                return std::unexpected(customers.error());
            *added = *customers;
            return {};
        },
        Ledger::Durability::Normal, this, [this, added](const DatabaseResult<void> &written) {
            --m_writing;
            if (!written)
                return fail(written.error());
            m_counts.total += *added;
            m_counts.followUps += *added;
            m_allRead = *added == 0;
            fill();
        });
}

void ImportWorker::fail(const DatabaseError &error)
{
    if (m_state == Job::State::Cancelled)
        return;
    m_flights.clear();
    m_state = m_key == 0 ? Job::State::Failed : Job::State::Paused;
    m_ready.clear();
    m_readUpTo = -1; // what was not written down is asked again
    m_allRead = false;
    m_perSecond = 0;
    m_problem = databaseErrorText(error);
    tell();
}

void ImportWorker::tell()
{
    if (!m_tellTimer.isActive())
        m_tellTimer.start();
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/importworker.h"

#include "models/importlookup.h"

#include <algorithm>
#include <utility>

namespace models {

namespace {

constexpr int linesPerRead = 2'000;
constexpr int flushEveryMs = 250; // fewer, larger commits: every one writes each page of every index it touches
constexpr qsizetype flushAtResults = 2'000;
constexpr qsizetype lastFlushes = 400; //!< when the list runs out: the last commit has nothing beside it to hide behind
constexpr int mostBatches = 8;         //!< on their way to the disk; a slow or full disk holds the look-ups back
constexpr int tellEveryMs = 100;
constexpr int timeoutsPerLine = 3;

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
    connect(&m_tellTimer, &QTimer::timeout, this, &ImportWorker::tellNow);
    connect(&ledger, &Ledger::writeFailed, this,
        [this](const DatabaseError &error) { pauseBecause(databaseErrorText(error)); });
}

void ImportWorker::adopt(const StoredImport &import)
{
    m_key = import.key;
    m_counts = import.counts;
    m_listWritten = true;
    readAgain();
    emit keyKnown(m_key);
    tellNow();
}

//! From the start of the list: what is done is left out by the ledger.
void ImportWorker::readAgain()
{
    m_readUpTo = -1;
    m_allRead = false;
    m_followUpsReadUpTo = m_counts.total - m_counts.followUps - 1; // they come behind all lines of the plan
    m_followUpsRead = m_counts.followUps == 0;
}

void ImportWorker::begin()
{
    m_rateTime.start();
    m_rateFrom = m_counts.done();
    m_troublesInRow = 0;
    fill();
}

void ImportWorker::pause()
{
    if (m_state == Job::State::Running)
        setState(Job::State::Paused);
}

void ImportWorker::pauseBecause(const QString &problem)
{
    if (m_state != Job::State::Running)
        return;
    m_problem = problem;
    pause();
    // Their answers would only say the same, and speak against the service again after it works.
    for (auto &[position, flight] : m_flights)
        m_ready.push_back(std::move(flight.line));
    m_flights.clear();
}

void ImportWorker::resume()
{
    if (m_state != Job::State::Paused || m_key == 0)
        return;
    m_problem.clear();
    setState(Job::State::Running);
    if (m_listWritten)
        begin();
}

void ImportWorker::cancel()
{
    if (m_state != Job::State::Running && m_state != Job::State::Paused)
        return;
    m_flights.clear();
    m_ready.clear();
    m_read = {};
    setState(Job::State::Cancelled);
    flush();
    dropOpen();
}

void ImportWorker::retryProblems()
{
    if (m_key == 0)
        return;
    m_retryWanted = true;
    const bool ended = m_state == Job::State::Done || m_state == Job::State::Cancelled;
    if (ended && !m_dropping && m_committing == 0)
        retryNow();
}

//! Keeps as many look-ups under way as the client allows, a few more waiting in its queue, and lines in store for them.
void ImportWorker::fill()
{
    if (m_state != Job::State::Running || !m_listWritten)
        return;
    const auto limit = 2 * static_cast<std::size_t>(std::max(1, m_client.options().maximumInFlight));
    while (m_flights.size() < limit && !m_ready.empty() && m_committing < mostBatches) {
        const qint64 position = m_ready.front().position;
        m_flights.insert_or_assign(position, Flight{.line = std::move(m_ready.front())});
        m_ready.pop_front();
        send(position);
    }
    if ((!m_followUpsRead || (m_ready.size() < linesPerRead / 2 && !m_allRead)) && !m_read.isActive())
        fetchLines();
    if (m_flights.empty() && m_ready.empty() && m_allRead && m_followUpsRead)
        flush();
    settle();
}

void ImportWorker::fetchLines()
{
    using importstore::Which;
    const Which which = m_followUpsRead ? Which::OfPlan : Which::FollowUps;
    const qint64 after = m_followUpsRead ? m_readUpTo : m_followUpsReadUpTo;
    m_followUpsRead = true;
    m_read = m_ledger.read<QList<ImportLine>>(
        [key = m_key, which, after](
            Database &database) { return importstore::openLines(database, key, which, after, linesPerRead); },
        this,
        [this, which](const DatabaseResult<QList<ImportLine>> &lines) {
            m_read = {};
            if (!lines)
                return fail(lines.error());
            const bool isLast = lines->size() < linesPerRead;
            const bool ofPlan = which == Which::OfPlan;
            m_allRead = ofPlan ? isLast : m_allRead;
            m_followUpsRead = m_followUpsRead && (ofPlan || isLast);
            if (!lines->isEmpty())
                (ofPlan ? m_readUpTo : m_followUpsReadUpTo) = lines->last().position;
            m_ready.insert(ofPlan ? m_ready.end() : m_ready.begin(), lines->begin(), lines->end());
            fill();
        });
}

void ImportWorker::send(qint64 position)
{
    Flight &flight = m_flights.at(position);
    flight.call = m_client.sendRaw(
        importRequest(flight.line.ref), this,
        [this, position](const api::Result<api::Answer> &answer) { took(position, answer); },
        api::Priority::Background);
}

void ImportWorker::took(qint64 position, const api::Result<api::Answer> &answer)
{
    if (!answer)
        return lineFailed(position, answer.error());
    m_troublesInRow = 0;
    Flight &flight = m_flights.at(position);
    api::Result<Observation> observation = importObservation(flight.line.ref.kind, *answer);
    if (!observation)
        return lineFailed(position, observation.error());
    noteCustomer(*observation);
    flight.observations.append(*std::move(observation));
    if (flight.line.ref.kind == RecordKind::Customer)
        askAccounts(position);
    else
        lineFound(position);
}

void ImportWorker::noteCustomer(const Observation &observation)
{
    const auto *transaction = std::get_if<api::Transaction>(&observation.record);
    if (!transaction || transaction->customerId.isEmpty() || m_customersSeen.contains(transaction->customerId.text()))
        return;
    m_customersSeen.insert(transaction->customerId.text());
    m_customersNamed.append(transaction->customerId.text());
}

//! A customer is worth having without the accounts, so what goes wrong here does not count against the line.
void ImportWorker::askAccounts(qint64 position)
{
    Flight &flight = m_flights.at(position);
    const auto tookAccounts = [this, position](const api::Result<api::Answer> &answer) {
        if (answer) {
            if (api::Result<Observation> accounts = importAccountsObservation(*answer))
                m_flights.at(position).observations.append(*std::move(accounts));
        }
        lineFound(position);
    };
    flight.call = m_client.sendRaw(
        importAccountsRequest(flight.line.ref), this, tookAccounts, api::Priority::Background);
}

void ImportWorker::lineFailed(qint64 position, const api::Error &error)
{
    Flight flight = std::move(m_flights.extract(position).mapped());
    const ImportTrouble trouble = importTrouble(error.kind);
    m_troublesInRow = trouble == ImportTrouble::OfTheLine ? 0 : m_troublesInRow + 1;
    const bool timedOut = error.kind == api::ErrorKind::TimedOut;
    const bool isHopeless = timedOut && ++flight.line.timeouts >= timeoutsPerLine;
    const bool stops = trouble == ImportTrouble::OfEveryLine
        || (trouble == ImportTrouble::Doubtful && m_troublesInRow >= importPatience(error.kind));
    if (stops)
        pauseBecause(api::errorText(error));
    if ((stops || timedOut) && !isHopeless) {
        m_ready.push_back(std::move(flight.line));
        return fill();
    }
    const bool notFound = error.kind == api::ErrorKind::NotFound;
    finishLine(std::move(flight), notFound ? ImportLineOutcome::Kind::NotFound : ImportLineOutcome::Kind::Failed,
        api::errorText(error));
}

void ImportWorker::lineFound(qint64 position)
{
    finishLine(std::move(m_flights.extract(position).mapped()), ImportLineOutcome::Kind::Found);
}

void ImportWorker::finishLine(Flight flight, ImportLineOutcome::Kind kind, const QString &why)
{
    m_results.append({.outcome = {.position = flight.line.position, .kind = kind, .why = why},
        .observations = std::move(flight.observations)});
    const bool isEnding = m_allRead && m_followUpsRead && m_ready.size() < static_cast<std::size_t>(flushAtResults);
    if (m_results.size() >= (isEnding ? lastFlushes : flushAtResults))
        flush();
    else if (!m_flushTimer.isActive())
        m_flushTimer.start();
    fill();
}

//! What was not written down stays open in the ledger and is asked again when the person goes on.
void ImportWorker::fail(const DatabaseError &error)
{
    if (m_state == Job::State::Cancelled || m_state == Job::State::Done)
        return;
    m_flights.clear();
    m_results.clear();
    m_ready.clear();
    m_read = {};
    readAgain();
    m_findingFollowUps = false;
    m_problem = databaseErrorText(error);
    setState(m_key == 0 ? Job::State::Failed : Job::State::Paused);
}

void ImportWorker::setState(Job::State state)
{
    m_state = state;
    m_perSecond = 0;
    tellNow();
}

void ImportWorker::tell()
{
    if (!m_tellTimer.isActive())
        m_tellTimer.start();
}

void ImportWorker::tellNow()
{
    m_tellTimer.stop();
    emit progressed({m_state, m_counts, m_perSecond, m_problem});
}

} // namespace models

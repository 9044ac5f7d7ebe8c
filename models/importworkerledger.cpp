// SPDX-License-Identifier: GPL-3.0-or-later
//! The half of the worker that writes: the list itself, what became of its lines, and the lines that come later.
#include "models/importworker.h"

#include <QDateTime>

#include <algorithm>
#include <memory>
#include <span>
#include <utility>

namespace models {

namespace {

constexpr qsizetype linesPerWrite = 5'000;
constexpr int linesPerDrop = 20'000;
constexpr qint64 rateWindowMs = 1'000;

} // namespace

void ImportWorker::write(const QString &name, const QList<RecordRef> &records)
{
    m_counts.total = records.size();
    readAgain();
    setState(Job::State::Running);
    auto key = std::make_shared<qint64>(0);
    m_ledger.write(
        [key, name, expected = records.size()](Database &database) -> DatabaseResult<void> {
            const auto created = importstore::create(database, name, expected, QDateTime::currentMSecsSinceEpoch());
            if (!created)
                return std::unexpected(created.error());
            *key = *created;
            return {};
        },
        Ledger::Durability::Normal, this,
        [this, key, records](const DatabaseResult<void> &result) {
            if (!result)
                return fail(result.error());
            m_key = *key;
            emit keyKnown(m_key);
            writeChunk(records, 0);
        });
}

//! In pieces, so that money that is to be moved meanwhile never waits long for the writer.
void ImportWorker::writeChunk(const QList<RecordRef> &records, qsizetype from)
{
    if (m_state == Job::State::Cancelled)
        return written({});
    const qsizetype count = std::min(linesPerWrite, records.size() - from);
    const bool isLast = from + count == records.size();
    m_ledger.write(
        [key = m_key, records, from, count, isLast](Database &database) -> DatabaseResult<void> {
            const std::span<const RecordRef> all(records.cbegin(), static_cast<std::size_t>(records.size()));
            const auto chunk = all.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(count));
            if (const auto added = importstore::addLines(database, key, from, chunk); !added)
                return added;
            return isLast ? importstore::setState(database, key, u"RUNNING") : DatabaseResult<void>();
        },
        Ledger::Durability::Normal, this,
        [this, records, next = from + count, isLast](const DatabaseResult<void> &result) {
            if (!result) {
                m_counts.unwritten = records.size() - next;
                fail(result.error());
            } else if (!isLast) {
                return writeChunk(records, next);
            }
            written(result);
        });
}

void ImportWorker::written(const DatabaseResult<void> &result)
{
    m_listWritten = true;
    dropOpen();
    if (result && m_state == Job::State::Running)
        begin();
}

//! What will not be asked any more is taken off the list, a piece at a time, once all that is known is written down.
void ImportWorker::dropOpen()
{
    if (m_state != Job::State::Cancelled || !m_listWritten || m_committing > 0 || m_dropping)
        return;
    m_dropping = true;
    auto dropped = std::make_shared<int>(0);
    m_ledger.write(
        [key = m_key, dropped](Database &database) -> DatabaseResult<void> {
            if (const auto set = importstore::setState(database, key, u"CANCELLED"); !set)
                return set;
            const auto lines = importstore::dropOpenLines(database, key, linesPerDrop);
            *dropped = lines.value_or(0);
            return lines ? DatabaseResult<void>() : std::unexpected(lines.error());
        },
        Ledger::Durability::Normal, this,
        [this, dropped](const DatabaseResult<void> &) {
            m_dropping = false;
            if (*dropped > 0)
                dropOpen();
            else if (m_retryWanted)
                retryNow();
        });
}

void ImportWorker::retryNow()
{
    m_retryWanted = false;
    if (m_counts.notFound + m_counts.failed == 0)
        return;
    m_ledger.write(
        [key = m_key](Database &database) -> DatabaseResult<void> {
            if (const auto forgotten = importstore::forgetProblems(database, key); !forgotten)
                return forgotten;
            return importstore::setState(database, key, u"RUNNING");
        },
        Ledger::Durability::Normal, this,
        [this](const DatabaseResult<void> &result) {
            if (!result)
                return fail(result.error());
            m_counts.total = m_counts.done();
            m_counts.notFound = 0;
            m_counts.failed = 0;
            readAgain();
            m_followedUp = false;
            setState(Job::State::Paused);
            resume();
        });
}

void ImportWorker::flush()
{
    m_flushTimer.stop();
    if (m_results.isEmpty())
        return;
    ++m_committing;
    commit(std::exchange(m_results, {}));
}

//! First what was learned, then that the lines are done: a line is never marked before the ledger has its record.
void ImportWorker::commit(const Results &results)
{
    QList<Observation> observations;
    for (const Result &result : results)
        observations.append(result.observations);
    if (observations.isEmpty())
        return commitOutcomes(results);
    m_ledger.observe(std::move(observations), this, [this, results](const DatabaseResult<void> &observed) {
        if (observed)
            return commitOutcomes(results);
        if (results.size() > 1) {
            // One of them breaks a rule of the ledger: the others must not suffer.
            m_committing += static_cast<int>(results.size()) - 1;
            for (const Result &result : results)
                commit({result});
            return;
        }
        Result refused = results.first();
        refused.outcome.kind = ImportLineOutcome::Kind::Failed;
        refused.outcome.why = databaseErrorText(observed.error());
        commitOutcomes({refused});
    });
}

void ImportWorker::commitOutcomes(const Results &results)
{
    QList<ImportLineOutcome> outcomes;
    for (const Result &result : results)
        outcomes.append(result.outcome);
    auto added = std::make_shared<ImportCounts>();
    m_ledger.write(
        [key = m_key, outcomes = std::move(outcomes), named = std::exchange(m_customersNamed, {}), added](
            Database &database) -> DatabaseResult<void> {
            if (const auto set = importstore::setOutcomes(database, key, outcomes, *added); !set)
                return set;
            const auto followUps = importstore::addUnknownCustomers(database, key, named);
            added->followUps = followUps.value_or(0);
            return followUps ? DatabaseResult<void>() : std::unexpected(followUps.error());
        },
        Ledger::Durability::Normal, this,
        [this, added](const DatabaseResult<void> &result) {
            --m_committing;
            if (result)
                committed(*added);
            else
                fail(result.error());
        });
}

void ImportWorker::committed(const ImportCounts &added)
{
    m_counts.found += added.found;
    m_counts.followUpsFound += added.followUpsFound;
    m_counts.notFound += added.notFound;
    m_counts.failed += added.failed;
    m_counts.total += added.followUps;
    m_counts.followUps += added.followUps;
    m_followUpsRead = m_followUpsRead && added.followUps == 0;
    measureRate();
    tell();
    fill();
    dropOpen();
}

void ImportWorker::measureRate()
{
    if (m_state != Job::State::Running || m_rateTime.elapsed() < rateWindowMs)
        return;
    m_perSecond = static_cast<int>((m_counts.done() - m_rateFrom) * 1000 / m_rateTime.restart());
    m_rateFrom = m_counts.done();
}

void ImportWorker::settle()
{
    const bool isIdle = m_flights.empty() && m_ready.empty() && m_allRead && m_followUpsRead && m_results.isEmpty()
        && m_committing == 0 && !m_read.isActive() && !m_findingFollowUps;
    if (m_state != Job::State::Running || !isIdle)
        return;
    if (!m_followedUp)
        findFollowUps();
    else if (std::exchange(m_retryWanted, false) && m_counts.notFound + m_counts.failed > 0)
        retryNow();
    else
        end();
}

//! The customers that the payments named, so that the payments show names.
void ImportWorker::findFollowUps()
{
    m_findingFollowUps = true;
    m_read = m_ledger.read<QList<RecordRef>>(
        [key = m_key](Database &database) { return importstore::unknownCustomers(database, key); }, this,
        [this](const DatabaseResult<QList<RecordRef>> &customers) {
            m_read = {};
            if (!customers)
                return fail(customers.error());
            addFollowUps(*customers, 0);
        },
        Ledger::Lane::Long);
}

void ImportWorker::addFollowUps(const QList<RecordRef> &customers, qsizetype from)
{
    if (from >= customers.size()) {
        m_findingFollowUps = false;
        m_followedUp = true;
        m_followUpsRead = customers.isEmpty();
        return fill();
    }
    const qsizetype count = std::min(linesPerWrite, customers.size() - from);
    m_ledger.write(
        [key = m_key, some = customers.sliced(from, count)](Database &database) -> DatabaseResult<void> {
            const auto added = importstore::addFollowUps(
                database, key, {some.cbegin(), static_cast<std::size_t>(some.size())});
            return added ? DatabaseResult<void>() : std::unexpected(added.error());
        },
        Ledger::Durability::Normal, this,
        [this, customers, from, count](const DatabaseResult<void> &result) {
            if (!result)
                return fail(result.error());
            m_counts.total += count;
            m_counts.followUps += count;
            tell();
            addFollowUps(customers, from + count);
        });
}

void ImportWorker::end()
{
    m_ledger.write([key = m_key](Database &database) { return importstore::setState(database, key, u"DONE"); },
        Ledger::Durability::Normal, nullptr, {});
    setState(Job::State::Done);
}

} // namespace models

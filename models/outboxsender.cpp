// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outboxsender.h"

#include "models/intentcheck.h"
#include "models/intentrequest.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <iterator>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int retryWriteMs = 2'000;
constexpr qint64 retrySendMs = 10'000;
constexpr qint64 clockToleranceMs = 5'000; //!< a clock that is set right from the network moves by less

qint64 senderNow()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QString tooLateText(OutboxState state)
{
    switch (state) {
    case OutboxState::Held:
        return OutboxSender::tr("It has not been sent yet. Press Send now instead.");
    case OutboxState::Sending:
        return OutboxSender::tr("It is being sent right now.");
    case OutboxState::Accepted:
        return OutboxSender::tr("It was sent already, and the server took it.");
    case OutboxState::Refused:
        return OutboxSender::tr("It was sent already, and the server refused it.");
    case OutboxState::Unknown:
        return OutboxSender::tr("It was sent already; its outcome is not known yet.");
    case OutboxState::Withdrawn:
        return OutboxSender::tr("It was taken back already.");
    }
    Q_UNREACHABLE();
}

// The same key at another service would be a new payment there.
QString otherServiceText(const OutboxEntry &entry, const QString &service)
{
    return OutboxSender::tr("Nothing was sent: this was written down for %1, and the profile now points to %2. Set the "
                            "address back to send it.")
        .arg(entry.service, service.isEmpty() ? OutboxSender::tr("no address") : service);
}

// The bytes name the merchant whose money moves, and the key is remembered for that merchant.
QString otherMerchantText(const QString &written, const QString &now)
{
    return OutboxSender::tr(
        "Nothing was sent: this was written down for merchant %1, and the profile now names %2. Set "
        "the merchant id back to send it.")
        .arg(written, now);
}

} // namespace

//! What the writer thread found out and the sender needs afterwards.
struct OutboxSender::Step
{
    std::optional<OutboxEntry> entry = {}; //!< set when the change to sending is committed
    StoredRequest request = {};
    QString whyNot = {};
};

OutboxSender::OutboxSender(
    Ledger &ledger, api::Client &client, InstanceLock &lock, const OutboxOptions &options, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_client(client)
    , m_lock(lock)
    , m_askAgainAfterSeconds(options.askAgainAfterSeconds)
    , m_due(this)
    , m_retry(this)
    , m_clock(options.clock ? options.clock : &senderNow)
{
    setMerchant(options.merchant);
    m_due.setSingleShot(true);
    m_retry.setSingleShot(true);
    const auto retryAll = [this] {
        const std::map<qint64, Judged> waiting = m_unwritten;
        for (const auto &[key, judged] : waiting)
            writeOutcome(key);
    };
    connect(&m_due, &QTimer::timeout, this, &OutboxSender::sendDue);
    connect(&m_retry, &QTimer::timeout, this, retryAll);
    connect(&ledger, &Ledger::writeRecovered, this, retryAll);
}

void OutboxSender::setMerchant(const api::MerchantId &merchant)
{
    m_merchant = merchant;
}

void OutboxSender::countDown(qint64 key, qint64 holdUntil)
{
    const qint64 now = m_clock();
    CountDown &counting = m_countDowns[key];
    counting = {.startedAt = now, .waitMs = std::max<qint64>(0, holdUntil - now)};
    counting.running.start();
    armCountDown();
}

void OutboxSender::armCountDown()
{
    if (m_countDowns.empty())
        return m_due.stop();
    const auto next = std::ranges::min_element(m_countDowns, {}, [](const auto &pair) { return pair.second.left(); });
    m_due.start(int(std::clamp<qint64>(next->second.left(), 0, 3'600'000)));
}

void OutboxSender::sendDue()
{
    std::map<qint64, CountDown> due;
    std::ranges::copy_if(
        m_countDowns, std::inserter(due, due.end()), [](const auto &pair) { return pair.second.left() <= 0; });
    for (const auto &[key, counted] : due) {
        // Somebody pressed Send now, and whether that could be written is not known yet.
        if (m_underWay.contains(key)) {
            countDown(key, m_clock() + retryWriteMs);
            continue;
        }
        m_countDowns.erase(key);
        const qint64 byTheClock = m_clock() - counted.startedAt;
        if (std::abs(byTheClock - counted.running.elapsed()) > clockToleranceMs)
            holdBack(key);
        else
            start(key, OutboxState::Held, true, {});
    }
    armCountDown();
}

void OutboxSender::holdBack(qint64 key)
{
    const auto later = [this, key] { QTimer::singleShot(int(retrySendMs), this, [this, key] { holdBack(key); }); };
    // A person pressed Send now while this could not be written.
    if (!m_underWay.insert(key).second)
        return later();
    const QString why = tr("Not sent: the computer slept, or its clock was changed, while this was counting down. Look "
                           "at it again, then press Send now or take it back.");
    const auto job = [&ledger = m_ledger, key, why](Database &database) -> DatabaseResult<void> {
        if (const auto kept = keepHeld(database, key, why); !kept)
            return std::unexpected(kept.error());
        ledger.noteChange(RecordKind::OutboxEntry, key);
        return {};
    };
    m_ledger.write(job, Ledger::Durability::Full, this, [this, key, later](const DatabaseResult<void> &written) {
        m_underWay.erase(key);
        // Whatever the disk does, it is not sent by itself any more.
        if (!written)
            later();
        emit changed(key);
    });
}

QSet<qint64> OutboxSender::underWay() const
{
    return QSet<qint64>(m_underWay.begin(), m_underWay.end());
}

void OutboxSender::send(qint64 key, OutboxState from, const Outbox::ChangeHandler &handler)
{
    start(key, from, false, handler);
}

void OutboxSender::start(qint64 key, OutboxState from, bool byCountDown, const Outbox::ChangeHandler &handler)
{
    const auto tell = [this, handler](const QString &whyNot) {
        if (handler)
            QMetaObject::invokeMethod(
                this, [handler, whyNot] { handler(std::unexpected(whyNot)); }, Qt::QueuedConnection);
    };
    if (m_underWay.contains(key))
        return tell(tooLateText(OutboxState::Sending));
    // Without the lock another console would take what is being sent for a dead one's.
    if (!m_lock.hold()) {
        if (byCountDown)
            countDown(key, m_clock() + retrySendMs);
        return tell(tr("Nothing was sent.") + u' ' + lockProblemText());
    }
    m_underWay.insert(key);
    auto step = std::make_shared<Step>();
    const Sender sender{
        .owner = m_lock.instance(), .service = m_client.host(), .merchant = m_merchant, .byCountDown = byCountDown};
    const auto job = [&ledger = m_ledger, key, from, step, sender](Database &database) -> DatabaseResult<void> {
        auto begun = begin(database, key, from, sender);
        if (!begun)
            return std::unexpected(begun.error());
        *step = *std::move(begun);
        ledger.noteChange(RecordKind::OutboxEntry, key);
        return {};
    };
    m_ledger.write(
        job, Ledger::Durability::Full, this, [this, key, from, step, handler](const DatabaseResult<void> &written) {
            begun(key, from, *step, written, handler);
        });
}

// In the writer's thread, inside the transaction that makes this process the one that sends.
DatabaseResult<OutboxSender::Step> OutboxSender::begin(
    Database &database, qint64 key, OutboxState from, const Sender &sender)
{
    const auto entry = readOutboxEntry(database, key);
    if (!entry)
        return std::unexpected(entry.error());
    if (!*entry || (*entry)->state != from)
        return Step{.whyNot = *entry ? tooLateText((*entry)->state) : tr("There is no such entry.")};
    if (sender.byCountDown && (*entry)->holdUntil == 0)
        return Step{.whyNot = outboxNextStep(**entry, senderNow())};
    const auto request = readStoredRequest(database, key);
    if (!request)
        return std::unexpected(request.error());
    const QString changed = changedProfileText(**entry, (*request)->data, sender);
    if (!changed.isEmpty())
        return from == OutboxState::Held ? keepHeld(database, key, changed) : Step{.whyNot = changed};
    if (from == OutboxState::Unknown && !outboxActions(**entry, senderNow()).askAgain)
        return Step{.whyNot = outboxNextStep(**entry, senderNow())};
    const auto obstacle = from == OutboxState::Held ? obstacleToSending(database, **entry) : QString();
    if (!obstacle)
        return std::unexpected(obstacle.error());
    if (!obstacle->isEmpty())
        return keepHeld(database, key, *obstacle);
    const auto taken = takeOutboxStep(database, key,
        {.from = {from},
            .to = OutboxState::Sending,
            .at = senderNow(),
            .owner = sender.owner,
            .countsAsAttempt = true});
    if (!taken)
        return std::unexpected(taken.error());
    return Step{.entry = **entry, .request = **request, .whyNot = {}};
}

//! Empty when the profile still points to where the entry was written down for.
QString OutboxSender::changedProfileText(
    const OutboxEntry &entry, const api::RequestData &request, const Sender &sender)
{
    if (!entry.service.isEmpty() && entry.service != sender.service)
        return otherServiceText(entry, sender.service);
    const api::MerchantId merchant = merchantOfRequest(request);
    if (!merchant.isEmpty() && !sender.merchant.isEmpty() && merchant != sender.merchant)
        return otherMerchantText(merchant.text(), sender.merchant.text());
    return {};
}

DatabaseResult<OutboxSender::Step> OutboxSender::keepHeld(Database &database, qint64 key, const QString &why)
{
    const auto kept = takeOutboxStep(database, key,
        {.from = {OutboxState::Held},
            .to = OutboxState::Held,
            .at = senderNow(),
            .answer = why,
            .holdUntil = 0,
            .owner = QString()});
    if (!kept)
        return std::unexpected(kept.error());
    return Step{.whyNot = why};
}

void OutboxSender::begun(qint64 key, OutboxState from, const Step &step, const DatabaseResult<void> &written,
    const Outbox::ChangeHandler &handler)
{
    const bool sends = written && step.entry;
    if (sends)
        handOver(*step.entry, step.request);
    else
        m_underWay.erase(key);
    if (!written && from == OutboxState::Held && !handler)
        countDown(key, m_clock() + retrySendMs);
    if (handler && sends)
        handler({});
    else if (handler)
        handler(std::unexpected(
            written ? step.whyNot : tr("Nothing was sent.") + u' ' + databaseErrorText(written.error())));
    emit changed(key);
}

void OutboxSender::handOver(const OutboxEntry &entry, const StoredRequest &request)
{
    m_countDowns.erase(entry.key);
    const Attempt attempt{.kind = entry.kind,
        .original = entry.original,
        .reference = entry.reference,
        .amount = entry.amount,
        .earlierMayHaveArrived = request.mayHaveArrived};
    m_calls[entry.key] = m_client.sendRaw(request.data, this,
        [this, entry, attempt](const api::Result<api::Answer> &answer) { finish(entry, outcomeOf(attempt, answer)); });
}

void OutboxSender::finish(const OutboxEntry &entry, const Outcome &outcome)
{
    m_unwritten[entry.key] = {.entry = entry, .outcome = outcome};
    writeOutcome(entry.key);
}

void OutboxSender::writeOutcome(qint64 key)
{
    const Outcome outcome = m_unwritten.at(key).outcome;
    const OutboxStep step{.to = outcome.state,
        .at = senderNow(),
        .answer = outcome.answer,
        .result = outcome.result,
        .holdUntil = 0,
        .owner = outcome.state == OutboxState::Held ? std::optional(QString()) : std::nullopt,
        .mayHaveArrived = outcome.state == OutboxState::Unknown};
    const api::TransactionId original = m_unwritten.at(key).entry.original;
    const auto job = [&ledger = m_ledger, key, step, original, instance = m_lock.instance()](
                         Database &database) -> DatabaseResult<void> {
        const auto trusted = withoutForeignResult(database, key, step);
        if (!trusted)
            return std::unexpected(trusted.error());
        const auto taken = takeOutcome(database, key, *trusted, instance);
        if (!taken)
            return std::unexpected(taken.error());
        ledger.noteChange(RecordKind::OutboxEntry, key);
        if (const auto row = original.isEmpty() ? 0 : transactionKey(database, original); row && *row > 0)
            ledger.noteChange(RecordKind::Transaction, *row);
        return {};
    };
    m_ledger.write(job, Ledger::Durability::Full, this, [this, key](const DatabaseResult<void> &written) {
        if (written)
            outcomeWritten(key);
        else
            m_retry.start(retryWriteMs);
    });
}

// What a sweep took for a dead console's is Unknown by now. Another console may have asked again since: then only an
// acceptance that names its payment counts, which is true whatever was written meanwhile.
DatabaseResult<bool> OutboxSender::takeOutcome(Database &database, qint64 key, OutboxStep step, const QString &instance)
{
    step.from = {OutboxState::Sending};
    step.ownedBy = instance;
    const auto ours = takeOutboxStep(database, key, step);
    if (!ours || *ours)
        return ours;
    step.from = {OutboxState::Unknown};
    step.ownedBy.clear();
    if (step.to == OutboxState::Accepted && step.result && !step.result->isEmpty())
        step.from += {OutboxState::Sending, OutboxState::Refused};
    return takeOutboxStep(database, key, step);
}

void OutboxSender::outcomeWritten(qint64 key)
{
    const auto found = m_unwritten.find(key);
    if (found == m_unwritten.end())
        return;
    const Judged judged = found->second;
    m_unwritten.erase(found);
    m_calls.erase(key);
    m_underWay.erase(key);
    if (judged.outcome.state == OutboxState::Unknown)
        askLater(key);
    emit changed(key);
    if (!judged.outcome.result.isEmpty())
        emit resultKnown(judged.outcome.result.text());
    else if (judged.entry.kind == OutboxKind::Cancel && judged.outcome.state != OutboxState::Held)
        emit resultKnown(judged.entry.original.text());
}

void OutboxSender::askLater(qint64 key)
{
    const int times = m_timesAsked[key]++;
    if (times < m_askAgainAfterSeconds.size())
        QTimer::singleShot(
            m_askAgainAfterSeconds.at(times) * 1000, this, [this, key] { send(key, OutboxState::Unknown, {}); });
}

} // namespace models

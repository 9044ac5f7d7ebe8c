// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/deliverqueue.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <utility>

namespace sandbox {

namespace {

constexpr std::size_t mostOver = 2000;
constexpr int tidyInterval = 1000;

constexpr std::array<std::string_view, 6> stateNames{"waiting", "sending", "delivered", "givenUp", "lost", "dropped"};

Delivery copyOf(const Delivery &delivery)
{
    return {.id = delivery.id,
        .target = delivery.target,
        .eventType = delivery.eventType,
        .resource = delivery.resource,
        .body = delivery.body};
}

} // namespace

std::string_view nameOf(DeliveryState state)
{
    return stateNames[static_cast<std::size_t>(state)];
}

std::optional<DeliveryState> deliveryStateByName(std::string_view name)
{
    const auto found = std::ranges::find(stateNames, name);
    if (found == stateNames.end())
        return std::nullopt;
    return static_cast<DeliveryState>(found - stateNames.begin());
}

Posting postingOf(const Delivery &delivery, const Target &target, Millis now, std::chrono::milliseconds timeout)
{
    Mishaps mishaps;
    if (delivery.attempts == 1)
        mishaps = delivery.mishaps;
    Posting posting{.url = QUrl(QString::fromStdString(target.url)), .timeout = timeout};
    posting.body = mishaps.has(TroubleKind::Garbage) ? delivery.body.substr(0, delivery.body.size() / 2)
                                                     : delivery.body;
    const std::string secret = mishaps.has(TroubleKind::WrongSignature) ? target.secret + "~" : target.secret;
    const Millis stamp = mishaps.has(TroubleKind::OldTimestamp) ? now - oneHour : now;
    posting.headers = signatureHeaders(target.signing,
        {.secret = secret, .uniqueId = delivery.id, .unixSeconds = stamp / oneSecond, .body = posting.body});
    if (mishaps.has(TroubleKind::NoSignature))
        posting.headers.clear();
    if (mishaps.has(TroubleKind::CutSignature) && !posting.headers.empty()) {
        std::string &signature = posting.headers.front().second;
        signature.resize(signature.size() / 2);
    }
    return posting;
}

DeliverQueue::DeliverQueue(const DeliverOptions &options, Targets targets)
    : m_options(options)
    , m_targets(std::move(targets))
    , m_client(options.insecure)
{
    m_elapsed.start();
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &DeliverQueue::wake);
    connect(&m_tidy, &QTimer::timeout, this, &DeliverQueue::tidy);
    m_tidy.start(tidyInterval);
    for (const TroubleRule &rule : options.troubles)
        m_troubles.add(rule);
}

DeliverQueue::~DeliverQueue()
{
    noteHealth();
    m_log.flush();
}

std::expected<void, std::string> DeliverQueue::open(const QString &file, bool fresh)
{
    auto loaded = m_log.open(file, fresh);
    if (!loaded)
        return std::unexpected(loaded.error());
    m_all = std::move(loaded->waiting);
    m_health = std::move(loaded->health);
    m_lastNumber = loaded->lastNumber;
    for (const auto &[number, delivery] : m_all)
        m_lanes[delivery.target].waiting.push_back(number);
    if (!m_all.empty())
        wakeIn(0);
    return {};
}

bool DeliverQueue::forgetAll()
{
    m_all.clear();
    m_over.clear();
    m_lanes.clear();
    m_aside.clear();
    m_health.clear();
    m_unnoted.clear();
    m_troubles.clear();
    m_held = false;
    return m_log.clear();
}

std::uint64_t DeliverQueue::add(Delivery delivery)
{
    delivery.mishaps = m_troubles.take(delivery.eventType);
    enqueue(std::move(delivery), false);
    return m_lastNumber;
}

void DeliverQueue::enqueue(Delivery delivery, bool first)
{
    delivery.number = ++m_lastNumber;
    delivery.queuedAt = QDateTime::currentMSecsSinceEpoch();
    m_log.queued(delivery);
    const Delivery &kept = m_all.emplace(delivery.number, std::move(delivery)).first->second;
    Lane &lane = m_lanes[kept.target];
    if (first)
        lane.waiting.push_front(kept.number);
    else
        lane.waiting.push_back(kept.number);
    if (lane.waiting.size() > m_options.backlog) {
        const auto oldest = lane.waiting.front();
        lane.waiting.pop_front();
        finish(m_all.at(oldest), DeliveryState::Dropped);
    }
    if (lane.underWay < m_options.connections)
        wakeIn(0);
}

std::optional<std::uint64_t> DeliverQueue::resend(std::uint64_t number)
{
    const auto found = m_all.find(number);
    if (found == m_all.end())
        return std::nullopt;
    enqueue(copyOf(found->second), false);
    return m_lastNumber;
}

void DeliverQueue::hold(bool held)
{
    m_held = held;
    wakeIn(0);
}

void DeliverQueue::setConnections(int connections)
{
    m_options.connections = connections;
    wakeIn(0);
}

std::size_t DeliverQueue::waitingFor(const std::string &target) const
{
    const auto lane = m_lanes.find(target);
    return lane == m_lanes.end() ? 0 : lane->second.waiting.size() + static_cast<std::size_t>(lane->second.underWay);
}

Health DeliverQueue::healthOf(const std::string &target) const
{
    const auto health = m_health.find(target);
    return health == m_health.end() ? Health{} : health->second;
}

void DeliverQueue::noteAttempt(const std::string &target, int status)
{
    Health &health = m_health[target];
    const bool success = status >= 200 && status < 300;
    health.lastAttempt = QDateTime::currentMSecsSinceEpoch();
    health.lastStatus = status;
    health.failuresInARow = success ? 0 : health.failuresInARow + 1;
    if (success)
        health.lastSuccess = health.lastAttempt;
    m_unnoted.insert(target);
}

void DeliverQueue::pumpAll()
{
    for (const auto &[target, lane] : m_lanes)
        pump(target);
}

void DeliverQueue::pump(const std::string &target)
{
    Lane &lane = m_lanes[target];
    while (!m_held && !lane.waiting.empty() && lane.underWay < m_options.connections) {
        const qint64 wait = lane.blockedUntil - m_elapsed.elapsed();
        if (wait > 0) {
            wakeIn(wait);
            return;
        }
        Delivery &delivery = m_all.at(lane.waiting.front());
        if (takesMishap(lane, delivery))
            continue;
        lane.waiting.pop_front();
        if (const auto goal = m_targets(target))
            start(lane, delivery, *goal);
        else
            finish(delivery, DeliveryState::Dropped);
    }
}

// What keeps it from being sent now; each happens once.
bool DeliverQueue::takesMishap(Lane &lane, Delivery &delivery)
{
    Mishaps &mishaps = delivery.mishaps;
    if (mishaps.has(TroubleKind::Lose)) {
        lane.waiting.pop_front();
        finish(delivery, DeliveryState::Lost);
        return true;
    }
    if (mishaps.has(TroubleKind::Reorder)) {
        mishaps.unset(TroubleKind::Reorder);
        lane.waiting.pop_front();
        setAside(delivery.number, mishaps.delay);
        return true;
    }
    if (mishaps.has(TroubleKind::Delay)) {
        mishaps.unset(TroubleKind::Delay);
        block(lane, mishaps.delay);
        return true;
    }
    return false;
}

void DeliverQueue::start(Lane &lane, Delivery &delivery, const Target &target)
{
    ++lane.underWay;
    ++delivery.attempts;
    delivery.state = DeliveryState::Sending;
    delivery.lastAttempt = QDateTime::currentMSecsSinceEpoch();
    m_client.post(postingOf(delivery, target, delivery.lastAttempt, std::chrono::milliseconds(m_options.timeout)),
        [this, number = delivery.number](const Outcome &outcome) { answered(number, outcome); });
}

void DeliverQueue::answered(std::uint64_t number, const Outcome &outcome)
{
    const auto found = m_all.find(number);
    if (found == m_all.end())
        return;
    Delivery &delivery = found->second;
    Lane &lane = m_lanes[delivery.target];
    --lane.underWay;
    delivery.lastStatus = outcome.status;
    delivery.lastError = outcome.error;
    delivery.lastSeconds = outcome.seconds;
    noteAttempt(delivery.target, outcome.status);
    const std::string target = delivery.target;
    if (outcome.isSuccess())
        succeeded(delivery);
    else
        failed(lane, delivery);
    pump(target);
}

void DeliverQueue::succeeded(Delivery &delivery)
{
    if (delivery.mishaps.has(TroubleKind::Duplicate))
        enqueue(copyOf(delivery), true);
    if (delivery.mishaps.has(TroubleKind::ChangedDuplicate)) {
        Delivery changed = copyOf(delivery);
        changed.body.insert(1, R"("note":"another body under the same id",)");
        enqueue(std::move(changed), true);
    }
    finish(delivery, DeliveryState::Delivered);
}

void DeliverQueue::failed(Lane &lane, Delivery &delivery)
{
    const auto attempt = static_cast<std::size_t>(delivery.attempts);
    if (attempt > m_options.retries.size()) {
        finish(delivery, DeliveryState::GivenUp);
        return;
    }
    delivery.state = DeliveryState::Waiting;
    const Millis wait = m_options.retries[attempt - 1];
    if (m_options.connections > 1) {
        setAside(delivery.number, wait);
        return;
    }
    lane.waiting.push_front(delivery.number);
    block(lane, wait);
}

void DeliverQueue::setAside(std::uint64_t number, Millis wait)
{
    m_aside.emplace(m_elapsed.elapsed() + wait, number);
    wakeIn(wait);
}

void DeliverQueue::block(Lane &lane, Millis wait)
{
    lane.blockedUntil = m_elapsed.elapsed() + wait;
    wakeIn(wait);
}

void DeliverQueue::finish(Delivery &delivery, DeliveryState state)
{
    delivery.state = state;
    m_log.ended(delivery.number);
    m_over.push_back(delivery.number);
    if (m_over.size() > mostOver) {
        m_all.erase(m_over.front());
        m_over.pop_front();
    }
}

void DeliverQueue::wakeIn(Millis wait)
{
    const auto ms = static_cast<int>(std::min<Millis>(wait, oneDay));
    if (!m_wake.isActive() || m_wake.remainingTime() > ms)
        m_wake.start(ms);
}

void DeliverQueue::wake()
{
    while (!m_aside.empty() && m_aside.begin()->first <= m_elapsed.elapsed()) {
        const auto number = m_aside.begin()->second;
        m_aside.erase(m_aside.begin());
        if (const auto found = m_all.find(number); found != m_all.end())
            m_lanes[found->second.target].waiting.push_front(number);
    }
    if (!m_aside.empty())
        wakeIn(m_aside.begin()->first - m_elapsed.elapsed());
    pumpAll();
}

void DeliverQueue::noteHealth()
{
    for (const std::string &target : std::exchange(m_unnoted, {}))
        m_log.noteHealth(target, m_health[target]);
}

void DeliverQueue::tidy()
{
    noteHealth();
    m_log.flush();
    if (!m_log.isBloated())
        return;
    DeliverLog::Loaded live{.waiting = m_all, .health = m_health, .lastNumber = m_lastNumber};
    for (const std::uint64_t number : m_over)
        live.waiting.erase(number);
    m_log.rewrite(live);
}

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/events.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace sandbox {

namespace {

constexpr std::size_t mostRecent = 1000;
constexpr std::string_view cancelEvent = "payment.canceled";

std::string_view eventTypeOf(TransactionState state)
{
    switch (state) {
    case TransactionState::Created:
        return "payment.created";
    case TransactionState::Pending:
        return "payment.pending";
    case TransactionState::Authorized:
        return "payment.authorized";
    case TransactionState::Scheduled:
        return "payment.scheduled";
    case TransactionState::Initiated:
        return "payment.initiated";
    case TransactionState::Succeeded:
        return "payment.succeeded";
    case TransactionState::RetryableFailed:
        return {};
    case TransactionState::TerminalFailed:
        return "payment.failed";
    case TransactionState::Canceled:
        return cancelEvent;
    }
    return {};
}

Event eventOf(const Transaction &transaction, std::string_view type, Millis at)
{
    return {.type = std::string(type),
        .subject = Subject::Payment,
        .resource = transaction.id,
        .reference = transaction.reference,
        .returnCode = {},
        .credit = transaction.credit,
        .at = at};
}

} // namespace

std::string_view nameOf(Subject subject)
{
    switch (subject) {
    case Subject::Payment:
        return "payment";
    case Subject::Customer:
        return "customer";
    }
    return {};
}

Events::Events(const Book &book, const Store &store, const Clock &clock, Millis since, bool tellsOfCancels)
    : m_book(book)
    , m_store(store)
    , m_clock(clock)
    , m_tellsOfCancels(tellsOfCancels)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Events::tellDue);
    for (const Created &created : store.created()) {
        const auto events = eventsOf(book.asTransaction(created));
        const auto told = std::ranges::count_if(events, [since](const Event &event) { return event.at <= since; });
        m_told.emplace(created.id, static_cast<std::size_t>(told));
        m_due.emplace(since, created.id);
    }
    schedule();
}

// Past and future, in order.
std::vector<Event> Events::eventsOf(const Transaction &transaction) const
{
    std::vector<Event> events;
    for (const TimelineStep &step : transaction.timeline) {
        const std::string_view type = eventTypeOf(step.state);
        if (type.empty() || (type == cancelEvent && !m_tellsOfCancels))
            continue;
        events.push_back(eventOf(transaction, type, step.at));
        if (step.state == TransactionState::TerminalFailed && transaction.timeline.failure)
            events.back().returnCode = transaction.timeline.failure->code;
    }
    const auto settled = transaction.timeline.succeededAt();
    if (settled && !transaction.credit)
        events.push_back(eventOf(transaction, "payment.disbursed", disbursedAt(businessDayOf(*settled))));
    for (std::size_t step = 0; step < events.size(); ++step)
        events[step].step = static_cast<int>(step);
    return events;
}

std::optional<Event> Events::latestOf(const Transaction &transaction) const
{
    const Millis now = m_clock.now();
    std::optional<Event> latest;
    for (Event &event : eventsOf(transaction)) {
        if (event.at <= now)
            latest = std::move(event);
    }
    return latest;
}

void Events::follow(const std::string &id)
{
    if (!m_told.contains(id))
        m_told.emplace(id, toldBefore(id));
    m_due.emplace(m_clock.now(), id);
    schedule();
}

// What was made through the API starts from its beginning; of the history only the cancel is news.
std::size_t Events::toldBefore(const std::string &id) const
{
    const auto transaction = m_store.find(id) ? std::nullopt : m_book.transaction(id);
    const auto events = transaction ? eventsOf(*transaction) : std::vector<Event>();
    return static_cast<std::size_t>(
        std::ranges::count_if(events, [](const Event &event) { return event.type != cancelEvent; }));
}

void Events::announce(Event event)
{
    if (event.at == 0)
        event.at = m_clock.now();
    tell(std::move(event));
}

void Events::clockMoved()
{
    schedule();
}

void Events::forgetAll()
{
    m_due = {};
    m_told.clear();
    m_recent.clear();
    schedule();
}

void Events::tell(Event event)
{
    m_recent.push_back(std::move(event));
    if (m_recent.size() > mostRecent)
        m_recent.pop_front();
    emit happened(m_recent.back());
}

void Events::look(const std::string &id)
{
    const auto told = m_told.find(id);
    const auto transaction = told == m_told.end() ? std::nullopt : m_book.transaction(id);
    if (!transaction)
        return;
    auto events = eventsOf(*transaction);
    const Millis now = m_clock.now();
    while (told->second < events.size() && events[told->second].at <= now)
        tell(std::move(events[told->second++]));
    if (told->second < events.size())
        m_due.emplace(events[told->second].at, id);
    else
        m_told.erase(told);
}

void Events::tellDue()
{
    while (!m_due.empty() && m_due.top().first <= m_clock.now()) {
        const std::string id = m_due.top().second;
        m_due.pop();
        look(id);
    }
    schedule();
}

void Events::schedule()
{
    m_timer.stop();
    if (m_due.empty())
        return;
    const Millis wait = m_due.top().first - m_clock.now();
    if (wait > 0 && m_clock.speed() <= 0)
        return;
    const double real = wait > 0 ? std::ceil(static_cast<double>(wait) / m_clock.speed()) : 0;
    m_timer.start(static_cast<int>(std::min(real, 3'600'000.0)));
}

} // namespace sandbox

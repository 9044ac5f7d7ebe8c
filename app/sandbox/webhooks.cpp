// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/webhooks.h"

#include "app/sandbox/dice.h"

#include <QUuid>

#include <algorithm>

namespace sandbox {

namespace {

constexpr QUuid eventNamespace(0x6f2b31c5, 0x2f0d, 0x4c57, 0x9a, 0x41, 0x77, 0x0e, 0x35, 0xc8, 0x12, 0xd9);
constexpr Millis sampleOffset = 2 * oneHour;

std::string asText(const QUuid &id)
{
    return id.toString(QUuid::WithoutBraces).toStdString();
}

// 2017-09-14T17:14:39.688+0200
std::string timeWithOffset(Millis at)
{
    std::string text = isoDateTime(at + sampleOffset);
    text.pop_back();
    return text + "+0200";
}

bool isReturnCode(std::string_view code)
{
    return code.size() == 3 && code.front() == 'R';
}

void writeMetadata(JsonWriter &out, const Event &event)
{
    if (!event.reference.empty())
        out.text("clientReferenceId", event.reference);
    out.text("resourceId", event.resource).text("resourceType", nameOf(event.subject));
    if (event.subject == Subject::Payment)
        out.text("paymentType", event.credit ? "Credit" : "Debit");
    if (event.type == "payment.failed" && isReturnCode(event.returnCode))
        out.text("achReturnCode", event.returnCode);
}

} // namespace

bool covers(const Subscription &subscription, std::string_view eventType)
{
    if (subscription.type == "ALL")
        return true;
    if (subscription.type == "EVENT")
        return std::ranges::find(subscription.details, eventType) != subscription.details.end();
    const std::string_view category = eventType.starts_with("payment.") ? "PAYMENT"
        : eventType.starts_with("customer.account.")                    ? "ACCOUNT"
                                                                        : "CUSTOMER";
    return std::ranges::find(subscription.details, category) != subscription.details.end();
}

std::string deliveryBody(const Event &event, const std::string &id, bool flat)
{
    JsonWriter out;
    out.beginObject().text("id", id).text("creationTime", timeWithOffset(event.at)).text("eventType", event.type);
    if (!flat)
        out.beginObject("metadata");
    writeMetadata(out, event);
    if (!flat)
        out.endObject();
    out.endObject();
    return out.take();
}

Webhooks::Webhooks(
    const Store &store, const Book &book, const Merchant &merchant, const Events &events, DeliverQueue &queue)
    : m_store(store)
    , m_book(book)
    , m_merchant(merchant)
    , m_events(events)
    , m_queue(queue)
    , m_burst([this] { return isCrowded(); },
          [this] {
              if (const auto event = somePayment())
                  queueFor(*event, asText(QUuid::createUuid()));
          })
{
}

// What a timeline tells has the same id after a restart, so that it is not told twice.
std::string Webhooks::idOf(const Event &event) const
{
    if (event.step < 0)
        return asText(QUuid::createUuid());
    const std::string name = m_queue.log().salt() + event.resource + event.type + std::to_string(event.step)
        + std::to_string(event.at);
    return asText(QUuid::createUuidV5(eventNamespace, QByteArray::fromStdString(name)));
}

void Webhooks::tell(const Event &event)
{
    const std::string id = idOf(event);
    if (m_queue.log().wasTold(id))
        return;
    queueFor(event, id);
    if (event.step >= 0)
        m_queue.log().told(id);
}

void Webhooks::queueFor(const Event &event, const std::string &id)
{
    std::string body;
    for (const auto &[key, subscription] : m_store.subscriptions()) {
        if (!covers(subscription, event.type))
            continue;
        if (body.empty())
            body = deliveryBody(event, id, m_queue.options().flat);
        m_queue.add({.id = id, .target = key, .eventType = event.type, .resource = event.resource, .body = body});
    }
}

std::optional<Event> Webhooks::somePayment()
{
    const auto &created = m_store.created();
    const std::uint64_t total = m_merchant.plan().transactions + created.size();
    if (total == 0)
        return std::nullopt;
    const std::uint64_t index = Dice(m_merchant.plan().seed, 1ULL << 36, m_drawn++).below(total);
    const std::uint64_t ofHistory = m_merchant.plan().transactions;
    const Transaction transaction = index < ofHistory ? m_merchant.transaction(index)
                                                      : m_book.asTransaction(created[index - ofHistory]);
    auto event = m_events.latestOf(transaction);
    if (event) {
        event->at = m_book.now();
        event->step = -1;
    }
    return event;
}

bool Webhooks::startBurst(std::int64_t count, std::int64_t perSecond)
{
    if (m_store.subscriptions().empty() || !somePayment())
        return false;
    m_burst.start(count, perSecond);
    return true;
}

bool Webhooks::isCrowded() const
{
    return std::ranges::any_of(m_store.subscriptions(),
        [this](const auto &entry) { return m_queue.waitingFor(entry.first) > m_queue.options().backlog / 2; });
}

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/deliverlog.h"

#include <QUuid>

#include <algorithm>
#include <utility>

namespace sandbox {

namespace {

constexpr std::size_t mostTold = 20'000;
constexpr std::int64_t tidySize = 4 * 1024 * 1024;

std::string queuedLine(const Delivery &delivery)
{
    JsonWriter line;
    line.beginObject().text("type", "queued").integer("number", static_cast<std::int64_t>(delivery.number));
    line.text("id", delivery.id).text("target", delivery.target).text("event", delivery.eventType);
    line.text("resource", delivery.resource).text("body", delivery.body).integer("at", delivery.queuedAt).endObject();
    return line.take();
}

Delivery readQueued(const Json &line)
{
    return {.number = static_cast<std::uint64_t>(line.integerOf("number")),
        .id = line.textOf("id"),
        .target = line.textOf("target"),
        .eventType = line.textOf("event"),
        .resource = line.textOf("resource"),
        .body = line.textOf("body"),
        .queuedAt = line.integerOf("at")};
}

std::string healthLine(const std::string &target, const Health &health)
{
    JsonWriter line;
    line.beginObject().text("type", "health").text("target", target).integer("lastAttempt", health.lastAttempt);
    line.integer("lastStatus", health.lastStatus).integer("lastSuccess", health.lastSuccess);
    line.integer("failures", health.failuresInARow).endObject();
    return line.take();
}

Health readHealth(const Json &line)
{
    return {.lastAttempt = line.integerOf("lastAttempt"),
        .lastStatus = static_cast<int>(line.integerOf("lastStatus")),
        .lastSuccess = line.integerOf("lastSuccess"),
        .failuresInARow = static_cast<int>(line.integerOf("failures"))};
}

std::string toldLine(const std::string &id)
{
    JsonWriter line;
    line.beginObject().text("type", "told").text("id", id).endObject();
    return line.take();
}

std::string freshSalt()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

} // namespace

std::expected<DeliverLog::Loaded, std::string> DeliverLog::open(const QString &file, bool fresh)
{
    Loaded loaded;
    m_salt = freshSalt();
    if (file.isEmpty())
        return loaded;
    const auto opened = m_journal.open(file, [&](const Json &line) { return fresh || replayLine(line, loaded); });
    if (!opened)
        return std::unexpected(opened.error());
    if (!rewrite(loaded))
        return std::unexpected("cannot write " + file.toStdString());
    return loaded;
}

bool DeliverLog::replayLine(const Json &line, Loaded &loaded)
{
    const std::string type = line.textOf("type");
    const auto number = static_cast<std::uint64_t>(line.integerOf("number"));
    loaded.lastNumber = std::max(loaded.lastNumber, number);
    if (type == "queued")
        loaded.waiting.insert_or_assign(number, readQueued(line));
    else if (type == "ended")
        loaded.waiting.erase(number);
    else if (type == "health")
        loaded.health.insert_or_assign(line.textOf("target"), readHealth(line));
    else if (type == "told")
        remember(line.textOf("id"));
    else if (type == "salt")
        m_salt = line.textOf("salt");
    else
        return false;
    return true;
}

void DeliverLog::queued(const Delivery &delivery)
{
    write(queuedLine(delivery));
}

void DeliverLog::ended(std::uint64_t number)
{
    JsonWriter line;
    line.beginObject().text("type", "ended").integer("number", static_cast<std::int64_t>(number)).endObject();
    write(line.take());
}

void DeliverLog::noteHealth(const std::string &target, const Health &health)
{
    write(healthLine(target, health));
}

void DeliverLog::told(const std::string &id)
{
    remember(id);
    write(toldLine(id));
}

void DeliverLog::remember(const std::string &id)
{
    if (!m_told.insert(id).second)
        return;
    m_toldInOrder.push_back(id);
    if (m_toldInOrder.size() > mostTold) {
        m_told.erase(m_toldInOrder.front());
        m_toldInOrder.pop_front();
    }
}

void DeliverLog::write(std::string line)
{
    if (m_journal.appendSoon(std::move(line)) || std::exchange(m_warned, true))
        return;
    qWarning("the file of undelivered events could not be written");
}

void DeliverLog::flush()
{
    m_journal.flush();
}

bool DeliverLog::isBloated() const
{
    return m_journal.size() > tidySize + 3 * m_sizeWhenTidy;
}

std::string DeliverLog::saltLine() const
{
    JsonWriter line;
    line.beginObject().text("type", "salt").text("salt", m_salt).endObject();
    return line.take() + '\n';
}

bool DeliverLog::rewrite(const Loaded &live)
{
    std::string lines = saltLine();
    for (const std::string &id : m_toldInOrder)
        lines += toldLine(id) + '\n';
    for (const auto &[target, health] : live.health)
        lines += healthLine(target, health) + '\n';
    for (const auto &[number, delivery] : live.waiting)
        lines += queuedLine(delivery) + '\n';
    if (!m_journal.replaceAll(lines))
        return false;
    m_sizeWhenTidy = m_journal.size();
    return true;
}

bool DeliverLog::clear()
{
    m_told.clear();
    m_toldInOrder.clear();
    m_salt = freshSalt();
    return rewrite({});
}

} // namespace sandbox

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandbox.h"

#include <QDateTime>
#include <QSaveFile>

#include <algorithm>
#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace sandbox {

namespace {

constexpr Millis noteGap = oneMinute; // real time that may have passed unnoted before a kill

Millis resumeAt(const Options &options, Millis lastSeen)
{
    const auto gap = static_cast<Millis>(static_cast<double>(noteGap) * options.speed);
    const Millis after = lastSeen + gap;
    return options.start ? after : std::max<Millis>(after, QDateTime::currentMSecsSinceEpoch());
}

std::expected<std::unique_ptr<World>, std::string> openWorld(Options options)
{
    auto store = std::make_unique<Store>();
    options.plan.anchor = freshStart(options);
    Millis start = options.plan.anchor;
    if (!options.stateFile.isEmpty()) {
        const Millis given = options.plan.anchor;
        if (auto opened = store->open(options.stateFile, options.plan); !opened)
            return std::unexpected(opened.error());
        start = store->lastSeen() == 0 ? given : resumeAt(options, store->lastSeen());
    }
    const bool fresh = store->lastSeen() == 0;
    const QString undelivered = options.stateFile.isEmpty() ? QString() : options.stateFile + u".webhooks"_s;
    auto world = std::make_unique<World>(std::move(options), std::move(store), start);
    if (auto opened = world->deliveries.open(undelivered, fresh); !opened)
        return std::unexpected(opened.error());
    return world;
}

void appendIds(QByteArray &out, const Merchant &merchant, IdKind kind, std::uint64_t count)
{
    const char *name = kind == IdKind::Customer ? "customer," : kind == IdKind::Payout ? "payout," : "transaction,";
    for (std::uint64_t index = 0; index < count; ++index) {
        out += name;
        out += merchant.ids().make(kind, index).c_str();
        out += '\n';
    }
}

} // namespace

bool writeIds(const World &world, const QString &file)
{
    const Merchant &merchant = world.merchant;
    QByteArray out("kind,id\n");
    appendIds(out, merchant, IdKind::Customer, merchant.plan().customers);
    for (const auto &[index, linked] : world.store.linkedCustomers()) {
        if (index >= merchant.plan().customers)
            out.append("customer,").append(merchant.ids().make(IdKind::Customer, index).c_str()).append('\n');
    }
    appendIds(out, merchant, IdKind::Payout, merchant.payoutsUntil(world.book.now()));
    appendIds(out, merchant, IdKind::Transaction, merchant.plan().transactions);
    for (const Created &created : world.store.created())
        out.append("transaction,").append(created.id.c_str()).append('\n');
    QSaveFile target(file);
    return target.open(QIODevice::WriteOnly) && target.write(out) == out.size() && target.commit();
}

std::expected<std::unique_ptr<Sandbox>, std::string> Sandbox::start(Options options)
{
    auto world = openWorld(std::move(options));
    if (!world)
        return std::unexpected(world.error());
    const Options &settled = (*world)->options;
    if (!settled.idsFile.isEmpty() && !writeIds(**world, settled.idsFile))
        return std::unexpected("cannot write " + settled.idsFile.toStdString());
    std::unique_ptr<Sandbox> sandbox(new Sandbox);
    sandbox->m_world = *std::move(world);
    if (auto listening = sandbox->listen(settled); !listening)
        return std::unexpected("cannot listen: " + listening.error());
    return sandbox;
}

std::expected<void, std::string> Sandbox::listen(const Options &settled)
{
    m_server = std::make_unique<HttpServer>(*m_world);
    if (!m_server->start(settled.port))
        return std::unexpected(m_server->errorString().toStdString());
    m_world->baseUrl = m_server->address();
    m_world->pagesUrl = m_world->baseUrl;
    if (!settled.tls)
        return {};
    m_pages = std::make_unique<HttpServer>(*m_world, settled.tls);
    if (!m_pages->start(0))
        return std::unexpected(m_pages->errorString().toStdString());
    m_world->pagesUrl = m_pages->address();
    return {};
}

Sandbox::~Sandbox()
{
    if (m_world)
        m_world->store.noteTime(m_world->clock.now());
}

std::string Sandbox::readyLine() const
{
    const Merchant &merchant = m_world->merchant;
    JsonWriter line;
    line.beginObject().text("url", m_world->baseUrl).text("clientId", merchant.clientId());
    line.text("clientSecret", merchant.clientSecret()).text("merchantId", merchant.merchantId());
    line.text("pagesUrl", m_world->pagesUrl);
    const Aggregation &aggregation = m_world->aggregation;
    line.text("aggregationUrl", m_world->baseUrl + std::string(aggregationBase));
    line.text("aggregationClientId", aggregation.clientId());
    line.text("aggregationClientSecret", aggregation.clientSecret());
    line.text("tenantId", aggregation.tenants().front().id).beginArray("tenantIds");
    for (const Tenant &tenant : aggregation.tenants())
        line.item(tenant.id);
    line.endArray().endObject();
    return line.take();
}

} // namespace sandbox

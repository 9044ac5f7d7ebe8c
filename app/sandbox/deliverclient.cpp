// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/deliverclient.h"

#include "app/sandbox/deliverconnection.h"

#include <algorithm>

namespace sandbox {

namespace {

constexpr std::size_t mostIdle = 64; // of one origin

std::string originOf(const QUrl &url)
{
    return url.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo)
        .toStdString();
}

void appendHeader(std::string &out, std::string_view name, std::string_view value)
{
    out.append(name).append(": ");
    // A secret chosen by somebody else must not become a header of its own.
    std::ranges::transform(
        value, std::back_inserter(out), [](char c) { return static_cast<unsigned char>(c) < 0x20 ? ' ' : c; });
    out += "\r\n";
}

std::string requestOf(const Posting &posting)
{
    const QByteArray target = posting.url.path(QUrl::FullyEncoded).toUtf8();
    const QByteArray query = posting.url.query(QUrl::FullyEncoded).toUtf8();
    std::string out = "POST " + (target.isEmpty() ? std::string("/") : target.toStdString());
    if (posting.url.hasQuery())
        out += '?' + query.toStdString();
    out += " HTTP/1.1\r\n";
    appendHeader(
        out, "Host", posting.url.authority(QUrl::FullyEncoded | QUrl::RemoveUserInfo).section(u'@', -1).toStdString());
    appendHeader(out, "User-Agent", "linkmoney-sandbox/" CONSOLE_VERSION);
    appendHeader(out, "Accept", "application/json");
    appendHeader(out, "Content-Type", "application/json");
    appendHeader(out, "Content-Length", std::to_string(posting.body.size()));
    for (const auto &[name, value] : posting.headers)
        appendHeader(out, name, value);
    return out + "\r\n" + posting.body;
}

} // namespace

DeliverClient::DeliverClient(bool insecure)
    : m_insecure(insecure)
{
}

void DeliverClient::post(const Posting &posting, Posted posted)
{
    auto errand = std::make_unique<Errand>();
    errand->url = posting.url;
    errand->origin = originOf(posting.url);
    errand->request = requestOf(posting);
    errand->timeout = posting.timeout;
    errand->posted = std::move(posted);
    run(std::move(errand));
}

void DeliverClient::run(std::unique_ptr<Errand> errand)
{
    DeliverConnection *idle = idleTo(errand->origin);
    DeliverConnection *connection = idle ? idle : connectionFor(*errand);
    connection->run(std::move(errand));
}

DeliverConnection *DeliverClient::idleTo(const std::string &origin)
{
    const auto found = m_idle.find(origin);
    if (found == m_idle.end() || found->second.empty())
        return nullptr;
    DeliverConnection *connection = found->second.back();
    found->second.pop_back();
    return connection;
}

DeliverConnection *DeliverClient::connectionFor(const Errand &errand)
{
    using End = DeliverConnection::End;
    const auto ended = [this](DeliverConnection &connection, std::unique_ptr<Errand> done, const Outcome &outcome,
                           End how) {
        if (how == End::KeptAlive)
            keep(done->origin, &connection);
        else
            discard(&connection);
        if (how == End::Stale)
            run(std::move(done));
        else
            done->posted(outcome);
    };
    auto *connection = new DeliverConnection(errand.url.scheme() == u"https", m_insecure, ended, this);
    connect(connection, &DeliverConnection::idleClosed, this, [this, connection] { discard(connection); });
    return connection;
}

void DeliverClient::keep(const std::string &origin, DeliverConnection *connection)
{
    auto &idle = m_idle[origin];
    if (idle.size() < mostIdle)
        idle.push_back(connection);
    else
        discard(connection);
}

void DeliverClient::discard(DeliverConnection *connection)
{
    for (auto &[origin, idle] : m_idle)
        std::erase(idle, connection);
    std::erase_if(m_idle, [](const auto &entry) { return entry.second.empty(); });
    connection->disconnect(this);
    connection->deleteLater();
}

} // namespace sandbox

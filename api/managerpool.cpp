// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/managerpool.h"

#include "api/writebody.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <algorithm>
#include <span>
#include <utility>

namespace api {
namespace {

// Qt keeps six connections to a host; a few requests more wait beside them, so that none of the six is ever idle.
constexpr std::size_t inFlightPerManager = 12;
// One manager gives at least 6 / 5 ms = 1,200 requests per second.
constexpr qint64 nearbyMs = 5;
constexpr int roundTripsPerLook = 32;

bool isLoopbackHost(const QString &host)
{
    return host == QStringLiteral("localhost") || QHostAddress(host).isLoopback();
}

QString baseAddressProblem(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty())
        return QStringLiteral("the base address is not a URL");
    const bool plainButLocal = url.scheme() == QStringLiteral("http") && isLoopbackHost(url.host());
    if (url.scheme() != QStringLiteral("https") && !plainButLocal)
        return QStringLiteral("the base address is not https");
    return {};
}

//! Every verb that writes goes with a body, if an empty one: only a body that refuses to be read twice keeps Qt
//! from sending the request again.
QNetworkReply *startWrite(QNetworkAccessManager &manager, const QNetworkRequest &request, Verb verb, QIODevice *body)
{
    switch (verb) {
    case Verb::Get:
    case Verb::Post:
        return manager.post(request, body);
    case Verb::Put:
        return manager.put(request, body);
    case Verb::Patch:
        return manager.sendCustomRequest(request, "PATCH", body);
    case Verb::Delete:
        return manager.sendCustomRequest(request, "DELETE", body);
    }
    return nullptr;
}

QNetworkRequest requestTemplate()
{
    QNetworkRequest request;
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("User-Agent", "merchant-console/" CONSOLE_VERSION);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    return request;
}

QByteArray baseText(QUrl url)
{
    url.setUserInfo({});
    QByteArray text = url.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment);
    while (text.endsWith('/'))
        text.chop(1);
    return text;
}

} // namespace

ManagerPool::ManagerPool(const ClientOptions &options)
    : m_options(options)
    , m_template(requestTemplate())
    , m_managers(static_cast<std::size_t>(std::max(1, options.parallelManagers)))
    , m_inUse(m_managers.size())
{
    setBase(options.baseUrl);
}

ManagerPool::~ManagerPool() = default;

void ManagerPool::setBase(const QUrl &baseUrl)
{
    m_base = baseText(baseUrl);
    m_addressProblem = baseAddressProblem(baseUrl);
}

std::unique_ptr<QNetworkAccessManager> ManagerPool::make() const
{
    return m_options.makeManager ? m_options.makeManager() : std::make_unique<QNetworkAccessManager>();
}

std::size_t ManagerPool::leastBusy()
{
    // Ties go to the first, so that a single reader stays on connections that are already open.
    const auto found = std::ranges::min_element(std::span(m_managers).first(m_inUse), {}, &Pooled::busy);
    if (!found->manager)
        found->manager = make();
    return static_cast<std::size_t>(&*found - m_managers.data());
}

QNetworkRequest ManagerPool::request(const Flight &flight, const QByteArray &authorization) const
{
    QNetworkRequest request = m_template;
    request.setUrl(QUrl::fromEncoded(m_base + flight.data.path, QUrl::StrictMode));
    if (!flight.data.contentType.isEmpty())
        request.setRawHeader("Content-Type", flight.data.contentType);
    if (!authorization.isEmpty())
        request.setRawHeader("Authorization", authorization);
    for (const auto &[name, value] : flight.data.headers)
        request.setRawHeader(name, value);
    // HTTP/2 has rules of its own for repeating requests; a write takes the path that is known not to.
    if (!flight.data.safeToRepeat())
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    return request;
}

void ManagerPool::start(Flight &flight, const QByteArray &authorization)
{
    const QNetworkRequest toSend = request(flight, authorization);
    if (flight.data.safeToRepeat()) {
        flight.managerIndex = leastBusy();
        Pooled &pooled = m_managers.at(flight.managerIndex);
        ++pooled.busy;
        flight.reply = pooled.manager->get(toSend);
        return;
    }
    flight.ownManager = make().release();
    auto *body = new WriteBody(flight.data.body, flight.ownManager);
    flight.reply = startWrite(*flight.ownManager, toSend, flight.data.verb, body);
}

void ManagerPool::release(Flight &flight)
{
    flight.reply->deleteLater();
    flight.reply = nullptr;
    if (flight.ownManager) {
        std::exchange(flight.ownManager, nullptr)->deleteLater();
        return;
    }
    --m_managers.at(flight.managerIndex).busy;
    noteRoundTrip(flight.elapsed.elapsed());
}

std::size_t ManagerPool::usefulInFlight() const
{
    return m_inUse * inFlightPerManager;
}

// The quickest of many, so that a busy moment of this machine does not look like a long way.
void ManagerPool::noteRoundTrip(qint64 milliseconds)
{
    m_quickestMs = std::min(m_quickestMs, milliseconds);
    if (++m_roundTrips < roundTripsPerLook)
        return;
    m_inUse = m_quickestMs < nearbyMs ? 1 : m_managers.size();
    m_roundTrips = 0;
    m_quickestMs = std::numeric_limits<qint64>::max();
}

} // namespace api

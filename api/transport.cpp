// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/transport.h"

#include "api/accesstoken.h"
#include "api/redaction.h"

#include <QDateTime>
#include <QNetworkReply>

#include <algorithm>
#include <utility>

namespace api {
namespace {

constexpr int mostRateLimitedTimes = 3;
constexpr int longestPauseSeconds = 60;
constexpr int shortestTimeoutMs = 1;
//! A renewal ahead of time that failed is not tried again with every request.
constexpr qint64 renewalRetryMs = 5000;

//! A value must not be able to end its header.
bool hasSafeHeaders(const RequestData &request)
{
    const auto isControl = [](char character) {
        const auto code = static_cast<unsigned char>(character);
        return code < 0x20 || code == 0x7f;
    };
    return std::ranges::none_of(
        request.headers, [&isControl](const auto &header) { return std::ranges::any_of(header.second, isControl); });
}

} // namespace

Transport::Transport(ClientOptions options, Credentials credentials)
    : m_options(std::move(options))
    , m_credentials(std::move(credentials))
    , m_managers(m_options)
    , m_queue(m_options.maximumPerSecond)
    , m_wake(this)
    , m_deadline(this)
{
    m_clock.start();
    m_wake.setSingleShot(true);
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_wake, &QTimer::timeout, this, &Transport::pump);
    connect(&m_deadline, &QTimer::timeout, this, &Transport::expire);
}

Transport::~Transport()
{
    const auto giveUp = [this](const FlightPtr &flight, Delivery delivery) {
        if (flight->call)
            flight->call->deliver(std::unexpected(localError(ErrorKind::Cancelled, delivery, host())));
    };
    for (const FlightPtr &flight : m_inFlight) {
        flight->reply->disconnect(this);
        flight->reply->abort();
        m_managers.release(*flight);
        giveUp(flight, Delivery::Unknown);
    }
    for (const Auth auth : {Auth::CoreToken, Auth::PaymentToken, Auth::TenantToken}) {
        for (const FlightPtr &flight : m_tokens.takeWaiting(auth))
            giveUp(flight, Delivery::CertainlyNotSent);
    }
    for (const FlightPtr &flight : m_queue.takeAll())
        giveUp(flight, Delivery::CertainlyNotSent);
}

void Transport::setJournal(std::function<void(const JournalEntry &)> journal)
{
    m_journal = std::move(journal);
}

void Transport::setCredentials(Credentials credentials)
{
    m_credentials = std::move(credentials);
    ++m_credentialsGeneration;
    m_tokens.dropAll();
}

void Transport::setEndpoint(const QUrl &baseUrl, Credentials credentials)
{
    m_options.baseUrl = baseUrl;
    m_managers.setBase(baseUrl);
    setCredentials(std::move(credentials));
}

void Transport::submit(FlightPtr flight)
{
    if (m_options.baseUrl.isEmpty())
        return finish(flight,
            std::unexpected(localError(ErrorKind::Offline, Delivery::CertainlyNotSent, {},
                QStringLiteral("the service has not started yet"))));
    if (!flight->data.path.startsWith('/'))
        return finish(flight,
            std::unexpected(localError(ErrorKind::Rejected, Delivery::CertainlyNotSent, host(),
                QStringLiteral("the request has no valid address"))));
    if (!hasSafeHeaders(flight->data))
        return finish(flight,
            std::unexpected(localError(ErrorKind::Rejected, Delivery::CertainlyNotSent, host(),
                QStringLiteral("a line break or another control character is not possible here"))));
    if (const QString problem = m_managers.addressProblem(); !problem.isEmpty())
        return finish(
            flight, std::unexpected(localError(ErrorKind::Untrusted, Delivery::CertainlyNotSent, host(), problem)));
    m_queue.append(std::move(flight));
    pump();
}

void Transport::pump()
{
    const auto allowed = static_cast<std::size_t>(std::max(1, m_options.maximumInFlight));
    while (m_inFlight.size() < std::min(allowed, m_managers.usefulInFlight())) {
        const FlightPtr flight = m_queue.take(now());
        if (!flight)
            break;
        if (authorise(flight))
            start(flight);
    }
    armWake();
}

void Transport::armWake()
{
    const qint64 at = m_queue.wakeAt(now());
    if (at > now())
        m_wake.start(static_cast<int>(at - now()));
}

//! False when the flight has to wait for a token or has ended.
bool Transport::authorise(const FlightPtr &flight)
{
    const Auth auth = flight->data.auth;
    if (auth == Auth::None)
        return true;
    if (m_credentials.clientId.isEmpty() || m_credentials.clientSecret.isEmpty()) {
        finish(flight, std::unexpected(localError(ErrorKind::NoSecret, Delivery::CertainlyNotSent, host())));
        return false;
    }
    if (!TokenCache::needsToken(auth))
        return true;
    if (m_tokens.isUsable(auth, now())) {
        if (m_tokens.isDueForRenewal(auth, now()))
            fetchToken(auth);
        return true;
    }
    m_tokens.slot(auth).waiting.push_back(flight);
    if (!m_tokens.slot(auth).fetching)
        fetchToken(auth);
    return false;
}

void Transport::fetchToken(Auth auth)
{
    m_tokens.slot(auth).fetching = true;
    auto flight = std::make_shared<Flight>();
    const Request<AccessToken> request = TokenCache::requestFor(auth, m_credentials);
    flight->data = request.data;
    flight->readToken = request.read;
    flight->fetchesTokenFor = auth;
    flight->credentialsGeneration = m_credentialsGeneration;
    m_queue.prepend(std::move(flight));
}

QByteArray Transport::authorization(Flight &flight)
{
    switch (flight.data.auth) {
    case Auth::None:
        return {};
    case Auth::Basic:
        return "Basic " + (m_credentials.clientId.toUtf8() + ':' + m_credentials.clientSecret).toBase64();
    case Auth::CoreToken:
    case Auth::PaymentToken:
    case Auth::TenantToken:
        flight.tokenUsed = m_tokens.slot(flight.data.auth).bearer;
        return "Bearer " + flight.tokenUsed;
    }
    return {};
}

void Transport::start(const FlightPtr &flight)
{
    m_queue.noteStart(now());
    flight->startedAt = QDateTime::currentMSecsSinceEpoch();
    flight->elapsed.start();
    m_managers.start(*flight, authorization(*flight));
    m_inFlight.push_back(flight);
    watch(flight);
    if (!m_deadline.isActive())
        m_deadline.start(std::max(shortestTimeoutMs, m_options.timeoutMs));
}

void Transport::watch(const FlightPtr &flight)
{
    connect(flight->reply, &QNetworkReply::finished, this, [this, flight] { onFinished(flight); });
    connect(flight->reply, &QNetworkReply::readyRead, this, [this, raw = flight.get()] { checkSize(*raw); });
    if (!flight->data.safeToRepeat())
        connect(flight->reply, &QNetworkReply::encrypted, this, [raw = flight.get()] { raw->encrypted = true; });
}

void Transport::checkSize(Flight &flight) const
{
    if (flight.tooLarge || flight.reply->bytesAvailable() <= m_options.maximumAnswerBytes)
        return;
    flight.tooLarge = true;
    flight.reply->abort();
}

//! One timer for all flights: it is set for the oldest and finds the next when it fires.
void Transport::expire()
{
    const int limit = std::max(shortestTimeoutMs, m_options.timeoutMs);
    qint64 next = -1;
    const std::vector<FlightPtr> flights = m_inFlight;
    for (const FlightPtr &flight : flights) {
        const qint64 left = limit - flight->elapsed.elapsed();
        if (left <= 0 && flight->reply) {
            flight->timedOut = true;
            flight->reply->abort();
        } else if (next < 0 || left < next) {
            next = left;
        }
    }
    if (next >= 0)
        m_deadline.start(static_cast<int>(std::max<qint64>(next, shortestTimeoutMs)));
}

void Transport::end(const FlightPtr &flight)
{
    flight->reply->disconnect(this);
    m_managers.release(*flight);
    const auto found = std::ranges::find(m_inFlight, flight);
    if (found != m_inFlight.end()) {
        std::swap(*found, m_inFlight.back());
        m_inFlight.pop_back();
    }
}

void Transport::onFinished(const FlightPtr &finished)
{
    const FlightPtr flight = finished; // end() destroys the connection that holds the argument
    ReplyReading reading = readReply(*flight, host());
    end(flight);
    record(*flight, reading);
    if (flight->fetchesTokenFor)
        finishToken(flight, reading.result);
    else if (reading.result || !repeat(flight, reading.result.error()))
        finish(flight, std::move(reading.result));
    pump();
}

void Transport::finish(const FlightPtr &flight, Result<Answer> result)
{
    if (flight->call)
        flight->call->deliver(std::move(result));
}

//! A 401 refuses unread, so even a write may go again with a new token. A 429 is waited out by reads only.
bool Transport::repeat(const FlightPtr &flight, const Error &error)
{
    if (!flight->isWanted())
        return false;
    const bool refusedToken = error.kind == ErrorKind::Unauthorized && TokenCache::needsToken(flight->data.auth);
    if (refusedToken)
        m_tokens.drop(flight->data.auth, flight->tokenUsed);
    if (refusedToken && !flight->repeatedWithNewToken) {
        flight->repeatedWithNewToken = true;
        m_queue.prepend(flight);
        return true;
    }
    return repeatAfterPause(flight, error);
}

bool Transport::repeatAfterPause(const FlightPtr &flight, const Error &error)
{
    if (error.kind != ErrorKind::RateLimited || !flight->data.safeToRepeat()
        || flight->rateLimitedTimes == mostRateLimitedTimes)
        return false;
    const int ownIdea = 1 << flight->rateLimitedTimes++;
    const int seconds = error.retryAfterSeconds > 0 ? error.retryAfterSeconds : ownIdea;
    m_queue.pauseReads(now() + std::min(seconds, longestPauseSeconds) * 1000LL);
    m_queue.prepend(flight);
    return true;
}

void Transport::finishToken(const FlightPtr &flight, const Result<Answer> &result)
{
    const Auth auth = *flight->fetchesTokenFor;
    m_tokens.slot(auth).fetching = false;
    const bool outdated = flight->credentialsGeneration != m_credentialsGeneration;
    if (!outdated) {
        const Result<AccessToken> token = result ? readAnswer(flight->readToken, *result)
                                                 : std::unexpected(result.error());
        if (!token) {
            m_tokens.slot(auth).renewAt = now() + renewalRetryMs;
            return failWaiting(auth, token.error());
        }
        m_tokens.store(auth, *token, now());
    }
    const auto waiting = m_tokens.takeWaiting(auth);
    std::for_each(waiting.rbegin(), waiting.rend(), [this](const FlightPtr &waiter) { m_queue.prepend(waiter); });
}

//! Whatever went wrong with the token, the requests behind it never left.
void Transport::failWaiting(Auth auth, const Error &tokenError)
{
    Error error = tokenError;
    error.delivery = Delivery::CertainlyNotSent;
    if (error.httpStatus == 400)
        error.kind = ErrorKind::Unauthorized;
    else if (error.httpStatus == 404)
        error.kind = ErrorKind::Rejected; // no record is missing: the address is not that of this API
    for (const FlightPtr &flight : m_tokens.takeWaiting(auth)) {
        if (!repeatAfterPause(flight, error))
            finish(flight, std::unexpected(error));
    }
}

void Transport::record(const Flight &flight, const ReplyReading &reading)
{
    if (!m_journal)
        return;
    const bool parsed = reading.result && !reading.result->json.isNull();
    QUrl url = m_options.baseUrl;
    url.setUserInfo({});
    m_journal({.startedAt = flight.startedAt,
        .durationMs = static_cast<int>(flight.elapsed.elapsed()),
        .verb = flight.data.verb,
        .url = url.toString(QUrl::StripTrailingSlash) + QString::fromLatin1(flight.data.path),
        .requestBody = redactedForJournal(flight.data.body),
        .httpStatus = reading.httpStatus,
        .answerBody = parsed ? redactedForJournal(reading.result->json) : redactedForJournal(reading.body),
        .errorKind = reading.result ? QString() : kindName(reading.result.error().kind)});
}

void Transport::abort(const std::shared_ptr<CallState> &call)
{
    const auto found = std::ranges::find_if(
        m_inFlight, [&call](const FlightPtr &flight) { return flight->call == call; });
    if (found != m_inFlight.end())
        cancel(*found);
    pump();
}

void Transport::cancel(const FlightPtr &cancelled)
{
    const FlightPtr flight = cancelled; // end() moves what the argument refers to
    flight->reply->disconnect(this);
    flight->reply->abort();
    record(
        *flight, {.result = std::unexpected(localError(ErrorKind::Cancelled, Delivery::Unknown, host())), .body = {}});
    end(flight);
}

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/replyreader.h"

#include "api/redaction.h"

#include <QDateTime>
#include <QNetworkReply>

#include <algorithm>
#include <array>

namespace api {
namespace {

constexpr qsizetype longestServerMessage = 500;
constexpr qint64 longestRetryAfter = 24 * 3600;

//! Reference 1.2.2: several shapes are about; the first text found is the server's word.
QString serverMessage(const Json &body)
{
    constexpr std::array keys{
        u"errorMessage", u"message", u"errorSummary", u"error_description", u"errorDetails", u"error"};
    for (const char16_t *key : keys) {
        const Json value = body[key];
        if (value.type() == Json::Type::String && !value.text().isEmpty())
            return value.text();
        if (value.type() != Json::Type::Object)
            continue;
        if (const QString nested = serverMessage(value); !nested.isEmpty())
            return nested;
    }
    return {};
}

QString nonJsonMessage(const QByteArray &body)
{
    const QString text = QString::fromUtf8(redactedForJournal(body.left(2000))).simplified();
    return text.startsWith(u'<') ? QString() : text;
}

//! Reference 2.1.1: `details` is a list of complaints with 400 and one reason with 401.
QStringList errorDetailTexts(const Json &details)
{
    QStringList texts;
    if (details.type() == Json::Type::String)
        texts += details.text();
    for (const Json &item : details.items())
        texts += item.text();
    texts.removeAll(QString());
    return texts;
}

//! The aggregation family's body says more than a message.
void readDetailedError(const Json &body, Error &error)
{
    const Json inner = body[u"error"];
    const QStringList details = errorDetailTexts(inner[u"details"]);
    if (error.errorCode.isEmpty())
        error.errorCode = inner[u"code"].text();
    if (!details.isEmpty()) {
        const QString joined = details.join(QStringLiteral("; "));
        error.message = error.message.isEmpty() ? joined : error.message + QStringLiteral(": ") + joined;
    }
    const Json expected = inner[u"expected"];
    const Json received = inner[u"received"];
    if (!expected.isNull() || !received.isNull())
        error.detail = QStringLiteral("expected %1, received %2")
                           .arg(QString::fromUtf8(redactedForJournal(expected)),
                               QString::fromUtf8(redactedForJournal(received)))
                           .left(longestServerMessage);
}

//! Fills in what the server says about the error; bodies are of any of the known shapes or none.
void readErrorBody(const QByteArray &body, Error &error)
{
    const auto json = Json::parse(body);
    if (!json) {
        error.message = nonJsonMessage(body);
        return;
    }
    const Json safe = redacted(*json);
    // Reference 1.2.2; referenceCode is what the proxied Yodlee endpoints call it.
    error.errorId = safe[u"errorId"].isNull() ? safe[u"referenceCode"].text() : safe[u"errorId"].text();
    error.errorCode = safe[u"errorCode"].text();
    error.message = safe.type() == Json::Type::String ? safe.text() : serverMessage(safe);
    readDetailedError(safe, error);
}

int retryAfterSeconds(const QNetworkReply &reply)
{
    const QByteArray header = reply.rawHeader("Retry-After").trimmed().replace("GMT", "+0000");
    bool isNumber = false;
    qint64 seconds = header.toLongLong(&isNumber);
    if (!isNumber && !header.isEmpty()) {
        const QDateTime at = QDateTime::fromString(QString::fromLatin1(header), Qt::RFC2822Date);
        seconds = at.isValid() ? (at.toMSecsSinceEpoch() - QDateTime::currentMSecsSinceEpoch() + 999) / 1000 : 0;
    }
    return static_cast<int>(std::clamp<qint64>(seconds, 0, longestRetryAfter));
}

ErrorKind kindOfStatus(int status)
{
    switch (status) {
    case 401:
        return ErrorKind::Unauthorized;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        return ErrorKind::NotFound;
    case 429:
        return ErrorKind::RateLimited;
    default:
        return status >= 500 ? ErrorKind::Fault : ErrorKind::Rejected;
    }
}

Error refusal(int status, const QNetworkReply &reply, const QByteArray &body, const QString &host)
{
    Error error = localError(kindOfStatus(status), status >= 500 ? Delivery::Unknown : Delivery::Answered, host);
    error.httpStatus = status;
    error.retryAfterSeconds = retryAfterSeconds(reply);
    readErrorBody(body, error);
    error.message = error.message.simplified().left(longestServerMessage);
    return error;
}

Error garbledAnswer(int status, const QString &host, const QString &detail)
{
    Error error = localError(ErrorKind::Garbled, Delivery::Unknown, host);
    error.httpStatus = status;
    error.detail = detail;
    return error;
}

//! No HTTP answer came. Only failures that happen before a request can be written leave no doubt.
Error networkFailure(const Flight &flight, const QString &host)
{
    const QString words = flight.reply->errorString();
    switch (flight.reply->error()) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::ProtocolUnknownError:
        return localError(ErrorKind::Offline, Delivery::CertainlyNotSent, host, words);
    case QNetworkReply::SslHandshakeFailedError:
        // Qt reports a TLS failure in the middle of an exchange under the same name.
        return localError(
            ErrorKind::Untrusted, flight.encrypted ? Delivery::Unknown : Delivery::CertainlyNotSent, host, words);
    default:
        return localError(ErrorKind::Offline, Delivery::Unknown, host, words);
    }
}

bool reportsTimeout(const Flight &flight)
{
    const QNetworkReply::NetworkError error = flight.reply->error();
    return flight.timedOut || error == QNetworkReply::TimeoutError || error == QNetworkReply::OperationCanceledError;
}

Result<Answer> readSuccess(int status, const QByteArray &body, const QString &host)
{
    if (body.trimmed().isEmpty())
        return Answer{.json = {}, .httpStatus = status, .host = host};
    auto json = Json::parse(body);
    if (!json)
        return std::unexpected(garbledAnswer(status, host, json.error()));
    return Answer{.json = *std::move(json), .httpStatus = status, .host = host};
}

Result<Answer> classify(const Flight &flight, int status, const QByteArray &body, const QString &host)
{
    if (status >= 400 && status <= 599)
        return std::unexpected(refusal(status, *flight.reply, body, host));
    if (flight.tooLarge)
        return std::unexpected(
            garbledAnswer(status, host, QStringLiteral("expected a smaller answer, got too many bytes")));
    if (reportsTimeout(flight)) {
        Error error = localError(ErrorKind::TimedOut, Delivery::Unknown, host);
        error.httpStatus = status;
        return std::unexpected(error);
    }
    if (status == 0)
        return std::unexpected(networkFailure(flight, host));
    if (status < 200 || status > 299)
        return std::unexpected(
            garbledAnswer(status, host, QStringLiteral("expected an answer, got HTTP %1").arg(status)));
    if (flight.reply->error() != QNetworkReply::NoError)
        return std::unexpected(garbledAnswer(
            status, host, QStringLiteral("the answer was cut short: %1").arg(flight.reply->errorString())));
    return readSuccess(status, body, host);
}

} // namespace

Error localError(ErrorKind kind, Delivery delivery, const QString &host, const QString &message)
{
    return {.kind = kind, .delivery = delivery, .message = message, .host = host};
}

ReplyReading readReply(const Flight &flight, const QString &host)
{
    const int status = flight.reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray body = flight.tooLarge || !flight.reply->isOpen() ? QByteArray() : flight.reply->readAll();
    return {.result = classify(flight, status, body, host), .body = body, .httpStatus = status};
}

} // namespace api

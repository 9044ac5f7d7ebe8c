// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/error.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace api {
namespace {

class ErrorSentence
{
    Q_DECLARE_TR_FUNCTIONS(api::Error)
};

QString hostName(const Error &error)
{
    return error.host.isEmpty() ? ErrorSentence::tr("the server", "Stands in for a host name inside a sentence")
                                : error.host;
}

QString withServerWords(const QString &sentence, const Error &error)
{
    if (error.message.isEmpty())
        return sentence;
    return ErrorSentence::tr(
        "%1 The server said: \"%2\"", "%1 is a whole sentence, %2 the server's own words in English")
        .arg(sentence, error.message);
}

QString unauthorizedText(const Error &error)
{
    return withServerWords(ErrorSentence::tr("The server did not accept the client ID or the client secret. "
                                             "Check both in the profile's settings.",
                               "HTTP 401 or a refused token call"),
        error);
}

QString rateLimitedText(const Error &error)
{
    if (error.retryAfterSeconds == 1)
        return ErrorSentence::tr("Too many requests at once. Try again in 1 second.", "HTTP 429 with Retry-After");
    if (error.retryAfterSeconds > 1)
        return ErrorSentence::tr("Too many requests at once. Try again in %1 seconds.",
            "HTTP 429 with Retry-After; %1 is the number of seconds")
            .arg(error.retryAfterSeconds);
    return ErrorSentence::tr(
        "Too many requests at once. Wait a minute, then try again.", "HTTP 429 without Retry-After");
}

QString faultText(const Error &error)
{
    QString text = ErrorSentence::tr("The server has a problem of its own. Try again later.", "HTTP 5xx");
    if (!error.errorId.isEmpty())
        text += QLatin1Char(' ')
            + ErrorSentence::tr("If it stays, give support the reference %1.", "%1 is the server's error number")
                  .arg(error.errorId);
    return text;
}

QString deliveryName(Delivery delivery)
{
    switch (delivery) {
    case Delivery::CertainlyNotSent:
        return QStringLiteral("not sent");
    case Delivery::Answered:
        return QStringLiteral("answered");
    case Delivery::Unknown:
        return QStringLiteral("outcome unknown");
    }
    return {};
}

} // namespace

QString kindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline:
        return QStringLiteral("Offline");
    case ErrorKind::TimedOut:
        return QStringLiteral("TimedOut");
    case ErrorKind::Untrusted:
        return QStringLiteral("Untrusted");
    case ErrorKind::Unauthorized:
        return QStringLiteral("Unauthorized");
    case ErrorKind::Forbidden:
        return QStringLiteral("Forbidden");
    case ErrorKind::NotFound:
        return QStringLiteral("NotFound");
    case ErrorKind::Rejected:
        return QStringLiteral("Rejected");
    case ErrorKind::RateLimited:
        return QStringLiteral("RateLimited");
    case ErrorKind::Fault:
        return QStringLiteral("Fault");
    case ErrorKind::Garbled:
        return QStringLiteral("Garbled");
    case ErrorKind::Cancelled:
        return QStringLiteral("Cancelled");
    case ErrorKind::NoSecret:
        return QStringLiteral("NoSecret");
    }
    return {};
}

QString errorText(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Offline:
        return ErrorSentence::tr(
            "%1 could not be reached. Check the network connection, then try again.", "%1 is a host name")
            .arg(hostName(error));
    case ErrorKind::TimedOut:
        return ErrorSentence::tr("%1 did not answer in time. Try again in a moment.", "%1 is a host name")
            .arg(hostName(error));
    case ErrorKind::Untrusted:
        return ErrorSentence::tr("%1 could not prove that it is the right server, so nothing was sent. Check "
                                 "the address in the profile and this "
                                 "machine's date; if both are right, ask your network administrator.",
            "TLS failure or an address that is not https; %1 is a host name")
            .arg(hostName(error));
    case ErrorKind::Unauthorized:
        return unauthorizedText(error);
    case ErrorKind::Forbidden:
        return withServerWords(
            ErrorSentence::tr("These credentials may not do that. Ask Link Money to grant the permission.", "HTTP 403"),
            error);
    case ErrorKind::NotFound:
        return ErrorSentence::tr(
            "The server has no such record. Check the ID and that the right profile is open.", "HTTP 404");
    case ErrorKind::Rejected:
        return withServerWords(
            ErrorSentence::tr("The server refused the request. Correct it before trying again.", "HTTP 4xx"), error);
    case ErrorKind::RateLimited:
        return rateLimitedText(error);
    case ErrorKind::Fault:
        return faultText(error);
    case ErrorKind::Garbled:
        return ErrorSentence::tr(
            "%1 sent an answer that cannot be read. Try again; if it stays, copy the details for support.",
            "%1 is a host name")
            .arg(hostName(error));
    case ErrorKind::Cancelled:
        return ErrorSentence::tr("Cancelled before an answer came.", "The program or the person gave up a request");
    case ErrorKind::NoSecret:
        return ErrorSentence::tr("The client secret of this profile is not known. Enter it in the profile's settings.",
            "No client secret is stored");
    }
    return {};
}

QString errorDetails(const Error &error)
{
    QStringList facts{kindName(error.kind), deliveryName(error.delivery)};
    const auto add = [&facts](const char *name, const QString &value) {
        if (!value.isEmpty())
            facts += QLatin1String(name) + QLatin1Char(' ') + value;
    };
    add("HTTP", error.httpStatus > 0 ? QString::number(error.httpStatus) : QString());
    add("code", error.errorCode);
    add("id", error.errorId);
    add("host", error.host);
    add("message", error.message);
    add("detail", error.detail);
    return facts.join(QStringLiteral(", ")).simplified();
}

bool saysDuplicateRequestKey(const Error &error)
{
    const bool refusal = error.httpStatus == 400 || error.httpStatus == 409 || error.httpStatus == 422;
    if (!refusal || error.kind != ErrorKind::Rejected || error.delivery != Delivery::Answered)
        return false;
    static const QRegularExpression codes(
        QStringLiteral(
            "^(DUPLICATE_?REQUEST_?KEY|REQUEST_?KEY_?(ALREADY_?(EXISTS|USED)|EXISTS|DUPLICATE|DUPLICATED))$"),
        QRegularExpression::CaseInsensitiveOption);
    if (codes.match(error.errorCode).hasMatch())
        return true;
    static const QRegularExpression doubtful(
        QStringLiteral("\\b(not|no|never|must|should|may|if|unless|cannot|missing)\\b|n't"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression sentences(
        QStringLiteral("\\bduplicated? request ?key\\b|\\brequest ?key\\b.{0,60}\\b(already (exists|used|in "
                       "use)|(has )?already been used"
                       "|is (a )?duplicate)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return sentences.match(error.message).hasMatch() && !doubtful.match(error.message).hasMatch();
}

} // namespace api

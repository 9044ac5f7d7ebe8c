// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/webhooksender.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QNetworkReply>
#include <QPointer>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace api {

namespace {

struct SenderWords
{
    Q_DECLARE_TR_FUNCTIONS(WebhookSender)
};

constexpr int answerTimeoutMs = 20'000;
constexpr qint64 largestAnswer = 64 * 1024;
constexpr qsizetype keptAnswer = 2048;

constexpr std::array connectionHeaders{"host"_L1, "content-length"_L1, "connection"_L1, "keep-alive"_L1,
    "proxy-connection"_L1, "proxy-authorization"_L1, "te"_L1, "trailer"_L1, "transfer-encoding"_L1, "upgrade"_L1,
    "expect"_L1, "accept-encoding"_L1};

bool isPassedOn(const HeaderLine &line)
{
    const auto control = [](char letter) { return (letter >= 0 && letter < ' ' && letter != '\t') || letter == 127; };
    const bool unsafe = line.name.isEmpty() || std::ranges::any_of(line.name, control)
        || std::ranges::any_of(line.value, control);
    return !unsafe && std::ranges::none_of(connectionHeaders, [&line](QLatin1StringView name) {
        return line.name.compare(QByteArrayView(name), Qt::CaseInsensitive) == 0;
    });
}

// An answer that takes too long is broken off by the request itself, and called "canceled".
QString noAnswerText(const QNetworkReply &reply)
{
    return reply.error() == QNetworkReply::OperationCanceledError
        ? SenderWords::tr("The server did not answer within %1 seconds.").arg(answerTimeoutMs / 1000)
        : reply.errorString();
}

} // namespace

bool isWebhookTarget(const QUrl &url)
{
    const bool web = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    return url.isValid() && web && !url.host().isEmpty() && url.userInfo().isEmpty();
}

QList<HeaderLine> passedOnHeaders(const QList<HeaderLine> &headers)
{
    QList<HeaderLine> passed;
    std::ranges::copy_if(headers, std::back_inserter(passed), isPassedOn);
    return passed;
}

WebhookSender::WebhookSender(QObject *parent)
    : QObject(parent)
    , m_manager(this)
{
    m_manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

void WebhookSender::post(const QUrl &url, const WebhookDelivery &delivery, QObject *context, Handler handler)
{
    QNetworkRequest request(url);
    request.setTransferTimeout(answerTimeoutMs);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    QHash<QByteArray, QByteArray> values;
    for (const HeaderLine &line : passedOnHeaders(delivery.headers)) {
        QByteArray &value = values[line.name.toLower()];
        value += value.isEmpty() ? line.value : ", " + line.value;
        request.setRawHeader(line.name, value);
    }
    if (!request.hasRawHeader("Content-Type"))
        request.setRawHeader("Content-Type", "application/json");
    QNetworkReply *reply = m_manager.post(request, delivery.body);
    QElapsedTimer took;
    took.start();
    connect(reply, &QIODevice::readyRead, reply, [reply] {
        if (reply->bytesAvailable() > largestAnswer)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, context, [reply, took, handler = std::move(handler)] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status == 0)
            handler(std::unexpected(noAnswerText(*reply)));
        else
            handler(WebhookAnswer{.status = status, .beginning = reply->read(keptAnswer), .tookMs = took.elapsed()});
    });
    // Breaking it off reports at once, and a context that is being destroyed could still hear that.
    connect(context, &QObject::destroyed, reply, [reply, context] {
        reply->disconnect(context);
        reply->abort();
    });
    connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
}

} // namespace api

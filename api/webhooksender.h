// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/webhookdelivery.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

#include <expected>
#include <functional>

namespace api {

struct WebhookAnswer
{
    int status = 0;
    QByteArray beginning = {}; //!< of the body, at most 2 KiB
    qint64 tookMs = 0;

    bool isSuccess() const { return status >= 200 && status < 300; }
};

//! Posts a delivery to an address that a person chose: the body byte for byte, with its own headers except those that
//! belong to one connection only. Redirects are not followed, TLS errors are final.
class WebhookSender : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<void(std::expected<WebhookAnswer, QString>)>; //!< or why no answer came

    explicit WebhookSender(QObject *parent = nullptr);

    //! The handler runs once, through the event loop, unless the context has died.
    void post(const QUrl &url, const WebhookDelivery &delivery, QObject *context, Handler handler);

private:
    QNetworkAccessManager m_manager;
};

//! http or https with a host and without a name or password in it.
bool isWebhookTarget(const QUrl &url);

//! The headers that are passed on: no Host, no lengths, nothing that belongs to one connection, nothing with a control
//! character in it.
QList<HeaderLine> passedOnHeaders(const QList<HeaderLine> &headers);

} // namespace api

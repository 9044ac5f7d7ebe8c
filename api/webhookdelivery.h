// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace api {

struct HeaderLine
{
    QByteArray name; //!< as it was sent; compared without regard to case
    QByteArray value;

    friend bool operator==(const HeaderLine &, const HeaderLine &) = default;
};

//! One HTTP request that brought an event, exactly as it came over the wire.
struct WebhookDelivery
{
    QByteArray path = {}; //!< without the query
    QList<HeaderLine> headers = {};
    QByteArray body = {};
    QString peer = {};     //!< address of the sender, or of the proxy in front of us
    qint64 receivedAt = 0; //!< UTC ms

    //! The first header of that name; empty when there is none.
    QByteArray header(QByteArrayView name) const
    {
        for (const HeaderLine &line : headers) {
            if (line.name.compare(name, Qt::CaseInsensitive) == 0)
                return line.value;
        }
        return {};
    }

    friend bool operator==(const WebhookDelivery &, const WebhookDelivery &) = default;
};

//! A body beyond this is refused (413) and never stored.
inline constexpr qsizetype largestWebhookBody = 1024 * 1024;

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/flight.h"

#include <QByteArray>

namespace api {

struct ReplyReading
{
    Result<Answer> result;
    QByteArray body;
    int httpStatus = 0;
};

//! Turns a finished reply into an answer or an error. The only place that reads QNetworkReply::error().
ReplyReading readReply(const Flight &flight, const QString &host);

//! An error that no server took part in.
Error localError(ErrorKind kind, Delivery delivery, const QString &host, const QString &message = {});

} // namespace api

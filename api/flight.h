// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/accesstoken.h"
#include "api/callstate.h"
#include "api/request.h"

#include <QElapsedTimer>

#include <memory>
#include <optional>

class QNetworkAccessManager;
class QNetworkReply;

namespace api {

//! One request on its way through the transport, from the queue to its answer.
struct Flight
{
    RequestData data;
    Priority priority = Priority::Interactive;
    std::shared_ptr<CallState> call = nullptr; //!< null for the transport's own token calls
    std::optional<Auth> fetchesTokenFor = {};
    Result<AccessToken> (*readToken)(const Json &) = nullptr;
    int credentialsGeneration = 0;

    QByteArray tokenUsed = {};
    bool repeatedWithNewToken = false;
    int rateLimitedTimes = 0;

    qint64 startedAt = 0; //!< UTC ms
    QElapsedTimer elapsed = {};
    QNetworkReply *reply = nullptr;
    QNetworkAccessManager *ownManager = nullptr; //!< writes only
    std::size_t managerIndex = 0;
    bool encrypted = false;
    bool timedOut = false;
    bool tooLarge = false;

    bool isWanted() const { return !call || call->isActive(); }
};

using FlightPtr = std::shared_ptr<Flight>;

} // namespace api

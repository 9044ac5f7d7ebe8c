// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/error.h"
#include "api/ids.h"
#include "api/json.h"
#include "api/money.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QPair>
#include <QString>

#include <initializer_list>

namespace api {

enum class Verb { Get, Post, Put, Patch, Delete };

//! What a call shows to be let in: reference 1.2 for Pay by Bank; TenantToken is the aggregation family's
//! (reference 2.2).
enum class Auth { None, Basic, CoreToken, PaymentToken, TenantToken };

//! Who waits for the answer: interactive requests overtake everything queued in the background.
enum class Priority { Interactive, Background };

//! A request as a plain value: it can be stored, compared and sent again byte for byte.
struct RequestData
{
    Verb verb = Verb::Get;
    QByteArray path = {}; //!< percent-encoded, begins with "/"
    QByteArray body = {}; //!< the exact bytes, empty for none
    QByteArray contentType = "application/json";
    Auth auth = Auth::CoreToken;
    //! Beyond those of every call. A value with a control character is refused unsent.
    QList<QPair<QByteArray, QByteArray>> headers = {};

    //! Only a request that cannot move anything may be repeated by the transport.
    bool safeToRepeat() const { return verb == Verb::Get; }

    friend bool operator==(const RequestData &, const RequestData &) = default;
};

//! The answer's JSON with the bytes it came from, for the ledger's raw copy.
struct Answer
{
    Json json = {}; //!< Null when the body was empty
    int httpStatus = 0;
    QString host = {}; //!< who answered
};

template<typename T> struct Request
{
    RequestData data;
    Result<T> (*read)(const Json &answer) = nullptr;
};

//! "/v1/customers/<id>": every segment percent-encoded. Empty, "." and ".." segments give an empty path,
//! which the client refuses unsent.
QByteArray path(std::initializer_list<QStringView> segments);

//! "?a=b&c=d", percent-encoded, without the fields that are empty; an empty text when all are.
QByteArray query(std::initializer_list<QPair<QStringView, QString>> fields);

} // namespace api

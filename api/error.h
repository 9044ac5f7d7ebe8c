// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <expected>

namespace api {

//! One kind per different thing to say or do.
enum class ErrorKind {
    Offline,      //!< no connection could be made, or it broke
    TimedOut,     //!< no answer in time
    Untrusted,    //!< TLS: the host could not prove who it is
    Unauthorized, //!< 401, or the token call refused the id or the secret
    Forbidden,    //!< 403: good credentials without the permission (scope)
    NotFound,     //!< 404
    Rejected,     //!< any other 4xx: the request itself was refused
    RateLimited,  //!< 429
    Fault,        //!< 5xx
    Garbled,      //!< an answer that is no answer: not JSON, cut, too large, wrong types
    Cancelled,    //!< given up by this program
    NoSecret,     //!< no client secret is known for this profile
};

//! Could the server have acted on the request?
enum class Delivery {
    CertainlyNotSent, //!< no byte of the request left, or it was refused unread
    Answered,         //!< a trustworthy answer came: the server's word stands
    Unknown,          //!< it may or may not have acted
};

struct Error
{
    ErrorKind kind = ErrorKind::Garbled;
    Delivery delivery = Delivery::Unknown;
    int httpStatus = 0;        //!< 0 when no HTTP answer came
    QString errorId = {};      //!< reference 1.2.2; empty when absent
    QString errorCode = {};    //!< reference 1.2.2
    QString message = {};      //!< the server's words, or the network layer's
    QString detail = {};       //!< what was expected and what came, if that is known
    QString host = {};         //!< whom we asked
    int retryAfterSeconds = 0; //!< Retry-After, 0 when absent

    friend bool operator==(const Error &, const Error &) = default;
};

template<typename T> using Result = std::expected<T, Error>;

//! The one place that turns an error into a sentence for staff: what happened and what to do, in plain words,
//! translated.
QString errorText(const Error &error);

//! The facts of an error in one line, for "Copy details": kind, status, code, id, host. Holds no secret.
QString errorDetails(const Error &error);

//! "Offline", "TimedOut" and so on: for logs and details, never translated.
QString kindName(ErrorKind kind);

//! True when the server says that it already has a record under this request key (reference 1.2: rejected,
//! not replayed; the code is undocumented, so only an answer that says so beyond doubt counts).
bool saysDuplicateRequestKey(const Error &error);

} // namespace api

Q_DECLARE_METATYPE(api::Error)

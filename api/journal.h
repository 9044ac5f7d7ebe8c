// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/request.h"

#include <QDateTime>
#include <QMetaType>

namespace api {

//! One exchange with the server, already redacted: no secret, no token, no full account number, e-mail
//! shortened.
struct JournalEntry
{
    qint64 startedAt = 0; //!< UTC milliseconds
    int durationMs = 0;
    Verb verb = Verb::Get;
    QString url = {};
    QByteArray requestBody = {};
    int httpStatus = 0;         //!< 0: no answer
    QByteArray answerBody = {}; //!< at most 64 KiB of it
    QString errorKind = {};     //!< empty on success
};

} // namespace api

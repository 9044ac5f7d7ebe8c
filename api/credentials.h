// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace api {

//! What proves a merchant's identity to the Pay by Bank API. Lives in memory only; never written, logged or
//! shown.
struct Credentials
{
    QString clientId = {};
    QByteArray clientSecret = {}; //!< empty: every authorised call ends with ErrorKind::NoSecret, unsent
};

} // namespace api

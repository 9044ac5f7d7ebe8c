// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace api {

//! What proves who we are to one API family. Lives in memory only; never written, logged or
//! shown.
struct Credentials
{
    QString clientId = {};
    QByteArray clientSecret = {}; //!< empty: every authorised call ends with ErrorKind::NoSecret, unsent
    //! Aggregation family only (reference 2.2): one tenant per token, so one client per tenant.
    QString tenantId = {};
    QString userId = {}; //!< aggregation family only: for resources of one user; usually empty
};

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/ids.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>
#include <utility>

namespace models {

//! What the redirect of a session says (reference 1.6.2). It is not signed: a hint to be confirmed by reading customer,
//! accounts and transaction back, never a fact.
struct RedirectResult
{
    enum class Linking {
        Linked, //!< 200
        Left,   //!< 204, the customer left
        Failed, //!< 500
        Unclear //!< missing, unknown, repeated or not a number
    };
    enum class Decision {
        None, //!< nothing was said about a payment
        Authorized,
        Failed,
        Pending,
        Unclear
    };

    Linking linking = Linking::Unclear;
    Decision decision = Decision::None;
    std::optional<api::CustomerId> customerId = {}; //!< only when given once and well formed
    QString paymentId = {};                         //!< string or digits; empty when absent or unclear
    QStringList problems = {};                      //!< what was missing, repeated, unknown or contradictory; sentences
    QList<std::pair<QString, QString>> others = {}; //!< the merchant's own parameters, in order, decoded

    bool clear() const { return problems.isEmpty(); }
    //! One or two sentences for a person: what it says, and that it has yet to be confirmed.
    QString account() const;
};

//! Reads query (and, when it has none of ours, the fragment) of the address the page wanted to return to.
//! `redirect` is the address the session was created with: what it carried itself is the merchant's own.
RedirectResult readRedirect(const QUrl &url, const QUrl &redirect = {});

} // namespace models

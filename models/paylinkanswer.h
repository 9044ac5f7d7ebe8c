// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "models/paylink.h"

namespace models {

//! Why an address from an answer is not one that may be shown, copied or opened; empty when it is. `service` is the
//! host that answered: the page must belong to it (reference 1.1), and only a service on this machine may use plain
//! http.
QString payLinkAddressProblem(const QUrl &url, const QString &service);

//! The host of the pages that belong to an API host: "client.link.money" for "api.link.money". A host of another shape
//! answers for itself.
QString pagesHostOf(const QString &service);

//! What was asked, as far as it matters for judging the answer.
struct PayLinkAttempt
{
    QString service = {};
    bool withPayment = false;
    bool earlierMayHaveArrived = false; //!< an attempt before this one could have reached the server
};

struct PayLinkOutcome
{
    PayLinkState state = PayLinkState::Unknown; //!< Ready, Refused, Lost, Unknown, or Planned when nothing was sent
    QUrl url = {};                              //!< Ready only
    QString answer = {};                        //!< a sentence, without the address

    friend bool operator==(const PayLinkOutcome &, const PayLinkOutcome &) = default;
};

//! Refused only when it is certain that nothing was made, ready only with an address that may be used; reference 1.4.7.
PayLinkOutcome payLinkOutcomeOf(const PayLinkAttempt &attempt, const api::Result<api::Answer> &answer);

} // namespace models

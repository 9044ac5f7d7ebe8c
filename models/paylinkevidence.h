// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/paylinkstore.h"
#include "models/recordkind.h"

namespace models {

//! What the ledger knows that bears on one link.
struct LinkFacts
{
    bool paymentFound = false;
    bool byReference = false; //!< found by its reference, not by an id that was said
    QString paymentId = {};
    QString paymentStatus = {};
    QString paymentCustomer = {};
    bool customerFound = false;
    bool byEmail = false; //!< the only new customer with the link's e-mail: a guess
    QString customerId = {};
    QString customerStatus = {};
    bool freshAccount = false; //!< an active account that was linked after the link was made
};

//! The steps that follow from the facts and are not in the link's life yet. Pure.
QList<PayLinkNews> newsOf(const PayLink &link, const LinkFacts &facts, qint64 now);

DatabaseResult<LinkFacts> readLinkFacts(Database &database, const PayLink &link);

struct LinkSweep
{
    QString ledgerFile = {};
    QString instance = {}; //!< looks after its own links
    qint64 now = 0;        //!< UTC ms
    //! The links to look at for news; unset: all that are alive.
    std::optional<QList<qint64>> links = {};
};

//! The live links on which changed rows of transactions or customers may bear.
DatabaseResult<QList<qint64>> linksTouchedBy(Database &database, RecordKind kind, const QList<qint64> &keys);

//! Recovers links of ended processes (sending becomes unknown), applies what the ledger has learned, and marks those
//! that were silent for long. Returns the keys that changed. In the writer's thread.
DatabaseResult<QList<qint64>> sweepPayLinks(Database &database, const LinkSweep &sweep);

//! Links whose outcome needs a person.
DatabaseResult<int> countLinksNeedingPerson(Database &database);

} // namespace models

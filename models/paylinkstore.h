// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/request.h"
#include "models/paylink.h"

namespace models {

//! What is fixed when a link is written down.
struct NewPayLink
{
    SessionDraft draft = {};
    PayLinkPurpose purpose = PayLinkPurpose::New;
    api::CustomerId forCustomer = {};
};

//! Who writes it down and for which service.
struct PayLinkDesk
{
    QString owner = {};
    QString service = {};
    qint64 now = 0; //!< UTC ms
};

struct BatchPlace
{
    qint64 batch = 0; //!< 0: not from a file
    qint64 line = 0;
};

//! Writes it down in `state` (Planned or Sending) with its key and exact bytes, and records it in the audit trail.
DatabaseResult<qint64> insertPayLink(Database &database, const NewPayLink &wanted, const PayLinkDesk &desk,
    PayLinkState state, const BatchPlace &place = {});

//! A change of a link's own making: sending it, its answer. Unset members stay as they are.
struct PayLinkChange
{
    QList<PayLinkState> from = {};
    PayLinkState to = PayLinkState::Sending;
    qint64 at = 0; //!< UTC ms
    std::optional<QString> answer = {};
    std::optional<QUrl> url = {};
    std::optional<QString> owner = {};
    bool countsAsAttempt = false;
    bool mayHaveArrived = false;
    QString ownedBy = {}; //!< taken only when this is the owner; empty: whoever owns it
};

//! False when it is in another state by now.
DatabaseResult<bool> changePayLink(Database &database, qint64 key, const PayLinkChange &change);

//! What was learned about a link: a step of its life with what goes with it.
struct PayLinkNews
{
    PayLinkStep step = {};
    api::CustomerId customer = {}; //!< confirmed; empty: nothing new
    api::TransactionId payment = {};
    api::CustomerId saidCustomer = {}; //!< only said
    api::TransactionId saidPayment = {};
};

//! Adds the step unless the life says the same already; the state moves by stateAfter. False when nothing changed. The
//! address is forgotten when the life is over.
DatabaseResult<bool> addPayLinkNews(Database &database, qint64 key, const PayLinkNews &news);

DatabaseResult<api::RequestData> readPayLinkRequest(Database &database, qint64 key);

//! The keys of the links in one of the states, oldest first.
DatabaseResult<QList<qint64>> payLinksIn(Database &database, const QList<PayLinkState> &states);

struct SessionTemplate
{
    QString name;
    SessionDraft draft = {};
};
DatabaseResult<QList<SessionTemplate>> readSessionTemplates(Database &database);
//! Replaces the one of the same name.
DatabaseResult<void> saveSessionTemplate(Database &database, const SessionTemplate &saved, qint64 now);
DatabaseResult<void> removeSessionTemplate(Database &database, const QString &name);

//! What the form starts with for a customer or a payment that is in the ledger.
DatabaseResult<NewPayLink> prefilledLink(Database &database, PayLinkPurpose purpose, const QString &recordId);

} // namespace models

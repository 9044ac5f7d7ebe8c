// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/webhookdelivery.h"
#include "models/database.h"
#include "models/eventtypes.h"
#include "models/recordkind.h"
#include "models/webhookverification.h"

#include <optional>

namespace models {

//! What became of an event. The words are stored and shown through statusLook(RecordKind::Event, ...).
enum class EventState {
    Arrived,    //!< stored, not acted on yet
    Reading,    //!< the record it names is being read
    ReadBack,   //!< the record was read; `changed` says what that changed
    NoAction,   //!< names nothing that could be read
    HeldBack,   //!< not acted on by itself because its signature does not fit
    NotRead,    //!< the read-back failed; `problem` says why
    NotOurs,    //!< names a user of aggregation that this ledger does not know
    Unreadable, //!< the body is not the JSON of an event; kept as it came
};

QString eventStateWord(EventState state);      //!< "ARRIVED", "READING", "READ_BACK", ...
EventState eventStateOfWord(QStringView word); //!< an unknown word reads as NoAction

//! How an event came into the inbox.
enum class EventOrigin { Delivered, Imported };

QString eventOriginWord(EventOrigin origin);     //!< "DELIVERED", "IMPORTED"
EventOrigin eventOriginOfWord(QStringView word); //!< an unknown word reads as Delivered

//! What a body says (reference 1.14.3 and 2.8). Nothing in it is ever taken for the truth about a record.
struct EventFacts
{
    std::optional<QString> id = {}; //!< none: the sender gave none
    QString type = {};
    qint64 createdAt = 0; //!< UTC ms; 0 when it says nothing readable
    QString resourceType = {};
    QString resourceId = {};
    QString clientReferenceId = {};
    QString paymentType = {};
    QString returnCode = {};
    QString loginName = {};
    QString problem = {};    //!< why the body cannot be read as an event, or what is odd about it
    bool unreadable = false; //!< not UTF-8, not JSON, nested too deeply, or no event at all
    QByteArray digest = {};  //!< of the content, without regard to white space between its parts

    friend bool operator==(const EventFacts &, const EventFacts &) = default;
};

EventFacts readEventFacts(WebhookFamily family, const QByteArray &body, qint64 receivedAt);

//! Where deliveries of one path come from, and how they are checked.
struct EventSource
{
    QString subscriptionId = {}; //!< webhook_subscriptions.id; empty: none of ours
    WebhookFamily family = WebhookFamily::PayByBank;
    WebhookScheme scheme = {};
    QByteArray secret = {}; //!< never stored
};

//! A delivery ready to be stored: parsed, checked, cleaned of secrets.
struct NewEvent
{
    EventSource source = {}; //!< without its secret
    EventFacts facts = {};
    Verdict verdict = {};
    api::WebhookDelivery delivery = {};
    EventOrigin origin = EventOrigin::Delivered;
};

//! Pure; any thread. A header that holds the shared secret or a credential is replaced by hiddenHeaderValue.
NewEvent prepareEvent(
    api::WebhookDelivery delivery, const EventSource &source, EventOrigin origin = EventOrigin::Delivered);

inline constexpr QByteArrayView hiddenHeaderValue = "(not stored)";

struct StoredEvent
{
    enum class How {
        New,
        Repeat,   //!< the same id and content is there already: only counted
        Conflict, //!< the same id with other content is there: kept and marked
    };
    qint64 key = 0; //!< of the row that holds it, also for a repeat
    How how = How::New;
};

//! To be called inside a WriteJob with Durability::Full: answer the sender only after its commit. Also queues the event
//! for the forward targets that it matches, unless it was imported.
DatabaseResult<StoredEvent> storeEvent(Database &database, const NewEvent &event);

//! One row of the inbox.
struct InboxEvent
{
    qint64 key = 0;
    WebhookFamily family = WebhookFamily::PayByBank;
    EventFacts facts = {}; //!< digest is left empty
    qint64 receivedAt = 0; //!< UTC ms
    QString subscriptionId = {};
    QString subscriptionName = {};
    VerdictKind verdict = VerdictKind::NotChecked;
    QString verdictReason = {};
    EventState state = EventState::Arrived;
    QString changed = {}; //!< what acting on it changed, in words
    qint64 actedAt = 0;   //!< UTC ms; 0: not acted on
    qint64 repeats = 0;
    qint64 lastRepeatAt = 0; //!< UTC ms; 0: it came once
    qint64 conflictWith = 0; //!< key of the first event with this id; 0: none
    EventOrigin origin = EventOrigin::Delivered;
};

DatabaseResult<std::optional<InboxEvent>> readEvent(Database &database, qint64 key);
DatabaseResult<std::optional<api::WebhookDelivery>> readDelivery(Database &database, qint64 key);

//! The record that an event of Pay by Bank names, if it is one that can be read.
std::optional<RecordRef> resourceOf(const EventFacts &facts);

//! The record that an event of either family names; in aggregation that is one of our linked users.
DatabaseResult<std::optional<RecordRef>> findResource(
    Database &database, WebhookFamily family, const EventFacts &facts);

//! "payment pay-1", "customer …": as shown; empty when it names nothing.
QString resourceText(const EventFacts &facts);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "api/paybybank/payments.h"
#include "models/ledger.h"

#include <QObject>

#include <optional>

namespace models {

enum class OutboxKind { Payment, Credit, Refund, Cancel };

//! draft and held can still be taken back for free; unknown is neither done nor failed.
enum class OutboxState {
    Held,      //!< waiting for its countdown, or for a person after a restart (holdUntil 0)
    Sending,   //!< committed to disk, handed to the network
    Accepted,  //!< the server said yes
    Refused,   //!< the server said no: nothing happened
    Unknown,   //!< no trustworthy answer; counts as spent until settled by evidence
    Withdrawn, //!< taken back while held: never sent
};

//! The words stored in the ledger and shown through statusLook(RecordKind::OutboxEntry, ...): "HELD", "SENDING", ...
QString outboxStateWord(OutboxState state);
QString outboxKindWord(OutboxKind kind); //!< "PAYMENT", "CREDIT", "REFUND", "CANCEL"

//! What a person meant, before it is written down.
struct Intent
{
    OutboxKind kind = OutboxKind::Refund;
    api::CustomerId customer = {};
    api::TransactionId original = {}; //!< refund and cancel
    api::Money amount = {};           //!< refund, payment, credit
    QString reason = {};              //!< kept here, not sent
    //! clientReferenceId. A refund is always sent under refundReference, and this is kept beside it; when empty, the
    //! console makes one.
    QString reference = {};
    QString softDescriptor = {};
    qint64 drawnRemainderCents = -1; //!< refund: the remainder the dialog showed; the intent is refused when it changed
    int holdSeconds = 10;
};

enum class IntentProblem {
    NotADebit,       //!< only debits can be refunded
    NotSucceeded,    //!< only payments that succeeded can be refunded
    UnknownOriginal, //!< the original is not in the ledger: look it up first
    NothingLeft,     //!< everything was refunded or is on its way
    MoreThanRemainder,
    RemainderChanged, //!< between drawing the dialog and the click
    AmountNotPositive,
    CustomerNotActive, //!< payment: the customer cannot be debited
    BadDescriptor,
    CannotBeCancelled,
    AlreadyUnderWay, //!< cancel: one is held, sending, unknown or accepted
    NotWritten,      //!< disk trouble: nothing was written, nothing will be sent
};

struct IntentRefusal
{
    IntentProblem problem = IntentProblem::NotWritten;
    qint64 remainderCents = 0;
    QString detail = {};
};

//! The sentence for staff: why not, and what to do.
QString intentRefusalText(const IntentRefusal &refusal);

//! What is left to refund of one payment, and where the rest went. All in cents.
struct Remainder
{
    api::Money amount = {};
    qint64 accepted = 0; //!< refunds the server took
    qint64 held = 0;     //!< held or being sent
    qint64 unknown = 0;
    qint64 elsewhere = 0; //!< credits in the ledger that name this payment but were not sent from this ledger's outbox
    qint64 left = 0;
    std::optional<IntentProblem> whyNot = {}; //!< set when nothing can be refunded at all
};

DatabaseResult<Remainder> remainderOf(Database &database, const api::TransactionId &original);

//! "RF-<original>-<n>": the clientReferenceId that ties a reversed payment to its original, and back.
QString refundReference(const api::TransactionId &original, int sequence);
std::optional<api::TransactionId> originalOfReference(QStringView reference);

//! One row of the outbox, for details and next steps.
struct OutboxEntry
{
    qint64 key = 0;
    OutboxKind kind = OutboxKind::Refund;
    OutboxState state = OutboxState::Held;
    api::CustomerId customer = {};
    api::TransactionId original = {};
    api::Money amount = {};
    QString customerName = {};
    QString reason = {};
    QString reference = {};    //!< the clientReferenceId that is sent
    QString ownReference = {}; //!< what the person typed, when a refund is sent under another one
    QString softDescriptor = {};
    api::RequestKey requestKey = {};
    qint64 createdAt = 0;           //!< UTC ms
    qint64 holdUntil = 0;           //!< UTC ms; 0 while held: waits for a person
    qint64 changedAt = 0;           //!< UTC ms of the last change of state
    qint64 firstSentAt = 0;         //!< UTC ms of the first attempt that may have reached the server; 0: none
    api::TransactionId result = {}; //!< the payment the server made, when it said so
    QString answer = {};            //!< the server's words or ours about the last attempt
    int attempts = 0;               //!< times it was handed to the network
    QString by = {};
    QString service = {}; //!< the host it was written down for; it is never sent to another one
    //! The payment that the server made failed or was cancelled later: the amount counts as not spent.
    bool released = false;
    bool noted = false; //!< a person has taken note of the refusal or the later failure
};

DatabaseResult<std::optional<OutboxEntry>> readOutboxEntry(Database &database, qint64 key);

//! How long the same request is asked again. How long the server remembers a request key is not documented (reference
//! part 3, 7); once it has forgotten the key, asking again would move the money a second time.
inline constexpr qint64 askAgainWithinMs = 24LL * 3'600'000;
//! Neither too late nor, because a clock was set back meanwhile, at a time that tells nothing.
bool mayAskAgain(qint64 firstSentAt, qint64 now);

//! What a person can do with an entry as it stands; the outbox checks again when asked.
struct OutboxActions
{
    bool withdraw = false;
    bool sendNow = false;
    bool askAgain = false;
    bool settle = false;
    bool takeNote = false;
};

OutboxActions outboxActions(const OutboxEntry &entry, qint64 now);

//! What to do next, in plain words, for the refunds page.
QString outboxNextStep(const OutboxEntry &entry, qint64 now);

struct OutboxOptions
{
    api::MerchantId merchant = {};
    enum class RefundRoute { ReversedPayment, RefundsEndpoint };
    RefundRoute refundRoute = RefundRoute::ReversedPayment;
    //! Waits before asking the server again about an unknown outcome with the same key and bytes, in this run only.
    QList<int> askAgainAfterSeconds = {3, 15, 60};
    //! The clock that a countdown is compared with, UTC ms; empty: the computer's.
    std::function<qint64()> clock = {};
};

//! The one door for everything that moves money. Key and exact bytes are on disk (synchronous=FULL) before the request
//! reaches the network; the same intent never gets a second key; several processes may use the same ledger.
class Outbox : public QObject
{
    Q_OBJECT
public:
    using SubmitHandler = std::function<void(std::expected<qint64, IntentRefusal>)>;

    //! Recovers what an ended process left: its sending entries become unknown, its held ones wait for a person.
    Outbox(Ledger &ledger, api::Client &client, OutboxOptions options, QObject *parent = nullptr);
    ~Outbox() override;

    //! For a service that says only when it runs whose merchant it serves. Intents written earlier keep their bytes.
    void setMerchant(const api::MerchantId &merchant);

    //! Writes the intent down as held. The handler gets the entry's key, or why not; nothing is sent in that case.
    void submit(const Intent &intent, QObject *context, SubmitHandler handler);

    using ChangeHandler = std::function<void(
        std::expected<void, QString>)>; //!< a sentence when it was too late or could not be written
    void withdraw(qint64 key, QObject *context, ChangeHandler handler); //!< undo while held
    void sendNow(
        qint64 key, QObject *context, ChangeHandler handler); //!< ends the countdown, or confirms one that waits
    void askAgain(qint64 key, QObject *context, ChangeHandler handler); //!< unknown: same key, same bytes
    //! A person looked elsewhere. The reason is recorded; empty is refused.
    void settle(qint64 key, bool happened, const QString &reason, QObject *context, ChangeHandler handler);

    //! A person has read that it was refused or failed later; it no longer counts in needsPerson().
    void takeNote(qint64 key, QObject *context, ChangeHandler handler);

    int needsPerson() const; //!< unknown, waiting, and not yet noted refused entries, for the count in the navigation

signals:
    void entryChanged(qint64 key);
    void needsPersonChanged();
    //! The server named the payment it made: it should be read back.
    void resultKnown(const QString &transactionId);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace models

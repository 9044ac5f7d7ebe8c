// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/ids.h"
#include "api/money.h"
#include "models/database.h"
#include "models/sessiondraft.h"

#include <QList>
#include <QUrl>

namespace models {

//! Where a pay link is in its life. Stored and shown as the words of payLinkStateWord.
enum class PayLinkState {
    Planned,       //!< written down, not sent: a line of a file that waits, or nothing could be sent
    Sending,       //!< committed to disk, handed to the network
    Unknown,       //!< no trustworthy answer: the server may have it
    Refused,       //!< the server said no: there is no link
    Lost,          //!< the server has the request, but no link that can be used ever arrived
    Withdrawn,     //!< never sent: the file it came from was cancelled
    Ready,         //!< there is a link
    Shared,        //!< copied, mailed, shown as a QR code
    Opened,        //!< opened in the pane here
    Expired,       //!< nobody used it for a long time; the API does not say when a link ends, so always inferred
    Abandoned,     //!< the customer left
    Failed,        //!< the page ended with an error
    CustomerKnown, //!< there is a customer
    Linked,        //!< a bank account is linked
    Decided,       //!< there is a decision about the payment
    Finished,      //!< all that the link was for has happened
};

QString payLinkStateWord(PayLinkState state);
std::optional<PayLinkState> payLinkStateOfWord(QStringView word);

//! Made and not over: the ledger is watched for signs of it.
bool isLive(PayLinkState state);

//! What the link's state is after a step. A life goes forward only; a link that was left or expired comes back when it
//! is opened or shared anew.
PayLinkState stateAfter(PayLinkState now, PayLinkState step);

enum class PayLinkPurpose { New, Relink, PayAgain };

struct PayLinkStep
{
    qint64 at = 0; //!< UTC ms
    PayLinkState state = PayLinkState::Ready;
    bool inferred = false;
    QString detail = {}; //!< a sentence: how it is known
};

//! One pay link as the ledger has it.
struct PayLink
{
    qint64 key = 0;
    PayLinkState state = PayLinkState::Planned;
    bool inferred = false; //!< the state is not confirmed by an answer of the API
    PayLinkPurpose purpose = PayLinkPurpose::New;
    SessionDraft draft = {};
    QString name = {};
    QString email = {};
    api::Money amount = {}; //!< zero when the customer does not pay on the page
    QString reference = {}; //!< the clientReferenceId of the payment
    QUrl redirectUrl = {};
    api::CustomerId forCustomer = {};  //!< the customer it was made for, when there was one
    api::CustomerId customer = {};     //!< confirmed by the API
    api::TransactionId payment = {};   //!< confirmed by the API
    api::CustomerId saidCustomer = {}; //!< by a redirect, not confirmed
    api::TransactionId saidPayment = {};
    api::RequestKey requestKey = {}; //!< empty when no payment is involved
    QString service = {};            //!< the host it was written down for
    QUrl url = {};                   //!< as good as a password for this customer; empty once the life is over
    QString answer = {};
    int attempts = 0;
    bool mayHaveArrived = false;
    qint64 firstSentAt = 0; //!< UTC ms of the first attempt that may have reached the server; 0: none
    QString by = {};
    qint64 createdAt = 0; //!< UTC ms
    qint64 changedAt = 0; //!< UTC ms
    QList<PayLinkStep> steps = {};

    bool isVerify() const { return draft.isVerify(); }
    bool paysInPage() const { return !requestKey.isEmpty(); }
    bool hasConfirmed(PayLinkState state) const; //!< a step says so, and it is not inferred
};

//! The word of the state for statusLook(); a question mark after it says that it is not confirmed.
QString payLinkStatus(const PayLink &link);

DatabaseResult<std::optional<PayLink>> readPayLink(Database &database, qint64 key);

//! What a person can do with it as it stands.
struct PayLinkActions
{
    bool useUrl = false; //!< copy, mail, show as a QR code, open
    bool askAgain = false;
    bool sendNow = false; //!< planned and not part of a file under way
    bool makeAnother = false;
    bool showVerified = false;
    bool readAgain = false; //!< something was said that the API can confirm
};
PayLinkActions payLinkActions(const PayLink &link, qint64 now);

//! What to do next, in plain words.
QString payLinkNextStep(const PayLink &link, qint64 now);
//! What the link is for: "Pay $12.00", "Link a bank account", "Verify an account".
QString payLinkAim(const PayLink &link);

//! A session's life is undocumented (reference part 3, 9); after this long without a sign it counts as probably over.
inline constexpr qint64 payLinkSilenceMs = 7LL * 24 * 3'600'000;

} // namespace models

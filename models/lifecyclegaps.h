// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

#include <optional>

namespace models {

//! What should have happened by now and did not, as far as the documented life cycle tells (reference 1.14.4, 1.16).
enum class GapKind {
    DecisionOverdue,    //!< the risk decision takes 15 minutes at most
    SchedulingOverdue,  //!< an authorized payment is scheduled within two banking days
    SettlementOverdue,  //!< the expected settlement day has passed
    EventMissing,       //!< a later event of the same payment arrived, this one did not
    StatusWithoutEvent, //!< the status was read, but the event that should have told of it did not arrive
    SubscriptionSilent, //!< much quieter than it usually is
};

struct EventSeen
{
    QString type;          //!< "payment.authorized"
    qint64 receivedAt = 0; //!< UTC ms
};

//! One payment, as the ledger and the inbox know it. Times are UTC ms, 0 when not known.
struct PaymentFacts
{
    QString id = {};
    QString status = {};     //!< reference 1.16
    qint64 createdAt = 0;    //!< UTC ms
    qint64 settlementAt = 0; //!< expected settlement
    qint64 lastReadAt = 0;   //!< when that status was last read
    QList<EventSeen> events = {};
    QStringList covered = {}; //!< events that a subscription of ours should tell of
    qint64 coveredSince = 0;  //!< since when; 0: never
};

struct Gap
{
    GapKind kind = GapKind::EventMissing;
    QString subject = {}; //!< id of the payment or of the subscription
    qint64 since = 0;     //!< UTC ms from which it was overdue
    QString event = {};   //!< the event that is missing, for EventMissing and StatusWithoutEvent

    friend bool operator==(const Gap &, const Gap &) = default;
};

//! At most one gap of each kind; an event that may still be on its way is none.
QList<Gap> gapsOf(const PaymentFacts &payment, qint64 now);

//! How regularly a subscription speaks. `receivedAt` in rising order, UTC ms.
std::optional<Gap> silenceOf(const QString &subscription, const QList<qint64> &receivedAt, qint64 now);

//! The sentence for staff, and what to do.
QString gapText(const Gap &gap);
QString gapNextStep(const Gap &gap);

//! `days` banking days after `from`: Saturdays and Sundays do not count. Holidays are not known here, so every limit
//! leaves a day to spare.
qint64 bankingDaysAfter(qint64 from, int days);

} // namespace models

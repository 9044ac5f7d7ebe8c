// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lifecyclegaps.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct Gaps
{
    Q_DECLARE_TR_FUNCTIONS(Gaps)
};

constexpr qint64 minuteMs = 60'000;
constexpr qint64 dayMs = 24 * 60 * minuteMs;
constexpr qint64 decisionMs = 15 * minuteMs;

//! Deliveries may come late and in any order: only what is missing after that long is worth a person's time.
constexpr qint64 deliveryGraceMs = 10 * minuteMs;

struct Step
{
    QStringView status; //!< of the transaction, empty where it has none
    QStringView event;
    bool always; //!< every payment that gets further tells of it
};

//! The documented sequence. A payment that is decided at once need not be pending.
constexpr std::array sequence{Step{u"CREATED", u"payment.created", true}, Step{u"PENDING", u"payment.pending", false},
    Step{u"AUTHORIZED", u"payment.authorized", true}, Step{u"SCHEDULED", u"payment.scheduled", true},
    Step{u"INITIATED", u"payment.initiated", true}, Step{u"SUCCEEDED", u"payment.succeeded", true},
    Step{u"", u"payment.disbursed", true}};
constexpr Step failure{u"TERMINAL_FAILED", u"payment.failed", true};

qint64 receivedAt(const PaymentFacts &payment, QStringView event)
{
    for (const EventSeen &seen : payment.events) {
        if (seen.type == event)
            return seen.receivedAt;
    }
    return 0;
}

bool isExpected(const PaymentFacts &payment, QStringView event)
{
    return payment.coveredSince > 0 && payment.createdAt >= payment.coveredSince && payment.covered.contains(event);
}

std::optional<Gap> overdueStatus(const PaymentFacts &payment, qint64 now)
{
    const auto gap = [&](GapKind kind, qint64 limit) -> std::optional<Gap> {
        if (payment.createdAt <= 0 || now <= limit)
            return {};
        return Gap{.kind = kind, .subject = payment.id, .since = limit, .event = {}};
    };
    if (payment.status == u"CREATED" || payment.status == u"PENDING")
        return gap(GapKind::DecisionOverdue, payment.createdAt + decisionMs);
    if (payment.status == u"AUTHORIZED")
        return gap(GapKind::SchedulingOverdue, bankingDaysAfter(payment.createdAt, 3));
    if ((payment.status == u"SCHEDULED" || payment.status == u"INITIATED") && payment.settlementAt > 0)
        return gap(GapKind::SettlementOverdue, bankingDaysAfter(payment.settlementAt, 1));
    return {};
}

//! The first step before a later event that was never told of. A failure may follow any step, so it proves none.
std::optional<Gap> missingEvent(const PaymentFacts &payment, qint64 now)
{
    const Step *missing = nullptr;
    for (const Step &step : sequence) {
        const qint64 at = receivedAt(payment, step.event);
        if (at == 0 && step.always && !missing && isExpected(payment, step.event))
            missing = &step;
        if (at > 0 && missing && now > at + deliveryGraceMs)
            return Gap{
                .kind = GapKind::EventMissing, .subject = payment.id, .since = at, .event = missing->event.toString()};
    }
    return {};
}

std::optional<Gap> untoldStatus(const PaymentFacts &payment, qint64 now)
{
    const auto *step = std::ranges::find(sequence, QStringView(payment.status), &Step::status);
    const Step *told = payment.status == failure.status ? &failure : (step != sequence.end() ? step : nullptr);
    if (!told || payment.status.isEmpty() || !isExpected(payment, told->event) || receivedAt(payment, told->event) > 0)
        return {};
    if (payment.lastReadAt <= 0 || now <= payment.lastReadAt + deliveryGraceMs)
        return {};
    return Gap{.kind = GapKind::StatusWithoutEvent,
        .subject = payment.id,
        .since = payment.lastReadAt,
        .event = told->event.toString()};
}

} // namespace

qint64 bankingDaysAfter(qint64 from, int days)
{
    QDateTime moment = QDateTime::fromMSecsSinceEpoch(from, Qt::UTC);
    while (days > 0) {
        moment = moment.addMSecs(dayMs);
        if (moment.date().dayOfWeek() < Qt::Saturday)
            --days;
    }
    return moment.toMSecsSinceEpoch();
}

QList<Gap> gapsOf(const PaymentFacts &payment, qint64 now)
{
    QList<Gap> gaps;
    if (const auto overdue = overdueStatus(payment, now))
        gaps.append(*overdue);
    const auto missing = missingEvent(payment, now);
    if (missing)
        gaps.append(*missing);
    // Where the sequence has a hole already, a second task for the same payment would ask for the same click.
    if (const auto untold = untoldStatus(payment, now); untold && !missing)
        gaps.append(*untold);
    return gaps;
}

std::optional<Gap> silenceOf(const QString &subscription, const QList<qint64> &receivedAt, qint64 now)
{
    constexpr qsizetype enoughToKnow = 20;
    constexpr int longerThanUsual = 3;
    if (receivedAt.size() < enoughToKnow)
        return {};
    QList<qint64> pauses;
    for (qsizetype i = 1; i < receivedAt.size(); ++i)
        pauses.append(receivedAt[i] - receivedAt[i - 1]);
    // The longest but one in twenty: nights and weekends are usual pauses too.
    const auto usual = pauses.begin() + pauses.size() * 19 / 20;
    std::ranges::nth_element(pauses, usual);
    const qint64 limit = receivedAt.last() + std::max(longerThanUsual * *usual, 60 * minuteMs);
    if (now <= limit)
        return {};
    return Gap{.kind = GapKind::SubscriptionSilent, .subject = subscription, .since = receivedAt.last(), .event = {}};
}

QString gapText(const Gap &gap)
{
    switch (gap.kind) {
    case GapKind::DecisionOverdue:
        return Gaps::tr("No decision after 15 minutes");
    case GapKind::SchedulingOverdue:
        return Gaps::tr("Authorized, but not scheduled for days");
    case GapKind::SettlementOverdue:
        return Gaps::tr("Not settled on the expected day");
    case GapKind::EventMissing:
        return Gaps::tr("%1 did not arrive, but a later event did").arg(gap.event);
    case GapKind::StatusWithoutEvent:
        return Gaps::tr("%1 did not arrive").arg(gap.event);
    case GapKind::SubscriptionSilent:
        return Gaps::tr("Much quieter than usual");
    }
    Q_UNREACHABLE();
}

QString gapNextStep(const Gap &gap)
{
    switch (gap.kind) {
    case GapKind::DecisionOverdue:
    case GapKind::SchedulingOverdue:
    case GapKind::SettlementOverdue:
        return Gaps::tr("Look it up. If it still stands there, ask Link Money about this payment.");
    case GapKind::EventMissing:
    case GapKind::StatusWithoutEvent:
        return Gaps::tr("Look it up to bring the ledger up to date, then check that the receiver was reachable.");
    case GapKind::SubscriptionSilent:
        return Gaps::tr("Check that the receiver can be reached from outside, then make a small test payment.");
    }
    Q_UNREACHABLE();
}

} // namespace models

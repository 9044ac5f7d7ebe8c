// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/outbox.h"
#include "models/paylink.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct LinkWords
{
    Q_DECLARE_TR_FUNCTIONS(models::PayLink)
};

struct StateWord
{
    PayLinkState state;
    QLatin1StringView word;
    int place; //!< how far along the life; 0: not made
};

using enum PayLinkState;

constexpr std::array stateWords{
    StateWord{Planned, "PLANNED"_L1, 0},
    StateWord{Sending, "MAKING"_L1, 0},
    StateWord{Unknown, "UNKNOWN"_L1, 0},
    StateWord{Refused, "REFUSED"_L1, 0},
    StateWord{Lost, "LOST"_L1, 0},
    StateWord{Withdrawn, "WITHDRAWN"_L1, 0},
    StateWord{Ready, "READY"_L1, 1},
    StateWord{Shared, "SHARED"_L1, 2},
    StateWord{Opened, "OPENED"_L1, 3},
    StateWord{Expired, "EXPIRED"_L1, 4},
    StateWord{Abandoned, "ABANDONED"_L1, 4},
    StateWord{Failed, "PAGE_ERROR"_L1, 4},
    StateWord{CustomerKnown, "CUSTOMER"_L1, 5},
    StateWord{Linked, "LINKED"_L1, 6},
    StateWord{Decided, "DECIDED"_L1, 7},
    StateWord{Finished, "FINISHED"_L1, 8},
};

const StateWord &stateEntry(PayLinkState state)
{
    return *std::ranges::find(stateWords, state, &StateWord::state);
}

bool wasLeft(PayLinkState state)
{
    return state == Expired || state == Abandoned || state == Failed;
}

bool mayAskAgain(const PayLink &link, qint64 now)
{
    return link.state == Unknown && (!link.paysInPage() || models::mayAskAgain(link.firstSentAt, now));
}

QString unknownLinkText(const PayLink &link, qint64 now)
{
    if (!link.paysInPage())
        return LinkWords::tr("It is not known whether the link was made. No payment is involved: ask again.");
    if (mayAskAgain(link, now))
        return LinkWords::tr("It is not known whether the link was made. Ask again: the same request is sent under the "
                             "same key, so nothing is made twice.");
    return LinkWords::tr("It is not known whether the link was made, and it is too late to ask under the same key. "
                         "Nobody has the link. Look for reference %1 in Link Money's portal before you make another.")
        .arg(link.reference);
}

QString finishedText(const PayLink &link)
{
    if (link.isVerify())
        return LinkWords::tr("The account is linked. Open the verified account data.");
    return link.paysInPage() ? LinkWords::tr("Done: the payment has its decision. Open it to see how it stands.")
                             : LinkWords::tr("Done: the bank account is linked.");
}

} // namespace

QString payLinkStatus(const PayLink &link)
{
    const QString word = payLinkStateWord(link.state);
    return link.inferred ? word + u'?' : word;
}

QString payLinkStateWord(PayLinkState state)
{
    return stateEntry(state).word;
}

std::optional<PayLinkState> payLinkStateOfWord(QStringView word)
{
    const auto found = std::ranges::find_if(stateWords, [word](const StateWord &each) { return each.word == word; });
    return found == stateWords.end() ? std::nullopt : std::optional(found->state);
}

bool isLive(PayLinkState state)
{
    return stateEntry(state).place > 0 && state != Finished;
}

PayLinkState stateAfter(PayLinkState now, PayLinkState step)
{
    if (stateEntry(step).place == 0 || stateEntry(now).place == 0)
        return step;
    if (wasLeft(now) && (step == Opened || step == Shared))
        return step;
    return stateEntry(step).place > stateEntry(now).place ? step : now;
}

bool PayLink::hasConfirmed(PayLinkState wanted) const
{
    return std::ranges::any_of(
        steps, [wanted](const PayLinkStep &step) { return step.state == wanted && !step.inferred; });
}

PayLinkActions payLinkActions(const PayLink &link, qint64 now)
{
    const bool unconfirmed = (!link.saidCustomer.isEmpty() && link.customer.isEmpty())
        || (!link.saidPayment.isEmpty() && link.payment.isEmpty());
    return {.useUrl = !link.url.isEmpty() && isLive(link.state),
        .askAgain = mayAskAgain(link, now),
        .sendNow = link.state == Planned,
        .makeAnother = link.state != Sending && link.state != Planned,
        .showVerified = link.isVerify() && !link.customer.isEmpty(),
        .readAgain = unconfirmed || !link.customer.isEmpty() || !link.payment.isEmpty() || !link.forCustomer.isEmpty()};
}

QString payLinkNextStep(const PayLink &link, qint64 now)
{
    switch (link.state) {
    case Planned:
        return LinkWords::tr("Not sent yet. Press Send now; nothing was made so far.");
    case Sending:
        return LinkWords::tr("The link is being made.");
    case Unknown:
        return unknownLinkText(link, now);
    case Refused:
        return LinkWords::tr("Link Money refused it, so there is no link. Correct what it says and make another.");
    case Lost:
        return LinkWords::tr("No usable link arrived, so nobody can have it. Make another.");
    case Withdrawn:
        return LinkWords::tr("It was never sent.");
    case Ready:
        return LinkWords::tr("Send the link to the customer, or open it here.");
    case Shared:
        return LinkWords::tr(
            "Handed out from here; whether it reached the customer is not known. The console sees what happens as soon "
            "as Link Money reports it.");
    case Opened:
        return LinkWords::tr("The page is or was open here. Go on with it, or send the link to the customer.");
    case Expired:
        return LinkWords::tr(
            "Nothing happened for a week. Link Money does not say how long a link works: send it again, "
            "or make another.");
    case Abandoned:
        return LinkWords::tr("The customer left before the end. Send the link again, or make another.");
    case Failed:
        return LinkWords::tr("The page ended with an error. Try the link again, or make another.");
    case CustomerKnown:
        return LinkWords::tr("The customer exists; the bank account is not linked yet.");
    case Linked:
        return link.paysInPage() ? LinkWords::tr("The bank account is linked; the payment has no decision yet.")
                                 : LinkWords::tr("The page says that the account is linked. Reading it back.");
    case Decided:
        return link.inferred ? LinkWords::tr("The page told the decision. Reading it back from Link Money.")
                             : LinkWords::tr("The payment was made and waits for its final decision.");
    case Finished:
        return finishedText(link);
    }
    Q_UNREACHABLE();
}

QString payLinkAim(const PayLink &link)
{
    if (link.isVerify())
        return LinkWords::tr("Verify an account");
    if (!link.paysInPage())
        return link.purpose == PayLinkPurpose::Relink ? LinkWords::tr("Re-link a bank account")
                                                      : LinkWords::tr("Link a bank account");
    return LinkWords::tr("Pay $%1").arg(api::plainAmount(link.amount.cents));
}

} // namespace models

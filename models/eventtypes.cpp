// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventtypes.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

struct EventWords
{
    Q_DECLARE_TR_FUNCTIONS(Event)
};

constexpr std::array payByBankTypes{
    EventType{"customer.created", WebhookFamily::PayByBank, EventCategory::Customer,
        QT_TRANSLATE_NOOP("Event", "Customer created"),
        QT_TRANSLATE_NOOP("Event", "The customer's record exists and linking has started. They cannot pay yet."),
        QT_TRANSLATE_NOOP("Event", "Nothing to do: wait until the customer has chosen an account.")},
    EventType{"customer.activated", WebhookFamily::PayByBank, EventCategory::Customer,
        QT_TRANSLATE_NOOP("Event", "Customer activated"),
        QT_TRANSLATE_NOOP("Event", "The customer linked a bank and chose an account. They can pay."),
        QT_TRANSLATE_NOOP("Event", "Nothing to do: payments can be taken from this customer now.")},
    EventType{"customer.deactivated", WebhookFamily::PayByBank, EventCategory::Customer,
        QT_TRANSLATE_NOOP("Event", "Customer deactivated"),
        QT_TRANSLATE_NOOP("Event", "The customer can no longer pay, usually because they withdrew their consent."),
        QT_TRANSLATE_NOOP("Event", "Stop charging this customer and ask them to link their bank again.")},
    EventType{"customer.account.linked", WebhookFamily::PayByBank, EventCategory::Account,
        QT_TRANSLATE_NOOP("Event", "Account linked"),
        QT_TRANSLATE_NOOP("Event", "The customer chose a bank account to pay from."),
        QT_TRANSLATE_NOOP("Event", "Nothing to do: payments come from this account now.")},
    EventType{"customer.account.deactivated", WebhookFamily::PayByBank, EventCategory::Account,
        QT_TRANSLATE_NOOP("Event", "Account deactivated"),
        QT_TRANSLATE_NOOP("Event",
            "The bank account can no longer be used: access was withdrawn or has expired, or the bank asks for a new "
            "sign-in."),
        QT_TRANSLATE_NOOP("Event", "Ask the customer to link their bank again.")},
    EventType{"payment.created", WebhookFamily::PayByBank, EventCategory::Payment,
        QT_TRANSLATE_NOOP("Event", "Payment created"),
        QT_TRANSLATE_NOOP("Event", "The request for a payment arrived and was recorded."),
        QT_TRANSLATE_NOOP("Event", "Nothing to do: nothing has been decided yet.")},
    EventType{"payment.pending", WebhookFamily::PayByBank, EventCategory::Payment,
        QT_TRANSLATE_NOOP("Event", "Payment pending"),
        QT_TRANSLATE_NOOP(
            "Event", "The payment waits for a risk decision, which comes within 15 minutes. Usually it is authorized."),
        QT_TRANSLATE_NOOP("Event", "Wait for the decision. Do not treat it as paid.")},
    EventType{"payment.authorized", WebhookFamily::PayByBank, EventCategory::Payment,
        QT_TRANSLATE_NOOP("Event", "Payment authorized"),
        QT_TRANSLATE_NOOP("Event", "The payment was approved and will be scheduled. No money has moved yet."),
        QT_TRANSLATE_NOOP("Event", "The order may be accepted.")},
    EventType{"payment.scheduled", WebhookFamily::PayByBank, EventCategory::Payment,
        QT_TRANSLATE_NOOP("Event", "Payment scheduled"),
        QT_TRANSLATE_NOOP("Event", "The payment is scheduled, one or two days ahead depending on the cutoff."),
        QT_TRANSLATE_NOOP("Event", "Nothing to do. If the customer asks, name the expected settlement day.")},
    EventType{"payment.initiated", WebhookFamily::PayByBank, EventCategory::Payment,
        QT_TRANSLATE_NOOP("Event", "Payment initiated"),
        QT_TRANSLATE_NOOP("Event", "The payment was started at the payment provider."),
        QT_TRANSLATE_NOOP("Event", "Nothing to do: this only shows progress.")},
    EventType{"payment.succeeded", WebhookFamily::PayByBank, EventCategory::Payment,
        QT_TRANSLATE_NOOP("Event", "Payment succeeded"),
        QT_TRANSLATE_NOOP("Event", "The customer's account was debited and the payment settled."),
        QT_TRANSLATE_NOOP("Event", "Mark the order as paid and tell the customer.")},
    EventType{"payment.disbursed", WebhookFamily::PayByBank, EventCategory::Payment,
        QT_TRANSLATE_NOOP("Event", "Payment disbursed"),
        QT_TRANSLATE_NOOP("Event", "The payment is part of a payout to you."),
        QT_TRANSLATE_NOOP("Event", "Reconcile it with the payout.")},
    EventType{"payment.failed", WebhookFamily::PayByBank, EventCategory::Payment,
        QT_TRANSLATE_NOOP("Event", "Payment failed"),
        QT_TRANSLATE_NOOP("Event", "The payment failed. This can happen after it was initiated."),
        QT_TRANSLATE_NOOP("Event", "Tell the customer, and hold or cancel the order. The payment shows the reason.")},
};

constexpr std::array aggregationTypes{
    EventType{"REFRESH", WebhookFamily::Aggregation, EventCategory::Aggregation,
        QT_TRANSLATE_NOOP("Event", "Linking progress"),
        QT_TRANSLATE_NOOP("Event", "A user is adding or updating a bank, and the bank's answer moved on."),
        QT_TRANSLATE_NOOP("Event", "When it has finished, read the user's accounts.")},
    EventType{"DATA_UPDATES", WebhookFamily::Aggregation, EventCategory::Aggregation,
        QT_TRANSLATE_NOOP("Event", "Data updated"),
        QT_TRANSLATE_NOOP("Event", "Accounts, transactions or holdings of a user were added, changed or deleted."),
        QT_TRANSLATE_NOOP("Event", "Read the user's data again.")},
    EventType{"AUTO_REFRESH_UPDATES", WebhookFamily::Aggregation, EventCategory::Aggregation,
        QT_TRANSLATE_NOOP("Event", "Automatic refresh changed"),
        QT_TRANSLATE_NOOP("Event", "The daily refresh of an account was switched on or off, or its reason changed."),
        QT_TRANSLATE_NOOP("Event", "Read the accounts. If refresh is off, ask the user to repair the link.")},
    EventType{"LATEST_BALANCE_UPDATES", WebhookFamily::Aggregation, EventCategory::Aggregation,
        QT_TRANSLATE_NOOP("Event", "Balance refreshed"),
        QT_TRANSLATE_NOOP("Event", "A balance refresh that was asked for has finished."),
        QT_TRANSLATE_NOOP("Event", "Read the balance.")},
    EventType{"CDV_STATUS_UPDATES", WebhookFamily::Aggregation, EventCategory::Aggregation,
        QT_TRANSLATE_NOOP("Event", "Deposit verification changed"),
        QT_TRANSLATE_NOOP("Event", "The verification of an account by small deposits moved on."),
        QT_TRANSLATE_NOOP("Event", "Read the verification status.")},
    EventType{"OB_CONSENT", WebhookFamily::Aggregation, EventCategory::Aggregation,
        QT_TRANSLATE_NOOP("Event", "Consent changed"),
        QT_TRANSLATE_NOOP(
            "Event", "A user granted, changed or withdrew their consent at the bank, usually about five minutes ago."),
        QT_TRANSLATE_NOOP("Event", "Note the new consent, and tell the user where the law asks for it.")},
    EventType{"OB_ACTIVE_CONSENT_REMINDER", WebhookFamily::Aggregation, EventCategory::Aggregation,
        QT_TRANSLATE_NOOP("Event", "Consent reminder"),
        QT_TRANSLATE_NOOP("Event", "A reminder that a user's consent at the bank is still active."),
        QT_TRANSLATE_NOOP("Event", "Remind the user where the law asks for it.")},
};

struct EventDetail
{
    QLatin1StringView name;
    const char *text;
};

constexpr std::array eventDetails{
    EventDetail{"REFRESH.PROCESS_COMPLETED"_L1, QT_TRANSLATE_NOOP("Event", "Linking finished")},
    EventDetail{"REFRESH.LOGIN_SUCCESS"_L1, QT_TRANSLATE_NOOP("Event", "Sign-in succeeded")},
    EventDetail{"REFRESH.ACCT_SUMMARY_RECEIVED"_L1, QT_TRANSLATE_NOOP("Event", "Accounts received")},
    EventDetail{"REFRESH.MFA_REQUESTED"_L1, QT_TRANSLATE_NOOP("Event", "Second factor asked")},
    EventDetail{"LATEST_BALANCE.COMPLETED"_L1, QT_TRANSLATE_NOOP("Event", "Balance refreshed")},
};

QString translated(const char *text)
{
    return QCoreApplication::translate("Event", text);
}

const EventType *findIn(std::span<const EventType> types, QStringView name)
{
    const auto found = std::ranges::find_if(types,
        [name](const EventType &type) { return name.compare(QLatin1StringView(type.name), Qt::CaseInsensitive) == 0; });
    return found == types.end() ? nullptr : &*found;
}

} // namespace

QString webhookFamilyWord(WebhookFamily family)
{
    switch (family) {
    case WebhookFamily::PayByBank:
        return u"PAY_BY_BANK"_s;
    case WebhookFamily::Aggregation:
        return u"AGGREGATION"_s;
    }
    Q_UNREACHABLE();
}

std::optional<WebhookFamily> webhookFamilyOfWord(QStringView word)
{
    for (const WebhookFamily family : {WebhookFamily::PayByBank, WebhookFamily::Aggregation}) {
        if (webhookFamilyWord(family) == word)
            return family;
    }
    return {};
}

QString webhookFamilyText(WebhookFamily family)
{
    switch (family) {
    case WebhookFamily::PayByBank:
        return EventWords::tr("Pay by Bank");
    case WebhookFamily::Aggregation:
        return EventWords::tr("Aggregation");
    }
    Q_UNREACHABLE();
}

std::span<const EventType> eventTypes(WebhookFamily family)
{
    switch (family) {
    case WebhookFamily::PayByBank:
        return payByBankTypes;
    case WebhookFamily::Aggregation:
        return aggregationTypes;
    }
    Q_UNREACHABLE();
}

const EventType *findEventType(QStringView name)
{
    if (const EventType *type = findIn(payByBankTypes, name))
        return type;
    if (const EventType *type = findIn(aggregationTypes, name))
        return type;
    const QStringView beginning = name.left(name.indexOf(u'.'));
    if (beginning == "LATEST_BALANCE"_L1)
        return findIn(aggregationTypes, u"LATEST_BALANCE_UPDATES");
    return name.contains(u'.') ? findIn(aggregationTypes, beginning) : nullptr;
}

QString eventTitle(QStringView name)
{
    const EventType *type = findEventType(name);
    if (!type)
        return name.toString();
    const QString detail = eventDetailText(name);
    return detail.isEmpty() ? translated(type->title) : detail;
}

QString eventMeaning(QStringView name)
{
    const EventType *type = findEventType(name);
    return type ? translated(type->meaning)
                : EventWords::tr("This kind of event is not in the documentation. It was kept as it came.");
}

QString eventAdvice(QStringView name)
{
    const EventType *type = findEventType(name);
    return type ? translated(type->asks) : EventWords::tr("Look at the body, and at the record it names.");
}

QString eventCategoryWord(EventCategory category)
{
    switch (category) {
    case EventCategory::Payment:
        return u"PAYMENT"_s;
    case EventCategory::Customer:
        return u"CUSTOMER"_s;
    case EventCategory::Account:
        return u"ACCOUNT"_s;
    case EventCategory::Aggregation:
        return {};
    }
    Q_UNREACHABLE();
}

QString eventCategoryText(EventCategory category)
{
    switch (category) {
    case EventCategory::Payment:
        return EventWords::tr("Payments");
    case EventCategory::Customer:
        return EventWords::tr("Customers");
    case EventCategory::Account:
        return EventWords::tr("Accounts");
    case EventCategory::Aggregation:
        return EventWords::tr("Aggregation");
    }
    Q_UNREACHABLE();
}

QString eventDetailText(QStringView name)
{
    const auto *const found = std::ranges::find_if(
        eventDetails, [name](const EventDetail &detail) { return name == detail.name; });
    return found == eventDetails.end() ? QString() : translated(found->text);
}

} // namespace models

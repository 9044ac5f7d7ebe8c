// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <span>

namespace models {

//! The two families of the API share a brand and nothing else.
enum class WebhookFamily { PayByBank, Aggregation };

QString webhookFamilyWord(WebhookFamily family); //!< "PAY_BY_BANK", "AGGREGATION": as stored
std::optional<WebhookFamily> webhookFamilyOfWord(QStringView word);
QString webhookFamilyText(WebhookFamily family); //!< "Pay by Bank", "Aggregation"

//! Payment, Customer and Account are the categories one can subscribe to (reference 1.14.1).
enum class EventCategory { Payment, Customer, Account, Aggregation };

//! A documented event (reference 1.14.4 and 2.8).
struct EventType
{
    const char *name; //!< as the server writes it: "payment.succeeded", "DATA_UPDATES"
    WebhookFamily family;
    EventCategory category;
    const char *title;   //!< English, translated through eventTitle()
    const char *meaning; //!< what happened
    const char *asks;    //!< what the merchant should do now
};

//! In the order of the life cycle.
std::span<const EventType> eventTypes(WebhookFamily family);
//! Null for a type that is not documented. The more exact names of aggregation ("REFRESH.PROCESS_COMPLETED",
//! "LATEST_BALANCE.COMPLETED") find their type.
const EventType *findEventType(QStringView name);

//! "Payment succeeded"; the name itself when it is not documented.
QString eventTitle(QStringView name);
QString eventMeaning(QStringView name); //!< a sentence, also for a type that is not documented
QString eventAdvice(QStringView name);  //!< a sentence, also for a type that is not documented

QString eventCategoryWord(EventCategory category); //!< "PAYMENT": the API's word; empty for Aggregation
QString eventCategoryText(EventCategory category); //!< "Payments"

//! What aggregation says beyond the type: "Linking finished", "Sign-in succeeded"; empty when it says nothing more.
QString eventDetailText(QStringView name);

} // namespace models

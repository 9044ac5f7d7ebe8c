// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <span>

namespace models {

//! Every field of a session that a person fills in; reference 1.4.1 to 1.4.6. The items of an order are apart, because
//! there can be many.
enum class SessionField {
    Product,
    Experience,
    FirstName,
    LastName,
    Email,
    Phone,
    BillingStreet,
    BillingCity,
    BillingState,
    BillingPostalCode,
    BillingCountry,
    PaymentAmount,
    PaymentReference,
    PaymentDescriptor,
    Subtotal,
    Discount,
    Shipping,
    Tax,
    Total,
    ShippingStreet,
    ShippingCity,
    ShippingState,
    ShippingPostalCode,
    ShippingCountry,
    ProfileId,
    GuestCheckout,
    AccountCreated,
    TransactionCount,
    FirstTransaction,
    VerifiedEmail,
    VerifiedPhone,
    RedirectUrl,
};
inline constexpr std::size_t sessionFieldCount = 32;

//! How a field is typed and read.
enum class SessionInput { Text, Money, Time, Count, YesNo, Product, Experience, Url };

//! Which part of the form a field belongs to.
enum class SessionSection { Kind, Customer, BillingAddress, Payment, Order, ShippingAddress, Profile, Return };

struct SessionFieldInfo
{
    SessionField field;
    const char *name;  //!< as the reference writes it, with dots for what is nested; also the column of a CSV file
    const char *label; //!< for tr() in the context "SessionField"
    SessionInput input;
    SessionSection section;
};

std::span<const SessionFieldInfo> sessionFields();
const SessionFieldInfo &sessionFieldInfo(SessionField field);
QString sessionFieldLabel(SessionField field);
//! By the reference's name, without regard to case and to spaces around it.
std::optional<SessionField> sessionFieldOfName(QStringView name);

//! The words of the fields with a choice, as they are stored and sent.
inline constexpr QStringView productPay = u"PAY", productVerify = u"VERIFY";
inline constexpr QStringView payInPage = u"LINK_MANAGED_PAYMENT", onboardOnly = u"ONBOARD_WITH_DONE";
inline constexpr QStringView yesWord = u"true", noWord = u"false";
inline constexpr QStringView goodDigital = u"DIGITAL", goodPhysical = u"PHYSICAL";

} // namespace models

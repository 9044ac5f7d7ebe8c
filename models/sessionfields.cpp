// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessionfields.h"

#include <QCoreApplication>

#include <array>

namespace models {

namespace {

using enum SessionField;
using Input = SessionInput;
using Section = SessionSection;

constexpr std::array<SessionFieldInfo, sessionFieldCount> allFields{{
    {Product, "product", QT_TRANSLATE_NOOP("SessionField", "What the link is for"), Input::Product, Section::Kind},
    {Experience, "experienceId", QT_TRANSLATE_NOOP("SessionField", "What the customer does on the page"),
        Input::Experience, Section::Kind},
    {FirstName, "firstName", QT_TRANSLATE_NOOP("SessionField", "First name"), Input::Text, Section::Customer},
    {LastName, "lastName", QT_TRANSLATE_NOOP("SessionField", "Last name"), Input::Text, Section::Customer},
    {Email, "email", QT_TRANSLATE_NOOP("SessionField", "E-mail"), Input::Text, Section::Customer},
    {Phone, "phoneNumber", QT_TRANSLATE_NOOP("SessionField", "Phone number"), Input::Text, Section::Customer},
    {BillingStreet, "billingAddress.streetAddress", QT_TRANSLATE_NOOP("SessionField", "Street"), Input::Text,
        Section::BillingAddress},
    {BillingCity, "billingAddress.city", QT_TRANSLATE_NOOP("SessionField", "City"), Input::Text,
        Section::BillingAddress},
    {BillingState, "billingAddress.stateOrProvince", QT_TRANSLATE_NOOP("SessionField", "State or province"),
        Input::Text, Section::BillingAddress},
    {BillingPostalCode, "billingAddress.postalCode", QT_TRANSLATE_NOOP("SessionField", "Postal code"), Input::Text,
        Section::BillingAddress},
    {BillingCountry, "billingAddress.country", QT_TRANSLATE_NOOP("SessionField", "Country"), Input::Text,
        Section::BillingAddress},
    {PaymentAmount, "paymentDetails.amount", QT_TRANSLATE_NOOP("SessionField", "Amount to pay"), Input::Money,
        Section::Payment},
    {PaymentReference, "paymentDetails.clientReferenceId", QT_TRANSLATE_NOOP("SessionField", "Your reference"),
        Input::Text, Section::Payment},
    {PaymentDescriptor, "paymentDetails.softDescriptor",
        QT_TRANSLATE_NOOP("SessionField", "Text on the bank statement"), Input::Text, Section::Payment},
    {Subtotal, "orderDetails.subtotalAmount", QT_TRANSLATE_NOOP("SessionField", "Subtotal"), Input::Money,
        Section::Order},
    {Discount, "orderDetails.discountAmount", QT_TRANSLATE_NOOP("SessionField", "Discount"), Input::Money,
        Section::Order},
    {Shipping, "orderDetails.shippingAmount", QT_TRANSLATE_NOOP("SessionField", "Shipping"), Input::Money,
        Section::Order},
    {Tax, "orderDetails.taxAmount", QT_TRANSLATE_NOOP("SessionField", "Tax"), Input::Money, Section::Order},
    {Total, "orderDetails.totalAmount", QT_TRANSLATE_NOOP("SessionField", "Total"), Input::Money, Section::Order},
    {ShippingStreet, "orderDetails.shippingAddress.streetAddress", QT_TRANSLATE_NOOP("SessionField", "Street"),
        Input::Text, Section::ShippingAddress},
    {ShippingCity, "orderDetails.shippingAddress.city", QT_TRANSLATE_NOOP("SessionField", "City"), Input::Text,
        Section::ShippingAddress},
    {ShippingState, "orderDetails.shippingAddress.stateOrProvince",
        QT_TRANSLATE_NOOP("SessionField", "State or province"), Input::Text, Section::ShippingAddress},
    {ShippingPostalCode, "orderDetails.shippingAddress.postalCode", QT_TRANSLATE_NOOP("SessionField", "Postal code"),
        Input::Text, Section::ShippingAddress},
    {ShippingCountry, "orderDetails.shippingAddress.country", QT_TRANSLATE_NOOP("SessionField", "Country"), Input::Text,
        Section::ShippingAddress},
    {ProfileId, "customerProfile.id", QT_TRANSLATE_NOOP("SessionField", "Your own customer id"), Input::Text,
        Section::Profile},
    {GuestCheckout, "customerProfile.guestCheckout", QT_TRANSLATE_NOOP("SessionField", "Buys as a guest"), Input::YesNo,
        Section::Profile},
    {AccountCreated, "customerProfile.accountCreationDate",
        QT_TRANSLATE_NOOP("SessionField", "Customer of yours since"), Input::Time, Section::Profile},
    {TransactionCount, "customerProfile.transactionCount", QT_TRANSLATE_NOOP("SessionField", "Earlier purchases"),
        Input::Count, Section::Profile},
    {FirstTransaction, "customerProfile.firstTransactionDate", QT_TRANSLATE_NOOP("SessionField", "First purchase"),
        Input::Time, Section::Profile},
    {VerifiedEmail, "customerProfile.verifiedEmail", QT_TRANSLATE_NOOP("SessionField", "E-mail is verified"),
        Input::YesNo, Section::Profile},
    {VerifiedPhone, "customerProfile.verifiedPhone", QT_TRANSLATE_NOOP("SessionField", "Phone is verified"),
        Input::YesNo, Section::Profile},
    {RedirectUrl, "redirectUrl", QT_TRANSLATE_NOOP("SessionField", "Where the customer goes afterwards"), Input::Url,
        Section::Return},
}};

consteval bool inOrder()
{
    for (std::size_t i = 0; i < allFields.size(); ++i) {
        if (static_cast<std::size_t>(allFields[i].field) != i)
            return false;
    }
    return true;
}
static_assert(inOrder());

} // namespace

std::span<const SessionFieldInfo> sessionFields()
{
    return allFields;
}

const SessionFieldInfo &sessionFieldInfo(SessionField field)
{
    return allFields[static_cast<std::size_t>(field)];
}

QString sessionFieldLabel(SessionField field)
{
    return QCoreApplication::translate("SessionField", sessionFieldInfo(field).label);
}

std::optional<SessionField> sessionFieldOfName(QStringView name)
{
    for (const SessionFieldInfo &info : allFields) {
        if (name.trimmed().compare(QLatin1StringView(info.name), Qt::CaseInsensitive) == 0)
            return info.field;
    }
    return {};
}

} // namespace models

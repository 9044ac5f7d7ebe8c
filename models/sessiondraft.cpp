// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessiondraft.h"

#include "api/jsonreader.h"
#include "models/draftreading.h"

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

std::optional<api::Money> moneyOf(const SessionDraft &draft, SessionField field)
{
    const auto cents = draftCents(draft.text(field));
    return cents && *cents ? std::optional(api::Money{.cents = **cents}) : std::nullopt;
}

std::optional<bool> flagOf(const SessionDraft &draft, SessionField field)
{
    return draftFlag(draft.text(field)).value_or(std::nullopt);
}

qint64 timeOf(const SessionDraft &draft, SessionField field)
{
    return api::parseIsoTime(draft.text(field)).value_or(0);
}

std::optional<api::PostalAddress> addressOf(const SessionDraft &draft, SessionField street)
{
    const auto part = [&draft, street](int offset) {
        return draft.text(static_cast<SessionField>(static_cast<int>(street) + offset));
    };
    const api::PostalAddress address{.streetAddress = part(0),
        .city = part(1),
        .stateOrProvince = part(2),
        .postalCode = part(3),
        .country = part(4)};
    const bool blank = (address.streetAddress + address.city + address.stateOrProvince + address.postalCode
        + address.country)
                           .isEmpty();
    return blank ? std::nullopt : std::optional(address);
}

std::optional<api::OrderDetails> orderOf(const SessionDraft &draft)
{
    const auto total = moneyOf(draft, SessionField::Total);
    if (!total)
        return {};
    api::OrderDetails order{.subtotal = moneyOf(draft, SessionField::Subtotal),
        .discount = moneyOf(draft, SessionField::Discount),
        .shipping = moneyOf(draft, SessionField::Shipping),
        .tax = moneyOf(draft, SessionField::Tax),
        .total = *total,
        .shippingAddress = addressOf(draft, SessionField::ShippingStreet)};
    for (const DraftItem &item : draft.items) {
        if (item.isBlank())
            continue;
        const auto cents = draftCents(item.amount.trimmed());
        order.items.append({.description = item.description.trimmed(),
            .amount = {.cents = cents ? cents->value_or(0) : 0},
            .good = item.goodType == goodDigital ? api::OrderItem::Good::Digital : api::OrderItem::Good::Physical});
    }
    return order;
}

std::optional<api::CustomerProfile> profileOf(const SessionDraft &draft)
{
    const auto count = draft.text(SessionField::TransactionCount);
    api::CustomerProfile profile{.id = draft.text(SessionField::ProfileId),
        .accountCreatedAt = timeOf(draft, SessionField::AccountCreated),
        .transactionCount = count.isEmpty() ? std::nullopt : std::optional(count.toInt()),
        .firstTransactionAt = timeOf(draft, SessionField::FirstTransaction),
        .verifiedEmail = flagOf(draft, SessionField::VerifiedEmail),
        .verifiedPhone = flagOf(draft, SessionField::VerifiedPhone)};
    // Reference 1.4.1: every sample of a PAY session carries it; it does not belong to a verification.
    if (!draft.isVerify())
        profile.guestCheckout = flagOf(draft, SessionField::GuestCheckout).value_or(false);
    const bool blank = profile.id.isEmpty() && !profile.guestCheckout && profile.accountCreatedAt == 0
        && !profile.transactionCount && profile.firstTransactionAt == 0 && !profile.verifiedEmail
        && !profile.verifiedPhone;
    return blank ? std::nullopt : std::optional(profile);
}

bool belongsToOne(const SessionFieldInfo &info)
{
    switch (info.section) {
    case SessionSection::Customer:
    case SessionSection::BillingAddress:
    case SessionSection::ShippingAddress:
        return true;
    case SessionSection::Profile:
        return info.field != SessionField::GuestCheckout;
    case SessionSection::Payment:
        return info.field == SessionField::PaymentReference;
    case SessionSection::Kind:
    case SessionSection::Order:
    case SessionSection::Return:
        return false;
    }
    Q_UNREACHABLE();
}

} // namespace

bool DraftItem::isBlank() const
{
    return description.trimmed().isEmpty() && amount.trimmed().isEmpty();
}

SessionDraft::SessionDraft()
{
    set(SessionField::Product, productPay.toString());
    set(SessionField::GuestCheckout, noWord.toString());
}

QString SessionDraft::text(SessionField field) const
{
    return typed(field).trimmed();
}

bool SessionDraft::isVerify() const
{
    return text(SessionField::Product) == productVerify;
}

bool SessionDraft::paysInPage() const
{
    return text(SessionField::Experience) == payInPage;
}

api::Money SessionDraft::payment() const
{
    return moneyOf(*this, SessionField::PaymentAmount).value_or(api::Money{});
}

api::RequestData sessionRequestOf(const SessionDraft &draft, const api::RequestKey &key, const QString &reference)
{
    api::SessionRequest request{.firstName = draft.text(SessionField::FirstName),
        .lastName = draft.text(SessionField::LastName),
        .email = draft.text(SessionField::Email),
        .phoneNumber = draft.text(SessionField::Phone),
        .billingAddress = addressOf(draft, SessionField::BillingStreet),
        .order = orderOf(draft),
        .profile = profileOf(draft),
        .product = draft.isVerify() ? api::SessionRequest::Product::Verify : api::SessionRequest::Product::Pay,
        .redirectUrl = draft.text(SessionField::RedirectUrl),
        .experienceId = draft.text(SessionField::Experience)};
    if (draft.paysInPage()) {
        const QString own = draft.text(SessionField::PaymentReference);
        request.payment = api::SessionPayment{.amount = draft.payment(),
            .requestKey = key,
            .softDescriptor = draft.text(SessionField::PaymentDescriptor),
            .clientReferenceId = own.isEmpty() ? reference : own};
    }
    return api::createSession(request).data;
}

QByteArray draftToText(const SessionDraft &draft)
{
    std::vector<api::Json::Member> members;
    for (const SessionFieldInfo &info : sessionFields())
        members.emplace_back(QString::fromLatin1(info.name), api::Json::fromText(draft.typed(info.field)));
    std::vector<api::Json> items;
    for (const DraftItem &item : draft.items)
        items.push_back(api::Json::fromMembers({{u"description"_s, api::Json::fromText(item.description)},
            {u"amount"_s, api::Json::fromText(item.amount)}, {u"goodType"_s, api::Json::fromText(item.goodType)}}));
    members.emplace_back(u"items"_s, api::Json::fromItems(std::move(items)));
    return api::Json::fromMembers(std::move(members)).toText();
}

SessionDraft draftOfText(const QByteArray &text)
{
    const auto json = api::Json::parse(text);
    SessionDraft draft;
    if (!json)
        return draft;
    for (const SessionFieldInfo &info : sessionFields()) {
        const api::Json value = (*json)[QString::fromLatin1(info.name)];
        if (!value.isNull())
            draft.set(info.field, value.text());
    }
    for (const api::Json &item : (*json)[u"items"].items())
        draft.items.append({.description = item[u"description"].text(),
            .amount = item[u"amount"].text(),
            .goodType = item[u"goodType"].text()});
    return draft;
}

SessionDraft templateOf(const SessionDraft &draft)
{
    SessionDraft saved = draft;
    for (const SessionFieldInfo &info : sessionFields()) {
        if (belongsToOne(info))
            saved.set(info.field, {});
    }
    return saved;
}

SessionDraft withTemplate(const SessionDraft &draft, const SessionDraft &saved)
{
    SessionDraft merged = saved;
    for (const SessionFieldInfo &info : sessionFields()) {
        if (belongsToOne(info))
            merged.set(info.field, draft.typed(info.field));
    }
    return merged;
}

} // namespace models

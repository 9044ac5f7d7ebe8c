// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/request.h"

#include <QList>
#include <QUrl>

#include <optional>

namespace api {

//! Reference 1.4.2. Everything but the postal code is required when the address is sent.
struct PostalAddress
{
    QString streetAddress = {};
    QString city = {};
    QString stateOrProvince = {};
    QString postalCode = {}; //!< optional
    QString country = {};
};

//! Reference 1.4.4.
struct OrderItem
{
    enum class Good { Digital, Physical };
    QString description = {};
    Money amount = {};
    Good good = Good::Physical;
};

//! Reference 1.4.3. `subtotal` is required as soon as a discount, shipping or tax is given.
struct OrderDetails
{
    QList<OrderItem> items = {};
    std::optional<Money> subtotal = {};
    std::optional<Money> discount = {};
    std::optional<Money> shipping = {};
    std::optional<Money> tax = {};
    Money total = {};
    std::optional<PostalAddress> shippingAddress = {};
};

//! Reference 1.4.5. Times are UTC milliseconds, 0 to leave them out.
struct CustomerProfile
{
    QString id = {};                        //!< the merchant's own id, at most 128 characters; optional
    std::optional<bool> guestCheckout = {}; //!< send it for PAY, not for VERIFY
    qint64 accountCreatedAt = 0;
    std::optional<int> transactionCount = {};
    qint64 firstTransactionAt = 0;
    std::optional<bool> verifiedEmail = {};
    std::optional<bool> verifiedPhone = {};
};

//! Reference 1.4.6: present when the customer pays inside the Link page.
struct SessionPayment
{
    Money amount = {};
    RequestKey requestKey = {};
    QString softDescriptor = {};    //!< optional, see softDescriptorProblem
    QString clientReferenceId = {}; //!< optional
};

//! Reference 1.4.1. Empty strings and empty optionals are left out of the request.
struct SessionRequest
{
    enum class Product { Pay, Verify };
    QString firstName = {};
    QString lastName = {};
    QString email = {};
    QString phoneNumber = {};
    std::optional<PostalAddress> billingAddress = {};
    std::optional<OrderDetails> order = {};
    std::optional<CustomerProfile> profile = {};
    std::optional<SessionPayment> payment = {}; //!< sets experienceId LINK_MANAGED_PAYMENT unless another is given
    Product product = Product::Pay;
    QString redirectUrl = {};
    QString experienceId = {}; //!< LINK_MANAGED_PAYMENT, ONBOARD_WITH_DONE or one we do not know
};

//! Reference 1.4.7. Both are as good as a password for this one customer.
struct Session
{
    QString key = {};
    QUrl url = {}; //!< v2 only; where to send the customer
};

Result<Session> readSession(const Json &answer);

Request<Session> createSession(const SessionRequest &session); //!< POST /v2/sessions, Basic
Request<Session> createSessionV1(
    const SessionRequest &session); //!< POST /v1/sessions, deprecated and flat, Link-Core; answers with a key only

} // namespace api

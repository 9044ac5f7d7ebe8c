// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/paybybank/transactions.h"

namespace api {

//! Reference 1.12.
struct Customer
{
    CustomerId id = {};
    QString firstName = {};
    QString lastName = {};
    QString email = {};
    QString status = {}; //!< ACTIVE, CREATED, INACTIVE, or one we do not know
    BankAccountSummary account = {};
    qint64 createdAt = 0; //!< UTC ms; 0 when absent

    friend bool operator==(const Customer &, const Customer &) = default;
};

//! One linked account. There is no full account number in this answer.
struct LinkedAccount
{
    AccountId id = {};
    QString institutionId = {};
    QString institution = {};
    QString lastFour = {};
    QString type = {};
    QString status = {}; //!< ACTIVE, INACTIVE, ABANDON, CREATED, or one we do not know
    bool preferred = false;
    QString routingNumber = {};
    qint64 createdAt = 0; //!< UTC ms; 0 when absent

    friend bool operator==(const LinkedAccount &, const LinkedAccount &) = default;
};

struct LinkedAccounts
{
    CustomerId customerId = {};
    QList<LinkedAccount> accounts = {};

    friend bool operator==(const LinkedAccounts &, const LinkedAccounts &) = default;
};

//! AccountVerify data. `accountNumber` is the full number: keep it in memory only, show it only on an
//! explicit, recorded reveal.
struct VerifiedAccount
{
    AccountId id = {};
    QString display = {}; //!< last four
    struct Network
    {
        QString routingNumber = {};
        QString accountNumber = {};
        QString type = {}; //!< US_ACH
        friend bool operator==(const Network &, const Network &) = default;
    };
    QList<Network> networks = {};

    friend bool operator==(const VerifiedAccount &, const VerifiedAccount &) = default;
};

Result<Customer> readCustomer(const Json &answer);
Result<LinkedAccounts> readLinkedAccounts(const Json &answer);
Result<QList<VerifiedAccount>> readVerifiedAccounts(const Json &answer);

Request<Customer> getCustomer(const CustomerId &id);             //!< GET /v1/customers/{id}, Link-Core
Request<LinkedAccounts> getLinkedAccounts(const CustomerId &id); //!< GET .../accounts, Link-Core
Request<QList<VerifiedAccount>> getVerifiedAccounts(
    const CustomerId &id); //!< GET .../account-verifications/accounts, Link-Core

} // namespace api

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/aggregation/proxy.h"
#include "api/money.h"

#include <optional>

namespace api {

// Reference 2.6; the fields are Yodlee's. All that could be missing may be.

//! One account at a bank, as Yodlee gathers it.
struct AggregatedAccount
{
    AggregatedAccountId id = {};
    ProviderAccountId providerAccountId = {};
    QString providerId = {};
    QString provider = {};  //!< the bank's name
    QString container = {}; //!< bank, creditCard, investment, loan ...
    QString name = {};
    QString type = {};                 //!< CHECKING, SAVINGS ...
    QString status = {};               //!< ACTIVE, INACTIVE, TO_BE_CLOSED, CLOSED, DELETED, or one we do not know
    QString number = {};               //!< masked, as the bank shows it
    std::optional<Money> balance = {}; //!< absent when it is not an amount with at most two decimals
    QString refreshStatus = {};        //!< of the basic data: AVAILABLE_DATA_RETRIEVED, USER_INPUT_REQUIRED ...
    qint64 createdAt = 0;              //!< UTC ms; 0 when absent
    qint64 updatedAt = 0;              //!< UTC ms; 0 when absent

    friend bool operator==(const AggregatedAccount &, const AggregatedAccount &) = default;
};

//! The link between the user and one bank.
struct ProviderAccount
{
    ProviderAccountId id = {};
    QString providerId = {};
    QString status = {}; //!< LOGIN_IN_PROGRESS, IN_PROGRESS, PARTIAL_SUCCESS, SUCCESS, USER_INPUT_REQUIRED, FAILED
    QString refreshStatus = {}; //!< of the basic data; says why it failed
    QString requestId = {};
    qint64 createdAt = 0; //!< UTC ms; 0 when absent
    qint64 updatedAt = 0; //!< UTC ms; 0 when absent

    friend bool operator==(const ProviderAccount &, const ProviderAccount &) = default;
};

//! `accountNumber` is the full number: keep it in memory only, show it only on an explicit, recorded reveal.
struct VerifiedAggregatedAccount
{
    AggregatedAccountId id = {};
    ProviderAccountId providerAccountId = {};
    QString provider = {};
    QString name = {};
    QString type = {};
    QString holder = {}; //!< the displayed name
    QString status = {}; //!< SUCCESS, FAILED
    QString maskedNumber = {};
    QString accountNumber = {};
    QString routingNumber = {};

    friend bool operator==(const VerifiedAggregatedAccount &, const VerifiedAggregatedAccount &) = default;
};

//! Empty fields do not filter.
struct AggregatedAccountFilter
{
    QString accountId = {}; //!< one or several, separated by commas
    QString providerAccountId = {};
    QString requestId = {};
    QString container = {};
    QString status = {};
    std::optional<bool> selectedForAggregation = {};
};

struct VerifiedAccountFilter
{
    QString accountId = {};
    QString providerAccountId = {};
    std::optional<bool> selected = {};
};

Result<QList<AggregatedAccount>> readAggregatedAccounts(const Json &answer); //!< `{}` means none
Result<AggregatedAccount> readAggregatedAccount(const Json &answer);         //!< a list of one, or the bare object
Result<QList<VerifiedAggregatedAccount>> readVerifiedAggregatedAccounts(const Json &answer);
Result<QList<ProviderAccount>> readProviderAccounts(const Json &answer);
Result<ProviderAccount> readProviderAccount(const Json &answer);

Request<QList<AggregatedAccount>> listAggregatedAccounts(
    const YodleeProxy &proxy, const LoginName &user, const AggregatedAccountFilter &filter = {}); //!< GET accounts
Request<AggregatedAccount> getAggregatedAccount(
    const YodleeProxy &proxy, const LoginName &user, const AggregatedAccountId &id); //!< GET accounts/{id}
Request<QList<VerifiedAggregatedAccount>> listVerifiedAggregatedAccounts(const YodleeProxy &proxy,
    const LoginName &user, const VerifiedAccountFilter &filter = {}); //!< GET verification/verifiedAccounts
Request<QList<ProviderAccount>> listProviderAccounts(
    const YodleeProxy &proxy, const LoginName &user); //!< GET providerAccounts
Request<ProviderAccount> getProviderAccount(
    const YodleeProxy &proxy, const LoginName &user, const ProviderAccountId &id); //!< GET providerAccounts/{id}

} // namespace api

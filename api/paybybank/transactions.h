// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/request.h"

namespace api {

//! The bank account a transaction used or a customer prefers (reference 1.11, 1.12). Times are UTC
//! milliseconds, 0 when absent.
struct BankAccountSummary
{
    QString institution = {};
    QString lastFour = {};
    QString type = {};   //!< checking, savings; anything else is kept as received
    QString status = {}; //!< customers only
    bool preferred = false;
    qint64 createdAt = 0; //!< UTC ms

    friend bool operator==(const BankAccountSummary &, const BankAccountSummary &) = default;
};

//! Reference 1.11. Unknown statuses and types are kept as received.
struct Transaction
{
    TransactionId id = {};
    QString type = {};   //!< DEBIT, CREDIT
    QString status = {}; //!< CREATED ... TERMINAL_FAILED, CANCELED, or one we do not know
    CustomerId customerId = {};
    Money amount = {};
    QString clientReferenceId = {};
    BankAccountSummary account = {};
    QString descriptor = {};
    qint64 settlementAt = 0; //!< UTC ms, expected settlement; 0 when absent
    qint64 createdAt = 0;    //!< UTC ms; 0 when absent
    QString failureCode = {};
    QString failureText = {};

    friend bool operator==(const Transaction &, const Transaction &) = default;
};

Result<Transaction> readTransaction(const Json &answer);

//! GET /v1/transactions/{id}, Link-Core.
Request<Transaction> getTransaction(const TransactionId &id);

//! True when the status can still change (reference 1.16). An unknown status counts as one that can.
bool canStillChange(const QString &transactionStatus);

} // namespace api

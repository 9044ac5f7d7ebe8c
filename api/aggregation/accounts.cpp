// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/aggregation/accounts.h"

#include "api/jsonreader.h"

namespace api {
namespace {

//! Yodlee writes {amount, currency}.
std::optional<Money> readBalance(const Json &json)
{
    const Json amount = json[u"amount"];
    const auto cents = parseJsonAmount(amount.text());
    if (amount.type() != Json::Type::Number || !cents)
        return std::nullopt;
    const QString currency = json[u"currency"].text();
    return Money{.cents = *cents, .currency = currency.isEmpty() ? QStringLiteral("USD") : currency};
}

//! The part of `dataset` that every account has; the others are extras.
Json basicDataset(const Json &object)
{
    const Json datasets = object[u"dataset"];
    for (const Json &dataset : datasets.items()) {
        if (dataset[u"name"].text() == QStringLiteral("BASIC_AGG_DATA"))
            return dataset;
    }
    return datasets.items().empty() ? Json::fromMembers({}) : datasets.items().front();
}

AggregatedAccount readAccount(JsonReader &outer, const Json &json)
{
    JsonReader in(json);
    JsonReader inDataset(basicDataset(json));
    const qint64 gatheredAt = inDataset.optionalTime(u"lastUpdated");
    const qint64 updatedAt = in.optionalTime(u"lastUpdated");
    AggregatedAccount account{.id = in.id<AggregatedAccountId>(u"id"),
        .providerAccountId = in.optionalId<ProviderAccountId>(u"providerAccountId"),
        .providerId = in.optionalIdText(u"providerId"),
        .provider = in.optionalString(u"providerName"),
        .container = in.optionalString(u"CONTAINER"),
        .name = in.optionalString(u"accountName"),
        .type = in.optionalString(u"accountType"),
        .status = in.optionalString(u"accountStatus"),
        .number = in.optionalIdText(u"accountNumber"),
        .balance = readBalance(json[u"balance"]),
        .refreshStatus = inDataset.optionalString(u"additionalStatus"),
        .createdAt = in.optionalTime(u"createdDate"),
        .updatedAt = updatedAt > 0 ? updatedAt : gatheredAt};
    outer.adopt(in.problem());
    outer.adopt(inDataset.problem());
    return account;
}

ProviderAccount readLink(JsonReader &outer, const Json &json)
{
    JsonReader in(json);
    JsonReader inDataset(basicDataset(json));
    ProviderAccount link{.id = in.id<ProviderAccountId>(u"id"),
        .providerId = in.optionalIdText(u"providerId"),
        .status = in.optionalString(u"status"),
        .refreshStatus = inDataset.optionalString(u"additionalStatus"),
        .requestId = in.optionalString(u"requestId"),
        .createdAt = in.optionalTime(u"createdDate"),
        .updatedAt = inDataset.optionalTime(u"lastUpdated")};
    outer.adopt(in.problem());
    outer.adopt(inDataset.problem());
    return link;
}

QString routingNumberOf(const Json &codes)
{
    for (const Json &code : codes.items()) {
        const QString type = code[u"type"].text();
        if (type.isEmpty() || type == QStringLiteral("ROUTING_NUMBER"))
            return code[u"id"].text();
    }
    return {};
}

QString fullNumberOf(const Json &account)
{
    const Json numbers = account[u"fullAccountNumberList"];
    for (const QStringView key : {u"paymentAccountNumber", u"unmaskedAccountNumber"}) {
        if (const QString number = numbers[key].text(); !number.isEmpty())
            return number;
    }
    return account[u"fullAccountNumber"].text();
}

VerifiedAggregatedAccount readVerified(JsonReader &outer, const Json &json)
{
    JsonReader in(json);
    VerifiedAggregatedAccount account{.id = in.id<AggregatedAccountId>(u"accountId"),
        .providerAccountId = in.optionalId<ProviderAccountId>(u"providerAccountId"),
        .provider = in.optionalString(u"providerName"),
        .name = in.optionalString(u"accountName"),
        .type = in.optionalString(u"accountType"),
        .holder = in.optionalString(u"displayedName"),
        .status = in.optionalString(u"verificationStatus"),
        .maskedNumber = in.optionalIdText(u"accountNumber"),
        .accountNumber = fullNumberOf(json),
        .routingNumber = routingNumberOf(json[u"bankTransferCode"])};
    outer.adopt(in.problem());
    return account;
}

//! Yodlee answers `{}` instead of an empty list.
template<typename T>
Result<QList<T>> readList(const Json &answer, QStringView key, T (*readOne)(JsonReader &, const Json &))
{
    JsonReader in(answer);
    QList<T> result;
    const Json list = answer[key].isNull() ? Json::fromItems({}) : in.array(key);
    for (const Json &item : list.items())
        result.append(readOne(in, item));
    return in.finish(std::move(result));
}

//! One record comes as a list of one, or bare.
template<typename T> Result<T> readSingle(const Json &answer, QStringView key, T (*readOne)(JsonReader &, const Json &))
{
    const Json found = answer[key].isNull() ? answer : answer[key];
    JsonReader in(answer);
    if (found.type() != Json::Type::Array)
        return in.finish(readOne(in, found));
    if (found.items().size() == 1)
        return in.finish(readOne(in, found.items().front()));
    in.adopt(QStringLiteral("%1: expected one record, got %2").arg(key).arg(found.items().size()));
    return in.finish(T{});
}

QString flagText(const std::optional<bool> &flag)
{
    if (!flag)
        return {};
    return *flag ? QStringLiteral("true") : QStringLiteral("false");
}

} // namespace

Result<QList<AggregatedAccount>> readAggregatedAccounts(const Json &answer)
{
    return readList(answer, u"account", readAccount);
}

Result<AggregatedAccount> readAggregatedAccount(const Json &answer)
{
    return readSingle(answer, u"account", readAccount);
}

Result<QList<VerifiedAggregatedAccount>> readVerifiedAggregatedAccounts(const Json &answer)
{
    return readList(answer, u"verifiedAccount", readVerified);
}

Result<QList<ProviderAccount>> readProviderAccounts(const Json &answer)
{
    return readList(answer, u"providerAccount", readLink);
}

Result<ProviderAccount> readProviderAccount(const Json &answer)
{
    return readSingle(answer, u"providerAccount", readLink);
}

Request<QList<AggregatedAccount>> listAggregatedAccounts(
    const YodleeProxy &proxy, const LoginName &user, const AggregatedAccountFilter &filter)
{
    const QByteArray filters = query(
        {{u"accountId", filter.accountId}, {u"providerAccountId", filter.providerAccountId},
            {u"requestId", filter.requestId}, {u"container", filter.container}, {u"status", filter.status},
            {u"isSelectedForAggregation", flagText(filter.selectedForAggregation)}});
    return {.data = proxyRead(proxy, user, {u"accounts"}, filters), .read = readAggregatedAccounts};
}

Request<AggregatedAccount> getAggregatedAccount(
    const YodleeProxy &proxy, const LoginName &user, const AggregatedAccountId &id)
{
    return {.data = proxyRead(proxy, user, {u"accounts", id.text()}), .read = readAggregatedAccount};
}

Request<QList<VerifiedAggregatedAccount>> listVerifiedAggregatedAccounts(
    const YodleeProxy &proxy, const LoginName &user, const VerifiedAccountFilter &filter)
{
    const QByteArray filters = query({{u"accountId", filter.accountId},
        {u"providerAccountId", filter.providerAccountId}, {u"isSelected", flagText(filter.selected)}});
    return {.data = proxyRead(proxy, user, {u"verification", u"verifiedAccounts"}, filters),
        .read = readVerifiedAggregatedAccounts};
}

Request<QList<ProviderAccount>> listProviderAccounts(const YodleeProxy &proxy, const LoginName &user)
{
    return {.data = proxyRead(proxy, user, {u"providerAccounts"}), .read = readProviderAccounts};
}

Request<ProviderAccount> getProviderAccount(
    const YodleeProxy &proxy, const LoginName &user, const ProviderAccountId &id)
{
    return {.data = proxyRead(proxy, user, {u"providerAccounts", id.text()}), .read = readProviderAccount};
}

} // namespace api

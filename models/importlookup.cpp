// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/importlookup.h"

#include <QDateTime>

namespace models {

namespace {

constexpr int timeoutPatience = 4;
constexpr int faultPatience = 20;

template<typename T>
api::Result<Observation> importReading(api::Result<T> (*read)(const api::Json &), const api::Answer &answer)
{
    api::Result<T> record = api::readAnswer(read, answer);
    if (!record)
        return std::unexpected(record.error());
    return Observation{.record = *std::move(record),
        .raw = answer.json,
        .observedAt = QDateTime::currentMSecsSinceEpoch(),
        .source = Source::Import};
}

} // namespace

api::RequestData importRequest(const RecordRef &ref)
{
    switch (ref.kind) {
    case RecordKind::Transaction:
        return api::getTransaction(api::TransactionId(ref.id)).data;
    case RecordKind::Customer:
        return api::getCustomer(api::CustomerId(ref.id)).data;
    case RecordKind::Payout:
        return api::getPayout(api::PayoutId(ref.id)).data;
    case RecordKind::OutboxEntry:
    case RecordKind::Event:
    case RecordKind::PayLink:
        break;
    }
    Q_UNREACHABLE();
}

api::RequestData importAccountsRequest(const RecordRef &customer)
{
    return api::getLinkedAccounts(api::CustomerId(customer.id)).data;
}

api::Result<Observation> importObservation(RecordKind kind, const api::Answer &answer)
{
    switch (kind) {
    case RecordKind::Transaction:
        return importReading(&api::readTransaction, answer);
    case RecordKind::Customer:
        return importReading(&api::readCustomer, answer);
    case RecordKind::Payout:
        return importReading(&api::readPayout, answer);
    case RecordKind::OutboxEntry:
    case RecordKind::Event:
    case RecordKind::PayLink:
        break;
    }
    Q_UNREACHABLE();
}

api::Result<Observation> importAccountsObservation(const api::Answer &answer)
{
    return importReading(&api::readLinkedAccounts, answer);
}

ImportTrouble importTrouble(api::ErrorKind kind)
{
    switch (kind) {
    case api::ErrorKind::Offline:
    case api::ErrorKind::Untrusted:
    case api::ErrorKind::Unauthorized:
    case api::ErrorKind::Forbidden:
    case api::ErrorKind::NoSecret:
    case api::ErrorKind::RateLimited:
    case api::ErrorKind::Cancelled:
        return ImportTrouble::OfEveryLine;
    case api::ErrorKind::TimedOut:
    case api::ErrorKind::Fault:
        return ImportTrouble::Doubtful;
    case api::ErrorKind::NotFound:
    case api::ErrorKind::Rejected:
    case api::ErrorKind::Garbled:
        break;
    }
    return ImportTrouble::OfTheLine;
}

int importPatience(api::ErrorKind kind)
{
    return kind == api::ErrorKind::TimedOut ? timeoutPatience : faultPatience;
}

} // namespace models

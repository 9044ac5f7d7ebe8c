// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lookups.h"

#include "models/aggregation.h"
#include "models/recordtables.h"

#include <QDateTime>

#include <memory>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

Observation observed(auto record, const api::Answer &answer, Source source)
{
    return {.record = std::move(record),
        .raw = answer.json,
        .observedAt = QDateTime::currentMSecsSinceEpoch(),
        .source = source};
}

api::Priority priorityOf(Source source)
{
    const bool waits = source == Source::Poll || source == Source::Import || source == Source::EventReadBack;
    return waits ? api::Priority::Background : api::Priority::Interactive;
}

QString keyOf(const RecordRef &ref)
{
    return QString::number(static_cast<int>(ref.kind)) + u'/' + ref.id;
}

} // namespace

//! One look-up under way. A customer's second call takes the place of the first in `call`, which the caller owns.
struct LookUps::Flow
{
    RecordRef ref;
    Source source;
    QPointer<QObject> context;
    Handler handler;
};

LookUps::LookUps(api::Client &client, Ledger &ledger, QObject *parent, Aggregation *aggregation)
    : QObject(parent)
    , m_client(client)
    , m_ledger(ledger)
    , m_aggregation(aggregation)
{
}

template<typename T> api::Call LookUps::ask(const api::Request<T> &request, std::shared_ptr<Flow> flow)
{
    return m_client.sendRaw(
        request.data, flow->context,
        [this, self = QPointer<LookUps>(this), flow, read = request.read](api::Result<api::Answer> answer) {
            if (!self)
                return;
            if (!answer)
                return fail(*flow, answer.error());
            const api::Result<T> record = api::readAnswer(read, *answer);
            if (!record)
                return fail(*flow, record.error());
            // The ledger knows the record by the id that the server gave it, which may be spelt in another way.
            flow->ref.id = record->id.text();
            write(*flow, {observed(*record, *answer, flow->source)});
        },
        priorityOf(flow->source));
}

api::Call LookUps::lookUp(const RecordRef &ref, Source source, QObject *context, Handler handler)
{
    if (const auto user = linkedUserOf(ref))
        return lookUpUser(*user, source, context, std::move(handler));
    auto flow = std::make_shared<Flow>(
        Flow{.ref = ref, .source = source, .context = context, .handler = std::move(handler)});
    switch (ref.kind) {
    case RecordKind::Transaction:
        return ask(api::getTransaction(api::TransactionId(ref.id)), std::move(flow));
    case RecordKind::Payout:
        return ask(api::getPayout(api::PayoutId(ref.id)), std::move(flow));
    case RecordKind::Customer:
        lookUpAccounts(api::CustomerId(ref.id), source);
        return ask(api::getCustomer(api::CustomerId(ref.id)), std::move(flow));
    case RecordKind::OutboxEntry:
    case RecordKind::Event:
    case RecordKind::PayLink:
        break; // live in this ledger only
    }
    return {};
}

api::Call LookUps::lookUpUser(const LinkedUserId &user, Source source, QObject *context, Handler handler)
{
    if (m_aggregation && m_aggregation->isUsed())
        return m_aggregation->readUser(user, source, context, std::move(handler));
    const api::Error error{.kind = api::ErrorKind::NoSecret,
        .delivery = api::Delivery::CertainlyNotSent,
        .message = u"the profile does not use the aggregation family"_s};
    QMetaObject::invokeMethod(
        context, [handler = std::move(handler), error] { handler(std::unexpected(error)); }, Qt::QueuedConnection);
    return {};
}

//! The linked accounts come beside the customer; when they cannot be read the customer is still worth having.
void LookUps::lookUpAccounts(const api::CustomerId &customer, Source source)
{
    const QString key = u'a' + customer.text();
    m_readBacks[key] = m_client.sendRaw(
        api::getLinkedAccounts(customer).data, this,
        [this, key, source](const api::Result<api::Answer> &answer) {
            const api::Call done = std::exchange(m_readBacks[key], {});
            m_readBacks.erase(key);
            if (!answer)
                return;
            if (const auto accounts = api::readAnswer(&api::readLinkedAccounts, *answer))
                m_ledger.observe({observed(*accounts, *answer, source)});
        },
        priorityOf(source));
}

void LookUps::write(const Flow &flow, QList<Observation> observations)
{
    emit succeeded(QDateTime::currentMSecsSinceEpoch());
    m_ledger.observe(std::move(observations), flow.context,
        [ref = flow.ref, handler = flow.handler](const DatabaseResult<void> &) { handler(ref); });
}

void LookUps::fail(const Flow &flow, const api::Error &error)
{
    emit failed(error);
    flow.handler(std::unexpected(error));
}

void LookUps::readBack(const RecordRef &ref, Source source)
{
    const QString key = keyOf(ref);
    // The entry stays until the ledger has the answer, which is later than the end of the call.
    if (isNamedByKey(ref.kind) || m_readBacks.contains(key))
        return;
    m_readBacks[key] = lookUp(
        ref, source, this, [this, key](const api::Result<RecordRef> &) { m_readBacks.erase(key); });
}

api::Call LookUps::verifiedAccounts(const api::CustomerId &customer, QObject *context,
    std::function<void(api::Result<QList<api::VerifiedAccount>>)> handler)
{
    return m_client.send(api::getVerifiedAccounts(customer), context, std::move(handler));
}

} // namespace models

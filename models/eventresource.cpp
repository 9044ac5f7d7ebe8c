// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationuser.h"
#include "models/inbox.h"

#include <QCoreApplication>

namespace models {

namespace {

struct ResourceWords
{
    Q_DECLARE_TR_FUNCTIONS(Inbox)
};

} // namespace

std::optional<RecordRef> resourceOf(const EventFacts &facts)
{
    if (facts.resourceId.isEmpty())
        return {};
    const auto is = [&facts](QStringView word) { return facts.resourceType.compare(word, Qt::CaseInsensitive) == 0; };
    if (is(u"payment") || is(u"transaction"))
        return RecordRef{RecordKind::Transaction, facts.resourceId};
    if (is(u"customer") || is(u"account"))
        return RecordRef{RecordKind::Customer, facts.resourceId};
    if (is(u"payout"))
        return RecordRef{RecordKind::Payout, facts.resourceId};
    if (facts.type.startsWith(u"payment."))
        return RecordRef{RecordKind::Transaction, facts.resourceId};
    if (facts.type.startsWith(u"customer."))
        return RecordRef{RecordKind::Customer, facts.resourceId};
    return {};
}

DatabaseResult<std::optional<RecordRef>> findResource(Database &database, WebhookFamily family, const EventFacts &facts)
{
    switch (family) {
    case WebhookFamily::PayByBank:
        return resourceOf(facts);
    case WebhookFamily::Aggregation:
        break;
    }
    if (facts.loginName.isEmpty() && facts.resourceId.isEmpty())
        return std::optional<RecordRef>();
    const auto user = findLinkedUser(
        database, api::LoginName(facts.loginName), api::ProviderAccountId(facts.resourceId));
    if (!user)
        return std::unexpected(user.error());
    return user->transform(&recordOf);
}

QString resourceText(const EventFacts &facts)
{
    if (facts.resourceId.isEmpty())
        return {};
    const auto resource = resourceOf(facts);
    if (!resource)
        return facts.resourceId;
    switch (resource->kind) {
    case RecordKind::Transaction:
        return ResourceWords::tr("payment %1").arg(facts.resourceId);
    case RecordKind::Customer:
        return ResourceWords::tr("customer %1").arg(facts.resourceId);
    case RecordKind::Payout:
        return ResourceWords::tr("payout %1").arg(facts.resourceId);
    case RecordKind::OutboxEntry:
    case RecordKind::Event:
    case RecordKind::PayLink:
        break;
    }
    return facts.resourceId;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationaudit.h"

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

QString deedAction(RegistryDeed deed)
{
    switch (deed) {
    case RegistryDeed::Create:
        return u"registered webhook created"_s;
    case RegistryDeed::Change:
        return u"registered webhook changed"_s;
    case RegistryDeed::Remove:
        return u"registered webhook removed"_s;
    }
    Q_UNREACHABLE();
}

QString describedWebhook(const api::RegisteredWebhook &webhook)
{
    return u"%1 %2 %3 %4"_s.arg(
        webhook.disabled ? u"DISABLED"_s : u"ACTIVE"_s, webhook.id.text(), webhook.uri, webhook.types.join(u','));
}

} // namespace

std::optional<AuditEntry> auditOfRegistry(RegistryDeed deed, const QString &tenant,
    const std::optional<api::RegisteredWebhook> &before, const api::Result<api::RegisteredWebhook> &result)
{
    if (!result && result.error().delivery != api::Delivery::Unknown)
        return {};
    const api::WebhookId id = before ? before->id : result.value_or(api::RegisteredWebhook{}).id;
    AuditEntry entry{.who = currentUser(),
        .action = deedAction(deed),
        .subject = tenant + u'/' + id.text(),
        .before = before ? describedWebhook(*before) : QString(),
        .after = {},
        .reason = {}};
    if (!result)
        entry.after = u"not known: no trustworthy answer came"_s;
    else if (deed != RegistryDeed::Remove)
        entry.after = describedWebhook(*result);
    return entry;
}

} // namespace models

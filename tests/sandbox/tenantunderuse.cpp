// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/tenantunderuse.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;

namespace tests {

bool TenantUnderUse::use(const QStringList &arguments)
{
    m_bearers.clear();
    m_sandbox = std::make_unique<SandboxUnderUse>(arguments);
    return m_sandbox->start();
}

bool TenantUnderUse::start(const QStringList &arguments)
{
    QStringList all{u"--aggregation-webhooks-http"_s};
    if (!arguments.contains(u"--aggregation-foreign"_s))
        all << u"--aggregation-foreign"_s << u"0"_s;
    return use(all + arguments);
}

bool TenantUnderUse::startStrict()
{
    return use({});
}

bool TenantUnderUse::killAndStart()
{
    m_bearers.clear();
    m_sandbox->kill();
    return m_sandbox->start();
}

QByteArray TenantUnderUse::bearer(int tenant)
{
    QByteArray &known = m_bearers[tenant];
    if (known.isEmpty())
        known = m_sandbox->tenantAuthorization(tenant);
    return known;
}

SandboxAnswer TenantUnderUse::call(const QByteArray &verb, const QString &path, const QJsonObject &body, int tenant)
{
    const bool writes = verb == "POST" || verb == "PATCH";
    const QByteArray bytes = writes ? QJsonDocument(body).toJson() : QByteArray();
    return m_sandbox->send(verb, u"/aggregation/api/client/webhooks"_s + path, bytes, bearer(tenant));
}

SandboxAnswer TenantUnderUse::create(const QString &uri, const QStringList &types, int tenant)
{
    return call("POST", {},
        {{u"uri"_s, uri}, {u"webhookTypes"_s, QJsonArray::fromStringList(types)}, {u"webhookDisabled"_s, false}},
        tenant);
}

QString TenantUnderUse::add(const QString &uri, const QStringList &types, int tenant)
{
    return u'/' + create(uri, types, tenant).json[u"webhook"_s][u"id"_s].toString();
}

int TenantUnderUse::announce(const QString &type, int tenant)
{
    const QString id = m_sandbox->ready()[u"tenantIds"_s].toArray()[tenant].toString();
    const QJsonObject body{{u"type"_s, type}, {u"tenantId"_s, id}, {u"loginName"_s, u"ada"_s}};
    return m_sandbox->post(u"/sandbox/aggregation/events"_s, body, Credential::None).json[u"webhooks"_s].toInt(-1);
}

} // namespace tests

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/sandbox/sandboxunderuse.h"

#include <QHash>

#include <memory>

namespace tests {

//! The aggregation family's webhook registry, as a developer with two tenants uses it.
class TenantUnderUse
{
public:
    //! A sandbox that takes http on loopback and sends no events of foreign users, unless the arguments say
    //! otherwise. False when it does not start.
    bool start(const QStringList &arguments = {});
    //! Without that leniency.
    bool startStrict();
    bool killAndStart();

    //! path: behind /client/webhooks.
    SandboxAnswer call(const QByteArray &verb, const QString &path, const QJsonObject &body = {}, int tenant = 0);
    //! Answers the webhook's path for call().
    QString add(const QString &uri, const QStringList &types, int tenant = 0);
    SandboxAnswer create(const QString &uri, const QStringList &types, int tenant = 0);
    //! Something happens to the user ada. Answers how many webhooks it goes to, -1 when it was refused.
    int announce(const QString &type, int tenant = 0);

    QByteArray bearer(int tenant = 0);
    SandboxUnderUse &sandbox() { return *m_sandbox; }

private:
    bool use(const QStringList &arguments);

    std::unique_ptr<SandboxUnderUse> m_sandbox;
    QHash<int, QByteArray> m_bearers;
};

} // namespace tests

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/sandbox/sandboxunderuse.h"

#include <memory>

namespace tests {

//! A LINK_MANAGED_PAYMENT session of ada@example.org; its redirectUrl has a query and a fragment of its own.
QJsonObject sessionBody(double amount = 12.34);
//! data-step of the page.
QString pageStep(const SandboxAnswer &page);
//! The hidden value a form of that page sends back.
QString formToken(const SandboxAnswer &page);
QUrlQuery redirectQuery(const SandboxAnswer &answer);

//! A customer in front of the hosted pages who has no browser.
class PageWalk
{
public:
    //! A fresh sandbox with those options.
    void restart(const QStringList &options = {});
    SandboxUnderUse &sandbox() { return *m_sandbox; }

    //! The key of a new session.
    QString newSession(const QJsonObject &body);
    SandboxAnswer page(const QString &key);
    //! Sends a form of the page the session is at.
    SandboxAnswer act(const QString &key, const QString &action, const QUrlQuery &fields = {});
    //! Signs in as that user, chooses the second account, and stops before the consent form is sent.
    void walkToConsent(
        const QString &key, const QString &user, const QString &bank = QStringLiteral("finbank-profiles-a"));

private:
    std::unique_ptr<SandboxUnderUse> m_sandbox;
};

} // namespace tests

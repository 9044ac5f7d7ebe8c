// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/aggregation/client.h"
#include "api/aggregation/fastlink.h"
#include "api/client.h"
#include "models/aggregationsettings.h"
#include "models/aggregationuser.h"
#include "models/audit.h"
#include "models/ledger.h"
#include "models/pagerules.h"

#include <QObject>

#include <map>
#include <memory>

namespace models {

//! What a customer is to do in FastLink (reference 2.7.1).
struct FastLinkOrder
{
    enum class Flow { Add, Edit };
    enum class Opening { Form, Loader }; //!< the two ways of reference 2.7.3 and 2.7.1

    api::LoginName loginName = {};
    QString configName = QStringLiteral("aggregation"); //!< one of fastLinkConfigurations(), or a name of the tenant's
    Flow flow = Flow::Add;
    QString providerId = {};                       //!< add: start at this bank's sign-in; may be empty
    api::ProviderAccountId providerAccountId = {}; //!< edit: the link to repair
    Opening opening = Opening::Form;
};

//! The four that every tenant has.
QStringList fastLinkConfigurations();
//! Why an order cannot be given, as a sentence; empty when it can.
QString orderProblem(const FastLinkOrder &order);

//! A FastLink session that can be opened in the pane. In memory only: its token is as good as the user's password.
struct FastLinkLaunch
{
    PaneRequest page = {};
    LinkedUserId user = {};
};

//! The aggregation family of the open profile: one client per tenant (and per user where the profile wants tokens with
//! the user in them), so that no request can go out under another tenant's token, and what is asked through them.
//! Everything read about a user enters the ledger. One thread, that of the object.
class Aggregation : public QObject
{
    Q_OBJECT
public:
    //! `transport` gives the clients everything but the address: thread, pace, and in tests the network.
    Aggregation(Ledger &ledger, api::ClientOptions transport, QObject *parent = nullptr);
    ~Aggregation() override;

    //! Ends every call under way with Cancelled when something changed. `tenant` is the one used last; another takes
    //! its place when it is not among the settings'.
    void configure(const AggregationSettings &settings, const QByteArray &secret, const QString &tenant = {});
    const AggregationSettings &settings() const;
    bool isUsed() const;    //!< an address is known
    bool hasSecret() const; //!< without it every call ends with NoSecret
    //! What the connection test needs to ask with; memory only.
    api::Credentials credentials() const;

    //! The tenants of the settings, then those that only the client's configuration names.
    QStringList tenants() const;
    QString tenant() const;
    bool setTenant(const QString &tenant); //!< false when it is none of tenants()

    api::Client &client(); //!< of the current tenant
    api::Client &clientOf(const api::TenantId &tenant);

    //! GET /client; the outcome arrives as configurationChanged().
    void readConfiguration();
    const std::optional<api::AggregationClient> &configuration() const;
    const std::optional<api::Error> &configurationError() const;
    bool isReadingConfiguration() const;

    //! Opens a session with the current tenant and notes the user in the ledger. An answer without an address uses the
    //! profile's; without that either it ends as Garbled.
    api::Call openFastLink(
        const FastLinkOrder &order, QObject *context, std::function<void(api::Result<FastLinkLaunch>)> handler);

    //! Reads accounts and links through the proxy. The handler runs after the ledger has them. Links that cannot be
    //! read leave those known before; accounts that cannot are the error. Dropping the Call stops the handler until the
    //! accounts have come.
    api::Call readUser(
        const LinkedUserId &user, Source source, QObject *context, std::function<void(api::Result<RecordRef>)> handler);

    //! Full numbers: never written to disk. The caller records the reveal through the audit trail first.
    api::Call verifiedAccounts(const LinkedUserId &user, QObject *context,
        std::function<void(api::Result<QList<api::VerifiedAggregatedAccount>>)> handler);

    //! Into the audit trail: what was done at the service in the name of this profile.
    void record(const AuditEntry &deed);

signals:
    void settingsChanged();
    void tenantChanged(const QString &tenant);
    void configurationChanged();
    void succeeded(qint64 at); //!< UTC ms
    void failed(const api::Error &error);

private:
    struct UserRead;
    api::Client &clientFor(const api::TenantId &tenant, const api::LoginName &user);
    api::Client &userClient(const LinkedUserId &user);
    void finishUser(const std::shared_ptr<UserRead> &read);
    api::Result<FastLinkLaunch> launchOf(
        const FastLinkOrder &order, const LinkedUserId &user, const api::Result<api::FastLinkSession> &session) const;

    Ledger &m_ledger;
    api::ClientOptions m_transport;
    AggregationSettings m_settings;
    QByteArray m_secret;
    QString m_tenant;
    std::optional<api::AggregationClient> m_configuration;
    std::optional<api::Error> m_configurationError;
    api::Call m_configurationCall;
    std::map<QString, std::unique_ptr<api::Client>> m_clients;
    std::map<quint64, api::Call> m_linkReads;
    quint64 m_lastRead = 0;
};

} // namespace models

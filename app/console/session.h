// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "api/secretstore.h"
#include "app/console/sandboxhost.h"
#include "app/console/sandboxwebhooks.h"
#include "models/aggregation.h"
#include "models/auditreport.h"
#include "models/connectiontest.h"
#include "models/eventactor.h"
#include "models/finder.h"
#include "models/gapfinder.h"
#include "models/importplan.h"
#include "models/job.h"
#include "models/ledger.h"
#include "models/lookups.h"
#include "models/outbox.h"
#include "models/paylinks.h"
#include "models/profiles.h"
#include "models/profileuse.h"
#include "models/receiver.h"
#include "models/refresher.h"
#include "models/webhookvault.h"
#include "ui/workspace.h"

#include <QObject>
#include <QThread>
#include <QThreadPool>

#include <memory>

namespace console {

//! Ends with its owner, after everything that lives on it.
class NetworkThread : public QThread
{
    Q_OBJECT
public:
    using QThread::QThread;
    ~NetworkThread() override
    {
        quit();
        wait();
    }
};

//! Everything that belongs to one open profile: one of each, built in the order they depend on each other, gone
//! together.
class Session : public QObject
{
    Q_OBJECT
public:
    static models::DatabaseResult<std::unique_ptr<Session>> open(
        models::ProfileStore &profiles, const models::Profile &profile, const QStringList &sandboxArguments);
    ~Session() override;

    ui::Workspace workspace(ui::Asker &asker);
    const models::Profile &profile() const;

    //! Called once the window is painted: finds the sandbox or the secret, goes on with what an earlier run left.
    void start();
    void importIds(const models::ImportPlan &plan);
    void useSecretForThisRun(const QByteArray &secret);
    void useAggregationSecret(const QByteArray &secret);
    //! What the aggregation family is tested with; nothing while the profile does not use it.
    std::optional<models::ConnectionTest::AggregationAccess> aggregationAccess() const;
    //! What the API is asked with; lives in memory only.
    const api::Credentials &credentials() const;
    //! Another console on this computer has the same profile open.
    bool isOpenElsewhere();
    void checkAudit(QObject *context, std::function<void(models::DatabaseResult<models::AuditReport>)> handler);

signals:
    void ready(); //!< the API can be asked
    void secretMissing(const api::SecretError &error);
    void sandboxFailed(const QString &sentence);
    void importPlanned(const QString &problem); //!< first start on the built-in sandbox; empty when it began

private:
    Session(models::ProfileStore &profiles, models::Profile profile, std::unique_ptr<models::Ledger> ledger,
        const QStringList &sandboxArguments);
    void readSecret();
    void readAggregationSecret();
    void useAggregation(const models::AggregationSettings &settings, const QByteArray &secret);
    void sandboxReady(const SandboxAddress &address);
    void becomeReady();
    void startReceiving();
    void restoreImports();
    void importSandboxIdsOnce();
    void planSandboxImport();

    models::ProfileStore &m_profiles;
    models::Profile m_profile;
    models::ProfileUse m_use;
    NetworkThread m_network;
    api::SecretStore m_secrets;
    std::unique_ptr<models::Ledger> m_ledger;
    SandboxHost m_sandbox; //!< outlives what talks to it: nobody is cut off in the middle of an answer
    api::Client m_client;
    models::Aggregation m_aggregation;
    models::LookUps m_lookUps;
    models::Outbox m_outbox;
    models::PayLinks m_payLinks;
    models::Refresher m_refresher;
    models::Finder m_finder;
    models::JobsModel m_jobs;
    models::WebhookVault m_vault;
    models::GapFinder m_gaps;
    models::EventActor m_actor;
    models::Receiver m_receiver;
    SandboxWebhooks m_sandboxWebhooks;
    api::Credentials m_credentials;
    models::LedgerRead m_unusedCheck;
    models::LedgerRead m_auditCheck;
    bool m_ready = false;
    QThreadPool m_planning; //!< last: waits for its work before anything else goes away
};

//! The name under which a profile's client secret is kept in the keychain.
inline constexpr QLatin1StringView clientSecretName("client-secret");
inline constexpr QLatin1StringView aggregationSecretName("aggregation-client-secret");

} // namespace console

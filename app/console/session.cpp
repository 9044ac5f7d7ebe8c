// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/session.h"

#include "models/importjob.h"
#include "models/importstore.h"

#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace console {

namespace {

constexpr auto tenantSetting = "aggregation/tenant"_L1;

api::ClientOptions clientOptions(const models::Profile &profile, QThread &network)
{
    network.start();
    return {.baseUrl = profile.baseUrl, .maximumInFlight = profile.maximumInFlight, .thread = &network};
}

models::OutboxOptions outboxOptions(const models::Profile &profile)
{
    return {.merchant = api::MerchantId(profile.merchantId), .refundRoute = profile.refundRoute};
}

} // namespace

models::DatabaseResult<std::unique_ptr<Session>> Session::open(
    models::ProfileStore &profiles, const models::Profile &profile, const QStringList &sandboxArguments)
{
    profiles.folder(profile.id); // makes it on the first start
    auto ledger = models::Ledger::open(profiles.ledgerFile(profile.id));
    if (!ledger)
        return std::unexpected(ledger.error());
    return std::unique_ptr<Session>(new Session(profiles, profile, std::move(*ledger), sandboxArguments));
}

Session::Session(models::ProfileStore &profiles, models::Profile profile, std::unique_ptr<models::Ledger> ledger,
    const QStringList &sandboxArguments)
    : m_profiles(profiles)
    , m_profile(std::move(profile))
    , m_use(profiles.folder(m_profile.id))
    , m_ledger(std::move(ledger))
    , m_sandbox(profiles.folder(m_profile.id), sandboxArguments)
    , m_client(clientOptions(m_profile, m_network), {.clientId = m_profile.clientId, .clientSecret = {}})
    , m_aggregation(*m_ledger, clientOptions(m_profile, m_network))
    , m_lookUps(m_client, *m_ledger, nullptr, &m_aggregation)
    , m_outbox(*m_ledger, m_client, outboxOptions(m_profile))
    , m_payLinks(*m_ledger, m_client, m_lookUps)
    , m_refresher(*m_ledger, m_lookUps)
    , m_finder(*m_ledger, m_lookUps)
    , m_vault(*m_ledger, m_client, m_secrets, m_profile.id)
    , m_gaps(*m_ledger)
    , m_actor(*m_ledger, m_lookUps, {})
    , m_receiver(*m_ledger,
          [this](
              const QString &subscription, QObject *context, std::function<void(std::optional<QByteArray>)> handler) {
              m_vault.readSecret(subscription, context, [handler = std::move(handler)](const QByteArray &secret) {
                  handler(secret.isEmpty() ? std::nullopt : std::optional(secret));
              });
          })
    , m_sandboxWebhooks(*m_ledger, m_vault, m_receiver)
{
    m_refresher.setMaximumPerMinute(m_profile.refreshPerMinute);
    connect(&m_sandbox, &SandboxHost::ready, this, &Session::sandboxReady);
    connect(&m_sandbox, &SandboxHost::failed, this, &Session::sandboxFailed);
    connect(&m_aggregation, &models::Aggregation::tenantChanged, this, [this](const QString &tenant) {
        if (!tenant.isEmpty())
            m_profiles.setViewSetting(tenantSetting, tenant);
    });
    connect(&m_outbox, &models::Outbox::resultKnown, this, [this](const QString &id) {
        m_lookUps.readBack({models::RecordKind::Transaction, id}, models::Source::OwnAction);
    });
}

Session::~Session()
{
    m_refresher.stop();
    m_gaps.stop();
    m_actor.stop();
    m_sandbox.disconnect(this); // what it still says comes too late
}

ui::Workspace Session::workspace(ui::Asker &asker)
{
    return {.profiles = m_profiles,
        .profile = m_profile,
        .ledger = *m_ledger,
        .lookUps = m_lookUps,
        .outbox = m_outbox,
        .payLinks = m_payLinks,
        .refresher = m_refresher,
        .finder = m_finder,
        .jobs = m_jobs,
        .vault = m_vault,
        .gaps = m_gaps,
        .receiver = m_receiver,
        .actor = m_actor,
        .asker = asker,
        .aggregation = &m_aggregation};
}

bool Session::isOpenElsewhere()
{
    return m_use.isShared();
}

const models::Profile &Session::profile() const
{
    return m_profile;
}

void Session::start()
{
    if (m_profile.environment == models::Environment::BuiltInSandbox)
        m_sandbox.start();
    else
        readSecret();
    if (m_profile.environment != models::Environment::BuiltInSandbox && m_profile.aggregation.isUsed())
        readAggregationSecret();
}

//! Without it the family's pages say what is missing; the other family is not held up.
void Session::readAggregationSecret()
{
    m_secrets.read(
        m_profile.id, aggregationSecretName, this, [this](const api::SecretStore::SecretResult<QByteArray> &secret) {
            useAggregation(m_profile.aggregation, secret.value_or(QByteArray()));
        });
}

void Session::useAggregationSecret(const QByteArray &secret)
{
    useAggregation(m_profile.aggregation, secret);
}

void Session::useAggregation(const models::AggregationSettings &settings, const QByteArray &secret)
{
    m_profile.aggregation = settings;
    m_aggregation.configure(settings, secret, m_profiles.viewSetting(tenantSetting).toString());
    if (m_aggregation.isUsed() && m_aggregation.hasSecret())
        m_aggregation.readConfiguration();
}

std::optional<models::ConnectionTest::AggregationAccess> Session::aggregationAccess() const
{
    if (!m_aggregation.isUsed())
        return {};
    return models::ConnectionTest::AggregationAccess{
        .baseUrl = m_aggregation.settings().baseUrl, .credentials = m_aggregation.credentials()};
}

void Session::readSecret()
{
    m_secrets.read(m_profile.id, clientSecretName, this, [this](api::SecretStore::SecretResult<QByteArray> secret) {
        if (secret)
            useSecretForThisRun(*secret);
        else
            emit secretMissing(secret.error());
    });
}

void Session::useSecretForThisRun(const QByteArray &secret)
{
    m_credentials = {.clientId = m_profile.clientId, .clientSecret = secret};
    m_client.setCredentials(m_credentials);
    becomeReady();
}

const api::Credentials &Session::credentials() const
{
    return m_credentials;
}

void Session::checkAudit(QObject *context, std::function<void(models::DatabaseResult<models::AuditReport>)> handler)
{
    m_auditCheck = m_ledger->read<models::AuditReport>(
        models::checkLedgerAudit, context, std::move(handler), models::Ledger::Lane::Long);
}

void Session::sandboxReady(const SandboxAddress &address)
{
    m_profile.baseUrl = address.url;
    m_profile.clientId = address.credentials.clientId;
    m_profile.merchantId = address.merchant.text();
    m_credentials = address.credentials;
    m_client.setEndpoint(address.url, m_credentials);
    m_outbox.setMerchant(address.merchant);
    useAggregation(address.aggregation, address.aggregationSecret);
    becomeReady();
    importSandboxIdsOnce();
}

void Session::becomeReady()
{
    if (!std::exchange(m_ready, true)) {
        m_refresher.start();
        m_vault.recover();
        m_gaps.start();
        startReceiving();
        restoreImports();
    }
    emit ready();
}

void Session::startReceiving()
{
    const QString file = models::receiverSettingsFile(m_profiles.folder(m_profile.id));
    models::ReceiverSettings settings = models::readReceiverSettings(file);
    // The first start on the built-in sandbox shows events without anybody turning anything on.
    const bool showsItself = m_profile.environment == models::Environment::BuiltInSandbox;
    const bool untouched = showsItself && !QFile::exists(file);
    if (untouched)
        settings.enabled = true;
    connect(&m_vault, &models::WebhookVault::changed, &m_receiver, &models::Receiver::reloadSources);
    m_actor.start();
    m_receiver.apply(settings);
    if (showsItself)
        m_sandboxWebhooks.start(untouched);
}

void Session::restoreImports()
{
    models::ImportJob::restore(m_client, *m_ledger, this, [this](const QList<models::ImportJob *> &jobs) {
        for (models::ImportJob *job : jobs)
            m_jobs.add(job);
    });
}

void Session::importIds(const models::ImportPlan &plan)
{
    m_jobs.add(models::ImportJob::start(plan, m_client, *m_ledger, this));
}

void Session::importSandboxIdsOnce()
{
    m_unusedCheck = m_ledger->read<bool>(
        models::importstore::isLedgerUnused, this, [this](const models::DatabaseResult<bool> &unused) {
            if (unused.value_or(false))
                planSandboxImport();
        });
}

void Session::planSandboxImport()
{
    using Plan = std::expected<models::ImportPlan, QString>;
    m_planning.start([this, file = m_sandbox.idsFile(), name = tr("ids of the built-in sandbox")] {
        QFile ids(file);
        Plan plan = ids.open(QIODevice::ReadOnly) ? models::planImport(ids.readAll(), name)
                                                  : Plan(std::unexpected(ids.errorString()));
        QMetaObject::invokeMethod(this, [this, plan = std::move(plan)] {
            if (plan)
                importIds(*plan);
            emit importPlanned(plan ? QString() : plan.error());
        });
    });
}

} // namespace console

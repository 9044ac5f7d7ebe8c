// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregation.h"

#include <QDateTime>
#include <QPointer>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

api::Priority urgencyOf(Source source)
{
    return source == Source::Poll || source == Source::Import ? api::Priority::Background : api::Priority::Interactive;
}

//! Both answers as one, under the keys they came with.
api::Json combinedAnswer(const api::Json &accounts, const api::Json &links)
{
    std::vector<api::Json::Member> members = accounts.members();
    members.insert(members.end(), links.members().begin(), links.members().end());
    return api::Json::fromMembers(std::move(members));
}

qint64 firstLinkedAt(const LinkedUser &user)
{
    qint64 first = 0;
    const auto consider = [&first](qint64 at) {
        if (at > 0 && (first == 0 || at < first))
            first = at;
    };
    for (const api::ProviderAccount &link : user.links.value_or(QList<api::ProviderAccount>()))
        consider(link.createdAt);
    for (const api::AggregatedAccount &account : user.accounts.value_or(QList<api::AggregatedAccount>()))
        consider(account.createdAt);
    return first;
}

QList<std::pair<QString, QString>> parametersOf(const FastLinkOrder &order)
{
    QList<std::pair<QString, QString>> parameters{{u"configName"_s, order.configName}};
    if (order.flow == FastLinkOrder::Flow::Edit) {
        parameters.append({u"flow"_s, u"edit"_s});
        parameters.append({u"providerAccountId"_s, order.providerAccountId.text()});
    } else if (!order.providerId.isEmpty()) {
        parameters.append({u"flow"_s, u"add"_s});
        parameters.append({u"providerId"_s, order.providerId});
    }
    return parameters;
}

} // namespace

QStringList fastLinkConfigurations()
{
    return {u"aggregation"_s, u"verification"_s, u"aggregation_and_verification"_s, u"verification_and_aggregation"_s};
}

QString orderProblem(const FastLinkOrder &order)
{
    if (order.loginName.text().trimmed().isEmpty())
        return Aggregation::tr("Type a login name for the person. Use the same one every time: it is how their "
                               "accounts are found again.");
    if (order.configName.trimmed().isEmpty())
        return Aggregation::tr("Choose a FastLink configuration.");
    if (order.flow == FastLinkOrder::Flow::Edit && order.providerAccountId.isEmpty())
        return Aggregation::tr("Choose the link that is to be repaired.");
    return {};
}

//! Two calls whose answers are stored together.
struct Aggregation::UserRead
{
    LinkedUserId id = {};
    Source source = Source::LookUp;
    QPointer<QObject> context = {};
    std::function<void(api::Result<RecordRef>)> handler = {};
    std::optional<api::Answer> accounts = {};
    bool linksCame = false;
    std::optional<api::Answer> links = {};
};

Aggregation::Aggregation(Ledger &ledger, api::ClientOptions transport, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_transport(std::move(transport))
{
}

Aggregation::~Aggregation() = default;

void Aggregation::record(const AuditEntry &deed)
{
    m_ledger.write(
        [deed](Database &database) { return appendAudit(database, deed); }, Ledger::Durability::Full, nullptr, {});
}

void Aggregation::configure(const AggregationSettings &settings, const QByteArray &secret, const QString &tenant)
{
    if (settings == m_settings && secret == m_secret)
        return;
    m_settings = settings;
    m_secret = secret;
    m_configurationCall = {};
    m_configuration.reset();
    m_configurationError.reset();
    m_linkReads.clear();
    m_clients.clear();
    const QStringList known = tenants();
    const QString wanted = tenant.isEmpty() ? m_tenant : tenant;
    m_tenant = known.contains(wanted) ? wanted : known.value(0);
    emit settingsChanged();
    emit tenantChanged(m_tenant);
    emit configurationChanged();
}

const AggregationSettings &Aggregation::settings() const
{
    return m_settings;
}

bool Aggregation::isUsed() const
{
    return m_settings.isUsed();
}

bool Aggregation::hasSecret() const
{
    return !m_secret.isEmpty();
}

api::Credentials Aggregation::credentials() const
{
    return {.clientId = m_settings.clientId, .clientSecret = m_secret, .tenantId = m_tenant};
}

QStringList Aggregation::tenants() const
{
    QStringList all = m_settings.tenants;
    if (m_configuration) {
        for (const api::TenantId &tenant : m_configuration->tenants)
            all.append(tenant.text());
    }
    all.removeDuplicates();
    return all;
}

QString Aggregation::tenant() const
{
    return m_tenant;
}

bool Aggregation::setTenant(const QString &tenant)
{
    if (!tenants().contains(tenant))
        return false;
    if (tenant != std::exchange(m_tenant, tenant))
        emit tenantChanged(tenant);
    return true;
}

api::Client &Aggregation::clientFor(const api::TenantId &tenant, const api::LoginName &user)
{
    std::unique_ptr<api::Client> &client = m_clients[tenant.text() + u'\n' + user.text()];
    if (!client) {
        api::ClientOptions options = m_transport;
        options.baseUrl = m_settings.baseUrl;
        client = std::make_unique<api::Client>(std::move(options),
            api::Credentials{.clientId = m_settings.clientId,
                .clientSecret = m_secret,
                .tenantId = tenant.text(),
                .userId = user.text()});
    }
    return *client;
}

api::Client &Aggregation::client()
{
    return clientOf(api::TenantId(m_tenant));
}

api::Client &Aggregation::clientOf(const api::TenantId &tenant)
{
    return clientFor(tenant, {});
}

api::Client &Aggregation::userClient(const LinkedUserId &user)
{
    return clientFor(user.tenant, m_settings.userTokens ? user.loginName : api::LoginName());
}

void Aggregation::readConfiguration()
{
    m_configurationCall = client().send(
        api::getAggregationClient(), this, [this](const api::Result<api::AggregationClient> &answer) {
            m_configurationError.reset();
            if (answer) {
                m_configuration = *answer;
                emit succeeded(QDateTime::currentMSecsSinceEpoch());
            } else {
                m_configurationError = answer.error();
                emit failed(answer.error());
            }
            emit configurationChanged();
        });
    emit configurationChanged();
}

const std::optional<api::AggregationClient> &Aggregation::configuration() const
{
    return m_configuration;
}

const std::optional<api::Error> &Aggregation::configurationError() const
{
    return m_configurationError;
}

bool Aggregation::isReadingConfiguration() const
{
    return m_configurationCall.isActive();
}

api::Result<FastLinkLaunch> Aggregation::launchOf(
    const FastLinkOrder &order, const LinkedUserId &user, const api::Result<api::FastLinkSession> &session) const
{
    if (!session)
        return std::unexpected(session.error());
    const QUrl address = session->url.isEmpty() ? m_settings.fastLinkUrl : session->url;
    if (address.isEmpty())
        return std::unexpected(api::Error{.kind = api::ErrorKind::Garbled,
            .delivery = api::Delivery::Answered,
            .detail = u"fastLinkURL: expected an address in the answer or in the profile, got nothing"_s,
            .host = m_settings.baseUrl.host()});
    const bool form = order.opening == FastLinkOrder::Opening::Form;
    FastLinkLaunch launch{.page = {.kind = form ? PaneRequest::Kind::FastLinkForm : PaneRequest::Kind::FastLinkLoader,
                              .address = address,
                              .accessToken = QString::fromLatin1(session->accessToken),
                              .loader = form ? QUrl() : m_settings.loader,
                              .parameters = parametersOf(order)},
        .user = user};
    return launch;
}

api::Call Aggregation::openFastLink(
    const FastLinkOrder &order, QObject *context, std::function<void(api::Result<FastLinkLaunch>)> handler)
{
    const LinkedUserId user{.tenant = api::TenantId(m_tenant), .loginName = order.loginName};
    const auto request = api::createFastLinkSession(order.loginName, m_settings.fastLinkVariant);
    return userClient(user).send(request, context,
        [self = QPointer<Aggregation>(this), order, user, handler = std::move(handler)](
            const api::Result<api::FastLinkSession> &session) {
            if (!self)
                return;
            if (!session)
                emit self->failed(session.error());
            if (session) {
                const qint64 now = QDateTime::currentMSecsSinceEpoch();
                self->m_ledger.observe({{.record = LinkedUser{.id = user, .createdAt = now},
                    .raw = api::Json::fromMembers({}),
                    .observedAt = now,
                    .source = Source::OwnAction}});
                emit self->succeeded(now);
            }
            handler(self->launchOf(order, user, session));
        });
}

api::Call Aggregation::readUser(
    const LinkedUserId &user, Source source, QObject *context, std::function<void(api::Result<RecordRef>)> handler)
{
    auto read = std::make_shared<UserRead>(
        UserRead{.id = user, .source = source, .context = context, .handler = std::move(handler)});
    api::Client &client = userClient(user);
    const quint64 number = ++m_lastRead;
    m_linkReads[number] = client.sendRaw(
        api::listProviderAccounts(m_settings.proxy(), user.loginName).data, this,
        [this, number, read](api::Result<api::Answer> answer) {
            const api::Call done = std::exchange(m_linkReads[number], {});
            m_linkReads.erase(number);
            read->linksCame = true;
            if (answer)
                read->links = *std::move(answer);
            finishUser(read);
        },
        urgencyOf(source));
    return client.sendRaw(
        api::listAggregatedAccounts(m_settings.proxy(), user.loginName).data, context,
        [self = QPointer<Aggregation>(this), read](api::Result<api::Answer> answer) mutable {
            if (!self)
                return;
            if (!answer) {
                emit self->failed(answer.error());
                return read->handler(std::unexpected(answer.error()));
            }
            read->accounts = *std::move(answer);
            self->finishUser(read);
        },
        urgencyOf(source));
}

void Aggregation::finishUser(const std::shared_ptr<UserRead> &read)
{
    if (!read->accounts || !read->linksCame || !read->context)
        return;
    const auto accounts = api::readAnswer(&api::readAggregatedAccounts, *read->accounts);
    if (!accounts) {
        emit failed(accounts.error());
        return read->handler(std::unexpected(accounts.error()));
    }
    LinkedUser user{.id = read->id, .accounts = *accounts};
    api::Json linksRaw;
    if (read->links) {
        if (const auto links = api::readAnswer(&api::readProviderAccounts, *read->links)) {
            user.links = *links;
            linksRaw = read->links->json;
        }
    }
    user.createdAt = firstLinkedAt(user);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    emit succeeded(now);
    m_ledger.observe({{.record = user,
                         .raw = combinedAnswer(read->accounts->json, linksRaw),
                         .observedAt = now,
                         .source = read->source}},
        read->context, [read](const DatabaseResult<void> &) { read->handler(recordOf(read->id)); });
}

api::Call Aggregation::verifiedAccounts(const LinkedUserId &user, QObject *context,
    std::function<void(api::Result<QList<api::VerifiedAggregatedAccount>>)> handler)
{
    return userClient(user).send(
        api::listVerifiedAggregatedAccounts(m_settings.proxy(), user.loginName), context, std::move(handler));
}

} // namespace models

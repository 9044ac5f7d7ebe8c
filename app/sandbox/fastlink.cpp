// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/fastlink.h"

#include "app/sandbox/testbanks.h"
#include "app/sandbox/world.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sandbox {

namespace {

constexpr std::int64_t firstProviderAccount = 10'000'001;
constexpr std::array<std::string_view, 4> defaultConfigurations{
    "aggregation", "verification", "aggregation_and_verification", "verification_and_aggregation"};

std::int64_t idFromText(const std::string &text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// Some hosts encode the parameters once more before the form does.
FormFields readExtraParams(std::string_view text)
{
    const bool encodedTwice = text.find('=') == std::string_view::npos;
    return formFields(encodedTwice ? percentDecoded(text) : std::string(text));
}

} // namespace

std::string_view nameOf(FastLinkStep step)
{
    switch (step) {
    case FastLinkStep::Provider:
        return "provider";
    case FastLinkStep::SignIn:
        return "signin";
    case FastLinkStep::Accounts:
        return "accounts";
    case FastLinkStep::Success:
        return "success";
    case FastLinkStep::Failed:
        return "failed";
    case FastLinkStep::Closed:
        return "closed";
    case FastLinkStep::Broken:
        return "broken";
    }
    return {};
}

std::string FastLink::issue(const FastLinkGrant &grant, int lifetimeSeconds)
{
    std::string token = freshTokenId() + freshTokenId();
    m_tokens.add(token, grant, lifetimeSeconds);
    return token;
}

FastLinkLaunch &FastLink::launch(const std::string &tenant, std::string_view accessToken, std::string_view extraParams)
{
    FastLinkLaunch launch;
    launch.id = freshTokenId();
    launch.params = readExtraParams(extraParams);
    launch.config = launch.param("configName");
    const bool bearer = accessToken.starts_with("Bearer ");
    const auto [grant, expired] = m_tokens.find(bearer ? accessToken.substr(7) : accessToken);
    if (!bearer)
        launch.problem = "accessToken must be Bearer, a space and the FastLink token";
    else if (!grant || grant->tenant != tenant)
        launch.problem = "The access token is not a FastLink token of this tenant";
    else if (expired)
        launch.problem = "The FastLink token has expired";
    else if (std::ranges::find(defaultConfigurations, launch.config) == defaultConfigurations.end())
        launch.problem = launch.config.empty() ? "configName is required" : "The configName is not known";
    if (grant)
        launch.grant = *grant;
    const std::string id = launch.id;
    return m_launches.insert_or_assign(id, std::move(launch)).first->second;
}

FastLinkLaunch *FastLink::find(const std::string &id)
{
    const auto found = m_launches.find(id);
    return found == m_launches.end() ? nullptr : &found->second;
}

void FastLink::forgetAll()
{
    m_tokens.clear();
    m_launches.clear();
}

FastLinkFlow::FastLinkFlow(World &world, FastLinkLaunch &launch)
    : m_world(world)
    , m_launch(launch)
{
}

void FastLinkFlow::begin()
{
    if (!m_launch.problem.empty())
        return breakOff(m_launch.problem);
    const auto &known = m_world.store.providerAccounts();
    const std::string flow = m_launch.param("flow");
    if (m_launch.edits()) {
        const auto edited = known.find(idFromText(m_launch.param("providerAccountId")));
        const bool own = edited != known.end() && edited->second.tenant == m_launch.grant.tenant
            && edited->second.loginName == m_launch.grant.loginName;
        if (!own)
            return breakOff("The providerAccountId is not one of this user");
        m_launch.account = edited->first;
        m_launch.provider = edited->second.provider;
        m_launch.step = FastLinkStep::SignIn;
    } else if (!flow.empty() && flow != "add") {
        breakOff("The flow is not known");
    } else if (const std::string provider = m_launch.param("providerId"); !provider.empty()) {
        if (!providerById(idFromText(provider)))
            return breakOff("The providerId is not known");
        chooseProvider(idFromText(provider));
    }
}

void FastLinkFlow::breakOff(std::string reason)
{
    m_launch.step = FastLinkStep::Broken;
    m_launch.problem = std::move(reason);
    JsonWriter data;
    data.beginObject().text("title", "Integration error").text("reason", m_launch.problem).text("status", "FAILED");
    data.text("fnToCall", "errorHandler").endObject();
    post("POST_MESSAGE", data.take());
}

void FastLinkFlow::post(std::string_view type, const std::string &data)
{
    JsonWriter message;
    message.beginObject().text("type", type).document("data", data).endObject();
    m_launch.messages.push_back(message.take());
}

void FastLinkFlow::chooseProvider(std::int64_t provider)
{
    if (m_launch.step != FastLinkStep::Provider || !providerById(provider))
        return;
    m_launch.provider = provider;
    m_launch.step = FastLinkStep::SignIn;
}

void FastLinkFlow::openBank()
{
    const Provider *provider = providerById(m_launch.provider);
    if (m_launch.step != FastLinkStep::SignIn || !provider || !provider->signsInElsewhere)
        return;
    JsonWriter data;
    data.beginObject().text("url", m_world.pagesUrl + "/fastlink-bank/" + m_launch.id).endObject();
    post("OPEN_EXTERNAL_URL", data.take());
}

// What is known of the link that is being made or repaired.
ProviderAccount FastLinkFlow::record() const
{
    const auto &known = m_world.store.providerAccounts();
    ProviderAccount account;
    if (const auto edited = known.find(m_launch.account); edited != known.end())
        account = edited->second;
    else
        account.id = known.empty() ? firstProviderAccount : known.rbegin()->first + 1;
    account.tenant = m_launch.grant.tenant;
    account.loginName = m_launch.grant.loginName;
    account.provider = m_launch.provider;
    account.user = m_launch.user;
    account.requestId = freshTokenId();
    account.failed = false;
    account.updatedAt = m_world.book.now();
    if (account.createdAt == 0)
        account.createdAt = account.updatedAt;
    return account;
}

bool FastLinkFlow::keep(ProviderAccount account, std::string_view info)
{
    AggregationEvent event{.tenant = account.tenant,
        .topic = AggregationTopic::Refresh,
        .loginName = account.loginName,
        .info = std::string(info),
        .providerAccountId = account.id};
    for (const HeldAccount &held : account.accounts)
        event.accounts.push_back(held.id);
    m_launch.account = account.id;
    if (!m_world.store.keep(std::move(account)))
        return false;
    m_world.aggregationWebhooks.announce(std::move(event));
    return true;
}

void FastLinkFlow::writeId(JsonWriter &out, std::string_view name, std::int64_t id) const
{
    if (m_world.options.fastLinkTextIds)
        out.text(name, std::to_string(id));
    else
        out.integer(name, id);
}

// Of a link that is done.
std::string FastLinkFlow::siteOf(std::int64_t providerAccount) const
{
    const auto found = m_world.store.providerAccounts().find(providerAccount);
    JsonWriter site;
    site.beginObject();
    writeId(site, "providerId", found->second.provider);
    site.text("providerName", providerById(found->second.provider)->name);
    site.text("requestId", found->second.requestId);
    writeId(site, "providerAccountId", providerAccount);
    site.text("status", "SUCCESS").text("additionalStatus", "ACCT_SUMMARY_RECEIVED");
    site.text("fnToCall", "accountStatus").endObject();
    return site.take();
}

void FastLinkFlow::fail(std::string_view additionalStatus, std::string_view reason)
{
    JsonWriter data;
    data.beginObject();
    writeId(data, "providerId", m_launch.provider);
    data.text("providerName", providerById(m_launch.provider)->name);
    if (const auto known = m_world.store.providerAccounts().find(m_launch.account);
        known != m_world.store.providerAccounts().end()) {
        data.text("requestId", known->second.requestId);
        writeId(data, "providerAccountId", m_launch.account);
    }
    data.text("status", "FAILED").text("additionalStatus", additionalStatus).text("reason", reason);
    data.text("fnToCall", "accountStatus").endObject();
    post("POST_MESSAGE", data.take());
}

bool FastLinkFlow::signIn(std::string_view user, std::string_view password)
{
    const Provider *provider = providerById(m_launch.provider);
    if (m_launch.step != FastLinkStep::SignIn || !provider)
        return true;
    m_launch.wrongPassword = signedIn(user, password) == TestUser::None;
    if (m_launch.wrongPassword) {
        fail("INCORRECT_CREDENTIALS", "The user name or the password is wrong");
        return true;
    }
    m_launch.user = user;
    ProviderAccount account = record();
    account.failed = provider->needsAction;
    if (account.accounts.empty() && !provider->needsAction)
        account.accounts = heldAccounts(*provider, user, account.id);
    if (!keep(std::move(account), provider->needsAction ? "REFRESH.PROCESS_COMPLETED" : "REFRESH.LOGIN_SUCCESS"))
        return false;
    m_launch.step = provider->needsAction ? FastLinkStep::Failed : FastLinkStep::Accounts;
    if (provider->needsAction)
        fail("USER_ACTION_NEEDED_AT_SITE", "Sign in at the bank itself and accept its new terms");
    return true;
}

bool FastLinkFlow::chooseAccounts(const std::vector<std::size_t> &chosen)
{
    if (m_launch.step != FastLinkStep::Accounts)
        return true;
    ProviderAccount account = record();
    for (std::size_t i = 0; i < account.accounts.size(); ++i) {
        const bool wanted = std::ranges::find(chosen, i) != chosen.end();
        account.accounts[i].aggregated = m_launch.aggregates() ? wanted : account.accounts[i].aggregated;
        account.accounts[i].verified = m_launch.verifies() ? wanted : account.accounts[i].verified;
    }
    const std::int64_t id = account.id;
    if (!keep(std::move(account), "REFRESH.PROCESS_COMPLETED"))
        return false;
    m_world.aggregationWebhooks.announce({.tenant = m_launch.grant.tenant,
        .topic = AggregationTopic::DataUpdates,
        .loginName = m_launch.grant.loginName,
        .info = {},
        .providerAccountId = id});
    m_launch.linked.push_back(id);
    m_launch.step = FastLinkStep::Success;
    if (!m_world.options.fastLinkExitFirst)
        post("POST_MESSAGE", siteOf(id));
    return true;
}

void FastLinkFlow::back()
{
    if (!m_launch.edits() && (m_launch.step == FastLinkStep::SignIn || m_launch.step == FastLinkStep::Failed))
        startOver();
}

void FastLinkFlow::linkAnother()
{
    if (!m_launch.edits() && m_launch.step == FastLinkStep::Success)
        startOver();
}

void FastLinkFlow::startOver()
{
    m_launch.step = FastLinkStep::Provider;
    m_launch.account = 0;
    m_launch.wrongPassword = false;
}

std::string FastLinkFlow::exitData() const
{
    JsonWriter data;
    data.beginObject().text("action", "exit").text("fnToCall", "accountStatus");
    if (!m_launch.linked.empty()) {
        std::string sites = "[";
        for (const std::int64_t id : m_launch.linked)
            sites += (sites.size() > 1 ? "," : "") + siteOf(id);
        data.document("sites", sites + "]");
    } else {
        const bool failed = m_launch.step == FastLinkStep::Failed || m_launch.step == FastLinkStep::Broken;
        const bool started = m_launch.step == FastLinkStep::Accounts || m_launch.step == FastLinkStep::SignIn;
        data.text("status", failed ? "FAILED" : started ? "ACTION_ABANDONED" : "USER_CLOSE_ACTION");
        data.text("reason", failed ? "The account could not be linked" : "The user closed FastLink");
    }
    data.endObject();
    return data.take();
}

void FastLinkFlow::finish()
{
    if (m_launch.step != FastLinkStep::Success)
        return;
    close();
    if (m_world.options.fastLinkExitFirst)
        post("POST_MESSAGE", siteOf(m_launch.linked.back()));
}

void FastLinkFlow::close()
{
    if (m_launch.step == FastLinkStep::Closed)
        return;
    post("POST_MESSAGE", exitData());
    m_launch.step = FastLinkStep::Closed;
}

} // namespace sandbox

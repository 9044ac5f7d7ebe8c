// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/aggregationtest.h"

#include "api/aggregation/client.h"
#include "api/aggregation/tokens.h"
#include "models/plurals.h"

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

constexpr int aggregationTimeoutMs = 10'000;

bool isCredentialRefusal(const api::Error &error)
{
    return error.kind == api::ErrorKind::Unauthorized || error.kind == api::ErrorKind::Forbidden
        || error.kind == api::ErrorKind::Rejected;
}

//! The reference promises four reasons in the refusal (2.2); each asks for something else.
QString refusalText(const api::Error &error)
{
    const auto says = [&error](QLatin1String words) { return error.message.contains(words, Qt::CaseInsensitive); };
    if (says("client id"_L1))
        return AggregationTest::tr("FinGoal does not know this client id. Copy it again; it often begins with CLI-.");
    if (says("not authorized"_L1))
        return AggregationTest::tr(
            "The client id and the secret are right, but they may not use this tenant. Ask FinGoal to let this client "
            "use it, or take another tenant.");
    if (says("tenant"_L1))
        return AggregationTest::tr("FinGoal does not know this tenant id. Copy it again; it often begins with TNT-.");
    if (says("secret"_L1))
        return AggregationTest::tr("The client secret is wrong. Copy it again.");
    //: %1 the server's own words in English
    return AggregationTest::tr("FinGoal did not accept the client id, the secret or the tenant. It said: \"%1\"")
        .arg(error.message.isEmpty() ? api::kindName(error.kind) : error.message);
}

QString strangeHostText(const api::Error &error)
{
    if (error.kind == api::ErrorKind::NotFound || error.kind == api::ErrorKind::Garbled)
        //: %1 is a host name
        return AggregationTest::tr("%1 answers, but not as FinGoal's service does. Check the address; it often ends "
                                   "in /api.")
            .arg(error.host);
    return api::errorText(error);
}

} // namespace

AggregationTest::AggregationTest(const QUrl &baseUrl, const api::Credentials &credentials, QObject *parent)
    : QObject(parent)
    , m_baseUrl(baseUrl)
    , m_credentials(credentials)
    , m_steps({{.title = tr("Aggregation: reach the host"), .sentence = {}},
          {.title = tr("Aggregation: trust its certificate"), .sentence = {}},
          {.title = tr("Aggregation: accept client id, secret and tenant"), .sentence = {}},
          {.title = tr("Aggregation: read the client's configuration"), .sentence = {}}})
{
}

AggregationTest::~AggregationTest() = default;

const QList<AggregationTest::Step> &AggregationTest::steps() const
{
    return m_steps;
}

void AggregationTest::start()
{
    m_client = std::make_unique<api::Client>(
        api::ClientOptions{.baseUrl = m_baseUrl, .timeoutMs = aggregationTimeoutMs, .parallelManagers = 1},
        m_credentials);
    set(ReachHost, Outcome::Running, {});
    emit changed();
    m_call = m_client->sendRaw(api::requestTenantToken(m_credentials).data, this,
        [this](const api::Result<api::Answer> &answer) { answered(answer); });
}

//! Settles the first two steps; false when the test ended there.
bool AggregationTest::hostAnswered(const api::Result<api::Answer> &answer)
{
    const bool plain = m_baseUrl.scheme() == "http"_L1;
    if (!answer) {
        const api::ErrorKind kind = answer.error().kind;
        const bool silent = kind == api::ErrorKind::Offline || kind == api::ErrorKind::TimedOut;
        if (silent || kind == api::ErrorKind::Untrusted) {
            set(silent ? ReachHost : TrustHost, Outcome::Failed, api::errorText(answer.error()));
            end();
            return false;
        }
    }
    //: %1 is a host name
    set(ReachHost, Outcome::Passed, tr("%1 answers.").arg(m_baseUrl.host()));
    set(TrustHost, plain ? Outcome::Skipped : Outcome::Passed,
        plain ? tr("Plain http on this computer: there is no certificate to check.")
              //: %1 is a host name
              : tr("%1 proved who it is.").arg(m_baseUrl.host()));
    return true;
}

void AggregationTest::answered(const api::Result<api::Answer> &answer)
{
    if (!hostAnswered(answer))
        return;
    if (m_credentials.clientSecret.isEmpty()) {
        set(AcceptCredentials, Outcome::Failed, tr("No client secret is known. Type it, then test again."));
        return end();
    }
    const auto token = answer ? api::readAnswer(&api::readTenantToken, *answer)
                              : api::Result<api::AccessToken>(std::unexpected(answer.error()));
    if (!token)
        return tokenRefused(token.error());
    set(AcceptCredentials, Outcome::Passed, tr("The client id, the secret and the tenant are right."));
    set(ReadConfiguration, Outcome::Running, {});
    emit changed();
    m_call = m_client->sendRaw(api::getAggregationClient().data, this,
        [this](const api::Result<api::Answer> &configuration) { configurationAnswered(configuration); });
}

void AggregationTest::tokenRefused(const api::Error &error)
{
    set(AcceptCredentials, Outcome::Failed, isCredentialRefusal(error) ? refusalText(error) : strangeHostText(error));
    end();
}

void AggregationTest::configurationAnswered(const api::Result<api::Answer> &answer)
{
    const auto client = answer ? api::readAnswer(&api::readAggregationClient, *answer)
                               : api::Result<api::AggregationClient>(std::unexpected(answer.error()));
    if (!client) {
        set(ReadConfiguration, Outcome::Failed, strangeHostText(client.error()));
        return end();
    }
    const QString name = client->name.isEmpty() ? client->id : client->name;
    //: %2 is the client's name
    set(ReadConfiguration, Outcome::Passed,
        counted(client->tenants.size(), tr("%2 may use 1 tenant."), tr("%2 may use %1 tenants.")).arg(name));
    end();
}

void AggregationTest::set(StepNumber number, Outcome outcome, const QString &sentence)
{
    m_steps[number].outcome = outcome;
    m_steps[number].sentence = sentence;
}

void AggregationTest::end()
{
    bool passed = true;
    for (Step &step : m_steps) {
        if (step.outcome == Outcome::Waiting || step.outcome == Outcome::Running)
            step.outcome = Outcome::Skipped;
        passed = passed && (step.outcome == Outcome::Passed || &step == &m_steps[TrustHost]);
    }
    passed = passed && m_steps[TrustHost].outcome != Outcome::Failed;
    m_credentials = {};
    emit changed();
    emit finished(passed);
}

} // namespace models

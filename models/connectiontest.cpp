// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectiontest.h"

#include "api/paybybank/tokens.h"
#include "api/paybybank/transactions.h"
#include "models/aggregationtest.h"

#include <QHostAddress>
#include <QUuid>

#include <optional>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace models {

namespace {

using Outcome = ConnectionTest::Outcome;

enum StepNumber { ReachHost, TrustHost, AcceptCredentials, UseCore, UsePayment };

constexpr int testTimeoutMs = 10'000;

QString withFullStop(QString words)
{
    words = words.trimmed();
    while (words.endsWith(u'.'))
        words.chop(1);
    return words + u'.';
}

bool isThisComputer(const QUrl &url)
{
    return url.host().compare("localhost"_L1, Qt::CaseInsensitive) == 0 || QHostAddress(url.host()).isLoopback();
}

bool isPlain(const QUrl &url)
{
    return url.scheme() == "http"_L1;
}

//! The host cannot even be tried.
QString unusableAddress(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !(url.scheme() == "https"_L1 || isPlain(url)))
        return ConnectionTest::tr("This is no whole address. Type one such as https://api.link.money.");
    if (!url.userInfo().isEmpty())
        return ConnectionTest::tr("The address holds a user name or a password. Take them out: the client id and "
                                  "secret have fields of their own.");
    return {};
}

//! The token service said that it does not let these credentials have this scope, or these credentials at all: it does
//! not tell them apart for sure.
bool isRefusal(const api::Error &error)
{
    return error.kind == api::ErrorKind::Unauthorized || error.kind == api::ErrorKind::Forbidden
        || error.kind == api::ErrorKind::Rejected;
}

bool namesTheScope(const api::Error &error)
{
    return error.errorCode.contains("scope"_L1, Qt::CaseInsensitive)
        || error.message.contains("scope"_L1, Qt::CaseInsensitive);
}

QString withWordsOfServer(const QString &sentence, const api::Error &error)
{
    if (error.message.isEmpty())
        return sentence;
    //: %1 is one or more whole sentences, %2 the server's own words in English
    return ConnectionTest::tr("%1 The server said: \"%2\"").arg(sentence, error.message);
}

QString wrongCredentials(const api::Error &error)
{
    return withWordsOfServer(
        ConnectionTest::tr(
            "The client id or the client secret is wrong; the server does not say which. Copy both again "
            "from Link Money's merchant portal, and check that they belong to this environment."),
        error);
}

QString missingScope(const QString &scope, const QString &use, const api::Error &error)
{
    //: %1 is the name of a permission such as Link-Core, %2 what it is for
    return withWordsOfServer(
        ConnectionTest::tr(
            "The id and the secret are right, but they may not use the scope %1, which is needed to %2. Ask "
            "Link Money to add it.")
            .arg(scope, use),
        error);
}

QString strangeAnswer(const api::Error &error)
{
    if (error.kind == api::ErrorKind::NotFound || error.kind == api::ErrorKind::Garbled)
        //: %1 is a host name
        return ConnectionTest::tr("%1 answers, but not as Link Money's service does. Check the address.")
            .arg(error.host);
    return api::errorText(error);
}

QString lookUpUse()
{
    //: fits into "which is needed to %2"
    return ConnectionTest::tr("look up payments, customers and payouts");
}

QString moneyUse()
{
    //: fits into "which is needed to %2"
    return ConnectionTest::tr("make payments and refunds");
}

} // namespace

class ConnectionTest::Private
{
public:
    explicit Private(ConnectionTest *test)
        : q(test)
    {
    }

    using Handler = void (Private::*)(const api::Result<api::Answer> &);

    void begin(const QUrl &url, const api::Credentials &given, const std::optional<AggregationAccess> &other);
    void appendAggregation(const AggregationAccess &access);
    void dropAggregation();
    void endAll();
    bool refuseAddress();
    void ask(const api::RequestData &request, Handler handler);
    void askToken(const QString &scope, Handler handler);
    void reachedWithoutCredentials(const api::Result<api::Answer> &answer);
    void coreTokenAnswered(const api::Result<api::Answer> &answer);
    void afterRefusedCore(const api::Result<api::Answer> &answer);
    void lookUpAnswered(const api::Result<api::Answer> &answer);
    void paymentTokenAnswered(const api::Result<api::Answer> &answer);
    bool hostAnswered(const api::Result<api::Answer> &answer);
    void untrusted(const api::Error &error);

    void set(StepNumber number, Outcome outcome, const QString &sentence);
    void run(StepNumber number);
    void end();

    ConnectionTest *q;
    QList<Step> steps = {};
    bool running = false;
    QUrl baseUrl = {};
    api::Credentials credentials = {};
    std::unique_ptr<api::Client> client = {};
    api::Call call = {};
    api::Error coreRefusal = {};
    bool firstPassed = false;
    std::unique_ptr<AggregationTest> aggregation = {};
};

void ConnectionTest::Private::begin(
    const QUrl &url, const api::Credentials &given, const std::optional<AggregationAccess> &other)
{
    baseUrl = url;
    credentials = given;
    steps = {{.title = tr("Reach the host"), .sentence = {}}, {.title = tr("Trust its certificate"), .sentence = {}},
        {.title = tr("Accept the client id and secret"), .sentence = {}},
        {.title = tr("Look things up (Link-Core)"), .sentence = {}},
        {.title = tr("Move money (Link-Payment)"), .sentence = {}}};
    if (other)
        appendAggregation(*other);
    running = true;
    if (refuseAddress())
        return;
    client = std::make_unique<api::Client>(
        api::ClientOptions{.baseUrl = url, .timeoutMs = testTimeoutMs, .parallelManagers = 1}, given);
    run(ReachHost);
    if (given.clientId.isEmpty() || given.clientSecret.isEmpty()) {
        auto request = api::getTransaction(api::TransactionId(u"connection-test"_s)).data;
        request.auth = api::Auth::None;
        return ask(request, &Private::reachedWithoutCredentials);
    }
    askToken(u"Link-Core"_s, &Private::coreTokenAnswered);
}

void ConnectionTest::Private::appendAggregation(const AggregationAccess &access)
{
    aggregation = std::make_unique<AggregationTest>(access.baseUrl, access.credentials);
    const qsizetype first = steps.size();
    steps += aggregation->steps();
    connect(aggregation.get(), &AggregationTest::changed, q, [this, first] {
        steps.resize(first);
        steps += aggregation->steps();
        emit q->changed();
    });
    connect(aggregation.get(), &AggregationTest::finished, q, [this](bool passed) {
        firstPassed = firstPassed && passed;
        endAll();
    });
}

//! It may be the one that is speaking.
void ConnectionTest::Private::dropAggregation()
{
    if (!aggregation)
        return;
    aggregation->disconnect(q);
    aggregation.release()->deleteLater();
}

bool ConnectionTest::Private::refuseAddress()
{
    if (const QString problem = unusableAddress(baseUrl); !problem.isEmpty()) {
        set(ReachHost, Outcome::Failed, problem);
    } else if (isPlain(baseUrl) && !isThisComputer(baseUrl)) {
        set(ReachHost, Outcome::Skipped, tr("Nothing was sent."));
        set(TrustHost, Outcome::Failed,
            tr("Plain http would show the client secret to everyone on the way. Use an address that begins with "
               "https://."));
    } else {
        return false;
    }
    end();
    return true;
}

void ConnectionTest::Private::ask(const api::RequestData &request, Handler handler)
{
    call = client->sendRaw(
        request, q, [this, handler](const api::Result<api::Answer> &answer) { (this->*handler)(answer); });
}

void ConnectionTest::Private::askToken(const QString &scope, Handler handler)
{
    ask(api::requestToken(credentials, scope).data, handler);
}

//! Settles the first two steps; false when the test ended there.
bool ConnectionTest::Private::hostAnswered(const api::Result<api::Answer> &answer)
{
    const QString host = baseUrl.host();
    std::optional<api::ErrorKind> kind;
    if (!answer)
        kind = answer.error().kind;
    if (kind == api::ErrorKind::Offline) {
        set(ReachHost, Outcome::Failed,
            //: %1 is a host name, %2 the network layer's words
            tr("%1 could not be reached (%2) Check the spelling of the address, this machine's network connection and "
               "the firewall or proxy.")
                .arg(host, withFullStop(answer.error().message)));
    } else if (kind == api::ErrorKind::TimedOut) {
        set(ReachHost, Outcome::Failed,
            tr("%1 did not answer within %n seconds. Check the address and the firewall or proxy, then try again.",
                nullptr, testTimeoutMs / 1000)
                .arg(host));
    } else {
        set(ReachHost, Outcome::Passed, tr("%1 answers.").arg(host));
        if (kind == api::ErrorKind::Untrusted)
            untrusted(answer.error());
        else if (isPlain(baseUrl))
            set(TrustHost, Outcome::Skipped, tr("Plain http on this computer: there is no certificate to check."));
        else
            set(TrustHost, Outcome::Passed, tr("%1 proved who it is.").arg(host));
    }
    const bool stopped = steps[ReachHost].outcome == Outcome::Failed || steps[TrustHost].outcome == Outcome::Failed;
    if (stopped)
        end();
    return !stopped;
}

void ConnectionTest::Private::untrusted(const api::Error &error)
{
    set(TrustHost, Outcome::Failed,
        //: %1 is a host name, %2 the network layer's words about the certificate, in English
        tr("%1 could not prove that it is the right server, so neither id nor secret was sent. %2 Check the address "
           "and this machine's date; if "
           "both are right, ask your network administrator.")
            .arg(baseUrl.host(), withFullStop(error.message)));
}

void ConnectionTest::Private::reachedWithoutCredentials(const api::Result<api::Answer> &answer)
{
    if (!hostAnswered(answer))
        return;
    set(AcceptCredentials, Outcome::Failed,
        credentials.clientId.isEmpty() ? tr("Type the client id from Link Money's merchant portal.")
                                       : tr("No client secret is known. Type it, then test again."));
    end();
}

void ConnectionTest::Private::coreTokenAnswered(const api::Result<api::Answer> &answer)
{
    if (!hostAnswered(answer))
        return;
    const auto token = answer ? api::readAnswer(&api::readAccessToken, *answer)
                              : api::Result<api::AccessToken>(std::unexpected(answer.error()));
    if (token) {
        set(AcceptCredentials, Outcome::Passed, tr("The id and the secret are right."));
        run(UseCore);
        const QString nobody = u"connection-test-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
        return ask(api::getTransaction(api::TransactionId(nobody)).data, &Private::lookUpAnswered);
    }
    if (isRefusal(token.error())) {
        // Only the other scope's answer tells wrong credentials from a missing permission.
        coreRefusal = token.error();
        run(AcceptCredentials);
        return askToken(u"Link-Payment"_s, &Private::afterRefusedCore);
    }
    set(AcceptCredentials, Outcome::Failed, strangeAnswer(token.error()));
    end();
}

void ConnectionTest::Private::afterRefusedCore(const api::Result<api::Answer> &answer)
{
    if (!answer && !namesTheScope(coreRefusal) && !namesTheScope(answer.error())) {
        set(AcceptCredentials, Outcome::Failed,
            isRefusal(answer.error()) ? wrongCredentials(coreRefusal) : strangeAnswer(answer.error()));
        return end();
    }
    set(AcceptCredentials, Outcome::Passed, tr("The id and the secret are right."));
    set(UseCore, Outcome::Failed, missingScope(u"Link-Core"_s, lookUpUse(), coreRefusal));
    run(UsePayment);
    paymentTokenAnswered(answer);
}

void ConnectionTest::Private::lookUpAnswered(const api::Result<api::Answer> &answer)
{
    const auto kind = answer ? api::ErrorKind::NotFound : answer.error().kind;
    if (kind == api::ErrorKind::NotFound)
        set(UseCore, Outcome::Passed,
            tr("Looking up is allowed. A made-up transaction was asked for, so nothing was read."));
    else if (kind == api::ErrorKind::Unauthorized || kind == api::ErrorKind::Forbidden)
        set(UseCore, Outcome::Failed, missingScope(u"Link-Core"_s, lookUpUse(), answer.error()));
    else
        set(UseCore, Outcome::Failed, api::errorText(answer.error()));
    run(UsePayment);
    askToken(u"Link-Payment"_s, &Private::paymentTokenAnswered);
}

void ConnectionTest::Private::paymentTokenAnswered(const api::Result<api::Answer> &answer)
{
    const auto token = answer ? api::readAnswer(&api::readAccessToken, *answer)
                              : api::Result<api::AccessToken>(std::unexpected(answer.error()));
    if (token)
        set(UsePayment, Outcome::Passed,
            tr("Payments and refunds are allowed. Only a permission was asked for: no money moved."));
    else if (isRefusal(token.error()))
        set(UsePayment, Outcome::Failed, missingScope(u"Link-Payment"_s, moneyUse(), token.error()));
    else
        set(UsePayment, Outcome::Failed, strangeAnswer(token.error()));
    end();
}

void ConnectionTest::Private::set(StepNumber number, Outcome outcome, const QString &sentence)
{
    steps[number].outcome = outcome;
    steps[number].sentence = sentence;
}

void ConnectionTest::Private::run(StepNumber number)
{
    set(number, Outcome::Running, {});
    emit q->changed();
}

void ConnectionTest::Private::end()
{
    firstPassed = true;
    for (int number = ReachHost; number <= UsePayment; ++number) {
        Step &step = steps[number];
        if (step.outcome == Outcome::Waiting || step.outcome == Outcome::Running)
            step.outcome = Outcome::Skipped;
        firstPassed = firstPassed && (step.outcome == Outcome::Passed || number == TrustHost);
    }
    firstPassed = firstPassed && steps[TrustHost].outcome != Outcome::Failed;
    credentials = {};
    call = {};
    client.reset();
    if (aggregation)
        aggregation->start();
    else
        endAll();
}

void ConnectionTest::Private::endAll()
{
    for (Step &step : steps) {
        if (step.outcome == Outcome::Waiting || step.outcome == Outcome::Running)
            step.outcome = Outcome::Skipped;
    }
    running = false;
    dropAggregation();
    emit q->changed();
    emit q->finished(firstPassed);
}

ConnectionTest::ConnectionTest(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

ConnectionTest::~ConnectionTest() = default;

void ConnectionTest::start(
    const QUrl &baseUrl, const api::Credentials &credentials, const std::optional<AggregationAccess> &aggregation)
{
    cancel();
    d->begin(baseUrl, credentials, aggregation);
}

void ConnectionTest::cancel()
{
    if (!d->running)
        return;
    d->dropAggregation();
    d->end();
}

const QList<ConnectionTest::Step> &ConnectionTest::steps() const
{
    return d->steps;
}

bool ConnectionTest::isRunning() const
{
    return d->running;
}

} // namespace models
